import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@testable import Annotation

/// ClinVar's records as a source, on a genome made so that every REF of theirs is true.
@Suite struct ClinVarRecordsTests {
  private static let file = "clinvar/clinvar.b37.chr1-start.vcf.gz"

  private struct Record {
    /// Counted from 0.
    var start: Int
    var reference: [UInt8]
    var alternate: [UInt8]
    var identifier: String
    var significance: String?
  }

  private func records(_ folder: TemporaryFolder) throws -> [Record] {
    let file = URL(fileURLWithPath: SharedData.path(Self.file)).path
    let lines = try Peer.run("gzip -dc '\(file)'", in: folder).text.split(separator: "\n")
    return lines.filter { !$0.hasPrefix("#") }.map { line in
      let columns = line.split(separator: "\t").map(String.init)
      let entry = columns[7].split(separator: ";").first { $0.hasPrefix("CLNSIG=") }
      return Record(
        start: Int(columns[1])! - 1, reference: Array(columns[3].utf8), alternate: Array(columns[4].utf8),
        identifier: columns[2], significance: entry.map { String($0.dropFirst(7)) })
    }
  }

  @Test(.enabled(if: SharedData.has(file))) func everyRecordFindsItselfHoweverItIsSpelt() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let all = try records(folder)
    // A record without an alternate allele classifies a genotype, and cannot be looked up.
    let records = all.filter { $0.alternate != [UInt8(ascii: ".")] }
    #expect(all.count == 2_000 && records.count >= 1_999)
    let length = records.map { $0.start + $0.reference.count }.max()! + 100
    var bases = random.letters(length, of: "ACGT")
    for record in records {
      bases.replaceSubrange(record.start..<(record.start + record.reference.count), with: record.reference)
    }
    for record in records {
      // Records that overlap tell the same reference.
      try #require(bases[record.start..<(record.start + record.reference.count)].elementsEqual(record.reference))
    }
    try folder.write(">1\n\(String(decoding: bases, as: UTF8.self))\n", to: "a.fa")
    let gene = ["mRNA\t69001\t70100\t.\t+\t.\tID=t", "exon\t69001\t70100\t.\t+\t.\tParent=t"]
    try folder.write("##gff-version 3\n" + gene.map { "1\ttest\t\($0)\n" }.joined(), to: "a.gff3")
    let source = "clinvar=\(SharedData.path(Self.file)):ALLELEID,CLNSIG,CLNREVSTAT,ID"
    try await buildCache(
      fasta: folder("a.fa"), annotation: folder("a.gff3"),
      sources: [try #require(KnownSourceSpec(source, layout: .variants))],
      output: folder("a.cache"), force: true, resources: RunResources(threads: 2))
    let build = try #require(try AnnotationCache(path: folder("a.cache")).build.sources.first)
    // Nothing was lost: every record is one allele, and none is another's.
    #expect(build.records == all.count && build.alleles == all.count && build.kept == records.count)
    #expect(build.skipped.values.reduce(0, +) == all.count - records.count && build.joined == 0)

    for isRespelled in [false, true] {
      var asked: [(line: String, start: Int, record: Record)] = []
      var respelled = 0
      for record in records {
        var (start, reference, alternate) = (record.start, record.reference, record.alternate)
        if isRespelled {
          // The neighbourhood is enough to spell a change otherwise.
          let first = max(0, start - 300)
          let genome = KnownGenome(bases: Array(bases[first..<min(length, start + reference.count + 300)]))
          let other = genome.respelled(
            KnownGenome.Allele(start: start - first, reference: reference, alternate: alternate), &random)
          (start, reference, alternate) = (other.start + first, other.reference, other.alternate)
          if reference != record.reference { respelled += 1 }
        }
        let spelling = [reference, alternate].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\t")
        asked.append(("1\t\(start + 1)\t\(record.identifier)\t\(spelling)\t.\tPASS\t.\n", start, record))
      }
      if isRespelled { #expect(respelled > 1_000) }
      // A stable order of equal positions: the one that they came in.
      let order = asked.indices.sorted { (asked[$0].start, $0) < (asked[$1].start, $1) }
      let header =
        "##fileformat=VCFv4.2\n##contig=<ID=1,length=\(length)>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
      try folder.write(header + order.map { asked[$0].line }.joined(), to: "asked.vcf")
      let (bytes, result) = try await annotate(folder("asked.vcf"), cache: folder("a.cache"), in: folder)
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
      try #require(lines.count == records.count)
      for (line, index) in zip(lines, order) {
        let record = asked[index].record
        let info = line.split(separator: "\t")[7].split(separator: ";")
        #expect(info.contains("clinvar_ID=\(record.identifier)"), "\(record.identifier): \(line.prefix(80))")
        if record.significance == nil { #expect(!info.contains { $0.hasPrefix("clinvar_CLNSIG=") }) }
      }
      let counts = try #require(result.annotation?.sources["clinvar"])
      #expect(counts.balances && counts.allelesHit == records.count && counts.allelesIn == records.count)
    }
  }
}
