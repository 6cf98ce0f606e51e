import EngineTestSupport
import Foundation
import Testing

@testable import Reads

@Suite struct InsertSizeTests {
  private func bases(_ file: [UInt8]) -> [[UInt8]] {
    let lines = file.split(separator: 10, omittingEmptySubsequences: false).dropLast()
    return stride(from: 1, to: lines.count, by: 4).map { Array(lines[$0]) }
  }

  @Test(arguments: seeds(3))
  func `every pair counts once, with the size that its overlap tells`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    // Inserts that most mates of the length overlap over, or as many as do not.
    let (length, inserts) = random.pick([
      (60, [(50, 30), (140, 90)]), (150, [(50, 30), (140, 90), (350, 200)]), (400, [(140, 90), (350, 200)]),
    ])
    let pairs = GeneratedPairs(count: 500, length: length, insert: random.pick(inserts), qualities: [73])
    let (first, second) = pairs.files(seed: seed)
    var options = ReadOptions()
    (options.cut1.front, options.cut2.front) = (random.int(0...9), random.int(0...9))
    (options.cut1.tail, options.cut2.tail) = (random.int(0...9), random.int(0...9))
    let folder = try ScratchFolder()
    let paths = try [first, second].enumerated().map {
      try folder.write(String(decoding: $0.element, as: UTF8.self), "\($0.offset).fastq")
    }
    let counted = try await process(paths[0], paths[1], threads: 7, batchBytes: 4096, options: options)

    var expected = [Int](repeating: 0, count: FilterStatistics.insertSizeLimit + 1)
    for (read1, read2) in zip(bases(first), bases(second)) {
      let cut1 = Array(read1.dropFirst(options.cut1.front).dropLast(options.cut1.tail))
      let cut2 = Array(read2.dropFirst(options.cut2.front).dropLast(options.cut2.tail))
      var size = FilterStatistics.insertSizeLimit
      if let overlap = NaiveTrimming.overlap(cut1, cut2, options.overlap) {
        // From the first base of one mate to that of the other, with what was cut before these.
        let between = overlap.offset > 0 ? cut1.count + cut2.count - overlap.length : overlap.length
        size = min(size, between + options.cut1.front + options.cut2.front)
      }
      expected[size] += 1
    }
    #expect(counted.summary.filter.insertSizes == expected)
    #expect(expected.dropLast().contains { $0 > 0 })
    let metrics = ReadMetrics(counted.summary, command: "test")
    #expect(metrics.insert_size?.unknown == expected.last)
    #expect(metrics.insert_size?.histogram == Array(expected.dropLast()))
    let peak = try #require(metrics.insert_size?.peak)
    #expect(expected.dropLast().allSatisfy { $0 <= expected[peak] })
  }
}
