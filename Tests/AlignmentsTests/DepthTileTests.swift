import TestSupport
import Testing

@testable import Alignments

@Suite("Depth tiles")
struct DepthTileTests {
  @Test("Callable stretches and sums equal a naive count over random sorted alignments")
  func naive() {
    var random = SplitMix64()
    for round in 0..<300 {
      // Every third is longer than the stretch that a tile leaves unsettled, and than its first window.
      let isLong = round % 3 == 0
      let length = random.int(1...(isLong ? 200_000 : 400))
      let threshold = random.int(1...12)
      var tile = DepthTile(length: length, callableDepth: threshold)
      var depth = [Int](repeating: 0, count: length)
      var start = 0
      for _ in 0..<random.int(0...200) {
        start += isLong && random.int(0...9) == 0 ? random.int(0...12_000) : random.int(0...3)
        guard start < length else { break }
        if random.int(0...1) == 0 { tile.settle(to: start) } else { tile.advance(to: start) }
        let range = start..<(start + random.int(1...60))
        tile.add(range, 1)
        for place in range where place < length { depth[place] += 1 }
      }
      tile.settle(to: length)
      tile.finishCallable()
      var expected: [Range<Int>] = []
      for place in 0..<length where depth[place] >= threshold {
        if let last = expected.last, last.upperBound == place {
          expected[expected.count - 1] = last.lowerBound..<(place + 1)
        } else {
          expected.append(place..<(place + 1))
        }
      }
      #expect(tile.callable == expected)
      #expect(tile.depthSum == depth.reduce(0, +))
      var histogram = [Int](repeating: 0, count: (depth.max() ?? 0) + 1)
      for depth in depth { histogram[depth] += 1 }
      #expect(tile.histogram == histogram)
    }
  }

  private struct Runs: DepthRunTaker {
    var depth: [Int] = []
    var areWhole = true

    mutating func take(_ run: Range<Int>, _ depth: Int) {
      areWhole = areWhole && run.lowerBound == self.depth.count && self.depth.last != depth
      self.depth += repeatElement(depth, count: run.count)
    }
  }

  @Test("Runs of equal depth are those of a naive count, contig after contig")
  func runs() {
    var random = SplitMix64()
    var window = DepthWindow()
    for round in 0..<120 {
      let isLong = round % 3 == 0
      let length = random.int(1...(isLong ? 100_000 : 400))
      var depth = [Int](repeating: 0, count: length)
      var runs = Runs()
      window.begin(length: length)
      var start = 0
      for _ in 0..<random.int(0...200) {
        start += isLong && random.int(0...9) == 0 ? random.int(0...12_000) : random.int(0...3)
        guard start < length else { break }
        window.advance(to: start, into: &runs)
        let range = start..<(start + random.int(1...60))
        // Mates take off what they cover together.
        let amount = random.int(0...4) == 0 ? -1 : 1
        window.add(range, Int32(amount))
        for place in range where place < length { depth[place] += amount }
      }
      window.end(into: &runs)
      #expect(runs.depth == depth.map { max($0, 0) })
      #expect(runs.areWhole)
    }
  }
}
