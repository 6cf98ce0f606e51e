/// Where the parts of a record stand whose sequence and quality may go over several lines; ranges without line ends.
struct WrappedRecord {
  var name: Range<Int>
  var sequence: [Range<Int>]
  var quality: [Range<Int>]
  /// The first byte behind the record.
  var end: Int

  /// What the first bytes of some text are.
  enum Parsed {
    case record(WrappedRecord)
    /// The text ends inside the record.
    case incomplete
    case fault(FASTQFault)
  }

  /// What follows some text.
  enum Rest {
    case more
    /// The file ends behind the text, whose last line feed is its own.
    case endBehindLine
    /// The file ended inside the last line, which was given its line feed.
    case endInLine
  }

  /// Reads the record at the start of `bytes`.
  ///
  /// A quality line may begin with `@` or `+`: the length of the sequence tells which lines are quality (Cock et al.
  /// 2010). An empty line stands for an empty sequence or quality only.
  static func parse(_ bytes: UnsafeRawBufferPointer, _ rest: Rest) -> Parsed {
    var lines = LinesOfRecord(bytes)
    guard bytes.first == UInt8(ascii: "@") else { return .fault(.noAt) }
    guard let name = lines.next() else { return .incomplete }
    var sequence: [Range<Int>] = []
    while lines.peek != UInt8(ascii: "+") {
      guard let line = lines.next() else { return .incomplete }
      // A line that is no sequence ends the search: behind a lost separator the rest of the file would be looked at.
      if !line.isEmpty, !isSequence(bytes[line.lowerBound]) { return .fault(.sequenceByte(bytes[line.lowerBound])) }
      sequence.append(line)
    }
    guard let separator = lines.next() else { return .incomplete }
    if separator.count > 1, !bytes[separator].dropFirst().elementsEqual(bytes[name].dropFirst()) {
      return .fault(.separatorName)
    }
    if sequence.count > 1, sequence.contains(where: \.isEmpty) { return .fault(.emptyLine) }
    let length = sequence.reduce(0) { $0 + $1.count }
    var quality: [Range<Int>] = []
    var found = 0
    repeat {
      guard let line = lines.next() else {
        // The empty quality at the end of the file, without a line feed.
        if length == 0, rest == .endBehindLine { break }
        return .incomplete
      }
      found += line.count
      if line.isEmpty ? length > 0 : found > length { return .fault(.lengths(sequence: length, quality: found)) }
      quality.append(line)
    } while found < length
    return .record(WrappedRecord(name: name, sequence: sequence, quality: quality, end: lines.position))
  }

  /// The same record in bytes with `count` more in front.
  func moved(by count: Int) -> WrappedRecord {
    func moved(_ range: Range<Int>) -> Range<Int> { (range.lowerBound + count)..<(range.upperBound + count) }
    return WrappedRecord(
      name: moved(name), sequence: sequence.map(moved), quality: quality.map(moved), end: end + count)
  }
}

/// Walks over lines.
private struct LinesOfRecord {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The first byte of the next line.
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The next line without its line end; nil where its line feed is not there yet.
  mutating func next() -> Range<Int>? {
    guard let lineFeed = bytes.firstLineFeed(from: position) else { return nil }
    let start = position
    position = lineFeed + 1
    let end = lineFeed > start && bytes[lineFeed - 1] == UInt8(ascii: "\r") ? lineFeed - 1 : lineFeed
    return start..<end
  }
}
