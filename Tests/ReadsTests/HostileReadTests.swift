import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Reads
import Testing

/// Input made to break a reader.
@Suite struct HostileReadTests {
  @Test func `the far bases of a very long read are in no cycle, and the totals stay exact`() async throws {
    let limit = ReadStatistics.cycleLimit
    let folder = try ScratchFolder()
    func record(_ bases: String, _ quality: String) -> String { "@r\n\(bases)\n+\n\(quality)\n" }
    let long = limit + 5000
    let text =
      record("ACGTN", "!5?I~") + record(String(repeating: "G", count: long), String(repeating: "?", count: long))
      + record(String(repeating: "A", count: limit), String(repeating: "5", count: limit))
    let result = try await process(try folder.write(text, "long.fastq"))
    let read = result.summary.before1
    #expect(read == result.summary.after1)
    #expect(read.reads == 3 && read.bases == 5 + long + limit)
    #expect(read.cycles == limit && read.longest == long)
    #expect(read.lengths.count == limit + 1 && read.longLengths == [long: 1])
    #expect(read.baseCount(3, cycle: limit - 1) == 1 && read.baseCount(0, cycle: limit - 1) == 1)
    #expect(read.baseTotal(3) == long + 1 && read.bases(atLeast: 30) == long + 3)
    let metrics = ReadMetrics(result.summary, command: "")
    #expect(metrics.read1_before_filtering.total_cycles == long)
    #expect(metrics.read1_before_filtering.length_histogram == [[5, 1], [limit, 1], [long, 1]])
    #expect(metrics.read1_before_filtering.quality_curves["mean"]?.count == limit)
  }

  @Test(arguments: seeds(2))
  func `a damaged file is taken or refused, and nothing traps`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let reads = random.reads(20, longest: 60)
    let original = Array(random.fastq(reads).utf8)
    let folder = try ScratchFolder()
    var refused = 0
    for _ in 0..<200 {
      var bytes = original
      for _ in 0...random.int(0...2) {
        let place = random.int(0...(bytes.count - 1))
        switch random.int(0...3) {
        case 0: bytes[place] = random.pick(Array("@+\n\r\t !~\0".utf8))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(random.pick(Array("\n@A".utf8)), at: place)
        default: bytes[place] = UInt8(random.int(0...255))
        }
      }
      let path = folder.path("damaged.fastq")
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do { _ = try await process(path, batchBytes: 4096) } catch is InputError { refused += 1 }
    }
    #expect(refused > 50, "the damage did not reach the parser")
  }
}
