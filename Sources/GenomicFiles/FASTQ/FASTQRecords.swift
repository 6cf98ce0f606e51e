/// A borrowed view of a batch's records. Byte ranges are relative to `bytes` and exclude line ends.
public struct FASTQRecords {
  /// All bytes of the batch, with qualities in Phred+33.
  public let bytes: UnsafeRawBufferPointer
  let lineEnds: UnsafeBufferPointer<UInt32>
  /// The line of record 0 and the lines from record to record.
  private let firstLine: Int
  private let lineStep: Int
  /// The same bytes before qualities were decoded; nil where they were not kept.
  let originals: UnsafeRawBufferPointer?

  init(
    bytes: UnsafeRawBufferPointer, lineEnds: UnsafeBufferPointer<UInt32>, selection: RecordSelection = .all,
    originals: UnsafeRawBufferPointer? = nil
  ) {
    self.bytes = bytes
    self.lineEnds = lineEnds
    self.originals = originals
    firstLine = 4 * selection.first
    lineStep = 4 * selection.step
  }

  /// The same bytes, for correcting bases in place. Only the one holder of a unit may write, and only to sequences and
  /// qualities of the unit's records, so that units of one batch do not meet.
  public var writable: UnsafeMutablePointer<UInt8> {
    // Storage of a chunk is allocated memory; the empty batch has no records to write to.
    UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!)
      .assumingMemoryBound(to: UInt8.self)
  }

  /// The lines of a record, without their line ends.
  @inline(__always)
  public func lines(of record: Int) -> FASTQLines {
    let raw = rawLines(of: record)
    return FASTQLines(
      name: trimmed(raw.name), sequence: trimmed(raw.sequence), separator: trimmed(raw.separator),
      quality: trimmed(raw.quality))
  }

  @inline(__always)
  private func trimmed(_ line: RawLine) -> Range<Int> {
    let end = line.start &+ line.count
    let hasReturn = line.count > 0 && bytes[end &- 1] == UInt8(ascii: "\r")
    return line.start..<(hasReturn ? end &- 1 : end)
  }

  /// A line of a record (0 name with its `@`, 1 sequence, 2 separator, 3 quality), without its line end (LF or CR LF).
  @inline(__always)
  public func line(_ line: Int, of record: Int) -> Range<Int> {
    let index = lineStep * record + firstLine + line
    let start = index == 0 ? 0 : Int(lineEnds[index - 1]) + 1
    var end = Int(lineEnds[index])
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// Start and length of a record's lines, a carriage return before the line feed included.
  @inline(__always)
  func rawLines(of record: Int) -> (name: RawLine, sequence: RawLine, separator: RawLine, quality: RawLine) {
    let first = lineStep * record + firstLine
    let start = first == 0 ? 0 : Int(lineEnds[first - 1]) + 1
    let ends = (Int(lineEnds[first]), Int(lineEnds[first + 1]), Int(lineEnds[first + 2]), Int(lineEnds[first + 3]))
    return (
      (start, ends.0 - start), (ends.0 + 1, ends.1 - ends.0 - 1), (ends.1 + 1, ends.2 - ends.1 - 1),
      (ends.2 + 1, ends.3 - ends.2 - 1)
    )
  }

  typealias RawLine = (start: Int, count: Int)

  /// The bytes of some records, line ends included; they follow each other except in an interleaved file.
  func byteRange(_ records: Range<Int>) -> Range<Int> {
    let first = lineStep * records.lowerBound + firstLine
    let start = first == 0 ? 0 : Int(lineEnds[first - 1]) + 1
    let end = records.isEmpty ? start : Int(lineEnds[lineStep * (records.upperBound - 1) + firstLine + 3]) + 1
    return start..<end
  }
}

/// Where the lines of a record are in its batch's bytes, without their line ends (LF or CR LF).
public struct FASTQLines {
  /// The name with its `@`.
  public let name: Range<Int>
  /// The bases.
  public let sequence: Range<Int>
  /// The separator with its `+`.
  public let separator: Range<Int>
  /// The qualities, Phred+33.
  public let quality: Range<Int>
}
