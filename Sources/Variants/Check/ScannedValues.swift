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
