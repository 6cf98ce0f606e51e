#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Random numbers that are the same for the same seed (SplitMix64, Steele et al. 2014), for bootstraps.
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number between 0 and 1, neither of them.
  mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// A Poisson number: Knuth's product of uniform numbers up to a mean of 500, behind it the rounded normal, whose
  /// skewness (below 0.05) no interval of a bootstrap shows.
  mutating func poisson(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    guard mean <= 500 else {
      let radius = (-2 * log(uniform())).squareRoot()
      return max(0, Int((mean + mean.squareRoot() * radius * cos(2 * Double.pi * uniform())).rounded()))
    }
    let limit = exp(-mean)
    var product = uniform()
    var count = 0
    while product > limit {
      product *= uniform()
      count += 1
    }
    return count
  }
}

/// Quantiles of what a bootstrap gave.
enum Quantile {
  /// The linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, R's and NumPy's default).
  /// - Parameter sorted: ascending, not empty.
  static func of(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
