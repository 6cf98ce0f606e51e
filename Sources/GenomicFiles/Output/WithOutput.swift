import Batching

/// A written output that waits for `commit()` to get its final name. Dropped uncommitted, it is removed.
public final class PendingOutput: @unchecked Sendable {
  // One task commits.
  private let file: OutputFile
  private let index: PendingIndex?
  private let blocking: BlockingExecutor

  init(file: OutputFile, index: PendingIndex?, blocking: BlockingExecutor) {
    self.file = file
    self.index = index
    self.blocking = blocking
  }

  /// Syncs and renames the data, then the index.
  public func commit() async throws -> [OutputSummary] {
    let file = file
    let index = Exclusive(index)
    return try await blocking.run {
      var summaries = [try file.commit()]
      if let index = index.value { summaries.append(try index.commit()) }
      return summaries
    }
  }
}

/// What an output is to be.
public struct OutputPlan: Sendable {
  /// The final path; `-` is standard output.
  public var path: String
  /// How the bytes are wrapped.
  public var container: OutputContainer
  /// Whether an existing file is replaced.
  public var force: Bool
  /// The longest contig, in bases, for an index written on the way; nil for none.
  public var indexedLongestContig: Int?

  /// The contigs of the header, where the bytes are BCF and its index is made.
  public var indexedContigs: [String]?

  /// Whether the SHA-256 of the output is computed on the way.
  public var hashes: Bool

  /// What the bytes are.
  public var content = OutputContent.any

  /// The bases of a contig that the index can hold: a record may not start behind them. nil without an index.
  public var indexReach: Int? { indexedLongestContig.map(CoordinateIndex.reach(longestContig:)) }

  /// A plan for an output.
  public init(
    path: String, container: OutputContainer, force: Bool, indexedLongestContig: Int? = nil, hashes: Bool = true
  ) {
    self.hashes = hashes
    self.path = path
    self.container = container
    self.force = force
    self.indexedLongestContig = indexedLongestContig
  }
}

/// Writes one output: `body` appends, workers compress, the blocking executor writes.
///
/// Nothing has its final name until the returned output is committed, so that several outputs can be committed together.
public func withOutput<R: Sendable>(
  _ plan: OutputPlan, resources: RunResources, _ body: (OutputStream) async throws -> R
) async throws -> (R, PendingOutput) {
  let blocking = resources.blocking
  let outputs = resources.outputs
  let file = try await blocking.run {
    try OutputFile(path: plan.path, force: plan.force, registry: outputs, hashes: plan.hashes)
  }
  let pool = LeasePool<OutputGroup>(capacity: resources.window + 3) { OutputGroup() }
  let writer = GroupWriter(file: file, plan: plan)
  let result = try await withConsumer(capacity: 2) { (queue: BoundedQueue<FilledGroup>) in
    let stream = OutputStream(pool: pool, queue: queue)
    let result = try await body(stream)
    try await stream.finish()
    return result
  } consume: { (queue: BoundedQueue<FilledGroup>) in
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: { try await queue.next() },
      transform: { (group: FilledGroup) in
        try group.storage.compress(plan)
        return group
      },
      sink: { (group: FilledGroup) in try await blocking.run { try writer.write(group.storage) } })
  }
  let index = try await blocking.run { Exclusive(try writer.finish(registry: outputs)) }
  return (result, PendingOutput(file: file, index: index.value, blocking: blocking))
}

/// Goes through the blocks of a group as its places do.
private struct BlockPlace {
  /// Where the block at hand starts in the file.
  var written: UInt64
  private var block = 0
  private var blockStart = 0

  init(written: UInt64) { self.written = written }

  /// The virtual offset of a place in the group, which is not before the one asked for last.
  mutating func virtualOffset(of offset: Int, _ sizes: [Int]) -> UInt64 {
    // A full last block that is not followed by another in this group ends where the next one will start.
    while offset - blockStart >= OutputGroup.blockBytes, block < sizes.count {
      written += UInt64(sizes[block])
      block += 1
      blockStart += OutputGroup.blockBytes
    }
    return written << 16 | UInt64(offset - blockStart)
  }
}

/// The sequential end of an output. Blocks.
private final class GroupWriter: @unchecked Sendable {
  // The ordered map's sink is the only caller.
  private let file: OutputFile
  private let plan: OutputPlan
  private let index: CoordinateIndex?
  private var written: UInt64 = 0
  private var hasWritten = false

  init(file: OutputFile, plan: OutputPlan) {
    self.file = file
    self.plan = plan
    index = plan.indexedLongestContig.map {
      CoordinateIndex(dataPath: plan.path, longestContig: $0, headerContigs: plan.indexedContigs)
    }
  }

  func write(_ group: OutputGroup) throws {
    switch plan.container {
    case .plain: try file.write(group.input.bytes)
    case .gzip: try file.write(group.output.bytes)
    case .bgzf: try writeBlocks(group)
    }
    hasWritten = true
  }

  private func writeBlocks(_ group: OutputGroup) throws {
    try file.write(group.output.bytes)
    var place = BlockPlace(written: written)
    if let offset = group.headerEnd { try index?.begin(at: place.virtualOffset(of: offset, group.blockSizes)) }
    if let index {
      var contig = -1
      for mark in group.marks {
        if mark.contig != contig {
          contig = mark.contig
          try index.begin(contig: group.contigs[contig])
        }
        try index.push(start: mark.start, end: mark.end, at: place.virtualOffset(of: mark.offset, group.blockSizes))
      }
    }
    for size in group.blockSizes { written += UInt64(size) }
  }

  func finish(registry: OutputRegistry) throws -> PendingIndex? {
    switch plan.container {
    case .plain: return nil
    case .gzip(let level):
      // An empty file is no gzip: empty data are an empty member.
      if !hasWritten {
        let empty = OutputGroup()
        try empty.appendMember(level: level, path: plan.path)
        try file.write(empty.output.bytes)
      }
      return nil
    case .bgzf: return try finishBlocks(registry: registry)
    }
  }

  private func finishBlocks(registry: OutputRegistry) throws -> PendingIndex? {
    let index = try index?.save(finalOffset: written << 16, registry: registry)
    try file.write(bgzfEndOfFileBlock)
    return index
  }
}
