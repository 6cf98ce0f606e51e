import EngineTestSupport
import Testing

@testable import Reads

/// Sums that must round as FastQC's do.
@Suite struct FastQCSumTests {
  @Test(arguments: seeds(6))
  func `adding many times at once rounds as adding one by one`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let increment = 1 / Double(random.int(1...101))
      let times = UInt64(random.int(0...random.pick([3, 1_000, 300_000])))
      let start = random.oneIn(3) ? 0 : Double(random.int(0...1_000_000)) / Double(random.int(1...7))
      var slow = start
      for _ in 0..<times { slow += increment }
      var fast = start
      fast.add(increment, times: times)
      #expect(fast == slow, "\(start) + \(times) × \(increment)")
    }
  }

  /// Thirds do not add up to whole numbers: a product would.
  @Test func `adding many times is not multiplying`() {
    var sum = 0.0
    sum.add(1.0 / 3, times: 3_000_000)
    #expect(sum != 1_000_000)
    #expect(abs(sum - 1_000_000) < 1e-3)
  }

  @Test(arguments: [1, 2, 7, 50, 99, 100, 200, 700, 1_000, 3_000])
  func `the parts of all reads of a length add up to all percents`(length: Int) {
    // One read of each G+C: each percent is claimed in full.
    let model = FastQCGCModel(length: length)
    var claims = [Double](repeating: 0, count: 101)
    for strong in 0...length {
      for percent in FastQCGCModel.percents(strong, of: length) { claims[percent] += model.increments[percent] }
    }
    #expect(claims.allSatisfy { abs($0 - 1) < 1e-9 })
  }

  @Test(arguments: [2_000, 7_000])
  func `bands keep the percents of long reads`(length: Int) {
    let model = FastQCGCModel(length: length)
    for strong in 0...length {
      var counts = [UInt64](repeating: 0, count: FastQCGCModel.bands)
      counts[FastQCGCModel.band(strong, of: length)] = 1
      let percents = FastQCGCModel.percents(strong, of: length)
      #expect(model.readsByPercent(counts) == (0...100).map { percents.contains($0) ? 1 : 0 })
    }
  }
}
