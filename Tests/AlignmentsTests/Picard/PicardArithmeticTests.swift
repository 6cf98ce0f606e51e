import EngineTestSupport
import Testing

@testable import Alignments

@Suite struct PicardArithmeticTests {
  static let numbers: [(value: Double, text: String)] = [
    (0, "0"), (1, "1"), (0.5, "0.5"), (0.333333333333, "0.333333"), (0.666666666666, "0.666667"),
    (123456.7890125, "123456.789012"),
    // Ties that binary fractions hold exactly go towards zero: 3/128, 1/128.
    (0.0234375, "0.023437"), (0.0078125, "0.007812"), (-0.0234375, "-0.023437"),
    // Half a millionth is not exact: the first lies below, the others above.
    (0.0000005, "0"), (0.0000015, "0.000002"), (0.0000025, "0.000003"), (0.9999996, "1"),
    (Double.nan, "?"), (Double.infinity, "?"), (-Double.infinity, "-?"), (4_000_000_000.25, "4000000000.25"),
  ]

  @Test(arguments: numbers)
  func `numbers are printed as htsjdk prints them`(value: Double, text: String) {
    #expect(MetricsText.number(value) == text, "\(value)")
  }

  @Test func `medians of a histogram follow htsjdk`() {
    #expect(CountHistogram(counts: []).median == 0)
    #expect(CountHistogram(counts: [0, 0, 3]).median == 2)
    #expect(CountHistogram(counts: [0, 1, 1]).median == 1.5)
    // One count: the first bin's key.
    #expect(CountHistogram(counts: [0, 0, 1]).median == 0)
    #expect(CountHistogram([(10, 2), (20, 2), (31, 2)]).medianAbsoluteDeviation == 10)
    #expect(CountHistogram([(10, 1), (13, 1)]).medianAbsoluteDeviation == 1.5)
    #expect(CountHistogram([(10, 2), (12, 2)]).mode == 10)
    #expect(CountHistogram([(1, 5), (9, 5)]).percentile(0.5) == 1)
  }

  @Test(arguments: seeds(4))
  func `the wheel draws what the generator gives try by try`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let weights = (0..<127).map { _ in random.oneIn(random.int(2...60)) ? Double(random.int(1...100)) : 0 }
    guard let largest = weights.max(), largest > 0 else { return }
    // java.util.Random, as its documentation defines it.
    var state: UInt64 = (51 ^ 0x5DEECE66D) & (1 << 48 - 1)
    func bits(_ count: UInt64) -> UInt64 {
      state = (state &* 0x5DEECE66D &+ 0xB) & (1 << 48 - 1)
      return state >> (48 - count)
    }
    func unit() -> Double { Double(bits(26) << 27 + bits(27)) / Double(UInt64(1) << 53) }
    func draw() -> Int {
      for _ in 0..<600 {
        let outcome = Int(127 * unit())
        if unit() < weights[outcome] / largest { return outcome }
      }
      return 0
    }
    let sums = RouletteWheel(weights).cumulativeSums(summands: 12, kept: 12, samples: 40)
    for sample in 0..<40 {
      var sum = 0
      for count in 0..<12 {
        #expect(sums[count][sample] == Int32(sum))
        sum += draw()
      }
    }
  }

  @Test(arguments: seeds(3))
  func `blocks of one name are found as long as they are needed`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var mates = MateBlocks(blockRoom: 4)
    var seen = MateBlocks.Seen()
    var all: [(name: UInt64, start: Int, end: Int, q20: Set<Int>, q30: Set<Int>, isPlain: Bool)] = []
    var position = 0
    for _ in 0..<3000 {
      position += random.pick([0, 0, 1, 3, 70])
      let start = position + random.pick([0, 0, 0, 40])
      let end = start + random.pick([1, 30, 63, 64, 65, 128, 300])
      // Names that share their buckets.
      let name = UInt64(random.int(0...30)) << 40
      mates.forget(before: position)
      let words = QualityMasks.words(end - start)
      let room = mates.room(words)
      for word in 0..<(2 * words) { room[word] = 0 }
      var (q20, q30): (Set<Int>, Set<Int>) = ([], [])
      for place in start..<end {
        if random.oneIn(2) {
          q20.insert(place)
          room[(place - start) >> 6] |= 1 << UInt64((place - start) & 63)
        }
        if random.oneIn(3) {
          q30.insert(place)
          room[words + ((place - start) >> 6)] |= 1 << UInt64((place - start) & 63)
        }
      }
      let isPlain = random.oneIn(2)
      let isSeen = mates.cover(name: name, start: start, end: end, &seen)
      let earlier = all.filter { $0.name == name && $0.start < end && $0.end > start }
      #expect(isSeen == !earlier.isEmpty)
      if isSeen {
        for place in start..<end {
          let (q20Seen, q30Seen, plainSeen) = (seen.q20, seen.q30, seen.plain)
          let bit = { (mask: UnsafeMutablePointer<UInt64>) in
            mask[(place - start) >> 6] >> UInt64((place - start) & 63) & 1 == 1
          }
          #expect(bit(q20Seen) == earlier.contains { $0.q20.contains(place) })
          #expect(bit(q30Seen) == earlier.contains { $0.q30.contains(place) })
          #expect(bit(plainSeen) == earlier.contains { $0.isPlain && ($0.start..<$0.end).contains(place) })
        }
      }
      mates.append(name: name, start: start, end: end, isPlain: isPlain)
      all.append((name, start, end, q20, q30, isPlain))
      all.removeAll { $0.end <= position }
    }
  }
}
