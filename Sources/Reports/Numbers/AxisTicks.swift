/// Ticks at round values: steps of 1, 2 or 5 times a power of ten.
package struct AxisTicks: Equatable {
  /// A tick.
  package struct Tick: Equatable {
    /// Where it lies on the axis.
    package var value: Double
    /// What is written there.
    package var label: String
  }

  /// Ends of the axis: the outermost ticks, or the ends that were asked for.
  package var range: ClosedRange<Double>
  /// Distance between ticks.
  package var step: Double
  /// From lowest to highest.
  package var ticks: [Tick]

  /// Covers `range` with about `count` ticks.
  ///
  /// - Parameters:
  ///   - range: finite ends; a range of one value is widened.
  ///   - count: about how many ticks are wanted, at least 2.
  ///   - extended: whether the axis grows to the next round value at both ends.
  ///   - format: `percent` labels fractions times a hundred; whole numbers get no tick between two of them.
  package init(covering range: ClosedRange<Double>, count: Int, extended: Bool, format: NumberFormat = .shortest) {
    let range = Self.widened(range)
    // Half of each end, so that the width of the widest range is still finite.
    let target = (range.upperBound / 2 - range.lowerBound / 2) / Double(max(2, count) - 1) * 2
    let isPercent = if case .percent = format { true } else { false }
    let (mantissa, exponent) = Self.roundStep(format == .integer ? max(1, target) : target)
    let step = Self.value(Double(mantissa), exponent)
    let first: Double
    let last: Double
    let lowest = range.lowerBound / step
    let highest = range.upperBound / step
    // An end that is a tick but for rounding counts as one.
    if extended {
      first = (lowest + 1e-9).rounded(.down)
      last = (highest - 1e-9).rounded(.up)
    } else {
      first = (lowest - 1e-9).rounded(.up)
      last = (highest + 1e-9).rounded(.down)
    }
    var multiples: [Double] = []
    var multiple = first
    while multiple <= last, multiples.count < 1000 {
      multiples.append(multiple)
      multiple += 1
    }
    let values = multiples.map { Self.value($0 * Double(mantissa), exponent) }
    let labels = Self.labels(values, exponent: exponent, isPercent: isPercent)
    ticks = zip(values, labels).map { Tick(value: $0, label: $1) }
    self.step = step
    self.range = extended ? (values.first ?? range.lowerBound)...(values.last ?? range.upperBound) : range
  }

  /// The smallest of 1, 2, 5 times a power of ten that is not below `target`, as mantissa and exponent.
  static func roundStep(_ target: Double) -> (mantissa: Int, exponent: Int) {
    var exponent = 0
    var scaled = target
    while scaled > 10 {
      scaled /= 10
      exponent += 1
    }
    while scaled <= 1 {
      scaled *= 10
      exponent -= 1
    }
    for mantissa in [2, 5] where scaled <= Double(mantissa) * (1 + 1e-9) { return (mantissa, exponent) }
    return (1, exponent + 1)
  }

  /// Dividing by a power of ten keeps 0.3 the nearest number to 0.3, which multiplying by 0.1 would not.
  private static func value(_ multiple: Double, _ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<exponent.magnitude { power *= 10 }
    return exponent < 0 ? multiple / power : multiple * power
  }

  /// A range that can be divided: not one value, not so wide or so narrow that steps overflow or vanish.
  private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let limit = 1e300
    let lower = max(-limit, min(limit, range.lowerBound))
    let upper = max(-limit, min(limit, range.upperBound))
    let scale = max(lower.magnitude, upper.magnitude)
    guard upper - lower <= scale * 1e-9 || upper - lower < 1e-290 else { return lower...upper }
    if scale < 1e-280 { return 0...1 }
    return (lower - scale * 0.1)...(upper + scale * 0.1)
  }

  /// One suffix for the whole axis, so that its labels can be compared at a glance.
  private static func labels(_ values: [Double], exponent: Int, isPercent: Bool) -> [String] {
    let largest = values.map(\.magnitude).max() ?? 0
    // As many digits as it takes to tell neighbours apart.
    let digits = largest > 0 ? min(15, max(0, roundStep(largest).exponent + 1 - exponent)) : 0
    if isPercent {
      let decimals = max(0, -(exponent + 2))
      return values.map { value in
        decimals > 12 || largest > 1e15
          ? NumberFormat.scientific(value * 100, decimals: digits) + "%" : NumberFormat.percent(decimals).string(value)
      }
    }
    let suffixes: [(threshold: Double, power: Int, suffix: String)] = [
      (1e15, .max, ""), (1e12, 12, "T"), (1e9, 9, "G"), (1e6, 6, "M"), (1e4, 3, "k"), (0, 0, ""),
    ]
    let choice = suffixes.first { largest >= $0.threshold } ?? (0, 0, "")
    if choice.power == .max || exponent < -9 {
      return values.map { NumberFormat.scientific($0, decimals: digits) }
    }
    let decimals = max(0, choice.power - exponent)
    return values.map { value in
      value == 0
        ? "0" : NumberFormat.decimals(decimals).string(value / Self.value(1, choice.power)) + choice.suffix
    }
  }
}
