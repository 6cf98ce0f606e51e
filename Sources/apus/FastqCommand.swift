import ArgumentParser
import GenomicFiles
import Reads
import Reports
import Workflow

/// `apus fastq`.
struct FastqCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fastq", abstract: "Check and count reads; pass them on unchanged.",
    discussion: """
      Takes plain, gzip (also several members) and BGZF FASTQ. Without -o it only counts.
      This version counts and checks; trimming and filtering are not built yet.

      Example:
        apus fastq -i S1_R1.fastq.gz -I S1_R2.fastq.gz --json S1.reads.json --html S1.reads.html
      """)

  @Option(name: .customShort("i"), help: "FASTQ, or the first file of a pair; - is standard input.")
  var input1: String

  @Option(name: .customShort("I"), help: "The second file of a pair.")
  var input2: String?

  @Option(name: .customShort("o"), help: "Where the reads of the first file go (.gz is BGZF).")
  var output1: String?

  @Option(name: .customShort("O"), help: "Where the reads of the second file go.")
  var output2: String?

  @Option(help: "Metrics as JSON, in fastp's layout.")
  var json: String?

  @Option(help: "Metrics as a self-contained page.")
  var html: String?

  @Option(help: "The sample's name in the page.")
  var sample: String?

  @Option(help: "Deflate level of .gz outputs, 1 to 9.")
  var compressionLevel = 4

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try apus.validate(level: compressionLevel)
    if output1 == nil, output2 != nil { throw ValidationError("-O needs -o") }
    if output1 != nil, (output2 == nil) != (input2 == nil) {
      throw ValidationError("-o and -O go with -i and -I, one each")
    }
    if input1 == "-", input2 == "-" { throw ValidationError("only one input can be standard input") }
  }

  func run() async throws {
    let resources = shared.resources
    let job = self
    try await interruptible(resources) { try await job.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    let targets = [output1, output2, json, html].compactMap { $0 }
    try Outputs.refuse(targets, inputs: [input1, input2].compactMap { $0 }, force: shared.force)
    let progress = ProgressCounter()
    let plans = [output1, output2].compactMap { $0 }.map {
      OutputPlan(
        path: $0, container: OutputContainer(path: $0, level: compressionLevel), force: shared.force,
        hashes: false)
    }
    let job = ReadJob(
      input1: InputFile(path: input1, progress: progress),
      input2: input2.map { InputFile(path: $0, progress: progress) },
      outputs: plans)
    let result = try await withProgress(progress, shows: Terminal.isStandardError) {
      try await processReads(job, resources: resources)
    }
    let warnings = result.inputs.reduce(into: [:]) { $0.merge($1.warnings, uniquingKeysWith: +) }
    shared.warn(warnings)
    let metrics = ReadMetrics(read1: result.read1, read2: result.read2, warnings: warnings, command: command)
    for output in result.pending { _ = try await output.commit() }
    try await Outputs.write(json, try JSONValue(encoding: metrics).bytes, shared.force, resources)
    if let html {
      try await Outputs.write(
        html, Array(try ReadPages.page(metrics, sample: sample ?? "the input").utf8), shared.force, resources)
    }
    if json == nil, html == nil, output1 == nil {
      let stage = metrics.summary.before_filtering
      print(
        "reads\t\(stage.total_reads)\nbases\t\(stage.total_bases)\nq20_bases\t\(stage.q20_bases)\nq30_bases\t\(stage.q30_bases)"
      )
    }
  }

  /// The command without what cannot change a result (threads, batch size, paths).
  private var command: String { "apus fastq\(input2 == nil ? "" : " (paired)")" }
}
