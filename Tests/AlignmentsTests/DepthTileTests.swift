import TestSupport
import Testing

@testable import Alignments

@Suite("Depth tiles")
struct DepthTileTests {
  @Test("Callable stretches and sums equal a naive count over random sorted alignments")
  func naive() {
    var random = SplitMix64()
    for _ in 0..<300 {
      let length = random.int(1...400)
      let threshold = random.int(1...12)
      var tile = DepthTile(length: length, callableDepth: threshold)
      var depth = [Int](repeating: 0, count: length)
      var start = 0
      for _ in 0..<random.int(0...200) {
        start += random.int(0...3)
        guard start < length else { break }
        tile.settle(to: start)
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
    }
  }
}
