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
}

/// A record's parts, borrowed from its batch.
struct RecordText {
  let name: UnsafeRawBufferPointer
  let separator: UnsafeRawBufferPointer

  init(_ records: FASTQRecords, _ record: Int) {
    name = UnsafeRawBufferPointer(rebasing: records.bytes[records.line(0, of: record)])
    separator = UnsafeRawBufferPointer(rebasing: records.bytes[records.line(2, of: record)])
  }

  /// Appends the record with the bases that are left, and the identifier behind the first word of its name.
  func append(to text: inout [UInt8], _ read: WorkingRead, identifier: [UInt8]) {
    if identifier.isEmpty {
      text.append(contentsOf: name)
      text.append(UInt8(ascii: "\n"))
      text.append(contentsOf: UnsafeBufferPointer(start: read.sequence, count: read.length))
      text.append(UInt8(ascii: "\n"))
      text.append(contentsOf: separator)
    } else {
      appendName(to: &text, identifier)
      text.append(UInt8(ascii: "\n"))
      text.append(contentsOf: UnsafeBufferPointer(start: read.sequence, count: read.length))
      text.append(UInt8(ascii: "\n"))
      // A name behind + would differ from the one behind @.
      text.append(UInt8(ascii: "+"))
    }
    text.append(UInt8(ascii: "\n"))
    text.append(contentsOf: UnsafeBufferPointer(start: read.quality, count: read.length))
    text.append(UInt8(ascii: "\n"))
  }

  private func appendName(to text: inout [UInt8], _ identifier: [UInt8]) {
    let word = name.prefix { $0 != UInt8(ascii: " ") }
    text.append(contentsOf: word)
    text.append(UInt8(ascii: ":"))
    text.append(contentsOf: identifier)
    text.append(contentsOf: name[word.endIndex...])
  }
}
