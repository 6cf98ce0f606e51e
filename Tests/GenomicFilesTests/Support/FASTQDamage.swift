import TestSupport

/// Ways in which FASTQ goes wrong.
enum FASTQDamage: CaseIterable, Sendable {
  case none, bit, byte, structure, insert, remove, truncate, dropLine, doubleLine, swapLines, dropRecord, doubleRecord
  case swapRecords, blankTail, blankLine, carriageReturns, concatenate

  func apply(to text: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var text = text
    guard !text.isEmpty else { return text }
    let place = random.int(0...(text.count - 1))
    switch self {
    case .none: break
    case .bit: text[place] ^= 1 << UInt8(random.int(0...7))
    case .byte: text[place] = UInt8(truncatingIfNeeded: random.next())
    case .structure: text[place] = random.pick(Array("\n\n@+ \r/12.!~A\t\0".utf8))
    case .insert: text.insert(random.pick(Array("\n\n@+ \r/1A".utf8)), at: place)
    case .remove: text.removeSubrange(place..<min(text.count, place + random.pick([1, 1, 2, random.int(1...40)])))
    case .truncate: text.removeSubrange(place...)
    case .blankTail: text += [UInt8](repeating: 10, count: random.int(1...9))
    case .blankLine: text.insert(contentsOf: [10, 10], at: (text[place...].firstIndex(of: 10) ?? 0))
    case .carriageReturns: text = text.flatMap { $0 == 10 ? [13, 10] : [$0] }
    case .concatenate: text += random.pick([[], [10]]) + text
    case .dropLine, .doubleLine, .swapLines: text = rearrange(text, linesAtATime: 1, &random)
    case .dropRecord, .doubleRecord, .swapRecords: text = rearrange(text, linesAtATime: 4, &random)
    }
    return text
  }

  private func rearrange(_ text: [UInt8], linesAtATime: Int, _ random: inout SplitMix64) -> [UInt8] {
    let lines = text.split(separator: 10, omittingEmptySubsequences: false)
    var units = stride(from: 0, to: lines.count, by: linesAtATime).map { Array(lines[$0...].prefix(linesAtATime)) }
    let place = random.int(0...(units.count - 1))
    switch self {
    case .dropLine, .dropRecord: units.remove(at: place)
    case .doubleLine, .doubleRecord: units.insert(units[place], at: place)
    default: units.swapAt(place, random.int(0...(units.count - 1)))
    }
    return Array(units.joined().joined(separator: [10]))
  }
}

extension SplitMix64 {
  /// A text with one or a few faults, seldom none.
  mutating func damaged(_ text: [UInt8]) -> [UInt8] {
    (0..<pick([1, 1, 1, 2, 4])).reduce(text) { text, _ in pick(FASTQDamage.allCases).apply(to: text, &self) }
  }

  /// Forms of mates' names.
  enum Naming: CaseIterable { case slash, casava, comment, run, plain }

  /// The text of two files of pairs.
  mutating func pairs(_ count: Int, longest: Int = 60) -> ([UInt8], [UInt8]) {
    let naming = pick(Naming.allCases)
    var texts: ([UInt8], [UInt8]) = ([], [])
    for pair in 0..<count {
      let number = next() % 50
      func name(_ mate: Int) -> String {
        switch naming {
        case .slash: "@pair\(pair)/\(mate)"
        case .casava: "@A1:\(pair):\(number) \(mate):N:0:ATCACG"
        case .comment: "@ERR12.\(pair) lane:\(number)#0/\(mate)"
        case .run: "@SRR77.\(pair).\(mate) length=\(number)"
        case .plain: "@SRR77.\(pair) \(number)"
        }
      }
      texts.0 += record(name(1), longest: longest)
      texts.1 += record(name(2), longest: longest)
    }
    return texts
  }

  private mutating func record(_ name: String, longest: Int) -> [UInt8] {
    let length = int(0...longest)
    var text = Array("\(name)\n".utf8)
    text += letters(length, of: "ACGTN")
    text += Array("\n+\n".utf8)
    text += letters(length, of: "!#+5?@AFI~")
    return text + [10]
  }

  /// The same records with sequence and quality cut into lines, and some names repeated behind the separator.
  mutating func wrapped(_ records: [NaiveFASTQ.Record], lineEnd: String = "\n") -> [UInt8] {
    let end = Array(lineEnd.utf8)
    var text: [UInt8] = []
    for record in records {
      text += Array("@".utf8) + record.name + end
      text += lines(of: record.sequence, end)
      text += Array("+".utf8) + (chance(0.3) ? record.name : []) + end
      text += lines(of: record.quality, end)
    }
    return text
  }

  private mutating func lines(of bytes: [UInt8], _ end: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return end }
    var rest = bytes[...]
    var text: [UInt8] = []
    while !rest.isEmpty {
      let count = min(rest.count, int(1...max(1, bytes.count)))
      text += rest.prefix(count) + end
      rest = rest.dropFirst(count)
    }
    return text
  }
}
