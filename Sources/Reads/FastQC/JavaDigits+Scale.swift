/// A positive number as significand × 2^(exponent − significandBits + 1), the significand odd.
struct BinaryFraction {
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

  /// The value, where it is whole and within 63 bits.
  var wholeNumber: UInt64? {
    guard pointBits == 0, exponent <= 62 else { return nil }
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
struct ScaledFraction {
  var significand: UInt64
  var exponent: Int
  var fives: Int
  var twos: Int
  var scaleFives: Int
  var scaleTwos: Int
  var gapTwos: Int
  /// Bits that the remainder and ten times the scale may take.
  var bits: Int

  init(_ value: BinaryFraction) {
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
