/// The score interval of a share (Wilson 1927, without continuity correction).
public struct BinomialInterval: Sendable, Hashable {
  /// The normal quantile of 95 %: 0.975.
  public static let z95 = 1.959963984540054

  /// From 0 to 1.
  public let lower: Double
  /// From 0 to 1.
  public let upper: Double

  /// The interval of `count` among `number`, which is 1 or more.
  public init(count: Int, of number: Int, z: Double = z95) {
    precondition(number > 0 && (0...number).contains(count))
    let (n, p) = (Double(number), Double(count) / Double(number))
    let centre = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    // At the ends rounding would leave a trace beside 0 and 1.
    lower = count == 0 ? 0 : max(0, (centre - half) / scale)
    upper = count == number ? 1 : min(1, (centre + half) / scale)
  }

  /// The least interval that holds those of all numbers within two stretches: what is known of a share whose count and
  /// number are rounded. Nil where no number of 1 or more is possible.
  public init?(counts: ClosedRange<Int>, of numbers: ClosedRange<Int>, z: Double = z95) {
    let least = max(numbers.lowerBound, 1)
    guard numbers.upperBound >= least else { return nil }
    // The lower end falls with the number and rises with the count; the upper end rises with the count, too, and for one
    // count falls with the number.
    lower = Self(count: min(counts.lowerBound, numbers.upperBound), of: numbers.upperBound, z: z).lower
    upper = Self(count: min(counts.upperBound, least), of: least, z: z).upper
  }
}
