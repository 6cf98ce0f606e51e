import EngineTestSupport
import Foundation
import GenomicFiles
import Testing

@testable import Reads

/// Counts by cycle where only FastQC's tables are wanted, against a count base by base and against a whole run.
@Suite struct CycleColumnsTests {
  /// Reads of which some are longer than columns go, of few scores or many; scores turn rare and frequent on the way.
  private func reads(_ random: inout SeededGenerator) -> FastQCTestSet {
    let odd = random.oneIn(2)
    let letters = Array((odd ? "ACGTNacgtnRYKV.-*U" : "ACGTACGTACGTN").utf8)
    let bins = random.oneIn(3) ? Array(33...126) : random.pick([[35, 44, 58, 70], [70], [33, 126]])
    let longest = random.pick([15, 16, 17, 150, 700])
    let same = random.oneIn(2)
    let count = random.int(1...3000)
    var set = FastQCTestSet()
    for number in 0..<count {
      let length = random.oneIn(500) ? random.int(4000...5000) : same ? longest : random.int(0...longest)
      let isLate = number > 2500
      set.append(
        Array("@i:1:f:2:\(number % 7):5:\(number) 1:N:0:A".utf8), (0..<length).map { _ in random.pick(letters) },
        (0..<length).map { _ in UInt8(isLate || random.oneIn(300) ? random.int(33...126) : random.pick(bins)) })
    }
    return set
  }

  private func run(_ path: String, alone: Bool, threads: Int) async throws -> ReadResult {
    var job = ReadJob(input1: InputFile(path: path), input2: nil, options: .passThrough, outputs: [])
    job.makesFastQC = true
    job.countsAlone = alone
    job.format.checksEncoding = false
    return try await processReads(job, resources: RunResources(threads: threads, batchBytes: 64 << 10))
  }

  @Test(arguments: seeds(12))
  func `cycles are counted as base by base, and reports are those of a whole run`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let set = reads(&random)
    let folder = try ScratchFolder()
    let path = try folder.write(String(decoding: set.fastq, as: UTF8.self), "r.fastq")
    let whole = try await run(path, alone: false, threads: 2)
    for threads in [1, 7] {
      let result = try await run(path, alone: true, threads: threads)
      let statistics = result.summary.before1
      #expect(FastQCCycleCounts(statistics) == set.cycleCounts)
      #expect(statistics.bases == set.sequences.reduce(0) { $0 + $1.count })
      #expect(result.fastqc == whole.fastqc)
      #expect(
        result.fastqc[0].report(fileName: "r", statistics).text
          == whole.fastqc[0].report(fileName: "r", whole.summary.before1).text)
    }
  }

  /// Columns of bytes are emptied in time, and rows of 16 bits too.
  @Test func `no count overflows`() {
    var columns = CycleColumns()
    let sequence = Array("ACGTACGTACGTACGTACG".utf8)
    let reads = 200_000
    for read in 0..<reads {
      // All of one score at first, which gets a column; then another, which has none.
      let quality = [UInt8](repeating: read < 3000 ? 70 : 50, count: sequence.count)
      let sums = columns.count(sequence, quality, sequence.count, cut: sequence.count, room: 0)
      if read == 0 { #expect(sums.strong == 10 && sums.quality == 70 * 19) }
    }
    var (before, after) = (ReadStatistics(), ReadStatistics())
    columns.empty(into: &before, &after)
    for cycle in sequence.indices {
      #expect(before.qualityCount(70 - 33, cycle: cycle) == 3000)
      #expect(before.qualityCount(50 - 33, cycle: cycle) == reads - 3000)
      #expect(before.depth(cycle: cycle) == reads)
    }
    #expect(before == after)
  }
}
