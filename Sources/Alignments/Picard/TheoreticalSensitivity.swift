/// The share of heterozygous single-nucleotide variants that depth and base qualities would let one see, as Picard
/// estimates it: a variant is seen where the qualities of its reads sum up to more than 3 decades of likelihood.
///
/// Picard samples qualities with a seeded generator; the same draws are made here, so that equal counts give equal digits.
/// Source: Picard 2.27.5, measured.
enum TheoreticalSensitivity {
  private static let sampleSize = 10_000
  private static let logOdds = 3.0
  private static let log10Of2 = 0.3010299956639812
  /// Deeper positions are left out.
  private static let mostDepth = 1000

  /// - Parameters:
  ///   - depths: positions by depth.
  ///   - qualities: bases by quality.
  static func heterozygous(depths: [Int], qualities: [Int]) -> Double {
    let positions = Double(depths.reduce(0, +))
    let bases = Double(qualities.reduce(0, +))
    guard positions > 0 else { return .nan }
    // Picard draws from nothing in vain, and sees nothing.
    guard bases > 0 else { return 0 }
    let depthCount = min(depths.count, mostDepth + 1)
    guard let deepest = depths[..<depthCount].lastIndex(where: { $0 > 0 }) else { return 0 }
    let thresholds = (0...deepest).map { 10 * (Double($0) * log10Of2 + logOdds) }
    let wheel = RouletteWheel(qualities.map { Double($0) / bases })
    let sums = wheel.cumulativeSums(summands: depthCount, kept: deepest + 1, samples: sampleSize)
    let seen = sums.map { shareAbove($0, thresholds) }
    // P(m of n reads show the variant) by P(n-1, m-1), in Picard's order of multiplications.
    var binomial: [Double] = []
    var result = 0.0
    for n in 0...deepest {
      var row = [Double(sign: .plus, exponent: -n, significand: 1)]
      if n > 1 { for m in 1..<n { row.append((Double(n) * 0.5 / Double(m)) * binomial[m - 1]) } }
      if n > 0 { row.append(row[0]) }
      let share = Double(depths[n]) / positions
      for m in 0...n { result += share * row[m] * seen[m][n] }
      binomial = row
    }
    return result
  }

  /// The share of samples that reach each threshold; thresholds ascend.
  private static func shareAbove(_ samples: [Int32], _ thresholds: [Double]) -> [Double] {
    let top = Int(samples.max() ?? 0)
    var counts = [Int32](repeating: 0, count: top + 2)
    for sample in samples { counts[Int(sample)] += 1 }
    var below = 0
    var next = 0
    return thresholds.map { threshold in
      while next <= top, Double(next) < threshold {
        below += Int(counts[next])
        next += 1
      }
      return Double(samples.count - below) / Double(samples.count)
    }
  }
}
