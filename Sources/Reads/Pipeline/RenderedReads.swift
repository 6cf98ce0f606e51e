import GenomicFiles

/// Where the reads that are kept go.
enum ReadOutputLayout: Sendable {
  /// Nowhere.
  case none
  /// Into one text a file.
  case separate
  /// Mates in turn into one text.
  case interleaved
}

/// The text of the reads of a unit that are kept.
struct RenderedReads: Sendable {
  var first: [UInt8] = []
  var second: [UInt8] = []
  /// What is still to be counted in order for FastQC's reports, one for each mate.
  var heads: [FastQCHeads] = []
}

/// A text of records while it is written. Valid only while the batches of its records are.
struct RecordText {
  private var bytes: [UInt8] = []
  /// Records that follow each other in their batch and go out as they came in; they are copied at once.
  private var waiting = UnsafeRawBufferPointer(start: nil, count: 0)

  mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

  /// Appends a whole record as it stands in its batch.
  @inline(__always)
  mutating func append(_ record: UnsafeRawBufferPointer) {
    if let start = waiting.baseAddress, start + waiting.count == record.baseAddress {
      waiting = UnsafeRawBufferPointer(start: start, count: waiting.count + record.count)
    } else {
      writeWaiting()
      waiting = record
    }
  }

  /// Appends what is written by `body`.
  mutating func append<R>(_ body: (inout [UInt8]) -> R) -> R {
    writeWaiting()
    return body(&bytes)
  }

  private mutating func writeWaiting() {
    bytes.append(contentsOf: waiting)
    waiting = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// The text, when all records are in it.
  consuming func finished() -> [UInt8] {
    writeWaiting()
    return bytes
  }
}

/// A record on its way: its text, borrowed from its batch, and the read that is worked on.
struct RecordInWork {
  private let records: FASTQRecords
  private let record: Int
  private let lines: FASTQLines
  /// The read as it came in.
  let original: WorkingRead

  @inline(__always)
  init(_ records: FASTQRecords, _ record: Int) {
    self.records = records
    self.record = record
    lines = records.lines(of: record)
    original = WorkingRead(
      sequence: records.writable + lines.sequence.lowerBound, quality: records.writable + lines.quality.lowerBound,
      length: lines.sequence.count)
  }

  /// The name's line, with its `@`.
  var name: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: records.bytes[lines.name]) }

  private var separator: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: records.bytes[lines.separator]) }

  /// Whether a read is the record's, unchanged.
  @inline(__always)
  func isUnchanged(_ read: WorkingRead) -> Bool {
    read.sequence == original.sequence && read.length == original.length && !read.isCorrected
  }

  /// The whole record with its line ends; nil where those are more than line feeds.
  @inline(__always)
  var text: UnsafeRawBufferPointer? {
    let letters = lines.name.count &+ lines.sequence.count &+ lines.separator.count &+ lines.quality.count
    guard lines.quality.upperBound &- lines.name.lowerBound == letters &+ 3,
      records.bytes[lines.quality.upperBound] == UInt8(ascii: "\n")
    else { return nil }
    return UnsafeRawBufferPointer(rebasing: records.bytes[lines.name.lowerBound...lines.quality.upperBound])
  }

  /// Appends the record with the bases that are left, and the identifier behind the part of its name that mates share.
  /// - Returns: scores that the output's encoding is too short for.
  func append(
    to text: inout [UInt8], _ read: WorkingRead, identifier: [UInt8], _ encoder: QualityEncoder
  ) -> Int {
    if identifier.isEmpty, encoder.isIdentity, read.sequence == original.sequence, self.text != nil {
      appendBeginnings(to: &text, read.length)
      return 0
    }
    let lineFeed = UInt8(ascii: "\n")
    if identifier.isEmpty {
      text.append(contentsOf: name)
    } else {
      appendName(to: &text, identifier)
    }
    text.append(lineFeed)
    text.append(contentsOf: UnsafeBufferPointer(start: read.sequence, count: read.length))
    text.append(lineFeed)
    // A name behind + would differ from the one behind @ that got an identifier.
    if identifier.isEmpty { text.append(contentsOf: separator) } else { text.append(UInt8(ascii: "+")) }
    text.append(lineFeed)
    let start = text.count
    text.append(contentsOf: UnsafeBufferPointer(start: read.quality, count: read.length))
    text.append(lineFeed)
    guard !encoder.isIdentity else { return 0 }
    let place = lines.quality.lowerBound + read.start
    return text.withUnsafeMutableBytes {
      encoder.encode(
        UnsafeMutableRawBufferPointer(rebasing: $0[start..<(start + read.length)]), from: records,
        place..<(place + read.length))
    }
  }

  /// Appends a record that lost bases at its end alone: what is left are two stretches of its text.
  private func appendBeginnings(to text: inout [UInt8], _ length: Int) {
    let (sequence, quality) = (lines.sequence.lowerBound, lines.quality.lowerBound)
    text.append(contentsOf: UnsafeRawBufferPointer(rebasing: records.bytes[lines.name.lowerBound..<sequence + length]))
    // From the line feed before the separator on.
    text.append(
      contentsOf: UnsafeRawBufferPointer(rebasing: records.bytes[lines.sequence.upperBound..<quality + length]))
    text.append(UInt8(ascii: "\n"))
  }

  /// The identifier goes before the mate's `/1` or `/2`: behind it, mates would no longer have one name. The number of
  /// a mate behind a run of the Sequence Read Archive, which is a mark only at the end of digits, goes.
  private func appendName(to text: inout [UInt8], _ identifier: [UInt8]) {
    let shared = records.pairName(of: record)
    text.append(contentsOf: records.bytes[lines.name.lowerBound..<shared.upperBound])
    text.append(UInt8(ascii: ":"))
    text.append(contentsOf: identifier)
    let rest = records.bytes[shared.upperBound..<lines.name.upperBound]
    text.append(contentsOf: rest.first == UInt8(ascii: ".") ? rest.dropFirst(2) : rest)
  }
}
