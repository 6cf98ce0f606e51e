import EngineTestSupport
import Foundation
import GenomicFiles
import Reads
import Testing

/// No read is lost, whatever is asked for and whatever the reads are.
@Suite struct BalanceTests {
  /// Reads of lengths that break things: none, a few bases, N alone, mates of very unequal length.
  private func hostileReads(
    _ random: inout SeededGenerator, mate: Int, names: [String], hasIndexes: Bool
  ) -> [Read] {
    names.map { name in
      let length = random.pick([0, 1, 2, 3, random.int(4...40), random.int(40...160), random.int(500...700)])
      let letters = random.pick(["ACGT", "ACGT", "ACGTN", "N", "G", "AC", "acgtnRY"])
      let bases = random.bases(Array(letters.utf8), length)
      return Read(
        name: hasIndexes || random.oneIn(3)
          ? "\(name) \(mate):N:0:ACGT+TTGA" : random.pick([name, "\(name)/\(mate)"]), bases: bases,
        qualities: random.scores(length, random.pick([0...93, 2...40, 30...30, 0...2])))
    }
  }

  private func names(_ random: inout SeededGenerator, _ count: Int) -> [String] {
    let form = random.pick(["r", "A0:1:FC:2:1101:7:", "NB1:1:FC:2:3:4:", ":::::::", ""])
    return (0..<count).map { "\(form)\($0)" }
  }

  @Test(arguments: seeds(12))
  func `reads in are reads out and reads dropped by reason, and the output says the same again`(
    seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<12 {
      let options = random.readOptions()
      let isPaired = random.oneIn(2)
      let folder = try ScratchFolder()
      // What stands behind the last colon of a name without a comment is no index, and may hold a mark of its mate.
      let place = options.molecularIdentifiers?.place
      let hasIndexes = place == .index1 || place == .index2 || place == .perIndex
      let names = names(&random, random.pick([1, 2, 150]))
      let inputs = try (1...(isPaired ? 2 : 1)).map { mate in
        let reads = hostileReads(&random, mate: mate, names: names, hasIndexes: hasIndexes)
        return try folder.write(reads.map { $0.text("\n", repeatsName: random.oneIn(2)) }.joined(), "\(mate).fastq")
      }
      let outputs = isPaired ? ["a.fastq", "b.fastq"] : ["a.fastq"]
      let threads = random.pick([1, 2, 7])
      let result = try await process(
        inputs[0], isPaired ? inputs[1] : nil, outputs: outputs.map(folder.path), threads: threads,
        batchBytes: random.pick([4096, 1 << 20]), options: options)
      expectBalance(result.summary, reads: names.count * inputs.count, "\(options)")
      let input = try await process(inputs[0], isPaired ? inputs[1] : nil).summary
      #expect(result.summary.before1 == input.before1 && result.summary.before2 == input.before2, "\(options)")
      try await expectSame(result.summary, outputs.map(folder.path), "\(options)")
    }
  }

  private func expectBalance(_ summary: ReadSummary, reads: Int, _ options: String) {
    let dropped = ReadOutcome.allCases.filter { $0 != .passed }.map(summary.filter.reads)
    #expect(summary.balances, "\(options)")
    #expect(summary.readsIn == reads && reads == summary.readsOut + dropped.reduce(0, +), "\(options)")
    #expect(dropped.reduce(0, +) == summary.filter.dropped, "\(options)")
    #expect(summary.before1.reads == summary.before1.lengths.reduce(0, +), "\(options)")
    #expect(summary.after1.bases <= summary.before1.bases && summary.after2.bases <= summary.before2.bases)
  }

  /// What went out, read again and passed through, gives the counts of what went out.
  private func expectSame(_ summary: ReadSummary, _ outputs: [String], _ options: String) async throws {
    guard summary.readsOut > 0 else {
      for output in outputs { #expect(try Data(contentsOf: URL(fileURLWithPath: output)).isEmpty) }
      return
    }
    let again = try await process(outputs[0], outputs.count > 1 ? outputs[1] : nil, threads: 1).summary
    #expect(again.before1 == again.after1 && again.before2 == again.after2, "\(options)")
    expectEqual(again.before1, summary.after1, options)
    expectEqual(again.before2, summary.after2, options)
    let sums = [again.custody, summary.custody].map { groups in
      groups.values.reduce(into: ReadChecksum()) { $0.merge($1.output) }
    }
    #expect(sums[0] == sums[1], "\(options)")
  }

  /// Counts after filtering have rows for cycles that no read that went out reaches; these hold nothing.
  private func expectEqual(_ a: ReadStatistics, _ b: ReadStatistics, _ options: String) {
    #expect(a.reads == b.reads && a.bases == b.bases && a.longest == b.longest, "\(options)")
    #expect(a.gcPercents == b.gcPercents && a.fiveMers == b.fiveMers && a.lengths == b.lengths, "\(options)")
    #expect(a.cycles <= b.cycles)
    for cycle in 0..<b.cycles {
      let isBehind = cycle >= a.cycles
      for base in 0..<5 { #expect(b.baseCount(base, cycle: cycle) == (isBehind ? 0 : a.baseCount(base, cycle: cycle))) }
      for base in 0..<5 {
        #expect(b.qualitySum(base, cycle: cycle) == (isBehind ? 0 : a.qualitySum(base, cycle: cycle)))
      }
      let scores = 0..<ReadStatistics.qualityCount
      let counts = scores.map { b.qualityCount($0, cycle: cycle) }
      #expect(counts == scores.map { isBehind ? 0 : a.qualityCount($0, cycle: cycle) })
    }
  }
}
