import Alignments
import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Reports
import Variants
import Workflow

/// `apus bam`.
struct BamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bam", abstract: "Decode alignments once and count everything asked for.",
    discussion: """
      Takes BAM and SAM (CRAM is not built yet). Writes P.flagstat.txt and P.idxstats.txt, equal to samtools 1.16,
      and P.qc.json with depth by contig.

      Example:
        apus bam S1.bam --out-prefix S1
      """)

  @Argument(help: "BAM or SAM; - is standard input.")
  var input: String

  @Option(help: "Prefix of the outputs' names.")
  var outPrefix: String

  @Option(name: [.customShort("f"), .long], help: "Reference FASTA; contigs with records are compared with it.")
  var fasta: String?

  @Option(help: "What to collect, separated by commas: flagstat, idxstats, depth. All by default.")
  var collect: String?

  @OptionGroup var shared: SharedOptions

  private var collections: Set<AlignmentCollection> {
    get throws {
      guard let collect else { return Set(AlignmentCollection.allCases) }
      return Set(
        try collect.split(separator: ",").map { name in
          guard let collection = AlignmentCollection(rawValue: String(name)) else {
            throw ValidationError("--collect knows flagstat, idxstats and depth in this version, not \(name)")
          }
          return collection
        })
    }
  }

  func validate() throws { _ = try collections }

  func run() async throws {
    let resources = shared.resources
    let job = self
    try await interruptible(resources) { try await job.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    let collections = try collections
    var targets = ["\(outPrefix).qc.json"]
    if collections.contains(.flagstat) { targets.append("\(outPrefix).flagstat.txt") }
    if collections.contains(.idxstats) { targets.append("\(outPrefix).idxstats.txt") }
    try Outputs.refuse(targets, inputs: [input], force: shared.force)
    let progress = ProgressCounter()
    let file = InputFile(path: input, progress: progress)
    let result = try await withProgress(progress, shows: Terminal.isStandardError) {
      try await processAlignments(file, collect: collections, resources: resources)
    }
    var metrics = AlignmentMetrics(result)
    if let fasta {
      let registry = resources.outputs
      let contigs = try await resources.blocking.run { try FASTAReference(path: fasta, registry: registry).contigs }
      let missing = try result.contigsMissing(from: contigs, path: input)
      if !missing.isEmpty { metrics.warnings["contig-not-in-reference"] = missing.count }
    }
    shared.warn(metrics.warnings)
    if let flagstat = result.flagstat {
      try await Outputs.write("\(outPrefix).flagstat.txt", Array(flagstat.text.utf8), shared.force, resources)
    }
    if let idxstats = result.idxstats {
      try await Outputs.write(
        "\(outPrefix).idxstats.txt", Array(idxstats.text(result.header).utf8), shared.force, resources)
    }
    try await Outputs.write("\(outPrefix).qc.json", try JSONValue(encoding: metrics).bytes, shared.force, resources)
  }
}
