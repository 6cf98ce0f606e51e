import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Reads
import Testing

@Suite struct CountingTests {
  /// Outputs have line feeds alone, whatever the input's line ends.
  private func withLineFeeds(_ text: String) -> String { text.replacingOccurrences(of: "\r\n", with: "\n") }

  private func expectEqual(_ counted: ReadStatistics, _ naive: NaiveReads) {
    #expect(counted.reads == naive.reads)
    #expect(counted.bases == naive.bases)
    #expect(counted.gcPercents == naive.gcPercents)
    #expect(counted.cycles == naive.letters.count)
    for (length, reads) in counted.lengths.enumerated() { #expect(reads == naive.lengths[length, default: 0]) }
    #expect(counted.lengths.reduce(0, +) == naive.reads)
    for cycle in 0..<min(counted.cycles, naive.letters.count) {
      for (index, letter) in ReadStatistics.baseClasses.enumerated() {
        #expect(counted.baseCount(index, cycle: cycle) == naive.letters[cycle][letter, default: 0])
      }
      for score in 0..<ReadStatistics.qualityCount {
        #expect(counted.qualityCount(score, cycle: cycle) == naive.scores[cycle][score, default: 0])
      }
      let scores = naive.scores[cycle]
      let mean = Double(scores.reduce(0) { $0 + $1.key * $1.value }) / Double(scores.values.reduce(0, +))
      #expect(counted.meanQuality(cycle: cycle) == mean)
    }
    for limit in [0, 20, 30, 93] { #expect(counted.bases(atLeast: limit) == naive.bases(atLeast: limit)) }
  }

  @Test(arguments: seeds(4))
  func `counts are a naive count's, at any threads and batch size`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let reads = random.reads(random.pick([1, 7, 400]))
    let folder = try ScratchFolder()
    let path = try folder.write(random.fastq(reads), "reads.fastq")
    let first = try await process(path, threads: 1, batchBytes: 4 << 20)
    expectEqual(first.summary.before1, NaiveReads(reads))
    for threads in [1, 2, 7] {
      for batchBytes in [4096, 64 << 10, 4 << 20] {
        let result = try await process(path, threads: threads, batchBytes: batchBytes)
        #expect(result.summary.before1 == first.summary.before1, "\(threads) threads, \(batchBytes) bytes")
        #expect(result.summary.before2.reads == 0)
      }
    }
  }

  @Test(arguments: seeds(4))
  func `mates are counted apart though their records are cut at other places`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let count = random.pick([1, 50, 300])
    // Short first mates and long second ones: a batch of one holds many times the records of the other.
    let reads1 = random.reads(count, suffix: random.pick(["", "/1", " 1:N:0:ACGT", "\tx"]), longest: 20)
    let reads2 = random.reads(count, suffix: random.pick(["", "/2", " 2:N:0:ACGT", " y"]), longest: 500)
    let folder = try ScratchFolder()
    let text1 = random.fastq(reads1)
    let text2 = random.fastq(reads2)
    let path1 = try folder.write(text1, "1.fastq")
    let path2 = try folder.write(text2, "2.fastq")
    for (threads, batchBytes) in [(1, 4096), (2, 4 << 20), (7, 4096)] {
      let outputs = ["a\(threads).fastq", "b\(threads).fastq"]
      let result = try await process(
        path1, path2, outputs: outputs.map(folder.path), threads: threads, batchBytes: batchBytes)
      expectEqual(result.summary.before1, NaiveReads(reads1))
      expectEqual(result.summary.before2, NaiveReads(reads2))
      #expect(try folder.text(of: outputs[0]) == withLineFeeds(text1))
      #expect(try folder.text(of: outputs[1]) == withLineFeeds(text2))
    }
  }

  @Test(.enabled(if: Peer.areInstalled("gzip", "bgzip")), arguments: seeds(2))
  func
    `what passes through is the input, decompressed, with line feeds, and the same bytes at any threads and batch size`(
      seed: UInt64
    )
    async throws
  {
    var random = SeededGenerator(seed: seed)
    let text = random.fastq(random.reads(1500))
    let folder = try ScratchFolder()
    let plain = try folder.write(text, "reads.fastq")
    try Peer.output("gzip", "-k", plain)
    try Peer.output("bgzip", "-k", plain, "-c")
    let bgzipped = folder.path("b.fastq.gz")
    try Peer.output("cp", plain, folder.path("b.fastq"))
    try Peer.output("bgzip", folder.path("b.fastq"))
    var bytes: Data?
    for (index, input) in [plain, plain + ".gz", bgzipped].enumerated() {
      for threads in [1, 2, 7] {
        for batchBytes in [4096, 64 << 10, 4 << 20] {
          let name = "out\(index)-\(threads)-\(batchBytes).fastq.gz"
          _ = try await process(input, outputs: [folder.path(name)], threads: threads, batchBytes: batchBytes)
          let written = try folder.bytes(of: name)
          if bytes == nil {
            bytes = written
            #expect(try Peer.output("gzip", "-dc", folder.path(name)).text == withLineFeeds(text))
          }
          #expect(written == bytes, "\(name)")
        }
      }
    }
  }

  @Test func `counts of one cell go beyond 16 bits, in one unit and over many`() async throws {
    let folder = try ScratchFolder()
    let count = 3 * Int(UInt16.max) + 5
    let path = try folder.write(String(repeating: "@r\nACGTACGTN\n+\nIIIIIIII#\n", count: count), "many.fastq")
    for batchBytes in [64 << 10, 256 << 20] {
      let read = try await process(path, threads: 2, batchBytes: batchBytes).summary.before1
      #expect(read.reads == count && read.bases == 9 * count)
      #expect(read.baseCount(0, cycle: 4) == count && read.baseCount(4, cycle: 8) == count)
      #expect(read.qualityCount(40, cycle: 7) == count && read.qualityCount(2, cycle: 8) == count)
      #expect(read.fiveMers.reduce(0, +) == 4 * count)
      #expect(read.bases(atLeast: 30) == 8 * count && read.strongTotal == 4 * count)
    }
  }

  @Test func `a last record without its line feed counts, and blank lines at the end do not`() async throws {
    let folder = try ScratchFolder()
    let path = try folder.write("@a\nACGT\n+\nIIII\n@b\nAC\n+\nII", "open.fastq")
    #expect(try await process(path).summary.before1.bases == 6)
    let blank = try folder.write("@a\nACGT\n+\nIIII\n\n\n", "blank.fastq")
    #expect(try await process(blank).summary.before1.reads == 1)
  }

  @Test func `reads without bases have no GC content and no cycles`() async throws {
    let folder = try ScratchFolder()
    let result = try await process(try folder.write("@a\n\n+\n\n@b\n\n+\n\n", "empty-reads.fastq"))
    #expect(result.summary.before1.reads == 2)
    #expect(result.summary.before1.cycles == 0)
    let metrics = ReadMetrics(result.summary, command: "test")
    #expect(metrics.summary.before_filtering.gc_content == 0)
    #expect(metrics.summary.before_filtering.q30_rate == 0)
    #expect(metrics.read1_before_filtering.length_histogram == [[0, 2]])
  }
}
