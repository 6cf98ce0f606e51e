import EngineTestSupport
import Testing

@testable import Reads

/// The counts that workers keep, against a count base by base.
@Suite struct NarrowCountsTests {
  /// What a dictionary counts of reads.
  private struct Naive: Equatable {
    /// A cycle (-1 for all behind the limit), a class of bases and a score.
    struct Cell: Hashable { var cycle, base, score: Int }

    var reads = 0
    var bases = 0
    var lengths: [Int: Int] = [:]
    var strong: [Int: Int] = [:]
    var fiveMers: [[UInt8]: Int] = [:]
    var cells: [Cell: Int] = [:]

    mutating func count(_ bases: [UInt8], _ scores: [UInt8]) {
      let classes = bases.map { Array("ATCG".utf8).firstIndex(of: $0 & 0xDF) ?? 4 }
      reads += 1
      self.bases += bases.count
      lengths[bases.count, default: 0] += 1
      let called = classes.count { $0 < 4 }
      if called > 0 {
        strong[Int((100 * Double(classes.count { $0 == 2 || $0 == 3 }) / Double(called)).rounded()), default: 0] += 1
      }
      for (cycle, both) in zip(classes, scores).enumerated() {
        let near = cycle < ReadStatistics.cycleLimit ? cycle : -1
        cells[Cell(cycle: near, base: both.0, score: Int(both.1)), default: 0] += 1
      }
      for start in bases.indices.dropLast(4) where !classes[start..<(start + 5)].contains(4) {
        fiveMers[classes[start..<(start + 5)].map { Array("ATCG".utf8)[$0] }, default: 0] += 1
      }
    }
  }

  private func expectEqual(_ counted: ReadStatistics, _ naive: Naive) {
    #expect(counted.reads == naive.reads && counted.bases == naive.bases)
    let lengths = counted.lengths.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) }
    #expect(Dictionary(uniqueKeysWithValues: lengths).merging(counted.longLengths) { $0 + $1 } == naive.lengths)
    for (percent, reads) in counted.gcPercents.enumerated() { #expect(reads == naive.strong[percent, default: 0]) }
    for (number, count) in counted.fiveMers.enumerated() {
      let letters = (0..<5).map { Array("ATCG".utf8)[number >> (8 - 2 * $0) & 3] }
      #expect(count == naive.fiveMers[letters, default: 0], "\(letters)")
    }
    #expect(counted.cycles == min(naive.lengths.keys.max() ?? 0, ReadStatistics.cycleLimit))
    expectEqualCycles(counted, naive)
    for base in 0..<5 {
      #expect(counted.baseTotal(base) == naive.cells.filter { $0.key.base == base }.values.reduce(0, +))
    }
    for limit in [0, 1, 20, 30, 93] {
      #expect(counted.bases(atLeast: limit) == naive.cells.filter { $0.key.score >= limit }.values.reduce(0, +))
    }
  }

  private func expectEqualCycles(_ counted: ReadStatistics, _ naive: Naive) {
    typealias Row = (scores: [Int], bases: [Int], sums: [Int])
    let none: Row = ([Int](repeating: 0, count: ReadStatistics.qualityCount), [0, 0, 0, 0, 0], [0, 0, 0, 0, 0])
    var rows = [Row](repeating: none, count: counted.cycles)
    for (cell, count) in naive.cells where rows.indices.contains(cell.cycle) {
      rows[cell.cycle].scores[cell.score] += count
      rows[cell.cycle].bases[cell.base] += count
      rows[cell.cycle].sums[cell.base] += count * cell.score
    }
    for (cycle, row) in rows.enumerated() {
      let isEqual =
        row.bases == (0..<5).map { counted.baseCount($0, cycle: cycle) }
        && row.sums == (0..<5).map { counted.qualitySum($0, cycle: cycle) }
        && row.scores == (0..<ReadStatistics.qualityCount).map { counted.qualityCount($0, cycle: cycle) }
      if !isEqual { Issue.record("cycle \(cycle)") }
    }
  }

  @Test(arguments: seeds(4))
  func `reads that went out whole, cut, changed or not at all are counted before and after`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var counts = MateCounts()
    var (before, after) = (ReadStatistics(), ReadStatistics())
    var (naiveBefore, naiveAfter) = (Naive(), Naive())
    for _ in 0..<600 {
      let bases = random.bases(0...random.pick([3, 12, 90]))
      let scores = random.scores(bases.count, 0...93)
      naiveBefore.count(bases, scores)
      let (front, end) = (random.oneIn(3) ? random.int(0...bases.count) : 0, random.int(0...bases.count))
      let kept = front..<max(front, random.oneIn(2) ? bases.count : end)
      withWorkingRead(bases, scores) { read in
        let original = read
        switch random.int(0...2) {
        case 0: counts.countBefore(read)
        case 1:
          read.dropFirst(kept.lowerBound)
          read.truncate(to: kept.count)
          counts.countKept(original, read)
          naiveAfter.count(Array(bases[kept]), Array(scores[kept]))
        default:
          counts.countBefore(original)
          read.truncate(to: kept.upperBound)
          counts.countAfter(read)
          naiveAfter.count(Array(bases[..<kept.upperBound]), Array(scores[..<kept.upperBound]))
        }
      }
      if random.oneIn(50) { counts.empty(into: &before, &after) }
    }
    counts.empty(into: &before, &after)
    expectEqual(before, naiveBefore)
    expectEqual(after, naiveAfter)
  }

  @Test(arguments: seeds(2))
  func `a read over the last cycle is counted to its end, cut there or not`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let limit = ReadStatistics.cycleLimit
    var counts = MateCounts()
    var (naiveBefore, naiveAfter) = (Naive(), Naive())
    for (length, kept) in [
      (limit, limit), (limit + 3, limit + 3), (limit + 9, limit + 2), (limit + 7, limit - 2), (8, 6),
    ] {
      for letters in [random.pick(["ACGT", "ACGTNr"])] {
        let bases = random.bases(Array(letters.utf8), length)
        let scores = random.scores(length)
        withWorkingRead(bases, scores) { read in
          let original = read
          read.truncate(to: kept)
          counts.countKept(original, read)
        }
        naiveBefore.count(bases, scores)
        naiveAfter.count(Array(bases[..<kept]), Array(scores[..<kept]))
      }
    }
    var (before, after) = (ReadStatistics(), ReadStatistics())
    counts.empty(into: &before, &after)
    expectEqual(before, naiveBefore)
    expectEqual(after, naiveAfter)
  }

  @Test(arguments: [1, 40])
  func `more reads than the narrow counts hold are counted, also within one batch`(length: Int) async throws {
    let count = NarrowCounts.readLimit * 2 + 1000
    let folder = try ScratchFolder()
    let record = "@r\n\(String(repeating: "G", count: length))\n+\n\(String(repeating: "I", count: length))\n"
    let path = try folder.write(String(repeating: record, count: count), "many.fastq")
    for (mates, options) in [(1, ReadOptions.passThrough), (1, ReadOptions()), (2, ReadOptions.passThrough)] {
      let summary = try await process(
        path, mates == 2 ? path : nil, threads: 1, batchBytes: 16 << 20, options: options
      ).summary
      #expect(summary.before1.reads == count)
      #expect(summary.before1.baseCount(3, cycle: 0) == count)
      #expect(summary.before1.qualityCount(40, cycle: length - 1) == count)
      #expect(summary.before1.baseTotal(3) == count * length)
      let kept = options == .passThrough || length >= 15
      #expect(summary.after1.baseTotal(3) == (kept ? count * length : 0))
    }
  }
}
