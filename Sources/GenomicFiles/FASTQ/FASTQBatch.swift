public import Genomics

/// Whole FASTQ records (four lines each) in one contiguous buffer, with an index of the line ends.
///
/// Filled once, then only read: may be shared between tasks.
public final class FASTQBatch: @unchecked Sendable {
  let chunk: Chunk
  /// Offsets of the line feeds in the chunk; four a record.
  let lineEnds: [UInt32]
  /// The number of records of the file before this batch.
  public let firstRecord: Int
  /// The path of the file, for errors.
  public let path: String

  init(chunk: Chunk, lineEnds: [UInt32], firstRecord: Int, path: String) {
    self.chunk = chunk
    self.lineEnds = lineEnds
    self.firstRecord = firstRecord
    self.path = path
  }

  /// The number of records.
  public var count: Int { lineEnds.count / 4 }

  /// The bytes of some records, as a range of the chunk.
  func byteRange(_ records: Range<Int>) -> Range<Int> {
    let start = records.lowerBound == 0 ? 0 : Int(lineEnds[4 * records.lowerBound - 1]) + 1
    let end = records.isEmpty ? start : Int(lineEnds[4 * records.upperBound - 1]) + 1
    return start..<end
  }

  /// Appends the text of some records to an output, unchanged.
  public func write(_ records: Range<Int>, to stream: OutputStream) async throws {
    try await stream.append(chunk, byteRange(records))
  }

  /// Gives the batch's bytes and record layout for the time of `body`.
  public func withRecords<R>(_ body: (FASTQRecords) throws -> R) rethrows -> R {
    try chunk.withBytes { bytes in
      try lineEnds.withUnsafeBufferPointer { ends in
        try body(FASTQRecords(bytes: bytes, lineEnds: ends))
      }
    }
  }

  /// Where a record stands, for an error.
  public func location(of record: Int) -> InputLocation {
    InputLocation(
      file: path, record: firstRecord + record + 1, offset: chunk.dataOffset + byteRange(record..<record).lowerBound)
  }
}

/// A borrowed view of a batch's records. Byte ranges are relative to `bytes` and exclude line ends.
public struct FASTQRecords {
  /// All bytes of the batch.
  public let bytes: UnsafeRawBufferPointer
  let lineEnds: UnsafeBufferPointer<UInt32>

  /// The same bytes, for correcting bases in place. Only the one holder of a unit may write, and only to sequences and
  /// qualities of the unit's records, so that units of one batch do not meet.
  public var writable: UnsafeMutablePointer<UInt8> {
    // Storage of a chunk is allocated memory; the empty batch has no records to write to.
    UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!)
      .assumingMemoryBound(to: UInt8.self)
  }

  /// A line of a record (0 name with its `@`, 1 sequence, 2 separator, 3 quality), without its line end (LF or CR LF).
  @inline(__always)
  public func line(_ line: Int, of record: Int) -> Range<Int> {
    let index = 4 * record + line
    let start = index == 0 ? 0 : Int(lineEnds[index - 1]) + 1
    var end = Int(lineEnds[index])
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// A record's name up to the first white space, without `@` and without a trailing `/1` or `/2`.
  public func pairName(of record: Int) -> Range<Int> {
    let line = line(0, of: record)
    let start = min(line.lowerBound + 1, line.upperBound)
    var end = start
    while end < line.upperBound, bytes[end] != UInt8(ascii: " "), bytes[end] != UInt8(ascii: "\t") { end += 1 }
    if end - start > 2, bytes[end - 2] == UInt8(ascii: "/"),
      bytes[end - 1] == UInt8(ascii: "1") || bytes[end - 1] == UInt8(ascii: "2")
    {
      end -= 2
    }
    return start..<end
  }

  /// Which mate a record's name says that it is, 1 or 2: by `/1` or `/2`, else by the first field of a CASAVA 1.8 comment
  /// (`2:N:0:ATCACG`); nil where it says neither.
  public func mateNumber(of record: Int) -> UInt8? {
    let line = line(0, of: record)
    let name = pairName(of: record)
    var mark = name.upperBound
    if mark + 1 < line.upperBound, bytes[mark] == UInt8(ascii: "/") { return bytes[mark + 1] & 15 }
    // A space, the number, a colon, whether it was filtered (Y or N), a colon.
    mark += 1
    guard mark + 3 < line.upperBound, bytes[mark] == UInt8(ascii: "1") || bytes[mark] == UInt8(ascii: "2"),
      bytes[mark + 1] == UInt8(ascii: ":"),
      bytes[mark + 2] == UInt8(ascii: "N") || bytes[mark + 2] == UInt8(ascii: "Y"),
      bytes[mark + 3] == UInt8(ascii: ":")
    else { return nil }
    return bytes[mark] & 15
  }
}
