import EngineTestSupport
import Testing

@testable import Reads

@Suite struct SequenceCountsTests {
  private func counts(_ sequences: [[UInt8]], capacity: Int) -> SequenceCounts {
    var counts = SequenceCounts(capacity: capacity)
    for sequence in sequences { counts.add(sequence) }
    return counts
  }

  @Test(arguments: seeds(4), [0, 1, 5, 40, 1000])
  func `order and partition do not matter, and none is lost`(seed: UInt64, capacity: Int) {
    var random = SeededGenerator(seed: seed)
    let sequences = (0..<random.pick([1, 30, 600])).map { _ in random.bases(Array("AC".utf8), random.int(1...9)) }
    let whole = counts(sequences, capacity: capacity)
    #expect(whole == counts(sequences.shuffled(using: &random), capacity: capacity))
    #expect(whole.total == sequences.count)
    #expect(whole.counts.count <= capacity)
    for (sequence, count) in whole.counts { #expect(count == sequences.count { $0 == sequence }) }
    // Exactly the sequences up to a length, and with the next length they would not fit.
    let distinct = Set(sequences)
    #expect(Set(whole.counts.keys) == distinct.filter { $0.count <= whole.longest ?? .max })
    if let longest = whole.longest { #expect(distinct.count { $0.count <= longest + 1 } > capacity) }

    var parts = (0..<random.int(2...5)).map { _ in SequenceCounts(capacity: capacity) }
    for sequence in sequences { parts[random.int(0...(parts.count - 1))].add(sequence) }
    var merged = SequenceCounts(capacity: capacity)
    for part in parts.shuffled(using: &random) { merged.merge(part) }
    #expect(merged == whole)
  }
}
