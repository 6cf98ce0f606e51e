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
      Takes BAM, CRAM (3.0 and 3.1) and SAM. A CRAM is decoded against the FASTA given with -f, whose contigs have to
      have the MD5 that the CRAM names; none is ever fetched from the network. Writes P.flagstat.txt and
      P.idxstats.txt, equal to samtools 1.16, and P.qc.json with depth by contig.

      Example:
        apus bam S1.bam --out-prefix S1
      """)

  @Argument(help: "BAM, CRAM or SAM; - is standard input.")
  var input: String

  @Option(help: "Prefix of the outputs' names.")
  var outPrefix: String

  @Option(
    name: [.customShort("f"), .long],
    help: "Reference FASTA; contigs with records are compared with it, and a CRAM is decoded against it.")
  var fasta: String?

  @Option(
    help: """
      What to collect, separated by commas: \(AlignmentCollectors.names.joined(separator: ", ")). All by default.
      """)
  var collect: String?

  @OptionGroup var shared: SharedOptions

  private var collections: Set<String>? {
    get throws {
      guard let collect else { return nil }
      let names = AlignmentCollectors.names
      return Set(
        try collect.split(separator: ",").map { name in
          guard names.contains(String(name)) else {
            throw ValidationError("--collect knows \(names.joined(separator: ", ")), not \(name)")
          }
          return String(name)
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
    let progress = ProgressCounter()
    var job = AlignmentJob(input: InputFile(path: input, progress: progress))
    job.collect = try collections
    try Outputs.refuse(["\(outPrefix).qc.json"], inputs: [input], force: shared.force)
    if let fasta {
      let registry = resources.outputs
      job.reference = try await resources.blocking.run { try FASTAReference(path: fasta, registry: registry) }
    }
    let result = try await withProgress(progress, shows: Terminal.isStandardError) { [job] in
      try await processAlignments(job, resources: resources)
    }
    let report = result.report
    let metrics = AlignmentMetrics(result, report)
    shared.warn(metrics.warnings)
    let texts = report.files.map { ("\(outPrefix)\($0.suffix)", $0.bytes) }
    try Outputs.refuse(texts.map(\.0), inputs: [input], force: shared.force)
    for (path, bytes) in texts { try await Outputs.write(path, bytes, shared.force, resources) }
    try await Outputs.write("\(outPrefix).qc.json", try JSONValue(encoding: metrics).bytes, shared.force, resources)
  }
}
