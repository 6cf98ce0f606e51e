import Testing

@testable import Variants

@Suite struct FilterMathematicsTests {
  /// The two-sided binomial test by adding up, exact for small counts.
  private func slowBinomial(_ a: Int, _ b: Int) -> Double {
    let total = a + b
    var (choose, sum) = (1.0, 0.0)
    for k in 0...min(a, b) {
      if k > 0 { choose = choose * Double(total - k + 1) / Double(k) }
      sum += choose
    }
    var value = 2 * sum
    for _ in 0..<total { value /= 2 }
    return min(1, value)
  }

  @Test func `binom is twice the smaller tail`() {
    for a in 0...40 {
      for b in 0...40 where a != b {
        let found = FilterMathematics.binomial(a, b) ?? -1
        #expect(abs(found - slowBinomial(a, b)) < 1e-12, "\(a) \(b)")
      }
    }
    #expect(FilterMathematics.binomial(0, 0) == nil)
    #expect(FilterMathematics.binomial(7, 7) == 1)
  }

  @Test func `fisher is as published`() {
    // Fisher's tea lady (The Design of Experiments, 1935): 3 of 4 cups right.
    #expect(abs(FilterMathematics.fisher(3, 1, 1, 3) - 34.0 / 70) < 1e-12)
    #expect(abs(FilterMathematics.fisher(4, 0, 0, 4) - 2.0 / 70) < 1e-12)
    #expect(FilterMathematics.fisher(5, 5, 5, 5) == 1)
  }
}
