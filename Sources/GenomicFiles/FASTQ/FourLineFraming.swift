import Genomics

/// Frames records of four lines, the form that every sequencer writes. The lines' contents are not looked at here:
/// `FASTQBatch.validate` checks them, in parallel.
final class FourLineFraming: FASTQFraming {
  private let context: FramingContext
  /// The bytes of a record (a pair, in an interleaved file) that goes on in the next chunk, and its line ends.
  private var carry = ByteBuffer(capacity: 4096)
  private var carryOffset = 0
  private var scan = FASTQLineScan()
  private var tail = BlankTail()
  private var records = 0
  private var pending: (any Error)?

  init(_ context: FramingContext) { self.context = context }

  func take(_ chunk: Chunk) throws -> FramedRecords? {
    if let pending { throw pending }
    if tail.hasBegun {
      try chunk.withBytes { try checkTail($0) }
      return nil
    }
    guard carry.count <= chunk.count else { return try extendCarry(chunk) }
    chunk.prepend(carry.bytes)
    chunk.withBytes { scan.scan($0) }
    let framed = cut(chunk)
    if framed == nil, let pending { throw pending }
    return framed
  }

  /// Puts a chunk behind a carried record that is longer, so that a record of many chunks is not moved with each.
  private func extendCarry(_ chunk: Chunk) throws -> FramedRecords? {
    chunk.withBytes { carry.append($0) }
    scan.scan(carry.bytes)
    guard scan.ends.count >= 4 * context.group || scan.blankStart != nil else {
      try checkLength()
      return nil
    }
    let whole = Chunk(owning: carry, dataOffset: carryOffset)
    carry = ByteBuffer(capacity: 4096)
    let framed = cut(whole)
    if framed == nil, let pending { throw pending }
    return framed
  }

  /// Splits scanned bytes into whole records, the carry, and the empty lines at the end.
  private func cut(_ chunk: Chunk) -> FramedRecords? {
    let lines = scan.ends.count - scan.ends.count % (4 * context.group)
    let end = lines == 0 ? 0 : Int(scan.ends[lines - 1]) + 1
    let carried = end..<(scan.blankStart ?? chunk.count)
    let rest = scan.ends[lines...].map { $0 - UInt32(truncatingIfNeeded: end) }
    var ends = scan.ends
    let blankStart = scan.blankStart
    // A chunk of the same file has about as many lines.
    scan = FASTQLineScan(ends: rest, searched: carried.count)
    scan.ends.reserveCapacity(ends.count + ends.count / 8)
    ends.removeLast(ends.count - lines)
    records += ends.count / 4
    carry.clear()
    chunk.withBytes { carry.append(UnsafeRawBufferPointer(rebasing: $0[carried])) }
    carryOffset = chunk.dataOffset + end
    do {
      try checkLength()
      if let blankStart {
        tail.begin(at: chunk.dataOffset + blankStart, record: records + 1 + scan.ends.count / 4)
        try chunk.withBytes { try checkTail(UnsafeRawBufferPointer(rebasing: $0[blankStart...])) }
      }
    } catch {
      pending = error
    }
    guard !ends.isEmpty else { return nil }
    chunk.data.truncate(to: end)
    return FramedRecords(chunk: chunk, lineEnds: ends)
  }

  private func checkLength() throws(InputError) {
    guard carry.count <= context.longestRecord else {
      throw context.tooLong(record: records + 1, offset: carryOffset)
    }
  }

  private func checkTail(_ bytes: UnsafeRawBufferPointer) throws {
    guard let start = tail.start, !tail.allows(bytes) else { return }
    throw context.blankLine(record: start.record, offset: start.offset)
  }

  /// The last record may lack its line feed: the length of its quality shows whether it is whole.
  func finish() throws -> FramedRecords? {
    if let pending { throw pending }
    guard carry.count > 0 else { return nil }
    if !tail.hasBegun {
      [UInt8(ascii: "\n")].withUnsafeBytes { carry.append($0) }
      scan.scan(carry.bytes)
      guard scan.ends.count % 4 == 0, lastRecordIsWhole else {
        throw context.truncated(record: records + 1 + (scan.ends.count - 1) / 4, offset: carryOffset + lastStart)
      }
    }
    guard scan.ends.count % (4 * context.group) == 0 else {
      throw context.withoutMate(record: records + 1, offset: carryOffset)
    }
    let framed = FramedRecords(chunk: Chunk(owning: carry, dataOffset: carryOffset), lineEnds: scan.ends)
    records += framed.count
    carry = ByteBuffer(capacity: 0)
    scan = FASTQLineScan()
    return framed
  }

  /// Where the last record of the carry starts.
  private var lastStart: Int {
    let record = (scan.ends.count - 1) / 4
    return record == 0 ? 0 : Int(scan.ends[4 * record - 1]) + 1
  }

  /// Whether the last quality is as long as its sequence; a longer one is for validation to refuse.
  private var lastRecordIsWhole: Bool {
    scan.ends.withUnsafeBufferPointer { ends in
      let view = FASTQRecords(bytes: carry.bytes, lineEnds: ends)
      let last = ends.count / 4 - 1
      return view.line(3, of: last).count >= view.line(1, of: last).count
    }
  }
}
