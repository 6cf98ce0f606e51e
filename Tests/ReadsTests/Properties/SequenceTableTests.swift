import EngineTestSupport
import Testing

@testable import Reads

/// The compact table against a plain dictionary.
@Suite struct SequenceTableTests {
  private func sequences(_ random: inout SeededGenerator, count: Int) -> [[UInt8]] {
    let many = (0..<count).map { _ in random.bases(Array("ACGTN".utf8), random.int(0...300)) }
    // Short ones come again by themselves, and of the others every third does.
    return many + many.indices.filter { $0 % 3 == 0 }.map { many[$0] }
      + (0..<count).map { _ in random.bases(Array("AC".utf8), random.int(0...6)) }
  }

  private func contents(_ table: SequenceTable) -> [[UInt8]: Int] {
    var contents: [[UInt8]: Int] = [:]
    table.forEach { contents[Array($0), default: 0] += $1 }
    return contents
  }

  @Test(arguments: seeds(4))
  func `counts are those of a dictionary, before and after long sequences go`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var table = SequenceTable()
    var expected: [[UInt8]: Int] = [:]
    for limit in [300, 250, 40, 3, 0] {
      for sequence in sequences(&random, count: 700).shuffled(using: &random) {
        let count = random.int(0...3)
        sequence.withUnsafeBufferPointer { table.add($0, count: count) }
        expected[sequence, default: 0] += count
      }
      let removed = table.remove(longerThan: limit)
      #expect(removed == expected.reduce(0) { $0 + ($1.key.count > limit ? $1.value : 0) })
      expected = expected.filter { $0.key.count <= limit }
      #expect(table.count == expected.count && table.total == expected.values.reduce(0, +))
      #expect(contents(table) == expected)
      for (sequence, count) in expected {
        #expect(sequence.withUnsafeBufferPointer { table.find($0) }.map { table.count(of: $0) } == count)
      }
      let order = table.sorted().map { Array(table.sequence($0)) }
      #expect(order == expected.keys.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  @Test(arguments: seeds(4), [1, 7, 100, 900, 1 << 16])
  func `parts merge in any order to what a dictionary of all gives`(seed: UInt64, capacity: Int) {
    var random = SeededGenerator(seed: seed)
    let all = sequences(&random, count: 600)
    var parts = (0..<random.int(1...5)).map { _ in SequenceCounts(capacity: capacity) }
    for sequence in all { parts[random.int(0...(parts.count - 1))].add(sequence) }
    var merged = SequenceCounts(capacity: capacity)
    for part in parts.shuffled(using: &random) { merged.merge(part) }

    var expected: [[UInt8]: Int] = [:]
    for sequence in all { expected[sequence, default: 0] += 1 }
    var longest: Int?
    if expected.count > capacity {
      longest = (0...300).last { limit in expected.keys.count { $0.count <= limit } <= capacity }
      expected = expected.filter { $0.key.count <= longest ?? 0 }
    }
    #expect(merged.longest == longest)
    #expect(merged.counts == expected)
    #expect(merged.uncounted == all.count - expected.values.reduce(0, +))
    var once = SequenceCounts(capacity: capacity)
    for sequence in all.shuffled(using: &random) { once.add(sequence) }
    #expect(once == merged)
    if let sequence = expected.keys.first {
      once.add(sequence)
      #expect(once != merged)
    }
  }
}
