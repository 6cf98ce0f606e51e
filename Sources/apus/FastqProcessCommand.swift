public import ArgumentParser
public import GenomicFiles
import Reads
import Reports
import Workflow

/// `apus fastq process`, which `apus fastq` is short for.
struct FastqProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process", abstract: "Check, trim, filter and count the reads of a lane.",
    discussion: """
      Takes plain, gzip (also several members) and BGZF FASTQ. Without -o it only counts. Rules and defaults are those
      of fastp 0.23.2; the manual lists the differences.
      """)

  @Option(name: .customShort("i"), help: "FASTQ, or the first file of a pair; - is standard input.")
  var input1: String

  @Option(name: .customShort("I"), help: "The second file of a pair.")
  var input2: String?

  @Flag(help: "The mates of pairs follow each other in -i.")
  var interleaved = false

  @Flag(help: "Take records whose sequence and quality go over several lines; they are passed on as single lines.")
  var unwrap = false

  @Option(help: ArgumentHelp("How the inputs store qualities: 33, 64 or solexa.", valueName: "encoding"))
  var phred = QualityEncoding.phred33

  @Option(help: ArgumentHelp("How the outputs store qualities: 33, 64 or solexa.", valueName: "encoding"))
  var outPhred = QualityEncoding.phred33

  @Option(
    name: .customShort("o"),
    help: "Where the reads go (.gz is BGZF); without -O, the mates of pairs go there in turn.")
  var output1: String?

  @Option(name: .customShort("O"), help: "Where second mates go.")
  var output2: String?

  @Option(help: "Metrics as JSON, in fastp's layout.")
  var json: String?

  @Option(help: "Metrics as a self-contained page.")
  var html: String?

  @Option(
    help: ArgumentHelp(
      "FastQC's fastqc_data.txt and summary.txt of each input, in a folder NAME_fastqc of this folder.",
      valueName: "dir"))
  var fastqc: String?

  @Option(help: ArgumentHelp("What FastQC's overrepresented sequences are compared with.", valueName: "list"))
  var contaminants: String?

  @Option(help: ArgumentHelp("What was counted, for apus fastq merge.", valueName: "file"))
  var state: String?

  @Option(
    name: [.long, .customLong("report_title")], help: "The sample's name, in the page and for MultiQC.")
  var sample: String?

  @Option(help: "Deflate level of .gz outputs, 1 to 9.")
  var compressionLevel = 4

  @Flag(help: "Write .gz outputs as plain gzip of large members: 1 to 4 % smaller, but nothing finds a place in it.")
  var gzip = false

  @OptionGroup(title: "Trimming and filtering") var trimming: FastqTrimmingOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try apus.validate(level: compressionLevel)
    if output1 == nil, output2 != nil { throw ValidationError("-O needs -o") }
    if output2 != nil, !isPaired { throw ValidationError("-O goes with pairs") }
    if input1 == "-", input2 == "-" { throw ValidationError("only one input can be standard input") }
    if interleaved, input2 != nil { throw ValidationError("--interleaved goes with one input") }
    if contaminants != nil, fastqc == nil { throw ValidationError("--contaminants goes with --fastqc") }
    if trimming.correct, !isPaired { throw ValidationError("--correct goes with pairs") }
    if trimming.umi == .read2 || trimming.umi == .index2, !isPaired {
      throw ValidationError("--umi \(trimming.umi?.rawValue ?? "") goes with pairs")
    }
  }

  private var isPaired: Bool { input2 != nil || interleaved }

  func run() async throws {
    let resources = shared.resources
    let job = self
    try await interruptible(resources) { try await job.work(resources) }
  }

  private func work(_ resources: RunResources) async throws {
    let reports = try await fastqcFolder(resources)
    let targets = [output1, output2, json, html, state].compactMap { $0 } + (reports?.paths ?? [])
    try Outputs.refuse(targets, inputs: [input1, input2].compactMap { $0 }, force: shared.force)
    let progress = ProgressCounter()
    let plans = [output1, output2].compactMap { $0 }.map {
      OutputPlan(
        path: $0, container: OutputContainer(path: $0, level: compressionLevel, isBlocked: !gzip), force: shared.force,
        hashes: false)
    }
    var job = ReadJob(
      input1: InputFile(path: input1, progress: progress),
      input2: input2.map { InputFile(path: $0, progress: progress) },
      options: trimming.readOptions(isPaired: isPaired), outputs: plans)
    job.format = FASTQOptions(encoding: phred, isInterleaved: interleaved, unwraps: unwrap)
    job.outputEncoding = outPhred
    job.makesFastQC = fastqc != nil
    // FastQC's tables alone need no more than counts.
    job.countsAlone = fastqc != nil && json == nil && html == nil && output1 == nil && state == nil
    let settled = job
    let result = try await withProgress(progress, shows: Terminal.isStandardError) {
      try await processReads(settled, resources: resources)
    }
    shared.warn(result.summary.warnings)
    let metrics = ReadMetrics(result.summary, command: Self.command(isPaired: isPaired), sample: sample)
    for output in result.pending { _ = try await output.commit() }
    try await Outputs.write(json, try JSONValue(encoding: metrics).bytes, shared.force, resources)
    if let html {
      try await Outputs.write(
        html, Array(try ReadPages.page(metrics, sample: sample ?? "the input").utf8), shared.force, resources)
    }
    if let state { try await Outputs.write(state, try result.summary.state(), shared.force, resources) }
    if let reports { try await reports.write(result, force: shared.force, resources) }
    if json == nil, html == nil, output1 == nil, state == nil, fastqc == nil { print(Self.table(metrics)) }
  }

  private func fastqcFolder(_ resources: RunResources) async throws -> FastQCFolder? {
    guard let fastqc else { return nil }
    return try await FastQCFolder(
      fastqc, inputs: [input1] + (input2.map { [$0] } ?? []), isInterleaved: interleaved, contaminants: contaminants,
      resources)
  }

  /// Totals for people who asked for no file.
  private static func table(_ metrics: ReadMetrics) -> String {
    let stage = metrics.summary.before_filtering
    let result = metrics.filtering_result
    let rows = [
      ("reads", stage.total_reads), ("bases", stage.total_bases), ("q20_bases", stage.q20_bases),
      ("q30_bases", stage.q30_bases), ("passed_filter_reads", result.passed_filter_reads),
    ]
    return rows.map { "\($0.0)\t\($0.1)" }.joined(separator: "\n")
  }

  /// The command without what cannot change a result (threads, batch size, paths).
  static func command(isPaired: Bool) -> String { "apus fastq\(isPaired ? " (paired)" : "")" }
}

extension QualityEncoding: ExpressibleByArgument {}
