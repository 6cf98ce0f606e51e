import Annotation
import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import TestSupport

@testable import Interpretation

/// A generated genome with a gene on its first contig, its cache, and analyses of VCFs on it.
struct CancerGenome {
  static let names = ["chr1", "chr2", "chrX", "chrY", "chrM"]

  let folder: TemporaryFolder
  var contigs: [(name: String, bases: [UInt8])]

  /// Random bases, with unknown stretches and lower case; the first contig has a coding gene of two transcripts.
  init(_ random: inout SeededGenerator, length: Int = 4000) async throws {
    var contigs: [(name: String, bases: [UInt8])] = []
    for name in Self.names {
      var bases = Array(random.text("ACGT", length).utf8)
      for _ in 0..<4 {
        let start = random.int(1500...(length - 20))
        for place in start..<(start + 3) { bases[place] = UInt8(ascii: "N") }
      }
      for place in stride(from: 0, to: length, by: 7) where bases[place] != UInt8(ascii: "N") { bases[place] |= 0x20 }
      contigs.append((name, bases))
    }
    // Exons 201–500 and 701–1000 of chr1, CDS 231–500 and 701–970 (540 bases), without a stop inside.
    let coding = Array(230..<500) + Array(700..<970)
    let codons =
      ["ATG"] + (0..<178).map { _ in random.pick(["GCT", "TTC", "AAA", "GAC", "CCA", "TGG", "CAG"]) } + ["TAA"]
    for (place, base) in zip(coding, codons.joined().utf8) { contigs[0].bases[place] = base }
    // Splice sites.
    for (place, base) in zip([500, 501, 698, 699], "GTAG".utf8) { contigs[0].bases[place] = base }
    try await self.init(contigs, genes: Self.genes)
  }

  /// Given contigs, and genes as GFF3 lines.
  init(_ contigs: [(name: String, bases: [UInt8])], genes: String) async throws {
    folder = try TemporaryFolder()
    self.contigs = contigs
    var fasta: [UInt8] = []
    for contig in contigs {
      fasta += Array(">\(contig.name)\n".utf8)
      for start in stride(from: 0, to: contig.bases.count, by: 60) {
        fasta += contig.bases[start..<min(contig.bases.count, start + 60)] + [10]
      }
    }
    try folder.write(fasta, to: "genome.fa")
    try folder.write(genes, to: "genes.gff3")
    try await buildCache(
      fasta: folder("genome.fa"), annotation: folder("genes.gff3"), output: folder("g.cache"), force: true,
      resources: RunResources(threads: 2, batchBytes: 1 << 20))
  }

  private static let genes: String = {
    var lines = [
      "##gff-version 3", "chr1\tt\tgene\t201\t1000\t.\t+\t.\tID=gene:G1;Name=GENEA;biotype=protein_coding;gene_id=G1",
    ]
    for number in 1...3 {
      let parent = "Parent=transcript:T\(number)"
      lines.append(
        "chr1\tt\tmRNA\t201\t1000\t.\t+\t.\tID=transcript:T\(number);Parent=gene:G1;biotype=protein_coding;transcript_id=T\(number)"
          + (number == 2 ? ";tag=Ensembl_canonical" : ""))
      lines += ["201\t500", "701\t1000"].map { "chr1\tt\texon\t\($0)\t.\t+\t.\t\(parent)" }
      lines += ["231\t500", "701\t970"].map { "chr1\tt\tCDS\t\($0)\t.\t+\t0\t\(parent)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  /// The bases in upper case, from 0.
  func base(_ contig: String, _ place: Int) -> Character {
    let bases = contigs.first { $0.name == contig }?.bases ?? []
    return bases.indices.contains(place) ? Character(Unicode.Scalar(bases[place] & 0xDF)) : "N"
  }

  /// A VCF's text with Mutect2's header.
  func mutect(_ records: [String], samples: [String] = ["T", "N"], meta: [String] = []) -> String {
    let lines =
      [
        "##fileformat=VCFv4.2", "##source=Mutect2", "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">",
        "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">",
        "##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"f\">",
        "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">",
        "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"p\">",
        "##FORMAT=<ID=PGT,Number=1,Type=String,Description=\"p\">",
        "##FORMAT=<ID=PID,Number=1,Type=String,Description=\"p\">",
        "##INFO=<ID=TLOD,Number=A,Type=Float,Description=\"t\">", "##FILTER=<ID=weak,Description=\"w\">",
      ] + meta + contigs.map { "##contig=<ID=\($0.name),length=\($0.bases.count)>" }
      + [(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"] + samples).joined(separator: "\t")]
    return (lines + records).joined(separator: "\n") + "\n"
  }

  /// Analyses a VCF's text.
  func analyse(
    _ vcf: String, normal: String? = "N", threads: Int = 2, batch: Int = 1 << 20,
    _ change: (inout TumourInput) throws -> Void = { _ in }
  ) async throws -> TumourAnalysis {
    let path = try folder.write(vcf, to: "v\(UUID().uuidString).vcf")
    let resources = RunResources(threads: threads, batchBytes: batch)
    let annotator = try await consequenceAnnotator(
      cache: folder("g.cache"), reference: folder("genome.fa"), input: path, options: tieringOptions,
      resources: resources)
    var input = TumourInput(path: path, tumour: "T", normal: normal, profile: try .shipped())
    try change(&input)
    return try await analyseTumour(input, annotator: annotator, resources: resources)
  }
}
