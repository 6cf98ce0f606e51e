/// How a number is written for a reader: thousands separated by commas, a true minus sign, no locale. The same number
/// gives the same characters on every machine.
public enum NumberFormat: Sendable, Equatable {
  /// This many decimals, at least 0 and at most 15.
  case decimals(Int)
  /// A fraction times a hundred with a per cent sign, and this many decimals.
  case percent(Int)
  /// As many decimals as needed, six at most.
  case shortest

  /// A whole number.
  public static var integer: NumberFormat { .decimals(0) }

  /// Stands where there is no value.
  package static let noValue = "–"

  /// The number as text; "–" if it is not finite.
  public func string(_ value: Double) -> String {
    guard value.isFinite else { return Self.noValue }
    switch self {
    case .decimals(let count): return Self.fixed(value, decimals: count)
    case .percent(let count): return Self.fixed(value * 100, decimals: count) + "%"
    case .shortest:
      let text = Self.fixed(value, decimals: 6)
      guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
      let digits = text.utf8.reversed().drop { $0 == UInt8(ascii: "0") }.drop { $0 == UInt8(ascii: ".") }
      let trimmed = String(decoding: digits.reversed(), as: UTF8.self)
      // A value too small for six decimals is not zero, and is not written as if it were.
      return trimmed == "0" && value != 0 ? Self.scientific(value) : trimmed
    }
  }

  /// A whole number with commas between thousands, such as 3,117,275,501.
  public static func grouped(_ value: Int) -> String {
    (value < 0 ? "−" : "") + group(String(value.magnitude))
  }

  /// Rounds half away from zero. `value` is finite.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let decimals = max(0, min(15, decimals))
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded(.toNearestOrAwayFromZero)
    // Beyond 2^63 the digits of a Double are not decimal digits any more.
    guard scaled < 9.2e18 else { return scientific(value) }
    var digits = String(UInt64(scaled))
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    let whole = group(String(digits.dropLast(decimals)))
    let sign = value < 0 && scaled != 0 ? "−" : ""
    return sign + whole + (decimals == 0 ? "" : "." + digits.suffix(decimals))
  }

  /// A digit, this many decimals and a power of ten, such as 1.25e−9.
  static func scientific(_ value: Double, decimals: Int = 2) -> String {
    guard value != 0 else { return "0" }
    var (mantissa, exponent) = (value.magnitude, 0)
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    var digits = fixed(mantissa, decimals: decimals)
    if digits.hasPrefix("10") {
      digits = fixed(mantissa / 10, decimals: decimals)
      exponent += 1
    }
    return (value < 0 ? "−" : "") + digits + "e" + (exponent < 0 ? "−" : "") + String(exponent.magnitude)
  }

  private static func group(_ digits: String) -> String {
    var grouped: [UInt8] = []
    for (index, digit) in digits.utf8.enumerated() {
      if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { grouped.append(UInt8(ascii: ",")) }
      grouped.append(digit)
    }
    return String(decoding: grouped, as: UTF8.self)
  }
}
