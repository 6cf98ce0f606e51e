import Alignments
import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

/// Runs the engine on a file.
func process(
  _ path: String, _ collect: Set<String>? = nil, threads: Int = 2,
  batchBytes: Int = 1 << 20
) async throws -> AlignmentResult {
  var job = AlignmentJob(input: InputFile(path: path))
  job.collect = collect
  return try await processAlignments(job, resources: RunResources(threads: threads, batchBytes: batchBytes))
}

@Suite struct FlagstatTests {
  @Test(.enabled(if: Peer.areInstalled("samtools")), arguments: seeds(6))
  func `flagstat and idxstats are samtools' bytes on random records`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let count = generator.random.pick([0, 1, 30, 4000])
    let file = generator.file(wild: count, pairs: count / 2)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    let result = try await process(bam)
    let flagstat = try #require(result.flagstat)
    let idxstats = try #require(result.idxstats)
    #expect(flagstat.text == (try Peer.output("samtools", "flagstat", bam).text))
    #expect(result.records == file.lines.count)
    let withoutIndex = try Peer.output("samtools", "idxstats", bam).text
    try Peer.output("samtools", "index", bam)
    #expect(idxstats.text(result.header) == (try Peer.output("samtools", "idxstats", bam).text))
    #expect(idxstats.text(result.header) == withoutIndex)
  }

  @Test(.enabled(if: Peer.areInstalled("samtools")), arguments: seeds(3))
  func `a shuffled file has no depth but the same counts`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    var file = generator.file(wild: 500, pairs: 200)
    file.lines.shuffle(using: &generator.random)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    let result = try await process(bam)
    #expect(result.depth == nil)
    #expect(result.isSorted == false)
    #expect(result.flagstat?.text == (try Peer.output("samtools", "flagstat", bam).text))
    let metrics = AlignmentMetrics(result)
    #expect(metrics.coverage == nil)
    #expect(metrics.unknowns["coverage-unknown-not-coordinate-sorted"] == 1)
    // Without the collector nothing is said of the order.
    #expect(try await process(bam, ["flagstat"]).isSorted == nil)
  }

  @Test(.enabled(if: Peer.areInstalled("samtools")), arguments: seeds(2))
  func `SAM, BAM, any threads and any batch size give one result`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.file(wild: 1500, pairs: 1500)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    let expected = try await process(bam, threads: 1, batchBytes: 4 << 20)
    #expect(expected.depth != nil)
    for path in [bam, folder.path("in.sam")] {
      for threads in [1, 2, 7] {
        for batchBytes in [4096, 64 << 10, 4 << 20] {
          let result = try await process(path, threads: threads, batchBytes: batchBytes)
          #expect(result.flagstat == expected.flagstat, "\(path) \(threads) \(batchBytes)")
          #expect(result.idxstats == expected.idxstats, "\(path) \(threads) \(batchBytes)")
          #expect(result.depth == expected.depth, "\(path) \(threads) \(batchBytes)")
          #expect(result.usedContigs == expected.usedContigs)
        }
      }
    }
  }

  @Test(.enabled(if: SharedData.isThere && Peer.areInstalled("samtools")))
  func `a real BAM's flagstat and idxstats are samtools' bytes`() async throws {
    let bam = SharedData.path("na12878/NA12878.bam")
    let result = try await process(bam)
    let idxstats = try #require(result.idxstats)
    #expect(result.flagstat?.text == (try Peer.output("samtools", "flagstat", bam).text))
    #expect(idxstats.text(result.header) == (try Peer.output("samtools", "idxstats", bam).text))
    #expect(result.records == 12_720)
    #expect(result.header.samples == ["NA12878"])
  }
}
