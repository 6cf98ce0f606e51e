public import ArgumentParser
import Batching
import GenomicFiles
import Reports
public import Variants
import Workflow

/// `apus vcf`.
struct VcfCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vcf", abstract: "Check, normalise, filter and annotate variants in one pass.",
    discussion: """
      Example:
        apus vcf norm S1.vcf.gz -f GRCh38.fa.gz --split -o S1.norm.vcf.gz
      """,
    subcommands: [
      VcfCheckCommand.self, NormCommand.self, FilterCommand.self, VcfStatsCommand.self, AnnotateCommand.self,
      ProcessCommand.self,
    ])
}

extension ReferenceCheck: ExpressibleByArgument {}

/// Output options of the `vcf` commands.
struct VariantOutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .long],
    help: "Output: .vcf, .vcf.gz (BGZF with .tbi, or .csi beyond 512 Mb), .bcf (with .csi); - is standard output.")
  var output: String = "-"

  @Option(help: "Counts as JSON.")
  var json: String?

  @Option(help: "Deflate level of .vcf.gz and .bcf outputs, 1 to 9.")
  var compressionLevel = 6

  func validate() throws {
    try apus.validate(level: compressionLevel)
  }

  /// Whether an index is written beside the output.
  private var isIndexed: Bool {
    (output.hasSuffix(".gz") || output.hasSuffix(".bcf")) && AnnotationText(path: output) == nil
  }

  func plan(force: Bool) -> OutputPlan {
    let isIndexed = isIndexed
    return OutputPlan(
      path: output, container: OutputContainer(path: output, level: compressionLevel), force: force,
      indexedLongestContig: isIndexed ? 0 : nil, hashes: false)
  }

  /// Runs one pass over a VCF and finishes its outputs; what every `vcf` command shares.
  /// - Parameters:
  ///   - fasta: the reference, where the job needs one.
  ///   - stats: where the job's statistics go, if it collects them.
  ///   - configure: says what the job does.
  func run(
    _ input: String, fasta: String? = nil, stats: String? = nil, shared: SharedOptions,
    configure: @escaping @Sendable (inout VariantJob, RunResources) async throws -> Void
  ) async throws {
    let resources = shared.resources
    let out = self
    try await interruptible(resources) {
      var job = VariantJob(
        input: InputFile(path: input, progress: ProgressCounter()), output: out.plan(force: shared.force))
      try await configure(&job, resources)
      if AnnotationText(path: out.output) != nil, job.annotator == nil || job.normalises {
        throw ValidationError("apus vcf annotate alone writes .tsv and .jsonl; write .vcf.gz here, and annotate that")
      }
      try await out.work(job, fasta: fasta, stats: stats, shared: shared, resources: resources)
    }
  }

  private func work(
    _ job: VariantJob, fasta: String?, stats: String?, shared: SharedOptions, resources: RunResources
  ) async throws {
    var targets = [output]
    if isIndexed, output.hasSuffix(".gz") { targets.append(output + ".tbi") }
    if output.hasSuffix(".bcf") { targets.append(output + ".csi") }
    try Outputs.refuse(targets + [json, stats].compactMap { $0 }, inputs: [job.input.path], force: shared.force)
    let registry = resources.outputs
    let reference = try await resources.blocking.run {
      try fasta.map { try FASTAReference(path: $0, registry: registry) }
    }
    let result = try await withProgress(
      job.input.progress ?? ProgressCounter(), shows: Terminal.isStandardError && output != "-"
    ) {
      do {
        return try await processVariants(job, reference: reference, resources: resources)
      } catch let error as VariantCheckError {
        shared.list(error.report)
        throw error.refusal
      }
    }
    if let pending = result.pending { _ = try await pending.commit() }
    let metrics = VariantMetrics(result)
    shared.warn(metrics.warnings)
    if let counted = result.stats {
      try await Outputs.write(stats, Array(counted.text(file: job.input.path).utf8), shared.force, resources)
    }
    shared.warn(result.expressionNotes)
    try await Outputs.write(json, try JSONValue(encoding: metrics).bytes, shared.force, resources)
  }
}
