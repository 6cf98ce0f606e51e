/// Gives one decimal digit after the other.
protocol DigitDivision {
  /// The next digit, whether the rest is within the half-gap, and whether the rest is within it of the next digit.
  mutating func next() -> (digit: UInt8, isLow: Bool, isHigh: Bool)
  /// The rest against one half of the last digit: negative, 0 or positive.
  var remainderAgainstHalf: Int { get }
}

/// In a machine integer. The half-gap may pass the integer's end, which stops the digits.
struct NarrowDivision<T: FixedWidthInteger & SignedInteger>: DigitDivision {
  private var remainder: T
  private var scale: T
  private var gap: T

  init(_ scaled: ScaledFraction) {
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
struct WideDivision: DigitDivision {
  private var remainder: WideInteger
  private var scale: WideInteger
  private var tenScales: WideInteger
  private var gap: WideInteger

  init(_ scaled: ScaledFraction) {
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
