import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Reads
import Reports
import Workflow

/// `apus fastq merge`.
struct FastqMergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Metrics of a sample from the states of its lanes.",
    discussion: """
      The metrics are those of the lanes' reads in one file, in the order given. All states must have been made with the
      same options.

      Example:
        apus fastq merge L001.state L002.state --json S1.reads.json --html S1.reads.html
      """)

  @Argument(help: "Files that apus fastq --state made.")
  var states: [String]

  @Option(help: "Metrics as JSON, in fastp's layout.")
  var json: String?

  @Option(help: "Metrics as a self-contained page.")
  var html: String?

  @Option(
    name: [.long, .customLong("report_title")], help: "The sample's name, in the page and for MultiQC.")
  var sample: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard json != nil || html != nil else { throw ValidationError("merge needs --json or --html") }
    guard Set(states).count == states.count else { throw ValidationError("a state is named twice") }
  }

  func run() async throws {
    let resources = shared.resources
    let job = self
    try await interruptible(resources) { try await job.work(resources) }
  }

  /// The largest state file that is read.
  private static let largest = 1 << 30

  private func work(_ resources: RunResources) async throws {
    try Outputs.refuse([json, html].compactMap { $0 }, inputs: states, force: shared.force)
    var lanes: [ReadSummary] = []
    for path in states {
      let bytes = try await resources.blocking.run { try readWhole(path, limit: Self.largest) }
      lanes.append(try ReadSummary(state: bytes, path: path))
    }
    let summary: ReadSummary?
    do {
      summary = try ReadSummary.merged(lanes)
    } catch {
      throw InputError(
        .mismatch, at: InputLocation(file: states[error.state]),
        "the lane was processed with other options than that of \(states[0])",
        remedy: "make the states of all lanes with the same options")
    }
    guard let summary else { return }
    shared.warn(summary.warnings)
    let metrics = ReadMetrics(
      summary, command: FastqProcessCommand.command(isPaired: summary.plan.isPaired), sample: sample)
    try await Outputs.write(json, try JSONValue(encoding: metrics).bytes, shared.force, resources)
    if let html {
      try await Outputs.write(
        html, Array(try ReadPages.page(metrics, sample: sample ?? "the input").utf8), shared.force, resources)
    }
  }
}
