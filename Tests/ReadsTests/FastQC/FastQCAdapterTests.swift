import EngineTestSupport
import Foundation
import Reads
import Testing

/// Where adapters are found in reads.
@Suite struct FastQCAdapterTests {
  private func found(_ read: String) -> FastQCAdapterCounts {
    var collector = FastQCCollector()
    let qualities = [UInt8](repeating: 70, count: read.utf8.count)
    Array(read.utf8).withUnsafeBytes { sequence in
      qualities.withUnsafeBytes { qualities in
        collector.add(
          name: UnsafeRawBufferPointer(start: nil, count: 0), sequence: sequence, qualities: qualities, index: 0)
      }
    }
    return collector.adapters
  }

  /// The first place of each adapter, -1 without one.
  private func places(_ read: String) -> [Int] {
    let counts = found(read)
    return FastQCAdapters.all.indices.map { adapter in
      counts.starts[adapter].firstIndex { $0 > 0 } ?? counts.lateStarts[adapter].keys.min() ?? -1
    }
  }

  @Test(arguments: [12, 13, 31, 34, 35, 36, 66, 67, 68, 150, 511, 512, 513, 523, 524, 1_013, 1_014, 1_100])
  func `an adapter is found wherever it lies`(length: Int) {
    for place in 0...length - 12 where place < 40 || place > length - 40 || (480...540).contains(place) {
      let adapter = place % FastQCAdapters.all.count
      // T and G alone make no adapter.
      let rest = (0..<length).map { $0 % 3 == 0 ? "G" : "T" }.joined()
      let read = rest.prefix(place) + FastQCAdapters.all[adapter].bases.description + rest.dropFirst(place + 12)
      var expected = [Int](repeating: -1, count: 5)
      expected[adapter] = place
      #expect(places(String(read)) == expected, "at \(place) of \(length)")
      #expect(places(read.lowercased()) == expected, "at \(place) of \(length)")
    }
  }

  @Test(arguments: seeds(5))
  func `the first of each is what a plain search finds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      var read = ""
      let length = random.int(0...1_500)
      while read.count < length {
        // Near misses too: the last base, or a letter with the same bits.
        let adapter = random.pick(FastQCAdapters.all).bases.description
        switch random.int(0...4) {
        case 0: read += adapter
        case 1: read += adapter.dropLast() + random.text("ACGTN", 1)
        case 2: read += adapter.replacingOccurrences(of: "G", with: "N")
        default: read += random.text("ACGT", random.int(1...200))
        }
      }
      let expected = FastQCAdapters.all.map { adapter in
        read.range(of: adapter.bases.description).map { read.distance(from: read.startIndex, to: $0.lowerBound) } ?? -1
      }
      #expect(places(read) == expected)
    }
  }

  @Test func `places past 65,535 are kept apart`() {
    let read = String(repeating: "T", count: 70_000) + "CTGTCTCTTATA"
    let counts = found(read)
    #expect(counts.lateStarts[3] == [70_000: 1])
    #expect(counts.starts.allSatisfy { $0.isEmpty })
    #expect(counts.longest == 70_012)
  }
}
