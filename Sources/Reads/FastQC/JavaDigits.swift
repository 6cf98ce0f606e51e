/// Decimal digits and where the point stands.
struct JavaDigits {
  /// Digits 0 to 9, the first not 0.
  private(set) var digits: [UInt8] = []
  /// The value is 0.d₁d₂d₃… × 10^pointPosition.
  private(set) var pointPosition = 0

  /// The digits of a positive, finite number.
  init(_ value: Double) {
    let fraction = BinaryFraction(value)
    if let whole = fraction.wholeNumber {
      // Digits that a double of this size cannot tell apart are rounded away.
      let dropped = fraction.exponent > 53 ? (fraction.exponent - 54) * 3 / 10 : 0
      let unit = (0..<dropped).reduce(UInt64(1)) { power, _ in power * 10 }
      digits = String(whole / unit + (whole % unit * 2 >= unit && unit > 1 ? 1 : 0)).utf8.map { $0 - 48 }
      pointPosition = digits.count + dropped
      while digits.count > 1, digits.last == 0 { digits.removeLast() }
    } else {
      generate(ScaledFraction(fraction))
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

  private mutating func generate(_ scaled: ScaledFraction) {
    if scaled.bits < 32 {
      run(NarrowDivision<Int32>(scaled), scaled)
    } else if scaled.bits < 64 {
      run(NarrowDivision<Int64>(scaled), scaled)
    } else {
      run(WideDivision(scaled), scaled)
    }
  }

  private mutating func run(_ division: consuming some DigitDivision, _ scaled: ScaledFraction) {
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
