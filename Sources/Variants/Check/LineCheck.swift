import CKernels
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
  /// The run's name without `<` and `>` was looked at and is good.
  var isContigGood = false
  var contigLength: Int?
  var view: ReferenceView?
  var previousPosition: Int?
  /// Whether a line of the batch may hold a percent sign.
  var mayHavePercent = true

  // The record.
  var columns = RecordColumns()
  var alternates = AlternateSummary()
  /// A FILTER without problems that the last records had.
  var goodFilter: [UInt8] = []
  // INFO: the keys, and what each is held to; borrowed for the time of a run.
  var infoKeys = KeyFinder.none
  var infoTraits = UnsafeBufferPointer<FieldTraits>(start: nil, count: 0)
  var infoPlain = UnsafeBufferPointer<PlainKey>(start: nil, count: 0)
  /// Where a rule of INFO was met last, so that a key that stands twice is seen.
  var infoMet = UnsafeMutableBufferPointer<Int>(start: nil, count: 0)
  /// By the place of a key plus 1, 0 at the start: the places of two keys that followed it, for records of a file mostly
  /// have their keys in one order, but leave some out.
  var infoNext = UnsafeMutableBufferPointer<Int>(start: nil, count: 0)
  var structural = StructuralValues()
  var plans: [CheckedFormatPlan] = []
  var lastPlan = 0
  /// How many plans were made.
  var planCount = 0
  var plainSample = PlainSample()

  init(header: CheckedHeader, views: [String: ReferenceView], limit: Int) {
    self.header = header
    version = header.version
    self.views = views
    outcome = CheckOutcome(problems: ProblemList(limit: limit))
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
    mayHavePercent = letters.hasPercent
    withRules { check in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 9) { ends in
        ends.initialize(repeating: 0)
        var at = start
        while at < bytes.count {
          let feed = bytes.place(of: 10, from: at) ?? bytes.count
          var end = feed
          if end > at, bytes[end - 1] == 13 {
            end -= 1
            if check.outcome.firstReturn == nil { check.outcome.firstReturn = check.line }
          }
          check.run(bytes, at..<end, isOdd: letters.isOdd, ends)
          check.line += 1
          at = feed + 1
        }
      }
    }
    endRun()
    outcome.lines = line
  }

  private mutating func run(
    _ bytes: Bytes, _ range: Range<Int>, isOdd: Bool, _ ends: UnsafeMutableBufferPointer<UInt32>
  ) {
    columns = RecordColumns(bytes: bytes, line: range, ends: UnsafeBufferPointer(ends))
    if isOdd { checkLetters(columns.text) }
    if range.isEmpty {
      report(.error, .emptyLine, "line", .dataLines, "the line is empty")
    } else if bytes[range.lowerBound] == UInt8(ascii: "#") {
      report(.error, .metaAfterHeader, "line", .metaLines, "a header line stands among the records")
    } else {
      outcome.records += 1
      check(columns: RecordColumns.cut(bytes, range, into: ends))
    }
  }

  /// Checks lines whose columns the reader found. It has seen to it that each has as many as the header.
  mutating func run(_ records: VariantRecords) {
    guard records.count > 0 else { return }
    let letters = LetterSurvey(records.bytes, from: records.line(0).lowerBound)
    mayHavePercent = letters.hasPercent
    outcome.alleles.reserveCapacity(records.count + records.count / 16)
    withRules { check in
      for record in 0..<records.count {
        let range = records.line(record)
        check.columns = RecordColumns(bytes: records.bytes, line: range, ends: records.columnEnds(of: record))
        if records.bytes[range.upperBound] == 13, check.outcome.firstReturn == nil {
          check.outcome.firstReturn = check.line
        }
        if letters.isOdd { check.checkLetters(check.columns.text) }
        check.check(
          columns: Int(check.columns.ends[7]) < range.upperBound ? 9 : 8, at: records.position(of: record))
        check.line += 1
      }
    }
    endRun()
    outcome.records += records.count
    outcome.lines = line
  }

  /// Borrows the header's rules, and room for what goes with them, for the time of `body`.
  private mutating func withRules(_ body: (inout LineCheck) -> Void) {
    let header = header
    let count = header.info.count
    header.info.withRules { keys, traits, plain in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * count + 2) { room in
        room.initialize(repeating: -1)
        (infoKeys, infoTraits, infoPlain) = (keys, traits, plain)
        infoMet = UnsafeMutableBufferPointer(rebasing: room[..<count])
        infoNext = UnsafeMutableBufferPointer(rebasing: room[count...])
        body(&self)
        (infoKeys, infoTraits) = (.none, UnsafeBufferPointer(start: nil, count: 0))
        infoPlain = UnsafeBufferPointer(start: nil, count: 0)
        infoMet = UnsafeMutableBufferPointer(start: nil, count: 0)
        infoNext = infoMet
      }
    }
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

  /// - Parameter position: POS, where the reader found it good.
  private mutating func check(columns found: Int, at position: Int? = nil) {
    let expected = header.hasFormat ? 9 + header.sampleCount : 8
    guard found >= 8 else {
      let hint = found == 1 && columns.text.contains(32) ? ": columns are separated by tabs, not spaces" : ""
      report(
        .error, .columnCount, "line", .dataLines, "the line has \(found) columns where \(expected) are wanted\(hint)")
      return
    }
    let position = position ?? checkPosition()
    checkChrom(position)
    checkId()
    checkRef(position)
    checkAlt()
    noteAlleles(position)
    checkQual()
    checkFilter()
    checkInfo(position)
    if found > 8 || header.hasFormat { checkFormat(found: found, expected: expected) }
    if mayHavePercent, version >= .v43 { checkPercentEncoding() }
  }

  /// Since 4.3, `%` begins an encoded character: two hexadecimal digits in capitals (section 1.2).
  private mutating func checkPercentEncoding() {
    let start = Int(columns.ends[6]) + 1
    let info = Int(columns.ends[7])
    let text = columns.bytes.cut(0, columns.line.upperBound)
    guard start < text.count, text.place(of: UInt8(ascii: "%"), from: start) != nil else { return }
    func isHex(_ place: Int) -> Bool {
      place < text.count && (text[place] &- 48 < 10 || text[place] &- 65 < 6)
    }
    for isInfo in [true, false] {
      let range = isInfo ? start..<info : min(info + 1, text.count)..<text.count
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
  let hasPercent: Bool

  init(_ bytes: Bytes, from start: Int) {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      isOdd = false
      hasPercent = false
      return
    }
    let letters = Int(apus_letters(base + start, bytes.count - start))
    var isStray = false
    if letters & apus_has_return != 0 {
      for index in start..<bytes.count where base[index] == 13 {
        if index + 1 == bytes.count || base[index + 1] != 10 { isStray = true }
      }
    }
    isOdd = letters & (apus_has_high | apus_has_control) != 0 || isStray
    hasPercent = letters & apus_has_percent != 0
  }
}
