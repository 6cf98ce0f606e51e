import Batching
public import GenomicFiles
import Genomics

/// One or two FASTQ files and what is to be made of them.
public struct ReadJob: Sendable {
  /// The reads, or the first mates.
  public var input1: InputFile
  /// The second mates; nil for single-end reads.
  public var input2: InputFile?
  /// How the files are to be read; `isInterleaved` makes pairs of one file.
  public var format = FASTQOptions()
  /// How qualities are written.
  public var outputEncoding = QualityEncoding.phred33
  /// What is done to the reads.
  public var options: ReadOptions
  /// Whether FastQC's tables are made, of the reads as they came in.
  public var makesFastQC = false
  /// Whether only FastQC's tables are wanted: nothing is trimmed, dropped or written, and there are no checksums, duplicates
  /// and insert sizes. The statistics then hold what FastQC's tables need: lengths, and bases and qualities by cycle.
  public var countsAlone = false
  /// Where the reads go: nowhere, into one file (mates in turn), or one file a mate.
  public var outputs: [OutputPlan]

  /// A job over one file or a pair.
  public init(input1: InputFile, input2: InputFile?, options: ReadOptions, outputs: [OutputPlan]) {
    precondition(outputs.count <= 2, "at most one output a mate")
    self.input1 = input1
    self.input2 = input2
    self.options = options
    self.outputs = outputs
  }

  /// What is done to the reads, all considered.
  var settledOptions: ReadOptions { countsAlone ? .passThrough : options }

  var isPaired: Bool { input2 != nil || format.isInterleaved }

  var fileFormat: FASTQOptions {
    var format = format
    format.keepsOriginalQualities = !outputs.isEmpty && outputEncoding == .solexa && format.encoding == .solexa
    return format
  }

  var layout: ReadOutputLayout {
    switch outputs.count {
    case 0: .none
    case 1: isPaired ? .interleaved : .separate
    default: .separate
    }
  }
}

/// What came of a read job. Reads in are reads out and reads dropped by reason.
public struct ReadResult: Sendable {
  /// What was counted.
  public var summary: ReadSummary
  /// What FastQC's report of each mate's reads is made of, where that was wanted.
  public var fastqc: [FastQCTables]
  /// The files as they were read.
  public var inputs: [InputSummary]
  /// Outputs that wait for their final names.
  public var pending: [PendingOutput]
}

/// Checks reads, trims and filters them, counts them before and after, and passes on those that are kept.
///
/// - Throws: `InputError` for damaged, malformed or unpaired input; `OutputError`; `CancellationError`;
///   `ReadBalanceError`. Nothing has a final name until the result's pending outputs are committed.
public func processReads(_ job: ReadJob, resources: RunResources) async throws -> ReadResult {
  precondition(!job.countsAlone || job.outputs.isEmpty, "what is only counted is not written")
  precondition(!job.countsAlone || job.makesFastQC, "counts alone are those of FastQC's tables")
  var plan = ReadPlan(job.settledOptions, isPaired: job.isPaired)
  plan.countsAlone = job.countsAlone
  try await plan.findAdapters(job, resources)
  let detected = plan
  return try await withChunks(of: job.input1, endOfFile: .expected, resources: resources) { source1 in
    guard let input2 = job.input2 else { return try await run(job, detected, source1, nil, resources) }
    return try await withChunks(of: input2, endOfFile: .expected, resources: resources) { source2 in
      try await run(job, detected, source1, source2, resources)
    }
  }
}

/// Counts that do not add up: a fault of the program, never of the input.
public struct ReadBalanceError: Error, Sendable, CustomStringConvertible {
  /// Reads that came in.
  public var readsIn: Int
  /// Reads that went out.
  public var readsOut: Int
  /// The counts, for people.
  public var description: String {
    "reads in (\(readsIn)) are not reads out (\(readsOut)) and reads dropped, by count or by checksum"
  }
}

private func run(
  _ job: ReadJob, _ plan: ReadPlan, _ source1: ChunkSource, _ source2: ChunkSource?, _ resources: RunResources
) async throws -> ReadResult {
  let units = UnitSource(
    FASTQUnitReader(
      FASTQReader(source1, options: job.fileFormat), source2.map { FASTQReader($0, options: job.fileFormat) }),
    job.options)
  guard let firstName = try await units.peekName() else {
    throw InputError(
      .empty, at: InputLocation(file: job.input1.path), "the file holds no reads", remedy: "give a FASTQ with reads")
  }
  var plan = plan
  firstName.withUnsafeBytes { plan.decide(firstName: $0) }
  let published = job.makesFastQC ? (0..<(job.isPaired ? 2 : 1)).map { _ in FastQCPublished() } : []
  let pool = WorkerPool(plan, job.layout, QualityEncoder(job.outputEncoding), published)
  var fastqc = FastQCSink(published)
  let duplicates = DuplicateCounter()
  var pending: [PendingOutput] = []
  let outputs = job.outputs.map { plan in
    var plan = plan
    plan.content = .fastq
    return plan
  }
  switch outputs.count {
  case 0: try await walk(units, pool, duplicates, &fastqc, [], resources)
  case 1:
    let (_, output) = try await withOutput(outputs[0], resources: resources) { stream in
      try await walk(units, pool, duplicates, &fastqc, [stream], resources)
    }
    pending = [output]
  default:
    let (output2, output1) = try await withOutput(outputs[0], resources: resources) { stream1 in
      try await withOutput(outputs[1], resources: resources) { stream2 in
        try await walk(units, pool, duplicates, &fastqc, [stream1, stream2], resources)
      }.1
    }
    pending = [output1, output2]
  }
  var summary = pool.total()
  summary.duplicates = duplicates.estimate
  let inputs = [job.input1, job.input2].compactMap { $0?.summary }
  for input in inputs { summary.warnings.merge(input.warnings, uniquingKeysWith: +) }
  guard summary.balances else { throw ReadBalanceError(readsIn: summary.readsIn, readsOut: summary.readsOut) }
  return ReadResult(summary: summary, fastqc: fastqc.tables(pool.fastqcWorkers()), inputs: inputs, pending: pending)
}

/// A unit, and what had to be found out about it in the order of the file.
private struct NumberedUnit: Sendable {
  var unit: FASTQUnit
  /// Which records' bases were all seen before; empty: none is dropped for that.
  var isDuplicate: [Bool]
}

/// The units of a run in order. One task at a time holds it: the run's own for the first name, then the map's source.
private final class UnitSource: @unchecked Sendable {
  private let reader: FASTQUnitReader
  private var peeked: FASTQUnit?
  private var duplicates: ExactDuplicates?

  init(_ reader: FASTQUnitReader, _ options: ReadOptions) {
    self.reader = reader
    duplicates = options.dropsDuplicates ? ExactDuplicates() : nil
  }

  /// The name of the first read; nil where there is none.
  func peekName() async throws -> [UInt8]? {
    peeked = try await reader.next()
    return peeked.map { unit in
      unit.read1.batch.withRecords { records in
        Array(records.bytes[records.pairName(of: unit.read1.records.lowerBound)])
      }
    }
  }

  func next() async throws -> NumberedUnit? {
    let unit: FASTQUnit
    if let first = peeked {
      unit = first
      peeked = nil
    } else {
      guard let following = try await reader.next() else { return nil }
      unit = following
    }
    return NumberedUnit(unit: unit, isDuplicate: duplicates?.flags(unit) ?? [])
  }
}

private func walk(
  _ units: UnitSource, _ pool: WorkerPool, _ duplicates: DuplicateCounter, _ fastqc: inout FastQCSink,
  _ streams: [OutputStream],
  _ resources: RunResources
) async throws {
  try await orderedMap(
    inFlight: resources.window, budget: resources.budget,
    source: { try await units.next() },
    transform: { (numbered: NumberedUnit) in
      try numbered.unit.validate()
      return pool.with { $0.process(numbered.unit, isDuplicate: numbered.isDuplicate, duplicates: duplicates) }
    },
    sink: { (rendered: RenderedReads) in
      fastqc.add(rendered.heads)
      for (stream, text) in zip(streams, [rendered.first, rendered.second]) {
        guard let text else { continue }
        try await stream.append(text.bytes)
        pool.texts.giveBack(text)
      }
    })
}
