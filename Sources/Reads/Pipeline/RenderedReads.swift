import GenomicFiles
import Synchronization

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
  /// Nil where nothing is written.
  var first: RenderedText?
  var second: RenderedText?
  /// What is still to be counted in order for FastQC's reports, one for each mate.
  var heads: [FastQCHeads] = []
}

/// The bytes of a text, in memory that goes from unit to unit: it is large, and to ask for it anew with each unit leaves
/// the allocator with ever more of it in pieces.
final class RenderedText: @unchecked Sendable {
  // One holder at a time: a worker fills it, the sink writes it out and gives it back.
  fileprivate(set) var bytes: [UInt8] = []
}

/// The texts that nobody holds.
final class RenderedTexts: Sendable {
  private let free = Mutex<[RenderedText]>([])

  /// An empty text.
  func take() -> RenderedText {
    let text = free.withLock { $0.popLast() } ?? RenderedText()
    text.bytes.removeAll(keepingCapacity: true)
    return text
  }

  /// Takes a text back that was written out.
  func giveBack(_ text: RenderedText) { free.withLock { $0.append(text) } }
}

/// A text of records while it is written. Valid only while the batches of its records are.
struct RecordText {
  private var bytes: [UInt8]
  private let text: RenderedText?
  /// Records that follow each other in their batch and go out as they came in; they are copied at once.
  private var waiting = UnsafeRawBufferPointer(start: nil, count: 0)

  /// Units of one run are about as long; this is where they differ.
  private static let step = 64 << 10

  /// - Parameters:
  ///   - text: what is filled; nil: nothing is.
  ///   - count: the bytes that there will be at most, or nearly.
  init(_ text: RenderedText?, reserving count: Int) {
    self.text = text
    bytes = []
    guard let text else { return }
    swap(&bytes, &text.bytes)
    bytes.reserveCapacity((count + Self.step - 1) / Self.step * Self.step)
  }

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
  consuming func finished() -> RenderedText? {
    writeWaiting()
    if let text { swap(&bytes, &text.bytes) }
    return text
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
