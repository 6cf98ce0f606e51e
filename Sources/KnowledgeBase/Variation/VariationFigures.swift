/// Two numbers of a group as far as they are told: each is somewhere within its stretch.
public struct VariationFigures: Sendable, Hashable {
  /// Where the denominator is.
  public var numbers: ClosedRange<Int>
  /// Where the numerator is.
  public var counts: ClosedRange<Int>
  /// The middle of what the denominator may be; of a sum, that of its parts whose denominator is told: a part of nobody
  /// or a few would weigh as half of a few, and all of them counted.
  public private(set) var number: Double
  /// The middle of what the numerator may be, and no more than the denominator's; of a sum, of the same parts.
  public private(set) var count: Double

  init(numbers: ClosedRange<Int>, counts: ClosedRange<Int>) {
    (self.numbers, self.counts) = (numbers, counts)
    number = numbers.lowerBound > 0 ? Double(numbers.lowerBound + numbers.upperBound) / 2 : 0
    count = min(number, Double(counts.lowerBound + counts.upperBound) / 2)
  }

  /// Nobody.
  static let none = VariationFigures(numbers: 0...0, counts: 0...0)

  static func + (a: Self, b: Self) -> Self {
    var sum = VariationFigures(
      numbers: a.numbers.lowerBound + b.numbers.lowerBound...a.numbers.upperBound + b.numbers.upperBound,
      counts: a.counts.lowerBound + b.counts.lowerBound...a.counts.upperBound + b.counts.upperBound)
    (sum.number, sum.count) = (a.number + b.number, a.count + b.count)
    return sum
  }

  /// The share by the middles; nil where too little is told for one.
  public var share: Double? { isTold && counts.lowerBound > 0 ? count / number : nil }

  /// Whether the denominator is told.
  public var isTold: Bool { numbers.lowerBound > 0 }

  /// Wilson's 95 % interval, widened by all that rounding leaves open; nil where the denominator is not told.
  public var interval: BinomialInterval? {
    isTold ? BinomialInterval(counts: counts, of: numbers) : nil
  }

  /// Where a unit stands against limits round a base.
  public enum Position: String, Sendable, Hashable, CaseIterable {
    /// Within the limits of 95 %, or possibly so.
    case within
    /// Surely beyond those of 95 %.
    case beyond95 = "beyond-95"
    /// Surely beyond those of 99.8 %.
    case beyond998 = "beyond-99.8"
  }

  /// Where it stands. Beyond is told only where every number that is possible is beyond on the same side.
  public func position(base: Double) -> Position? {
    guard isTold, (0...1).contains(base) else { return nil }
    for (tail, position) in [(FunnelLimits.tail998, Position.beyond998), (FunnelLimits.tail95, .beyond95)] {
      let isAbove = numbers.allSatisfy { number in
        Double(min(counts.lowerBound, number)) / Double(number)
          > FunnelLimits(base: base, number: number, tail: tail).upper
      }
      let isBelow = numbers.allSatisfy { number in
        Double(min(counts.upperBound, number)) / Double(number)
          < FunnelLimits(base: base, number: number, tail: tail).lower
      }
      if isAbove || isBelow { return position }
    }
    return .within
  }
}
