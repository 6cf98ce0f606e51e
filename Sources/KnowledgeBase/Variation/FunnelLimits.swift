#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The control limits of a funnel plot: between what shares chance alone would leave a unit of a given size, were its true
/// share that of the base. Exact binomial, interpolated between whole counts (Spiegelhalter 2005, Statistics in Medicine
/// 24:1185, appendix A.1.1).
public struct FunnelLimits: Sendable, Hashable {
  /// From 0 to the base.
  public let lower: Double
  /// From the base to 1.
  public let upper: Double

  /// The tails of limits of 95 %.
  public static let tail95 = 0.025
  /// The tails of limits of 99.8 %.
  public static let tail998 = 0.001

  /// - Parameters:
  ///   - base: the share of the base, from 0 to 1.
  ///   - number: the unit's denominator, 1 or more.
  ///   - tail: the probability beyond each limit.
  public init(base: Double, number: Int, tail: Double) {
    precondition(number > 0 && (0...1).contains(base) && tail > 0 && tail < 0.5)
    let binomial = Binomial(number: number, share: base)
    // At shares near 0 and 1 the interpolation goes beyond what a share can be, and past the base.
    lower = min(base, max(0, binomial.interpolated(tail) / Double(number)))
    upper = max(base, min(1, binomial.interpolated(1 - tail) / Double(number)))
  }
}

/// The binomial distribution.
struct Binomial: Sendable {
  let number: Int
  let share: Double

  /// The probability of a count.
  func probability(_ count: Int) -> Double {
    if share == 0 { return count == 0 ? 1 : 0 }
    if share == 1 { return count == number ? 1 : 0 }
    let (n, k) = (Double(number), Double(count))
    let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(share) + (n - k) * log1p(-share))
  }

  /// Spiegelhalter's r − α: with r the least count whose cumulative probability reaches `level`, and α the part of r's own
  /// probability that is beyond it.
  func interpolated(_ level: Double) -> Double {
    // Below, nothing that a Double could add.
    let mean = Double(number) * share
    let spread = (mean * (1 - share)).squareRoot()
    var count = max(0, Int(mean - 40 * spread - 40))
    var sum = 0.0
    while count < number {
      let own = probability(count)
      if sum + own >= level { return Double(count) - (sum + own - level) / own }
      sum += own
      count += 1
    }
    let own = probability(number)
    return own > 0 ? Double(number) - max(0, (sum + own - level) / own) : Double(number)
  }
}
