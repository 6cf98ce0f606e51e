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

  private static let comma = UInt8(ascii: ",")
  private static let dot = UInt8(ascii: ".")

  /// Whether a value ends here. What stands at `end` can be read: it is a tab or the line's end.
  @inline(__always)
  private static func isStop<E: ListEnd>(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int, _: E.Type) -> Bool {
    p[at] == comma || E.isEnd(p[at]) || at >= end
  }

  /// Where the value at `start` ends.
  @inline(__always)
  private static func skip<E: ListEnd>(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _: E.Type, watchesEquals: Bool = false
  ) -> Int {
    var at = start
    // Eight bytes at a time, for texts may be long.
    while end - at >= 8 {
      let word = UInt64(littleEndian: UnsafeRawPointer(p + at).loadUnaligned(as: UInt64.self))
      var found = E.ends(in: word) | ByteWord.places(of: comma, in: word)
      if watchesEquals { found |= ByteWord.places(of: UInt8(ascii: "="), in: word) }
      // The lowest mark is surely right, those above it need not be.
      if found != 0 { return at + found.trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < end, !isStop(p, at, end, E.self), !watchesEquals || p[at] != UInt8(ascii: "=") { at += 1 }
    return at
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
  static func integers<E: ListEnd>(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _: E.Type) -> ScannedValues {
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
      if at > digits, at - digits < 10, isStop(p, at, end, E.self) {
        if number == 0 { result.faults.insert(.belowOne) }
      } else {
        at = result.addRareInteger(p, digits, skip(p, digits, end, E.self))
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
    let first = at
    while at < end, p[at] == UInt8(ascii: "0") { at += 1 }
    let digits = at
    var number = 0
    while at < end, p[at] &- 48 < 10 {
      number = number &* 10 &+ Int(p[at] &- 48)
      at += 1
    }
    guard at > first, at == end else {
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
  static func floats<E: ListEnd>(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _: E.Type) -> ScannedValues {
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
      guard digitCount > 0, isStop(p, at, end, E.self) else {
        at = result.addRareFloat(p, value, skip(p, value, end, E.self))
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
  static func strings<E: ListEnd>(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _: E.Type) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      let value = at
      at = skip(p, at, end, E.self, watchesEquals: E.watchesEquals)
      while E.watchesEquals, at < end, p[at] == UInt8(ascii: "=") {
        result.faults.insert(.equals)
        at = skip(p, at + 1, end, E.self, watchesEquals: true)
      }
      if at == value { result.faults.insert(.empty) }
      if at == value + 1, p[value] == dot { result.missing += 1 }
    } while result.goesOn(p, &at, end)
    return result
  }

  /// Reads single characters, of one byte or several.
  @inline(__always)
  static func characters<E: ListEnd>(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _: E.Type) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      let value = at
      at = skip(p, at, end, E.self)
      if at == value { result.faults.insert(.empty) }
      if at == value + 1, p[value] == dot { result.missing += 1 }
      // A percent-encoded character is one; so are the bytes of one of UTF-8.
      let isEncoded = at == value + 3 && p[value] == UInt8(ascii: "%")
      if at > value + 1, p[value] < 0xC0, !isEncoded { result.faults.insert(.notNumber) }
    } while result.goesOn(p, &at, end)
    return result
  }
}

/// What ends a list beside the end of the bytes. Types and not values, so that each has code of its own.
protocol ListEnd {
  static func isEnd(_ byte: UInt8) -> Bool
  /// The highest bit of each byte of a word that ends a list, at least of the lowest one.
  static func ends(in word: UInt64) -> UInt64
  /// Whether a text may not hold `=`.
  static var watchesEquals: Bool { get }
}

/// A column: nothing ends its list.
enum ColumnEnd: ListEnd {
  @inline(__always) static func isEnd(_ byte: UInt8) -> Bool { false }
  @inline(__always) static func ends(in word: UInt64) -> UInt64 { 0 }
  @inline(__always) static var watchesEquals: Bool { false }
}

/// INFO: a semicolon.
enum InfoEnd: ListEnd {
  @inline(__always) static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ";") }
  @inline(__always) static func ends(in word: UInt64) -> UInt64 { ByteWord.places(of: UInt8(ascii: ";"), in: word) }
  @inline(__always) static var watchesEquals: Bool { true }
}

/// A sample: a colon or a tab.
enum SampleEnd: ListEnd {
  @inline(__always) static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\t") }
  @inline(__always) static func ends(in word: UInt64) -> UInt64 {
    ByteWord.places(of: UInt8(ascii: ":"), in: word) | ByteWord.places(of: UInt8(ascii: "\t"), in: word)
  }
  @inline(__always) static var watchesEquals: Bool { false }
}

/// Eight bytes at once, the first one lowest.
enum ByteWord {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The highest bit of each byte that is `byte`; the lowest mark is right, those above it need not be.
  @inline(__always)
  static func places(of byte: UInt8, in word: UInt64) -> UInt64 {
    let rest = word ^ (ones &* UInt64(byte))
    return (rest &- ones) & ~rest & highs
  }

  /// The highest bit of each byte that is no digit; right up to the first byte beyond ASCII.
  @inline(__always)
  static func nonDigits(in word: UInt64) -> UInt64 {
    let rest = word ^ (ones &* 0x30)
    return ((rest &+ (ones &* 0x76)) | rest) & highs
  }

  /// Where the plain number at `at` ends: digits and, in a float, a sign before and a point inside, eight bytes at most with
  /// the semicolon behind it; nil for anything else, also for what only another look tells.
  @inline(__always)
  static func plainNumberEnd(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int, isFloat: Bool, mayBeNegative: Bool)
    -> Int?
  {
    var start = at
    if isFloat, mayBeNegative, p[at] == UInt8(ascii: "-") { start += 1 }
    guard start + 8 <= end else { return nil }
    let word = UInt64(littleEndian: UnsafeRawPointer(p + start).loadUnaligned(as: UInt64.self))
    var others = nonDigits(in: word)
    let first = others.trailingZeroBitCount >> 3
    // 64 bits, and so 8 bytes, where there is none.
    guard first != 0, first != 8 else { return nil }
    var stop = first
    if isFloat, p[start + first] == UInt8(ascii: ".") {
      others &= others &- 1
      stop = others.trailingZeroBitCount >> 3
      guard stop != 8, stop != first + 1 else { return nil }
    }
    return p[start + stop] == UInt8(ascii: ";") ? start + stop : nil
  }

  /// Where a list of exactly `count` plain whole numbers ends, each of seven digits at most; nil for anything else, also
  /// for what only another look tells. Whole words, so that no branch depends on how many digits a number has.
  @inline(__always)
  static func plainListEnd<E: ListEnd>(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, count: Int, _: E.Type)
    -> Int?
  {
    var at = start
    var left = count
    while at &+ 8 <= end {
      let word = UInt64(littleEndian: UnsafeRawPointer(p + at).loadUnaligned(as: UInt64.self))
      var others = nonDigits(in: word)
      var from = 0
      while others != 0 {
        let place = others.trailingZeroBitCount >> 3
        guard place != from else { return nil }
        left &-= 1
        let byte = p[at &+ place]
        if left == 0 { return E.isEnd(byte) ? at &+ place : nil }
        guard byte == UInt8(ascii: ",") else { return nil }
        from = place &+ 1
        others &= others &- 1
      }
      guard from != 0 else { return nil }
      at &+= from
    }
    return nil
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
