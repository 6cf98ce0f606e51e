import EngineTestSupport
import Testing

@testable import Reads

@Suite struct DistinctSampleTests {
  /// Keys with the number of times that each comes.
  private func keys(_ random: inout SeededGenerator, distinct: Int) -> [UInt64: Int] {
    Dictionary((0..<distinct).map { _ in (random.next(), random.pick([1, 1, 1, 2, 3, 9])) }, uniquingKeysWith: +)
  }

  private func sample(_ keys: some Sequence<UInt64>, capacity: Int) -> DistinctSample {
    var sample = DistinctSample(capacity: capacity)
    for key in keys { sample.add(key) }
    return sample
  }

  @Test(arguments: seeds(3), [1, 2, 64, 4096])
  func `order and partition do not matter, and what is kept is counted exactly`(seed: UInt64, capacity: Int) {
    var random = SeededGenerator(seed: seed)
    let counts = keys(&random, distinct: random.pick([1, 60, 64, 65, 3000]))
    let all = counts.flatMap { [UInt64](repeating: $0.key, count: $0.value) }
    let whole = sample(all, capacity: capacity)
    #expect(whole == sample(all.shuffled(using: &random), capacity: capacity))
    #expect(whole.distinct == whole.entries.count && whole.distinct <= capacity)
    for entry in whole.entries { #expect(counts[entry.key] == Int(entry.count)) }
    // All keys of the level are there, and one level less would not fit.
    func ofLevel(_ level: Int) -> Int { counts.keys.count { $0.leadingZeroBitCount >= level } }
    #expect(whole.distinct == ofLevel(whole.level))
    #expect(whole.level == 0 || ofLevel(whole.level - 1) > capacity)

    var parts = (0..<random.int(2...5)).map { _ in DistinctSample(capacity: capacity) }
    for key in all { parts[random.int(0...(parts.count - 1))].add(key) }
    var merged = DistinctSample(capacity: capacity)
    for part in parts.shuffled(using: &random) { merged.merge(part) }
    #expect(merged == whole)
  }

  @Test func `samples of other keys or counts are not equal`() {
    #expect(sample([1, 2], capacity: 4) != sample([1, 3], capacity: 4))
    #expect(sample([1, 2], capacity: 4) != sample([1, 2, 2], capacity: 4))
    #expect(sample([1, 2], capacity: 4) != sample([1, 2], capacity: 8))
  }

  @Test func `counts stop at their limit instead of turning over`() {
    var sample = DistinctSample(capacity: 2)
    sample.add(7, count: .max)
    sample.add(7)
    #expect(sample.entries.map(\.count) == [.max])
  }

  @Test(arguments: seeds(2))
  func `a sampled rate is right on the average`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var error = 0.0
    let runs = 200
    for _ in 0..<runs {
      let counts = keys(&random, distinct: 2000)
      let reads = counts.values.reduce(0, +)
      let truth = Double(reads - counts.count) / Double(reads)
      let estimate = DuplicateEstimate(
        shards: [sample(counts.flatMap { [UInt64](repeating: $0.key, count: $0.value) }, capacity: 256)])
      #expect(estimate.level > 0)
      #expect(abs(estimate.rate - truth) < 0.25, "one sample of 128 to 256 keys")
      error += (estimate.rate - truth) / Double(runs)
    }
    // The standard deviation of one estimate is about 0.04 here, of their mean 0.003.
    #expect(abs(error) < 0.015)
  }
}
