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

  /// Appends the record with the bases that are left, and the identifier behind the part of its name that mates share.
  /// - Returns: scores that the output's encoding is too short for.
  func append(
    to text: inout [UInt8], _ read: WorkingRead, identifier: [UInt8], _ encoder: QualityEncoder
  ) -> Int {
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
