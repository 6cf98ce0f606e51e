import GenomicFiles

/// Records on one contig, one after the other, as far as a batch has them.
struct ContigRun: Sendable {
  /// The name, without the `<` and `>` of a contig of the assembly.
  var name: [UInt8]
  /// The line of its first record whose name has no `<` and `>`.
  var plainLine: Int?
  /// The line of its first record, counted from the batch's first, which is 0.
  var line: Int
  /// POS of its first and last record that has one.
  var firstPosition: Int?
  var lastPosition: Int?
  /// Where its records' alleles end in `CheckOutcome.alleles`.
  var alleleEnd = 0
}

/// An allele as duplicates are told: where its change begins once shared bases are cut off, and a hash of the change.
struct AlleleKey: Sendable {
  var line: Int
  var recordPosition: Int
  var position: Int
  var hash: UInt64
}

/// What checking a batch gave. Lines are counted from the batch's first, which is 0.
struct CheckOutcome: Sendable {
  var problems: ProblemList
  var lines = 0
  var records = 0
  var runs: [ContigRun] = []
  var alleles: [AlleleKey] = []
  var identifiers: [(hash: UInt64, line: Int)] = []
  /// The first line that ends with a carriage return.
  var firstReturn: Int?
  /// Whether the file's last line is in it and had no line feed.
  var isWithoutLineFeed = false
}

/// Checks data lines, each by itself; one value a batch.
struct LineCheck {
  let header: CheckedHeader
  let version: VCFVersion
  /// Reference bases, by contig; empty without a reference.
  let views: [String: ReferenceView]
  var outcome: CheckOutcome
  var line = 0

  // The contig of the run.
  var contigName: [UInt8] = []
  var contigLength: Int?
  var view: ReferenceView?
  var previousPosition: Int?

  // The record.
  var columns = RecordColumns()
  var alternates = AlternateSummary()
  /// Where a rule of INFO was met last, so that a key that stands twice is seen.
  var infoMet: [Int]
  var plans: [CheckedFormat] = []
  var lastPlan = 0

  init(header: CheckedHeader, views: [String: ReferenceView], limit: Int) {
    self.header = header
    version = header.version
    self.views = views
    outcome = CheckOutcome(problems: ProblemList(limit: limit))
    infoMet = Array(repeating: -1, count: header.info.count)
  }

  @inline(never)
  mutating func report(
    _ severity: CheckSeverity, _ code: CheckCode, _ field: @autoclosure () -> String, _ topic: SpecTopic,
    _ message: @autoclosure () -> String
  ) {
    let version = version
    outcome.problems.add(
      severity, code, line: line, field: field(), section: topic.section(in: version), message())
  }

  /// Checks whole lines; `bytes` ends with a line feed.
  mutating func run(_ bytes: Bytes, from start: Int) {
    let letters = LetterSurvey(bytes, from: start)
    var at = start
    while at < bytes.count {
      let feed = bytes.place(of: 10, from: at) ?? bytes.count
      var end = feed
      if end > at, bytes[end - 1] == 13 {
        end -= 1
        if outcome.firstReturn == nil { outcome.firstReturn = line }
      }
      let text = bytes.cut(at, end)
      if letters.isOdd { checkLetters(text) }
      if text.isEmpty {
        report(.error, .emptyLine, "line", .dataLines, "the line is empty")
      } else if text[0] == UInt8(ascii: "#") {
        report(.error, .metaAfterHeader, "line", .metaLines, "a header line stands among the records")
      } else {
        outcome.records += 1
        check(text)
      }
      line += 1
      at = feed + 1
    }
    outcome.lines = line
  }

  /// Encoding: UTF-8 without control characters since 4.3 (section 1.2), ASCII before.
  private mutating func checkLetters(_ text: Bytes) {
    let isNew = version >= .v43
    if text.contains(where: { $0 < 32 && $0 != 9 }) {
      report(
        isNew ? .error : .warning, .controlCharacter, "line", .encoding,
        "the line holds a control character other than the tab")
    }
    guard text.contains(where: { $0 >= 128 }) else { return }
    if String(validating: text, as: UTF8.self) == nil {
      report(isNew ? .error : .warning, .notUtf8, "line", .encoding, "the line is not UTF-8")
    } else if !isNew {
      report(.warning, .notAscii, "line", .encoding, "the line holds letters other than ASCII")
    }
  }

  private mutating func check(_ text: Bytes) {
    let found = columns.cut(text)
    let expected = header.hasFormat ? 9 + header.sampleCount : 8
    guard found >= 8 else {
      let hint = found == 1 && text.contains(32) ? ": columns are separated by tabs, not spaces" : ""
      report(
        .error, .columnCount, "line", .dataLines, "the line has \(found) columns where \(expected) are wanted\(hint)")
      return
    }
    let position = checkPosition()
    checkChrom(position)
    checkId()
    checkRef(position)
    checkAlt()
    noteAlleles(position)
    checkQual()
    checkFilter()
    checkInfo(position)
    if found > 8 || header.hasFormat { checkFormat(text, found: found, expected: expected) }
    if version >= .v43 { checkPercentEncoding(text) }
  }

  /// Since 4.3, `%` begins an encoded character: two hexadecimal digits in capitals (section 1.2).
  private mutating func checkPercentEncoding(_ text: Bytes) {
    let start = columns.ends[6] + 1
    guard start < text.count, text.place(of: UInt8(ascii: "%"), from: start) != nil else { return }
    func isHex(_ place: Int) -> Bool {
      place < text.count && (text[place] &- 48 < 10 || text[place] &- 65 < 6)
    }
    for isInfo in [true, false] {
      let range = isInfo ? start..<columns.ends[7] : min(columns.ends[7] + 1, text.count)..<text.count
      var at = range.lowerBound
      while let place = text.place(of: UInt8(ascii: "%"), from: at), place < range.upperBound {
        if !isHex(place + 1) || !isHex(place + 2) {
          report(
            .warning, .percentEncoding, isInfo ? "INFO" : "FORMAT", .encoding,
            "'%' is not followed by two hexadecimal digits in capitals; a percent sign is written %25")
          break
        }
        at = place + 1
      }
    }
  }
}

/// Whether a batch has bytes that need a look line by line.
struct LetterSurvey {
  let isOdd: Bool

  init(_ bytes: Bytes, from start: Int) {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      isOdd = false
      return
    }
    var high: UInt8 = 0
    var control: UInt8 = 0
    var hasReturn: UInt8 = 0
    // Without branches and with byte-wide sums, so that the compiler makes vector code of it.
    for index in start..<bytes.count {
      let byte = base[index]
      high |= byte
      let isLow: UInt8 = byte < 32 ? 1 : 0
      let isBreak: UInt8 = byte &- 9 < 2 ? 1 : 0
      let isReturn: UInt8 = byte == 13 ? 1 : 0
      control |= isLow & ~(isBreak | isReturn)
      hasReturn |= isReturn
    }
    var isStray = false
    if hasReturn != 0 {
      for index in start..<bytes.count where base[index] == 13 {
        if index + 1 == bytes.count || base[index + 1] != 10 { isStray = true }
      }
    }
    isOdd = high >= 128 || control & 1 != 0 || isStray
  }
}

/// Where the fixed columns of a line stand.
struct RecordColumns {
  private(set) var text = Bytes(start: nil, count: 0)
  /// Where the first nine columns end.
  private(set) var ends = [Int](repeating: 0, count: 9)

  /// Finds the columns up to FORMAT.
  /// - Returns: how many of them the line has, 9 at most.
  mutating func cut(_ text: Bytes) -> Int {
    self.text = text
    var column = 0
    var at = 0
    while column < 7 {
      guard at < text.count else {
        ends[column] = at
        return column + 1
      }
      if text[at] == 9 {
        ends[column] = at
        column += 1
      }
      at += 1
    }
    let info = text.place(of: 9, from: at) ?? text.count
    ends[7] = info
    guard info < text.count else {
      ends[8] = info
      return 8
    }
    ends[8] = text.place(of: 9, from: info + 1) ?? text.count
    return 9
  }

  @inline(__always)
  subscript(column: VCFColumn) -> Bytes {
    let place = column.rawValue
    let start = place == 0 ? 0 : min(ends[place - 1] + 1, ends[place])
    return text.cut(start, ends[place])
  }
}
