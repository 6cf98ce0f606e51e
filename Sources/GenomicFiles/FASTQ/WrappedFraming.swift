import Genomics

/// Frames records whose sequence and quality may go over several lines, and joins the lines: what comes out is four-line
/// FASTQ with a bare separator.
final class WrappedFraming: FASTQFraming {
  private let context: FramingContext
  /// Bytes that wait for the rest of their record (their pair, in an interleaved file).
  private let carry = ByteBuffer(capacity: 4096)
  private var carryOffset = 0
  /// The size of bytes in which a record was looked for in vain. They have to double before the next look, so that the
  /// work stays proportional to the bytes.
  private var lastLook = 0
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
    if carry.count == 0 { carryOffset = chunk.dataOffset }
    chunk.withBytes { carry.append($0) }
    guard carry.count >= 2 * lastLook || carry.count > context.longestRecord else { return nil }
    return try unwrap(.more)
  }

  func finish() throws -> FramedRecords? {
    if let pending { throw pending }
    guard carry.count > 0 else { return nil }
    guard carry.bytes.last != UInt8(ascii: "\n") else { return try unwrap(.endBehindLine) }
    [UInt8(ascii: "\n")].withUnsafeBytes { carry.append($0) }
    return try unwrap(.endInLine)
  }

  /// Joins the lines of the carry's whole records and drops these from it.
  private func unwrap(_ rest: WrappedRecord.Rest) throws -> FramedRecords? {
    var output = JoinedRecords(capacity: carry.count)
    do {
      while try takeGroup(&output, rest) {}
      guard carry.count <= context.longestRecord else {
        throw context.tooLong(record: records + 1, offset: carryOffset)
      }
    } catch {
      guard output.count > 0 else { throw error }
      pending = error
    }
    lastLook = output.count == 0 ? carry.count : 0
    compactCarry()
    return output.framed
  }

  /// Takes the records that stay together from the front of the carry.
  /// - Returns: whether more may follow.
  private func takeGroup(_ output: inout JoinedRecords, _ rest: WrappedRecord.Rest) throws -> Bool {
    var found: [WrappedRecord] = []
    var start = 0
    while found.count < context.group {
      let record = records + found.count + 1
      let offset = carryOffset + start
      let bytes = UnsafeRawBufferPointer(rebasing: carry.bytes[start...])
      guard let first = bytes.first else {
        guard rest != .more, !found.isEmpty else { return false }
        throw context.withoutMate(record: record - 1, offset: carryOffset)
      }
      if first == UInt8(ascii: "\n") || first == UInt8(ascii: "\r") {
        tail.begin(at: offset, record: record)
        try checkTail(bytes)
        guard found.isEmpty else { throw context.withoutMate(record: record - 1, offset: carryOffset) }
        drop(start + bytes.count)
        return false
      }
      switch WrappedRecord.parse(bytes, rest) {
      case .record(let one):
        found.append(one.moved(by: start))
        start += one.end
      case .incomplete:
        guard rest != .more else { return false }
        throw context.truncated(record: record, offset: offset)
      case .fault(let fault):
        throw InputError(
          .malformed, at: InputLocation(file: context.path, record: record, offset: offset), fault.reason,
          remedy: "the file is damaged or is not FASTQ: fetch it again")
      }
    }
    for one in found { output.append(one, of: carry.bytes, offset: carryOffset) }
    records += found.count
    drop(start)
    return true
  }

  private func drop(_ count: Int) {
    carry.dropFirst(count)
    carryOffset += count
  }

  /// Moves what is left to the front, since the room of what was dropped is not used again.
  private func compactCarry() {
    let rest = Array(carry.bytes)
    carry.clear()
    rest.withUnsafeBytes { carry.append($0) }
  }

  private func checkTail(_ bytes: UnsafeRawBufferPointer) throws {
    guard let start = tail.start, !tail.allows(bytes) else { return }
    throw context.blankLine(record: start.record, offset: start.offset)
  }
}

/// Four-line records made of wrapped ones.
private struct JoinedRecords {
  private let text: ByteBuffer
  private var ends: [UInt32] = []
  private var offsets: [Int] = []

  init(capacity: Int) { text = ByteBuffer(capacity: capacity) }

  var count: Int { offsets.count }

  var framed: FramedRecords? {
    guard let first = offsets.first else { return nil }
    return FramedRecords(chunk: Chunk(owning: text, dataOffset: first), lineEnds: ends, offsets: offsets)
  }

  /// Adds a record of `bytes`, which stand at `offset` of the decompressed data.
  mutating func append(_ record: WrappedRecord, of bytes: UnsafeRawBufferPointer, offset: Int) {
    offsets.append(offset + record.name.lowerBound)
    append([record.name], of: bytes)
    append(record.sequence, of: bytes)
    [UInt8(ascii: "+")].withUnsafeBytes { text.append($0) }
    append([], of: bytes)
    append(record.quality, of: bytes)
  }

  private mutating func append(_ pieces: [Range<Int>], of bytes: UnsafeRawBufferPointer) {
    for piece in pieces { text.append(UnsafeRawBufferPointer(rebasing: bytes[piece])) }
    ends.append(UInt32(truncatingIfNeeded: text.count))
    [UInt8(ascii: "\n")].withUnsafeBytes { text.append($0) }
  }
}
