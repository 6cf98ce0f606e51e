import Batching
public import GenomicFiles
import Genomics
import Synchronization

/// What can be collected in the one pass.
public enum AlignmentCollection: String, Sendable, CaseIterable {
  /// The counts of `samtools flagstat`.
  case flagstat
  /// The counts of `samtools idxstats`.
  case idxstats
  /// Depth by contig.
  case depth
}

/// What one pass over alignments found.
public struct AlignmentResult: Sendable {
  /// The header.
  public var header: SAMHeader
  /// Records read.
  public var records: Int
  /// Contigs (indices in the header) that carry records.
  public var usedContigs: [Int]
  /// The counts of `samtools flagstat`, if collected.
  public var flagstat: Flagstat?
  /// The counts of `samtools idxstats`, if collected.
  public var idxstats: Idxstats?
  /// Depth by contig, if collected and the records are in coordinate order.
  public var depth: [DepthCollector.Contig]?
  /// Whether the records are in coordinate order; nil if depth was not collected.
  public var isSorted: Bool?
  /// The input as read.
  public var input: InputSummary?
}

/// Decodes an alignment file once and feeds every collector.
///
/// - Parameter inspectHeader: called with the header before records are read; throws to refuse the file early.
/// - Throws: `InputError` for damaged or malformed input; what `inspectHeader` throws; `CancellationError`.
public func processAlignments(
  _ input: InputFile, collect: Set<AlignmentCollection>, resources: RunResources,
  inspectHeader: @Sendable (SAMHeader) throws -> Void = { _ in }
) async throws -> AlignmentResult {
  var result = try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    let reader = try await AlignmentReader(source)
    try inspectHeader(reader.header)
    return try await run(reader, collect, resources)
  }
  result.input = input.summary
  return result
}

private func run(_ reader: sending AlignmentReader, _ collect: Set<AlignmentCollection>, _ resources: RunResources)
  async throws -> AlignmentResult
{
  let header = reader.header
  let contigCount = header.contigs.contigs.count
  let partials = AlignmentPartials(contigCount: contigCount, flagstat: collect.contains(.flagstat))
  var depth = collect.contains(.depth) ? DepthCollector(lengths: header.contigs.contigs.map { $0.length ?? 0 }) : nil
  try await orderedMap(
    inFlight: resources.window, budget: resources.budget,
    source: { try await reader.next() },
    transform: { (work: AlignmentWork) in
      let batch = try work.decode()
      partials.count(batch)
      return batch
    },
    sink: { (batch: AlignmentBatch) in
      // Order matters to depth alone.
      if depth != nil { try await resources.budget.withThread { depth?.add(batch) } }
    })
  let (flagstat, idxstats) = partials.total()
  let used = (0..<contigCount).filter { idxstats.mapped[$0] + idxstats.unmapped[$0] > 0 }
  let records = idxstats.mapped.reduce(0, +) + idxstats.unmapped.reduce(0, +) + idxstats.unplaced
  let isSorted = depth?.isSorted
  return AlignmentResult(
    header: header, records: records, usedContigs: used, flagstat: collect.contains(.flagstat) ? flagstat : nil,
    idxstats: collect.contains(.idxstats) ? idxstats : nil, depth: depth?.finish() ?? nil, isSorted: isSorted,
    input: nil)
}

/// Counts that workers add to, each to one of its own; sums do not depend on who added what.
private final class AlignmentPartials: Sendable {
  private let contigCount: Int
  private let wantsFlagstat: Bool
  private let idle = Mutex<[(Flagstat, Idxstats)]>([])

  init(contigCount: Int, flagstat: Bool) {
    self.contigCount = contigCount
    wantsFlagstat = flagstat
  }

  func count(_ batch: AlignmentBatch) {
    var (flagstat, idxstats) = idle.withLock { $0.popLast() } ?? (Flagstat(), Idxstats(contigCount: contigCount))
    if wantsFlagstat {
      batch.forEachRecord { _, record in
        flagstat.add(record)
        idxstats.add(record)
      }
    } else {
      batch.forEachRecord { _, record in idxstats.add(record) }
    }
    idle.withLock { [flagstat, idxstats] in $0.append((flagstat, idxstats)) }
  }

  func total() -> (Flagstat, Idxstats) {
    idle.withLock { parts in
      var flagstat = Flagstat()
      var idxstats = Idxstats(contigCount: contigCount)
      for part in parts {
        flagstat.merge(part.0)
        idxstats.merge(part.1)
      }
      return (flagstat, idxstats)
    }
  }
}
