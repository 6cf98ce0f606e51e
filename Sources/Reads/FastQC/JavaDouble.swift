/// Numbers as Java 8 to 18 write them (`Double.toString`), which is how FastQC's tables are written.
///
/// Two things differ from Swift's description. The form: `1.0E7` from ten million on, plain digits from a thousandth up to
/// there. The digits: Java's loop stops by a test of its own and now and then gives one digit more than the shortest text
/// that reads back (JDK-4511638, mended in Java 19). The method is Steele and White's free-format printing (1990) with a
/// remainder `b` over a scale `s` and a half-gap `m`.
enum JavaDouble {
  /// Appends the text of a number.
  static func append(_ value: Double, to text: inout [UInt8]) {
    if value.isNaN { return text.append(contentsOf: "NaN".utf8) }
    if value.sign == .minus { text.append(UInt8(ascii: "-")) }
    if value.isInfinite { return text.append(contentsOf: "Infinity".utf8) }
    if value == 0 { return text.append(contentsOf: "0.0".utf8) }
    JavaDigits(value.magnitude).append(to: &text)
  }

  /// The text of a number.
  static func text(_ value: Double) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Decimal digits and where the point stands.
struct JavaDigits {
  /// Digits 0 to 9, the first not 0.
  private(set) var digits: [UInt8] = []
  /// The value is 0.d₁d₂d₃… × 10^pointPosition.
  private(set) var pointPosition = 0

  /// The digits of a positive, finite number.
  init(_ value: Double) {
    let fraction = Fraction(value)
    if let whole = fraction.wholeNumber {
      var text = Array(String(whole).utf8.map { $0 - 48 })
      pointPosition = text.count
      while text.count > 1, text.last == 0 { text.removeLast() }
      digits = text
    } else {
      generate(Scaled(fraction))
    }
  }

  func append(to text: inout [UInt8]) {
    let point = UInt8(ascii: ".")
    let figures = digits.map { $0 + 48 }
    if (1..<8).contains(pointPosition) {
      let wholes = min(pointPosition, figures.count)
      text += figures[..<wholes] + [UInt8](repeating: 48, count: pointPosition - wholes) + [point]
      text += wholes < figures.count ? figures[wholes...] : [48]
    } else if (-2...0).contains(pointPosition) {
      text += [48, point] + [UInt8](repeating: 48, count: -pointPosition) + figures
    } else {
      text += [figures[0], point] + (figures.count > 1 ? figures[1...] : [48])
      text += "E\(pointPosition - 1)".utf8
    }
  }

  private mutating func generate(_ scaled: Scaled) {
    if scaled.bits < 32 {
      run(NarrowDivision<Int32>(scaled), scaled)
    } else if scaled.bits < 64 {
      run(NarrowDivision<Int64>(scaled), scaled)
    } else {
      run(WideDivision(scaled), scaled)
    }
  }

  private mutating func run(_ division: consuming some DigitDivision, _ scaled: Scaled) {
    var exponent = scaled.exponent
    var (digit, isLow, isHigh) = division.next()
    if digit == 0, !isHigh { exponent -= 1 } else { digits.append(digit) }
    // Text with an exponent always has two digits.
    if exponent < -3 || exponent >= 8 { (isLow, isHigh) = (false, false) }
    while !isLow, !isHigh {
      (digit, isLow, isHigh) = division.next()
      digits.append(digit)
    }
    pointPosition = exponent + 1
    guard isHigh else { return }
    let remainder = isLow ? division.remainderAgainstHalf : 1
    if remainder > 0 || (remainder == 0 && digits[digits.count - 1] & 1 == 1) { roundUp() }
  }

  private mutating func roundUp() {
    var index = digits.count - 1
    while index > 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if digits[index] == 9 {
      digits[index] = 1
      pointPosition += 1
    } else {
      digits[index] += 1
    }
  }
}

/// A positive number as significand × 2^(exponent − significandBits + 1), the significand odd.
private struct Fraction {
  /// 53 bits with the leading one, for the estimate.
  var leading: UInt64
  var significand: UInt64
  var significandBits: Int
  /// The exponent of the leading bit.
  var exponent: Int
  /// Bits that the double has, fewer for a subnormal.
  var precision = 53

  init(_ value: Double) {
    var bits = value.significandBitPattern
    exponent = Int(value.exponent)
    if value.isNormal {
      bits |= 1 << 52
    } else {
      precision = 64 - bits.leadingZeroBitCount
      bits <<= UInt64(53 - precision)
    }
    leading = bits
    significandBits = 53 - bits.trailingZeroBitCount
    significand = bits >> UInt64(53 - significandBits)
  }

  /// Bits after the binary point.
  var pointBits: Int { max(0, significandBits - exponent - 1) }

  /// The value, where it is whole and exact in the double's own digits.
  var wholeNumber: UInt64? {
    guard pointBits == 0, exponent <= 52 else { return nil }
    return significand << UInt64(exponent - significandBits + 1)
  }

  /// The decimal exponent of the first digit, or one more.
  var decimalExponent: Int {
    let mantissa = Double(bitPattern: (1023 << 52) | (leading & ((1 << 52) - 1)))
    // A line through log10 at 1.5.
    let estimate = (mantissa - 1.5) * 0.289529654 + 0.176091259 + Double(exponent) * 0.301029995663981
    return Int(estimate.rounded(.down))
  }
}

/// remainder = significand × 5^fives × 2^twos over scale = 5^scaleFives × 2^scaleTwos, half-gap 5^fives × 2^gapTwos.
private struct Scaled {
  var significand: UInt64
  var exponent: Int
  var fives: Int
  var twos: Int
  var scaleFives: Int
  var scaleTwos: Int
  var gapTwos: Int
  /// Bits that the remainder and ten times the scale may take.
  var bits: Int

  init(_ value: Fraction) {
    significand = value.significand
    exponent = value.decimalExponent
    fives = max(0, -exponent)
    scaleFives = max(0, exponent)
    twos = fives + value.pointBits + value.exponent
    scaleTwos = scaleFives + value.pointBits
    gapTwos = twos - value.precision
    twos -= value.significandBits - 1
    let common = min(twos, scaleTwos)
    twos -= common
    scaleTwos -= common
    gapTwos -= common
    // Below a power of two the numbers lie twice as close.
    if value.significandBits == 1 { gapTwos -= 1 }
    if gapTwos < 0 {
      twos -= gapTwos
      scaleTwos -= gapTwos
      gapTwos = 0
    }
    let remainderBits = value.significandBits + twos + Self.bitsOfFives(fives)
    bits = max(remainderBits, scaleTwos + 1 + Self.bitsOfFives(scaleFives + 1))
  }

  /// The bits of 5^n, from above.
  private static func bitsOfFives(_ n: Int) -> Int {
    guard n < 27 else { return 3 * n }
    return 64 - (0..<n).reduce(UInt64(1)) { power, _ in power * 5 }.leadingZeroBitCount
  }
}

/// Gives one decimal digit after the other.
private protocol DigitDivision {
  /// The next digit, whether the rest is within the half-gap, and whether the rest is within it of the next digit.
  mutating func next() -> (digit: UInt8, isLow: Bool, isHigh: Bool)
  /// The rest against one half of the last digit: negative, 0 or positive.
  var remainderAgainstHalf: Int { get }
}

/// In a machine integer. The half-gap may pass the integer's end, which stops the digits.
private struct NarrowDivision<T: FixedWidthInteger & SignedInteger>: DigitDivision {
  private var remainder: T
  private var scale: T
  private var gap: T

  init(_ scaled: Scaled) {
    remainder = (T(truncatingIfNeeded: scaled.significand) &* Self.power(scaled.fives)) << T(scaled.twos)
    scale = Self.power(scaled.scaleFives) << T(scaled.scaleTwos)
    gap = Self.power(scaled.fives) << T(scaled.gapTwos)
  }

  private static func power(_ fives: Int) -> T { (0..<fives).reduce(T(1)) { power, _ in power &* 5 } }

  mutating func next() -> (digit: UInt8, isLow: Bool, isHigh: Bool) {
    let (quotient, rest) = remainder.quotientAndRemainder(dividingBy: scale)
    remainder = rest &* 10
    gap = gap &* 10
    let isPast = gap <= 0
    return (
      UInt8(truncatingIfNeeded: quotient), isPast || remainder < gap, isPast || remainder &+ gap > scale &* 10
    )
  }

  var remainderAgainstHalf: Int {
    let difference = (remainder &<< 1) &- (scale &* 10)
    return difference == 0 ? 0 : difference < 0 ? -1 : 1
  }
}

/// In as many limbs as it takes. Here the rest is high where it reaches the gap, not only past it: so in Java.
private struct WideDivision: DigitDivision {
  private var remainder: WideInteger
  private var scale: WideInteger
  private var tenScales: WideInteger
  private var gap: WideInteger

  init(_ scaled: Scaled) {
    remainder = WideInteger(scaled.significand, fives: scaled.fives, twos: scaled.twos)
    scale = WideInteger(1, fives: scaled.scaleFives, twos: scaled.scaleTwos)
    tenScales = WideInteger(1, fives: scaled.scaleFives + 1, twos: scaled.scaleTwos + 1)
    gap = WideInteger(1, fives: scaled.fives, twos: scaled.gapTwos)
  }

  mutating func next() -> (digit: UInt8, isLow: Bool, isHigh: Bool) {
    var digit: UInt8 = 0
    while remainder.compare(scale) >= 0 {
      remainder.subtract(scale)
      digit += 1
    }
    remainder.multiply(by: 10)
    gap.multiply(by: 10)
    return (digit, remainder.compare(gap) < 0, tenScales.compare(remainder.adding(gap)) <= 0)
  }

  var remainderAgainstHalf: Int { remainder.adding(remainder).compare(tenScales) }
}
