#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The tests of `binom` and `fisher`.
enum FilterMathematics {
  /// The two-sided binomial test of `a` against `b` at even odds; nil where both are 0.
  ///
  /// Twice the tail P(X ≤ least) of a binomial distribution, which is the regularised incomplete beta function
  /// I½(most, least + 1); at most 1.
  static func binomial(_ a: Int, _ b: Int) -> Double? {
    if a == 0, b == 0 { return nil }
    if a == b { return 1 }
    return min(1, 2 * incompleteBeta(Double(max(a, b)), Double(min(a, b)) + 1, 0.5))
  }

  /// The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, evaluated by
  /// Lentz's method).
  static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, 1 - x) }
    let front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x)
    let tiny = 1e-290
    var fraction = 1.0
    var (c, d) = (1.0, 0.0)
    for step in 1..<200 {
      let m = Double(step / 2)
      let numerator =
        step % 2 == 1
        ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 + numerator * d
      if d < tiny { d = tiny }
      c = 1 + numerator / c
      if c < tiny { c = tiny }
      d = 1 / d
      fraction *= c * d
      if abs(c * d - 1) < 1e-14 { break }
    }
    return exp(front) / a / fraction
  }

  /// Fisher's exact test of a 2×2 table, two-sided: the sum of all tables with the same margins that are as unlikely.
  static func fisher(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Double {
    let (row, column, total) = (a + b, a + c, a + b + c + d)
    func logChance(_ x: Int) -> Double {
      logChoose(row, x) + logChoose(total - row, column - x) - logChoose(total, column)
    }
    let observed = logChance(a)
    var sum = 0.0
    for x in max(0, row + column - total)...min(row, column) {
      let chance = logChance(x)
      // Equal chances differ in their last places.
      if chance <= observed + 1e-7 { sum += exp(chance) }
    }
    return min(1, sum)
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
  }

  private static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }
}
