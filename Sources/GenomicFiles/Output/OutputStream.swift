import Batching
import Genomics

/// What an output's bytes are, where that decides by which encoder they are compressed.
public enum OutputContent: Sendable, Hashable {
  /// Anything: by libdeflate.
  case any
  /// FASTQ: by `FASTQDeflater` at its levels, where qualities are binned.
  case fastq
  /// Lines of fields with separators, such as VCF, in BGZF: by `FieldDeflater` at its levels.
  case fields
}

/// How an output's bytes are wrapped.
public enum OutputContainer: Sendable, Hashable {
  /// As they are.
  case plain
  /// BGZF at a libdeflate level of 1 (fast) to 9 (small); FASTQ and text in fields have encoders of our own
  /// at some of the levels.
  case bgzf(level: Int)
  /// Plain gzip of several members, each of 1,044,480 bytes before compression, at a libdeflate level of 1 to 9. A little
  /// smaller than BGZF, but nothing can find a place in it.
  case gzip(level: Int)

  /// Compressed for names that end in `.gz`, `.bgz` or `.bcf`, plain otherwise.
  /// - Parameter isBlocked: BGZF, or plain gzip.
  public init(path: String, level: Int, isBlocked: Bool = true) {
    if path.hasSuffix(".bcf") {
      self = .bgzf(level: level)
      return
    }
    guard path.hasSuffix(".gz") || path.hasSuffix(".bgz") else {
      self = .plain
      return
    }
    self = isBlocked ? .bgzf(level: level) : .gzip(level: level)
  }
}

/// One output's bytes in order; compressed in parallel under the run's thread budget, written on the blocking executor.
///
/// Block cuts depend on the stream alone (every 65,280 bytes), so the bytes are the same at any thread count and batch
/// size. One task appends, one call after the other.
public final class OutputStream: @unchecked Sendable {
  private let pool: LeasePool<OutputGroup>
  private let queue: BoundedQueue<FilledGroup>
  private var current: FilledGroup?

  init(pool: LeasePool<OutputGroup>, queue: BoundedQueue<FilledGroup>) {
    self.pool = pool
    self.queue = queue
  }

  /// Appends bytes.
  public func append(_ bytes: UnsafeRawBufferPointer) async throws {
    var rest = bytes
    while !rest.isEmpty {
      let group = try await openGroup()
      let taken = min(rest.count, OutputGroup.capacity - group.storage.input.count)
      group.storage.input.append(UnsafeRawBufferPointer(rebasing: rest[..<taken]))
      rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
      if group.storage.input.count == OutputGroup.capacity { try await send() }
    }
  }

  /// Appends bytes.
  public func append(_ bytes: [UInt8]) async throws {
    // A pointer from `withUnsafeBytes` cannot live across a suspension, so whole groups are copied between them.
    var start = 0
    while start < bytes.count {
      let group = try await openGroup()
      let taken = min(bytes.count - start, OutputGroup.capacity - group.storage.input.count)
      bytes.withUnsafeBytes {
        group.storage.input.append(UnsafeRawBufferPointer(rebasing: $0[start..<(start + taken)]))
      }
      start += taken
      if group.storage.input.count == OutputGroup.capacity { try await send() }
    }
  }

  /// Appends bytes that hold records; an index entry's offset is the end of its record in `bytes`, ascending.
  public func append(_ bytes: [UInt8], entries: [(end: Int, entry: IndexEntry)]) async throws {
    var places = IndexEntries()
    for (end, entry) in entries {
      places.begin(contig: entry.contig)
      places.append(start: entry.start, end: entry.end, endOfBytes: end)
    }
    try await append(bytes, entries: places)
  }

  /// Appends bytes that hold records.
  public func append(_ bytes: [UInt8], entries: IndexEntries) async throws {
    try await append([(bytes, 0..<bytes.count)], entries: entries)
  }

  /// Appends stretches of bytes that hold records, one behind the other.
  /// - Parameter entries: where records end is counted in all stretches together.
  public func append(_ stretches: [(bytes: [UInt8], range: Range<Int>)], entries: IndexEntries) async throws {
    var done = 0
    var next = 0
    for (bytes, range) in stretches {
      var start = range.lowerBound
      while start < range.upperBound {
        let group = try await openGroup()
        let input = group.storage.input
        let taken = min(range.upperBound - start, OutputGroup.capacity - input.count)
        let before = input.count
        bytes.withUnsafeBytes { input.append(UnsafeRawBufferPointer(rebasing: $0[start..<(start + taken)])) }
        next = group.storage.mark(entries, from: next, endingBy: done + taken, shiftedBy: before - done)
        start += taken
        done += taken
        if input.count == OutputGroup.capacity { try await send() }
      }
    }
  }

  /// Appends the bytes of a chunk's range.
  public func append(_ chunk: Chunk, _ range: Range<Int>) async throws {
    var start = range.lowerBound
    while start < range.upperBound {
      let group = try await openGroup()
      let taken = min(range.upperBound - start, OutputGroup.capacity - group.storage.input.count)
      chunk.withBytes { group.storage.input.append(UnsafeRawBufferPointer(rebasing: $0[start..<(start + taken)])) }
      start += taken
      if group.storage.input.count == OutputGroup.capacity { try await send() }
    }
  }

  /// Says that the bytes so far are the header: index offsets start here.
  public func markHeaderEnd() async throws {
    let storage = try await openGroup().storage
    storage.headerEnd = storage.input.count
  }

  private func openGroup() async throws -> FilledGroup {
    if let current { return current }
    let group = FilledGroup(try await pool.lease())
    group.storage.reset()
    current = group
    return group
  }

  private func send() async throws {
    guard let group = current else { return }
    current = nil
    try await queue.send(group)
  }

  func finish() async throws { try await send() }
}
