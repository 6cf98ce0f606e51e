import EngineTestSupport
import Testing

@testable import Interpretation

@Suite struct CancerPurityTests {
  /// Fractions of heterozygous variants at a depth, by binomial draws, in a share of tumour cells.
  static func fractions(_ centres: [(fraction: Double, count: Int)], depth: Int = 80, seed: UInt64) -> FractionHistogram
  {
    var random = SeededGenerator(seed: seed)
    var histogram = FractionHistogram()
    for (fraction, count) in centres {
      for _ in 0..<count {
        let reads = (0..<depth).count { _ in Double.random(in: 0..<1, using: &random) < fraction }
        if let bin = AlleleSupport.counted(reads, of: depth).bin(of: FractionHistogram.fine) {
          histogram.counts[bin] += 1
        }
      }
    }
    return histogram
  }

  private func estimate(_ histogram: FractionHistogram, isSubtracted: Bool = true, isKnown: Bool = true) throws
    -> PurityEstimate
  {
    PurityEstimate(histogram, isSubtracted: isSubtracted, isKnown: isKnown, try SomaticProfile.shipped().purity)
  }

  @Test(
    "The purity of a simple tumour lies in its interval, or is unknown, in 90 of 100 cases", arguments: [0.4, 0.6, 0.8])
  func simple(purity: Double) throws {
    var inside = 0
    for seed in 0..<100 {
      let found = try estimate(Self.fractions([(purity / 2, 2000)], seed: UInt64(seed)))
      if let low = found.low, let high = found.high, low <= purity + 0.01, high >= purity - 0.01 { inside += 1 }
    }
    #expect(inside >= 90)
  }

  @Test("Two peaks, too few variants, none in range, and no subtraction tell nothing")
  func unknown() throws {
    #expect(try estimate(Self.fractions([(0.15, 1500), (0.4, 1500)], seed: 1)).unknown == .severalPeaks)
    #expect(try estimate(Self.fractions([(0.3, 99)], seed: 1)).unknown == .tooFewVariants)
    #expect(try estimate(Self.fractions([(0.8, 1000)], seed: 1)).unknown == .noPeak)
    #expect(try estimate(Self.fractions([(0.01, 1000)], seed: 1)).unknown == .noPeak)
    let good = Self.fractions([(0.3, 1000)], seed: 1)
    #expect(try estimate(good, isSubtracted: false).unknown == .germlineNotSubtracted)
    #expect(try estimate(good, isKnown: false).unknown == .noFractions)
    #expect(try estimate(FractionHistogram()).unknown == .tooFewVariants)
    let found = try estimate(good)
    #expect(found.unknown == nil && found.purity != nil)
    #expect(try estimate(good) == found)
  }

  @Test("Drawn bins are sums of fine ones, and borders are exact")
  func bins() {
    var histogram = FractionHistogram()
    for bin in 0..<FractionHistogram.fine { histogram.counts[bin] = bin }
    #expect(histogram.bins.count == 50 && histogram.bins[1] == 4 + 5 + 6 + 7)
    #expect(histogram.bins.reduce(0, +) == histogram.total)
    #expect(histogram.count(below: 0.06) == (0..<12).reduce(0, +))
    #expect(histogram.count(below: 0.0612) == nil && histogram.count(below: 1) == histogram.total)
  }

  struct Case: CustomTestStringConvertible {
    var contamination: Double?
    var content: Double?
    var low = 0
    var hasNormal = true
    var depth: Double?
    var share: Double?
    var states: [CaseWarning.State]
    var testDescription: String {
      "\(String(describing: contamination)) \(String(describing: content)) \(low) \(hasNormal) \(String(describing: depth)) \(String(describing: share))"
    }
  }

  static let cases: [Case] = [
    Case(states: [.unknown, .unknown, .notRaised, .unknown]),
    Case(
      contamination: 0.0099, content: 0.3, low: 40, depth: 15, share: 0.95,
      states: [.notRaised, .notRaised, .notRaised, .notRaised]),
    Case(
      contamination: 0.01, content: 0.2999, low: 41, depth: 14.9, share: 0.95,
      states: [.raised, .raised, .raised, .raised]),
    Case(
      contamination: 0.025, content: 1, low: 100, depth: 15, share: 0.949,
      states: [.raised, .notRaised, .raised, .raised]),
    Case(contamination: 0.03, content: 0, depth: 40, states: [.raised, .raised, .notRaised, .unknown]),
    Case(share: 0.5, states: [.unknown, .unknown, .notRaised, .raised]),
    // With germline variants among them, few low fractions tell nothing, and many tell enough.
    Case(low: 40, hasNormal: false, depth: 3, states: [.unknown, .unknown, .unknown, .unknown]),
    Case(low: 41, hasNormal: false, states: [.unknown, .unknown, .raised, .unknown]),
  ]

  @Test("Warnings are raised at their limits, and unknown without a value", arguments: cases)
  func warnings(_ one: Case) throws {
    var fractions = FractionHistogram()
    fractions.counts[11] = one.low
    fractions.counts[12] = 100 - one.low
    let found = CaseWarnings.all(
      CaseWarnings.Supplied(
        contamination: one.contamination, tumourContent: one.content, hasNormal: one.hasNormal,
        normalMeanDepth: one.depth, normalShareAt15: one.share),
      purity: try estimate(FractionHistogram()), fractions: fractions, try SomaticProfile.shipped().warnings)
    #expect(
      found.map(\.state) == one.states
        && found.map(\.id) == ["contamination", "tumour-content", "low-fractions", "germline-depth"])
    if one.contamination == 0.03 { #expect(found[0].detail.contains("above the range")) }
  }
}
