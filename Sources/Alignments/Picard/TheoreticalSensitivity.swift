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
    var wheel = RouletteWheel(qualities.map { Double($0) / bases })
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

/// Draws from a distribution by stochastic acceptance, with `java.util.Random`'s linear congruential generator.
struct RouletteWheel {
  private static let multiplier: UInt64 = 0x5_DEEC_E66D
  private static let increment: UInt64 = 0xB
  private static let seed: UInt64 = 51
  /// After so many refusals a draw is 0.
  private static let mostTries = 600

  private var state = seed ^ multiplier
  private var probabilities: [Double]
  /// Whether a first guess at an outcome may be, or be rounded up to, one that is ever accepted.
  private var mayBe: [Bool]

  init(_ weights: [Double]) {
    let largest = weights.max() ?? 0
    probabilities = weights.map { $0 / largest }
    mayBe = weights.indices.map { weights[$0] > 0 || $0 + 1 < weights.count && weights[$0 + 1] > 0 }
  }

  /// Sums of 0, 1, 2 … draws, by their number; drawn are `summands` of them, the first `kept` are given.
  mutating func cumulativeSums(summands: Int, kept: Int, samples: Int) -> [[Int32]] {
    var sums = [[Int32]](repeating: [Int32](repeating: 0, count: samples), count: kept)
    var row = [Int32](repeating: 0, count: summands)
    for sample in 0..<samples {
      drawSums(into: &row)
      for count in 0..<kept { sums[count][sample] = row[count] }
    }
    return sums
  }

  private mutating func drawSums(into row: inout [Int32]) {
    // Four steps of the generator make one try: two for the outcome, two for its acceptance. Most tries fall on outcomes
    // that never are, so the state is advanced by four steps at once and the rest is looked at only where it matters.
    let (a, c) = (Self.multiplier, Self.increment)
    let (a4, c4) = Self.power(4)
    var state = state
    let count = probabilities.count
    let scale = Double(count)
    probabilities.withUnsafeBufferPointer { probabilities in
      mayBe.withUnsafeBufferPointer { mayBe in
        var sum: Int32 = 0
        for place in row.indices {
          row[place] = sum
          var tries = 0
          while true {
            let first = state &* a &+ c
            state = state &* a4 &+ c4
            tries &+= 1
            // The upper 26 of 48 bits.
            let upper = (first << 16) >> 38
            if mayBe[Int((upper &* UInt64(truncatingIfNeeded: count)) >> 26)] {
              let second = first &* a &+ c
              let outcome = Int(scale * Self.unit(first, second))
              let third = second &* a &+ c
              if Self.unit(third, third &* a &+ c) < probabilities[outcome] {
                sum &+= Int32(truncatingIfNeeded: outcome)
                break
              }
            }
            if tries >= Self.mostTries { break }
          }
        }
      }
    }
    self.state = state
  }

  /// A number in 0..<1 of two steps of the generator.
  @inline(__always)
  private static func unit(_ first: UInt64, _ second: UInt64) -> Double {
    Double((((first << 16) >> 38) << 27) &+ ((second << 16) >> 37)) * 0x1p-53
  }

  /// Multiplier and increment of several steps at once; only the low 48 bits of the state count.
  private static func power(_ steps: Int) -> (UInt64, UInt64) {
    var (a, c): (UInt64, UInt64) = (1, 0)
    for _ in 0..<steps { (a, c) = (a &* multiplier, c &* multiplier &+ increment) }
    return (a, c)
  }
}
