import Annotation
import Foundation
import GenomicFiles
import Genomics
import TestSupport

@testable import Interpretation

/// The synthetic genome of TestData with its genes, and a cache of them, in a folder of the test's own.
struct TrioCache {
  let folder: TemporaryFolder
  let cache: AnnotationCache
  let resources: RunResources

  static let trio = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("TestData/trio").path

  /// - Parameter sources: VCF texts by the name of their source; every field that they declare is kept.
  init(sources: [(name: String, fields: String, vcf: String)] = [], threads: Int = 2) async throws {
    folder = try TemporaryFolder()
    resources = RunResources(threads: threads)
    for name in ["genome.fa.gz", "genome.fa.gz.fai", "genome.fa.gz.gzi", "genes.gff3"] {
      try FileManager.default.copyItem(atPath: Self.trio + "/" + name, toPath: folder(name))
    }
    var specs: [KnownSourceSpec] = []
    for source in sources {
      try folder.write(source.vcf, to: "\(source.name).vcf")
      if let spec = KnownSourceSpec(
        "\(source.name)=\(folder("\(source.name).vcf")):\(source.fields)", layout: .variants)
      {
        specs.append(spec)
      }
    }
    try await buildCache(
      fasta: folder("genome.fa.gz"), annotation: folder("genes.gff3"), sources: specs, output: folder("c.cache"),
      force: true, resources: resources)
    cache = try AnnotationCache(path: folder("c.cache"))
  }

  /// The bases of a contig.
  func bases(_ contig: String) throws -> [UInt8] {
    try cache.bases(
      of: Region(
        contig: contig, start: ZeroBasedPosition(0), end: ZeroBasedPosition(cache.contigs[contig]?.length ?? 0)))
  }

  func annotator(_ path: String) throws -> ConsequenceAnnotator {
    try ConsequenceAnnotator(cache, input: path, options: tieringOptions)
  }

  /// Reads a family's files by the draft profile, without panels.
  func read(_ input: FamilyInput, threads: Int? = nil) async throws -> FamilyReading {
    try await readFamily(
      input, annotator: try annotator(input.files[0]),
      criteria: CandidateCriteria(
        profile: try TieringProfile.named("gel-nembus-draft"),
        panels: PanelIndex(PanelSet(sorted: [], faults: []), assembly: nil)),
      resources: threads.map { RunResources(threads: $0, batchBytes: 4096) } ?? resources)
  }
}

/// A child with both parents, child affected.
func trioPedigree(child: String = "P", mother: String = "M", father: String = "F") throws -> Pedigree {
  try Pedigree([
    .init(family: "1", name: child, father: father, mother: mother, sex: .female, affection: .affected),
    .init(family: "1", name: mother, sex: .female, affection: .unaffected),
    .init(family: "1", name: father, sex: .male, affection: .unaffected),
  ])
}

/// The header of a VCF on TestData's genome.
func vcfHeader(_ samples: [String], extra: [String] = []) -> String {
  ([
    "##fileformat=VCFv4.2", "##FILTER=<ID=LowQual,Description=\"Low\">",
    "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">",
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depths\">",
    "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">",
    "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Quality\">",
    "##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"Least depth\">",
    "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"Phase set\">",
  ] + extra + [
    "##contig=<ID=20,length=24000>", "##contig=<ID=X,length=5000>", "##contig=<ID=Y,length=2500>",
    "##contig=<ID=MT,length=1200>",
    (["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"] + samples).joined(separator: "\t"),
  ]).joined(separator: "\n") + "\n"
}

func vcfLine(
  _ contig: String, _ position: Int, _ reference: String, _ alternate: String, filter: String = "PASS",
  info: String = ".", format: String = "GT:AD:DP:GQ", _ samples: [String]
) -> String {
  ([contig, "\(position)", ".", reference, alternate, "50", filter, info, format] + samples).joined(separator: "\t")
    + "\n"
}
