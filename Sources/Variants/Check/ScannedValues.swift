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
    let rawValue: UInt8
    static let notNumber = Faults(rawValue: 1)
    static let empty = Faults(rawValue: 2)
    static let tooLarge = Faults(rawValue: 4)
    static let negative = Faults(rawValue: 8)
    static let aboveOne = Faults(rawValue: 16)
    static let aboveZero = Faults(rawValue: 32)
    static let belowOne = Faults(rawValue: 64)
    /// `1.`: a float that no version's grammar has but readers take.
    static let pointLast = Faults(rawValue: 128)
  }

  private static let comma = UInt8(ascii: ",")

  /// Whether a value ends here; in a sample also at the next field or sample.
  @inline(__always)
  private static func isStop(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int, _ inSample: Bool) -> Bool {
    at >= end || p[at] == comma || (inSample && (p[at] == UInt8(ascii: ":") || p[at] == UInt8(ascii: "\t")))
  }

  @inline(__always)
  private static func skip(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ inSample: Bool) -> Int {
    var at = start
    while !isStop(p, at, end, inSample) { at += 1 }
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
  static func integers(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, inSample: Bool) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      if at < end, p[at] == UInt8(ascii: "."), isStop(p, at + 1, end, inSample) {
        result.missing += 1
        at += 1
        continue
      }
      let isNegative = at < end && p[at] == UInt8(ascii: "-")
      let value = at
      if isNegative || (at < end && p[at] == UInt8(ascii: "+")) { at += 1 }
      let digits = at
      var number = 0
      while at < end, p[at] &- 48 < 10 {
        number = number &* 10 &+ Int(p[at] &- 48)
        at += 1
      }
      guard at > digits, isStop(p, at, end, inSample) else {
        at = skip(p, at, end, inSample)
        result.faults.insert(at == value ? .empty : .notNumber)
        continue
      }
      if at - digits > 18 || number > (isNegative ? 2_147_483_640 : 2_147_483_647) { result.faults.insert(.tooLarge) }
      if isNegative || number == 0 { result.faults.insert(.belowOne) }
      if isNegative, number != 0 { result.faults.insert(.negative) }
    } while result.goesOn(p, &at, end)
    return result
  }

  /// Reads floats (section 1.3 of 4.3).
  @inline(__always)
  static func floats(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, inSample: Bool) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      if at < end, p[at] == UInt8(ascii: "."), isStop(p, at + 1, end, inSample) {
        result.missing += 1
        at += 1
        continue
      }
      let value = at
      let isNegative = at < end && p[at] == UInt8(ascii: "-")
      if isNegative || (at < end && p[at] == UInt8(ascii: "+")) { at += 1 }
      let digits = at
      var whole = 0
      while at < end, p[at] &- 48 < 10 {
        whole = min(whole &* 10 &+ Int(p[at] &- 48), 1 << 40)
        at += 1
      }
      var hasDigits = at > digits
      var rest: UInt8 = 0
      if at < end, p[at] == UInt8(ascii: ".") {
        at += 1
        let point = at
        while at < end, p[at] &- 48 < 10 {
          rest |= p[at] &- 48
          at += 1
        }
        if at > point { hasDigits = true } else { result.faults.insert(.pointLast) }
      }
      guard hasDigits, isStop(p, at, end, inSample) else {
        at = skip(p, at, end, inSample)
        result.addRareFloat(p, value, at)
        continue
      }
      if whole != 0 || rest != 0 { result.faults.insert(isNegative ? .negative : .aboveZero) }
      if !isNegative, whole > 1 || (whole == 1 && rest != 0) { result.faults.insert(.aboveOne) }
    } while result.goesOn(p, &at, end)
    return result
  }

  /// A float with an exponent, an infinity, or no float.
  @inline(never)
  private mutating func addRareFloat(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
    faults.remove(.pointLast)
    guard end > start else {
      faults.insert(.empty)
      return
    }
    guard let value = RareFloat.value(Bytes(start: p + start, count: end - start)) else {
      faults.insert(.notNumber)
      return
    }
    if value < 0 { faults.insert(.negative) }
    if value > 0 { faults.insert(.aboveZero) }
    if value > 1 { faults.insert(.aboveOne) }
  }

  /// Counts values of text, without looking into them.
  @inline(__always)
  static func strings(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, inSample: Bool) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      let value = at
      at = skip(p, at, end, inSample)
      if at == value { result.faults.insert(.empty) }
      if at == value + 1, p[value] == UInt8(ascii: ".") { result.missing += 1 }
    } while result.goesOn(p, &at, end)
    return result
  }

  /// Reads single characters, of one byte or several.
  @inline(__always)
  static func characters(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, inSample: Bool) -> ScannedValues {
    var result = ScannedValues()
    var at = start
    repeat {
      let value = at
      at = skip(p, at, end, inSample)
      if at == value { result.faults.insert(.empty) }
      if at == value + 1, p[value] == UInt8(ascii: ".") { result.missing += 1 }
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
    guard digits > 0, points < 2, at > start, at < text.count, text[at] | 32 == UInt8(ascii: "e") else { return nil }
    at += 1
    if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
    guard at < text.count, text[at...].allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    return Double(String(decoding: text, as: UTF8.self))
  }
}
