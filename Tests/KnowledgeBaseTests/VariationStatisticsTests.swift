import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Intervals and limits of shares")
struct VariationStatisticsTests {
  /// Newcombe 1998 (Statistics in Medicine 17:857, table I, method 3) to four digits; the others by R 4's `prop.test` without
  /// correction, and in decimal arithmetic of sixty digits.
  @Test(
    "Wilson's interval",
    arguments: [
      (81, 263, 0.255288519878, 0.366209576983), (15, 148, 0.062386399531, 0.160487241723),
      (0, 20, 0, 0.161125158053), (1, 29, 0.006113214293, 0.171755218793), (29, 29, 0.883030201500, 1),
      (8, 10, 0.490162471537, 0.943317848546), (50, 1000, 0.038130262393, 0.065313820244),
    ])
  func wilson(count: Int, number: Int, lower: Double, upper: Double) {
    let interval = BinomialInterval(count: count, of: number)
    #expect(abs(interval.lower - lower) < 1e-11 && abs(interval.upper - upper) < 1e-11)
    if (count, number) == (81, 263) {
      #expect((interval.lower * 10_000).rounded() == 2553 && (interval.upper * 10_000).rounded() == 3662)
    }
  }

  @Test("The interval of numbers within stretches is the least that holds all of them")
  func outer() throws {
    var random = SplitMix64()
    for _ in 0..<300 {
      let number = random.int(0...40)
      let numbers = number...(number + random.int(0...9))
      let count = random.int(0...number)
      let counts = count...(count + random.int(0...9))
      var (lower, upper) = (1.0, 0.0)
      for n in numbers where n > 0 {
        for k in counts where k <= n {
          lower = min(lower, BinomialInterval(count: k, of: n).lower)
          upper = max(upper, BinomialInterval(count: k, of: n).upper)
        }
      }
      guard let outer = BinomialInterval(counts: counts, of: numbers) else {
        #expect(numbers == 0...0)
        continue
      }
      #expect(abs(outer.lower - lower) < 1e-12 && abs(outer.upper - upper) < 1e-12, "\(counts) of \(numbers)")
    }
  }

  /// By sums of exact fractions.
  @Test(
    "Limits of a funnel: exact binomial, interpolated",
    arguments: [
      (0.1, 20, 0, 0, 0.2284676070299244, 0.3351718216852828),
      (0.1, 100, 0.01417886500843477, 0.04038059552439345, 0.15771861163912676, 0.1983567185028857),
      (0.3, 50, 0.10312998454753805, 0.16613938031193448, 0.4201358867168804, 0.4990695885480359),
      (0.25, 400, 0.18367055807475394, 0.20689343013051884, 0.29179798200731977, 0.3173193656375597),
      (0.5, 10, 0.00024, 0.13244444444444445, 0.7675555555555555, 0.89976),
      (0.9, 40, 0.7142155483898062, 0.78399839545297, 0.971111021670208, 0.9983086260747036),
      (0.03, 250, 0.0005318150014249516, 0.008640889663062834, 0.05098429867294812, 0.06653964535179752),
    ])
  func funnel(base: Double, number: Int, low998: Double, low95: Double, high95: Double, high998: Double) {
    let inner = FunnelLimits(base: base, number: number, tail: FunnelLimits.tail95)
    let outer = FunnelLimits(base: base, number: number, tail: FunnelLimits.tail998)
    for (found, expected) in [
      (outer.lower, low998), (inner.lower, low95), (inner.upper, high95), (outer.upper, high998),
    ] { #expect(abs(found - expected) < 1e-9, "\(found), not \(expected)") }
  }

  @Test("Limits close in as numbers grow, hold the base, and stay within 0 and 1; also for large numbers")
  func funnelShape() {
    for base in [0, 0.004, 0.2, 0.5, 0.97, 1] {
      var last = FunnelLimits(base: base, number: 1, tail: 0.001)
      for number in [10, 100, 1000, 10_000, 200_000] {
        let limits = FunnelLimits(base: base, number: number, tail: 0.001)
        #expect(limits.lower <= base + 1e-9 && limits.upper >= base - 1e-9 && limits.lower >= 0 && limits.upper <= 1)
        #expect(limits.upper - limits.lower <= last.upper - last.lower + 1e-9)
        last = limits
      }
      #expect(last.upper - last.lower < 0.01)
    }
  }

  @Test("Beyond is told only where every number that is possible is beyond")
  func position() {
    func figures(_ counts: ClosedRange<Int>, _ numbers: ClosedRange<Int>) -> VariationFigures {
      VariationFigures(numbers: numbers, counts: counts)
    }
    #expect(figures(50...50, 100...100).position(base: 0.25) == .beyond998)
    #expect(figures(35...35, 100...100).position(base: 0.25) == .beyond95)
    #expect(figures(25...35, 100...100).position(base: 0.25) == .within)
    #expect(figures(0...7, 98...102).position(base: 0.25) == .beyond998)
    #expect(figures(0...7, 0...7).position(base: 0.25) == nil)
  }
}
