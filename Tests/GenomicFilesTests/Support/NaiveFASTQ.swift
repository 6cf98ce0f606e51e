/// FASTQ as a few plain rules, written without a look at the reader: what the reader is held against.
enum NaiveFASTQ {
  struct Record: Equatable {
    var name: [UInt8]
    var sequence: [UInt8]
    var quality: [UInt8]
  }

  /// The records of a text; nil where it has to be refused.
  static func records(_ text: [UInt8], wrapped: Bool = false) -> [Record]? {
    var lines = text.split(separator: 10, omittingEmptySubsequences: false).map { line in
      line.last == 13 ? Array(line.dropLast()) : Array(line)
    }[...]
    var records: [Record] = []
    while true {
      if lines.allSatisfy({ $0.allSatisfy { $0 == 13 } }) { return records }
      guard let record = wrapped ? wrappedRecord(&lines) : plainRecord(&lines), isLegal(record) else { return nil }
      records.append(record)
    }
  }

  private typealias Lines = ArraySlice<[UInt8]>

  private static func plainRecord(_ lines: inout Lines) -> Record? {
    guard lines.count >= 4 else { return nil }
    let four = Array(lines.prefix(4))
    lines = lines.dropFirst(4)
    guard four[0].first == UInt8(ascii: "@"), four[2].first == UInt8(ascii: "+") else { return nil }
    guard four[2].count == 1 || four[2].dropFirst() == four[0].dropFirst() else { return nil }
    guard four[1].count == four[3].count else { return nil }
    return Record(
      name: Array(four[0].dropFirst()), sequence: four[1], quality: four[3])
  }

  private static func wrappedRecord(_ lines: inout Lines) -> Record? {
    guard let name = lines.popFirst(), name.first == UInt8(ascii: "@") else { return nil }
    var sequence: [[UInt8]] = []
    while let line = lines.first, line.first != UInt8(ascii: "+") {
      sequence.append(line)
      lines.removeFirst()
    }
    guard let plus = lines.popFirst(), plus.count == 1 || plus.dropFirst() == name.dropFirst() else { return nil }
    guard sequence.count < 2 || sequence.allSatisfy({ !$0.isEmpty }) else { return nil }
    let bases = Array(sequence.joined())
    var quality: [UInt8] = []
    repeat {
      guard let line = lines.popFirst(), bases.isEmpty == line.isEmpty else { return nil }
      quality += line
    } while quality.count < bases.count
    guard quality.count == bases.count else { return nil }
    return Record(name: Array(name.dropFirst()), sequence: bases, quality: quality)
  }

  private static func isLegal(_ record: Record) -> Bool {
    let bases = Set("ACGTUNRYSWKMBDHVXacgtunryswkmbdhvx.-*".utf8)
    guard let first = record.name.first, first != 32, first != 9 else { return false }
    return record.sequence.allSatisfy(bases.contains) && record.quality.allSatisfy { $0 >= 33 && $0 <= 126 }
      && record.name.allSatisfy { ($0 >= 32 || $0 == 9) && $0 != 127 }
  }

  /// Whether two names are those of a first and a second mate.
  static func areMates(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    let (a, b) = (parts(first), parts(second))
    guard a.name == b.name else { return false }
    switch (a.number, b.number) {
    case (nil, nil): return true
    case (let x?, nil): return x == 1
    case (nil, let y?): return y != 1
    case (let x?, let y?): return x < y
    }
  }

  private static func parts(_ text: [UInt8]) -> (name: [UInt8], number: Int?) {
    let words = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == 32 || $0 == 9 }
    let name = Array(words[0])
    if name.count > 2, let number = slash(name) { return (Array(name.dropLast(2)), number) }
    let pieces = String(decoding: name, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
    if pieces.count == 3, ["SRR", "ERR", "DRR"].contains(String(pieces[0].prefix(3))), isNumber(pieces[0].dropFirst(3)),
      isNumber(pieces[1]), pieces[2] == "1" || pieces[2] == "2"
    {
      return (Array(name.dropLast(2)), Int(pieces[2]))
    }
    guard words.count == 2 else { return (name, nil) }
    let comment = Array(words[1])
    if comment.count > 3, (48...57).contains(comment[0]), comment[1] == 58, [78, 89].contains(comment[2]),
      comment[3] == 58
    {
      return (name, Int(comment[0]) - 48)
    }
    if comment.count > 2, !comment.contains(32), !comment.contains(9) { return (name, slash(comment)) }
    return (name, nil)
  }

  private static func slash(_ word: [UInt8]) -> Int? {
    switch Array(word.suffix(2)) {
    case Array("/1".utf8): 1
    case Array("/2".utf8): 2
    default: nil
    }
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}

extension [NaiveFASTQ.Record] {
  /// The records as plain four-line text.
  var text: [UInt8] {
    var text: [UInt8] = []
    for record in self {
      text += [UInt8(ascii: "@")] + record.name + [10]
      text += record.sequence
      text += "\n+\n".utf8
      text += record.quality
      text.append(10)
    }
    return text
  }
}

extension NaiveFASTQ {
  /// Whether two names are the same but for the marks of mates.
  static func areSameName(_ first: String, _ second: String) -> Bool {
    parts(Array(first.utf8)).name == parts(Array(second.utf8)).name
  }
}
