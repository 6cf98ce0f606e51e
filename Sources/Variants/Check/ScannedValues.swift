/// What was met in a list of values, in one pass over its bytes.
struct ScannedValues {
  /// Where the list ends.
  var next = 0
  /// How many values there are, missing ones too.
  var count = 0
  /// How many of them are `.`.
  var missing = 0
  var faults: Faults = []

  /// A lone `.`, which stands for any number of values.
  @inline(__always)
  var isMissing: Bool { count == 1 && missing == 1 }

  struct Faults: OptionSet {
    let rawValue: UInt16
    static let notNumber = Faults(rawValue: 1)
    static let empty = Faults(rawValue: 2)
    static let tooLarge = Faults(rawValue: 4)
    static let negative = Faults(rawValue: 8)
    static let aboveOne = Faults(rawValue: 16)
    static let aboveZero = Faults(rawValue: 32)
    static let belowOne = Faults(rawValue: 64)
    /// `1.`: a float that no version's grammar has but readers take.
    static let pointLast = Faults(rawValue: 128)
    /// A text with `=` in it, where that ends a key.
    static let equals = Faults(rawValue: 256)
  }

  /// What ends a list beside the end of the bytes.
  enum Stop {
    /// Nothing: a column.
    case column
    /// A semicolon.
    case info
    /// A colon or a tab.
    case sample
  }

  private static let comma = UInt8(ascii: ",")
  private static let dot = UInt8(ascii: ".")

  /// Whether a value ends here. What stands at `end` can be read: it is a tab or the line's end.
  @inline(__always)
  private static func isStop(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int, _ stop: Stop) -> Bool {
    let byte = p[at]
    if byte == comma { return at <= end }
    switch stop {
    case .column: return at >= end
    case .info: return byte == UInt8(ascii: ";") || at >= end
    case .sample: return byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\t") || at >= end
    }
  }

  /// Where the value at `start` ends.
  @inline(__always)
  private static func skip(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ stop: Stop, watchesEquals: Bool = false
  ) -> Int {
    var at = start
    // Eight bytes at a time, for texts may be long.
    while end - at >= 8 {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(p + at).loadUnaligned(fromByteOffset: 0, as: UInt64.self))
      var found = zeros(word ^ (0x0101_0101_0101_0101 &* UInt64(comma)))
      switch stop {
      case .column: break
      case .info:
        found |= zeros(word ^ (0x0101_0101_0101_0101 &* UInt64(UInt8(ascii: ";"))))
        if watchesEquals { found |= zeros(word ^ (0x0101_0101_0101_0101 &* UInt64(UInt8(ascii: "=")))) }
      case .sample:
        found |= zeros(word ^ (0x0101_0101_0101_0101 &* UInt64(UInt8(ascii: ":"))))
        found |= zeros(word ^ (0x0101_0101_0101_0101 &* UInt64(UInt8(ascii: "\t"))))
      }
      // The lowest mark is surely right, those above it need not be.
      if found != 0 { return at + found.trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < end, !isStop(p, at, end, stop), !watchesEquals || stop != .info || p[at] != UInt8(ascii: "=") {
      at += 1
    }
    return at
  }

  /// The highest bit of each byte that is zero, at least of the lowest one.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Goes on to the next value of the list, if there is one.
  @inline(__always)
  private mutating func goesOn(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Bool {
    count += 1
    guard at < end, p[at] == Self.comma else {
      next = at
      return false
    }
    at += 1
    return true
  }

  /// Reads 32-bit integers (section 1.3 of 4.3: the lowest eight are BCF's).
  @inline(__always)
  static func integers(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ stop: Stop) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      // Plain digits, as nearly all are. What stands at `end` is none.
      let digits = at
      var number = 0
      while p[at] &- 48 < 10 {
        number = number &* 10 &+ Int(p[at] &- 48)
        at += 1
      }
      if at > digits, at - digits < 10, isStop(p, at, end, stop) {
        if number == 0 { result.faults.insert(.belowOne) }
      } else {
        at = result.addRareInteger(p, digits, skip(p, digits, end, stop))
      }
    } while result.goesOn(p, &at, end)
    return result
  }

  /// An integer with a sign or many digits, a missing one, or none.
  @inline(never)
  private mutating func addRareInteger(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    if end == start + 1, p[start] == Self.dot {
      missing += 1
      return end
    }
    var at = start
    let isNegative = end > start && p[start] == UInt8(ascii: "-")
    if isNegative || (end > start && p[start] == UInt8(ascii: "+")) { at += 1 }
    let digits = at
    var number = 0
    while at < end, p[at] &- 48 < 10 {
      number = number &* 10 &+ Int(p[at] &- 48)
      at += 1
    }
    guard at > digits, at == end else {
      faults.insert(end == start ? .empty : .notNumber)
      return end
    }
    if at - digits > 18 || number > (isNegative ? 2_147_483_640 : 2_147_483_647) { faults.insert(.tooLarge) }
    if isNegative || number == 0 { faults.insert(.belowOne) }
    if isNegative, number != 0 { faults.insert(.negative) }
    return end
  }

  /// Reads floats (section 1.3 of 4.3).
  @inline(__always)
  static func floats(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ stop: Stop) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      let value = at
      let isNegative = p[at] == UInt8(ascii: "-")
      if isNegative { at += 1 }
      // More than one digit that is not 0 makes a number above 1; so does a lone one that is neither 0 nor 1.
      let digits = at
      var whole: UInt8 = 0
      while p[at] &- 48 < 10 {
        whole = (whole == 0 ? 0 : 9) | (p[at] &- 48)
        at += 1
      }
      var digitCount = at - digits
      var rest: UInt8 = 0
      if p[at] == dot {
        at += 1
        let point = at
        while p[at] &- 48 < 10 {
          rest |= p[at] &- 48
          at += 1
        }
        digitCount += at - point
        if at == point { digitCount = 0 }
      }
      guard digitCount > 0, isStop(p, at, end, stop) else {
        at = result.addRareFloat(p, value, skip(p, value, end, stop))
        continue
      }
      if whole | rest != 0 { result.faults.insert(isNegative ? .negative : .aboveZero) }
      if !isNegative, whole > 1 || (whole == 1 && rest != 0) { result.faults.insert(.aboveOne) }
    } while result.goesOn(p, &at, end)
    return result
  }

  /// A float with a plus, an exponent, an infinity or without a digit behind its point, a missing one, or none.
  @inline(never)
  private mutating func addRareFloat(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    if end == start {
      faults.insert(.empty)
      return end
    }
    if end == start + 1, p[start] == Self.dot {
      missing += 1
      return end
    }
    var text = Bytes(start: p + start, count: end - start)
    let whole = text.cut(0, text.count - 1)
    if text[text.count - 1] == Self.dot, whole.allSatisfy({ $0 &- 48 < 10 || $0 == 43 || $0 == 45 }) {
      text = whole
      faults.insert(.pointLast)
    }
    guard let value = RareFloat.value(text) else {
      faults.remove(.pointLast)
      faults.insert(.notNumber)
      return end
    }
    if value < 0 { faults.insert(.negative) }
    if value > 0 { faults.insert(.aboveZero) }
    if value > 1 { faults.insert(.aboveOne) }
    return end
  }

  /// Counts values of text, without looking into them but for `=` in INFO.
  @inline(__always)
  static func strings(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ stop: Stop) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      let value = at
      at = skip(p, at, end, stop, watchesEquals: true)
      while stop == .info, at < end, p[at] == UInt8(ascii: "=") {
        result.faults.insert(.equals)
        at = skip(p, at + 1, end, stop, watchesEquals: true)
      }
      if at == value { result.faults.insert(.empty) }
      if at == value + 1, p[value] == dot { result.missing += 1 }
    } while result.goesOn(p, &at, end)
    return result
  }

  /// Reads single characters, of one byte or several.
  @inline(__always)
  static func characters(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ stop: Stop) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      let value = at
      at = skip(p, at, end, stop)
      if at == value { result.faults.insert(.empty) }
      if at == value + 1, p[value] == dot { result.missing += 1 }
      // A percent-encoded character is one; so are the bytes of one of UTF-8.
      let isEncoded = at == value + 3 && p[value] == UInt8(ascii: "%")
      if at > value + 1, p[value] < 0xC0, !isEncoded { result.faults.insert(.notNumber) }
    } while result.goesOn(p, &at, end)
    return result
  }
}

/// Floats that are not plain digits.
enum RareFloat {
  /// `[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?`, or INF, INFINITY or NAN in any case with a sign or none.
  static func value(_ text: Bytes) -> Double? {
    var at = 0
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { at = 1 }
    let isNegative = text.first == UInt8(ascii: "-")
    let word = String(decoding: text[at...], as: UTF8.self).lowercased()
    if word == "inf" || word == "infinity" { return isNegative ? -Double.infinity : .infinity }
    if word == "nan" { return .nan }
    let start = at
    var points = 0
    var digits = 0
    while at < text.count, text[at] &- 48 < 10 || text[at] == UInt8(ascii: ".") {
      if text[at] == UInt8(ascii: ".") { points += 1 } else { digits += 1 }
      at += 1
    }
    guard digits > 0, points < 2, at > start else { return nil }
    if at < text.count {
      guard text[at] | 32 == UInt8(ascii: "e") else { return nil }
      at += 1
      if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
      guard at < text.count, text[at...].allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    }
    return Double(String(decoding: text, as: UTF8.self))
  }
}
