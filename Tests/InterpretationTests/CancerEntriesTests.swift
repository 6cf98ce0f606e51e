import Annotation
import EngineTestSupport
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@testable import Interpretation

@Suite struct CancerEntriesTests {
  /// Two genes that overlap, on both strands; tags tell MANE Select and canonical transcripts.
  private static func genes(_ random: inout SeededGenerator) -> String {
    var lines = ["##gff-version 3"]
    for (gene, strand, transcripts) in [("G1", "+", 4), ("G2", "-", 3), ("G11", "+", 1)] {
      lines.append(
        "chr1\tt\tgene\t201\t1000\t.\t\(strand)\t.\tID=gene:\(gene);Name=N\(gene);biotype=protein_coding;gene_id=\(gene)"
      )
      for number in 1...transcripts {
        let name = "T\(gene)\(number)"
        let tags = random.pick(["", ";tag=Ensembl_canonical", ";tag=MANE_Select", ";tag=MANE_Select,Ensembl_canonical"])
        let isCoding = !random.oneIn(4)
        lines.append(
          "chr1\tt\t\(isCoding ? "mRNA" : "lnc_RNA")\t201\t1000\t.\t\(strand)\t.\tID=transcript:\(name);"
            + "Parent=gene:\(gene);biotype=\(isCoding ? "protein_coding" : "lncRNA");transcript_id=\(name)\(tags)")
        let middle = random.int(400...600)
        for exon in ["201\t\(middle)", "701\t1000"] {
          lines.append("chr1\tt\texon\t\(exon)\t.\t\(strand)\t.\tParent=transcript:\(name)")
        }
        guard isCoding else { continue }
        for (coding, phase) in [("231\t\(middle)", 0), ("701\t970", 0)] {
          lines.append("chr1\tt\tCDS\t\(coding)\t.\t\(strand)\t\(phase)\tParent=transcript:\(name)")
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("Of each gene the entry is told that picking among all of CSQ tells", arguments: seeds(6))
  func listed(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let bases = Array(random.text("ACGT", 1500).utf8)
    let genome = try await CancerGenome([("chr1", bases)], genes: Self.genes(&random))
    let annotator = try ConsequenceAnnotator(
      try AnnotationCache(path: genome.folder("g.cache")), input: "in.vcf", options: tieringOptions)
    let names: Set<String> = ["missense_variant", "stop_gained", "splice_donor_variant", "frameshift_variant"]
    var listed = ConsequenceSet()
    for one in Consequence.allCases where names.contains(one.term) { listed.insert(one) }
    let entries = try #require(ConsequenceEntries(annotator.entryFields))
    var few = ListedConsequences(annotator, contig: "chr1", listed: listed)
    var all = annotator.begin(contig: "chr1")
    var told = 0
    for _ in 0..<400 {
      let start = random.int(180...1020)
      let reference = Array(bases[start..<(start + random.int(1...3))])
      // With an anchor, as a VCF writes it, so that insertions and deletions come too.
      let alternate = [reference[0]] + Array(random.text("ACGT", random.int(0...3)).utf8)
      guard alternate != reference else { continue }
      var some: [UInt8] = []
      var whole: [UInt8] = []
      let terms = try reference.withUnsafeBytes { ref in
        try alternate.withUnsafeBytes { alt in
          try all.annotate(
            position: start + 1, reference: ref, alternates: alt,
            info: UnsafeRawBufferPointer(start: nil, count: 0), into: &whole)
          return try few.append(position: start + 1, reference: ref, alternate: alt, to: &some)
        }
      }
      var expected: [TranscriptConsequence] = []
      let everything = whole.dropFirst("CSQ=".utf8.count).withContiguousStorageIfAvailable {
        entries.entries(UnsafeRawBufferPointer($0), allele: 1)
      }
      for entry in try #require(everything) where entry.terms.contains(where: names.contains) {
        func rank(_ one: TranscriptConsequence) -> Int { one.isMANESelect ? 0 : one.isCanonical ? 1 : 2 }
        if let place = expected.firstIndex(where: { $0.gene == entry.gene }) {
          if rank(entry) < rank(expected[place]) { expected[place] = entry }
        } else {
          expected.append(entry)
        }
      }
      #expect(some.withUnsafeBytes { entries.entries($0, allele: 1) } == expected)
      #expect(terms.rawValue == all.marks & listed.rawValue)
      told += expected.count
    }
    #expect(told > 100)
  }

  @Test("A REF that is not the reference's is refused")
  func otherReference() async throws {
    var random = SeededGenerator(seed: 3)
    let bases = Array(repeating: UInt8(ascii: "A"), count: 1500)
    let genome = try await CancerGenome([("chr1", bases)], genes: Self.genes(&random))
    let annotator = try ConsequenceAnnotator(
      try AnnotationCache(path: genome.folder("g.cache")), input: "in.vcf", options: tieringOptions)
    var few = ListedConsequences(annotator, contig: "chr1", listed: ConsequenceSet())
    var output: [UInt8] = []
    #expect(throws: InputError.self) {
      try Array("C".utf8).withUnsafeBytes { ref in
        try Array("T".utf8).withUnsafeBytes { alt in
          _ = try few.append(position: 300, reference: ref, alternate: alt, to: &output)
        }
      }
    }
  }
}
