import Batching
public import GenomicFiles
import Genomics
import Synchronization

/// One or two FASTQ files and what is to be made of them.
public struct ReadJob: Sendable {
  /// The reads, or the first mates.
  public var input1: InputFile
  /// The second mates; nil for single-end reads.
  public var input2: InputFile?
  /// Where the reads go, unchanged; empty for counting only, else one plan a file.
  public var outputs: [OutputPlan]

  /// A job over one file or a pair.
  /// - Precondition: `outputs` is empty or has one plan a file.
  public init(input1: InputFile, input2: InputFile?, outputs: [OutputPlan]) {
    precondition(outputs.isEmpty || outputs.count == (input2 == nil ? 1 : 2), "one output a file")
    self.input1 = input1
    self.input2 = input2
    self.outputs = outputs
  }
}

/// What came of a read job. Reads in equal reads out: the thin engine drops none.
public struct ReadResult: Sendable {
  /// Counts of the first file.
  public var read1: ReadStatistics
  /// Counts of the second file.
  public var read2: ReadStatistics?
  /// What was odd but legal, with its count, by file.
  public var inputs: [InputSummary]
  /// Outputs that wait for their final names.
  public var pending: [PendingOutput]
}

/// Counts reads, checks them, and passes them on.
///
/// - Throws: `InputError` for damaged, malformed or unpaired input; `OutputError`; `CancellationError`. Nothing has a
///   final name until the result's pending outputs are committed.
public func processReads(_ job: ReadJob, resources: RunResources) async throws -> ReadResult {
  try await withChunks(of: job.input1, endOfFile: .expected, resources: resources) { source1 in
    guard let input2 = job.input2 else { return try await run(job, source1, nil, resources) }
    return try await withChunks(of: input2, endOfFile: .expected, resources: resources) { source2 in
      try await run(job, source1, source2, resources)
    }
  }
}

private func run(_ job: ReadJob, _ source1: ChunkSource, _ source2: ChunkSource?, _ resources: RunResources)
  async throws -> ReadResult
{
  let partials = PartialStatistics()
  var pending: [PendingOutput] = []
  switch job.outputs.count {
  case 0: try await walk(source1, source2, partials, [], resources)
  case 1:
    let (_, output) = try await withOutput(job.outputs[0], resources: resources) { stream in
      try await walk(source1, source2, partials, [stream], resources)
    }
    pending = [output]
  default:
    let (output2, output1) = try await withOutput(job.outputs[0], resources: resources) { stream1 in
      try await withOutput(job.outputs[1], resources: resources) { stream2 in
        try await walk(source1, source2, partials, [stream1, stream2], resources)
      }.1
    }
    pending = [output1, output2]
  }
  let (read1, read2) = partials.total()
  guard read1.reads > 0 else {
    throw InputError(
      .empty, at: InputLocation(file: job.input1.path), "the file holds no reads", remedy: "give a FASTQ with reads")
  }
  let inputs = [job.input1, job.input2].compactMap { $0?.summary }
  return ReadResult(
    read1: read1, read2: source2 == nil ? nil : read2, inputs: inputs, pending: pending)
}

private func walk(
  _ source1: ChunkSource, _ source2: ChunkSource?, _ partials: PartialStatistics, _ streams: [OutputStream],
  _ resources: RunResources
) async throws {
  let reader = FASTQUnitReader(FASTQReader(source1), source2.map { FASTQReader($0) })
  try await orderedMap(
    inFlight: resources.window, budget: resources.budget,
    source: { try await reader.next() },
    transform: { (unit: FASTQUnit) in
      try unit.validate()
      partials.with { part in
        part.read1.count(unit.read1.batch, unit.read1.records)
        if let read2 = unit.read2 { part.read2.count(read2.batch, read2.records) }
      }
      return unit
    },
    sink: { (unit: FASTQUnit) in
      guard let stream1 = streams.first else { return }
      try await unit.read1.batch.write(unit.read1.records, to: stream1)
      if let read2 = unit.read2 { try await read2.batch.write(read2.records, to: streams[1]) }
    })
}

/// Statistics that workers add to, each to one of its own; sums do not depend on who added what.
private final class PartialStatistics: Sendable {
  struct Part {
    var read1 = ReadStatistics()
    var read2 = ReadStatistics()
  }

  private let idle = Mutex<[Part]>([])

  func with(_ body: (inout Part) -> Void) {
    var part = idle.withLock { $0.popLast() } ?? Part()
    body(&part)
    idle.withLock { $0.append(part) }
  }

  func total() -> (ReadStatistics, ReadStatistics) {
    idle.withLock { parts in
      var read1 = ReadStatistics()
      var read2 = ReadStatistics()
      for part in parts {
        read1.merge(part.read1)
        read2.merge(part.read2)
      }
      return (read1, read2)
    }
  }
}
