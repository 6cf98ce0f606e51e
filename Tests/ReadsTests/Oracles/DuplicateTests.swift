import EngineTestSupport
import Foundation
import GenomicFiles
import Testing

@testable import Reads

/// Reads and pairs of the same bases: how many there are, and dropping all but the first of them.
@Suite struct DuplicateTests {
  private struct Pair: Hashable { var first, second: [UInt8] }

  /// Pairs in which one mate, both, or where the two meet are those of another.
  private func pairs(_ random: inout SeededGenerator) -> [Pair] {
    var pairs: [Pair] = []
    for _ in 0..<1500 {
      var pair = Pair(first: random.bases(0...40), second: random.bases(0...40))
      if let earlier = pairs.isEmpty ? nil : random.pick(pairs) {
        switch random.int(0...6) {
        case 0, 1: pair = earlier
        case 2: pair.first = earlier.first
        case 3: pair.second = earlier.second
        case 4: pair = Pair(first: earlier.second, second: earlier.first)
        case 5:
          let all = earlier.first + earlier.second
          let cut = random.int(0...all.count)
          pair = Pair(first: Array(all[..<cut]), second: Array(all[cut...]))
        default: break
        }
      }
      pairs.append(pair)
    }
    return pairs
  }

  private func recordTexts(_ reads: [[UInt8]], scores: [UInt8]) -> [String] {
    reads.enumerated().map { number, bases in
      Read(name: "r\(number)", bases: bases, qualities: bases.indices.map { scores[$0] }).text("\n", repeatsName: false)
    }
  }

  private var onlyDedup: ReadOptions {
    var options = ReadOptions.passThrough
    options.dropsDuplicates = true
    return options
  }

  private func firsts<T: Hashable>(_ all: [T]) -> [Int] {
    var seen: Set<T> = []
    return all.indices.filter { seen.insert(all[$0]).inserted }
  }

  @Test(arguments: seeds(3))
  func `the first pair of its bases stays, in order, at any threads and batch size`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let pairs = pairs(&random)
    let scores = random.scores(200)
    let kept = firsts(pairs)
    let folder = try ScratchFolder()
    let records = [pairs.map(\.first), pairs.map(\.second)].map { recordTexts($0, scores: scores) }
    let (path1, path2) = (
      try folder.write(records[0].joined(), "1.fastq"), try folder.write(records[1].joined(), "2.fastq")
    )
    for (threads, batchBytes) in [(1, 4096), (2, 64 << 10), (7, 4096), (7, 4 << 20)] {
      let outputs = ["a\(threads)-\(batchBytes).fastq", "b\(threads)-\(batchBytes).fastq"]
      let result = try await process(
        path1, path2, outputs: outputs.map(folder.path), threads: threads, batchBytes: batchBytes, options: onlyDedup)
      for mate in 0..<2 {
        let expected = kept.map { records[mate][$0] }.joined()
        #expect(try folder.text(of: outputs[mate]) == expected)
      }
      #expect(result.summary.filter.reads(.duplicate) == 2 * (pairs.count - kept.count))
      #expect(result.summary.duplicates.isExact)
      #expect(result.summary.duplicates.rate == Double(pairs.count - kept.count) / Double(pairs.count))
    }
    #expect(kept.count < pairs.count - 100)
  }

  @Test(arguments: seeds(2))
  func `single reads are judged by their bases alone`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let reads = pairs(&random).map(\.first)
    let kept = firsts(reads)
    let folder = try ScratchFolder()
    let path = try folder.write(recordTexts(reads, scores: random.scores(200)).joined(), "1.fastq")
    for threads in [1, 7] {
      let result = try await process(path, threads: threads, batchBytes: 4096, options: onlyDedup)
      #expect(result.summary.after1.reads == kept.count)
      #expect(result.summary.duplicates.rate == Double(reads.count - kept.count) / Double(reads.count))
    }
  }

  @Test(arguments: seeds(2))
  func `the rate does not depend on who counts`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let keys = (0..<20_000).map { _ in random.next() % 9000 &* 0x9E37_79B9_7F4A_7C15 }
    let one = DuplicateCounter()
    one.add(keys)
    let other = DuplicateCounter()
    for part in keys.shuffled(using: &random).chunks(of: 777) { other.add(part) }
    #expect(one.estimate == other.estimate)
    #expect(one.estimate.rate == Double(keys.count - Set(keys).count) / Double(keys.count))
    var lanes = [DuplicateCounter(), DuplicateCounter()]
    for key in keys { lanes[random.int(0...1)].add([key]) }
    var merged = DuplicateEstimate()
    for lane in lanes { merged.merge(lane.estimate) }
    #expect(merged == one.estimate)
    lanes.removeAll()
  }

  /// Five standard errors of a sample of 120,000 distinct keys, of copies that scatter by as much as their mean.
  @Test(arguments: seeds(3))
  func `a sample's rate is near the exact one`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let counter = DuplicateCounter()
    let distinct = random.int(300_000...900_000)
    var keys: [UInt64] = []
    for _ in 0..<distinct {
      let key = random.next()
      repeat { keys.append(key) } while random.oneIn(2)
    }
    counter.add(keys)
    let unique = Double(distinct) / Double(keys.count)
    #expect(!counter.estimate.isExact)
    #expect(abs(1 - counter.estimate.rate - unique) < unique * 5 / Double(120_000).squareRoot())
  }
}

extension Array {
  fileprivate func chunks(of count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min(self.count, $0 + count)]) }
  }
}
