import Alignments
import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing

@Suite struct SamtoolsStatsTests {
  private func stats(_ result: AlignmentResult) throws -> [String] { try SamtoolsPeer.data(result, ".stats.txt") }

  /// Runs stats with a reference.
  private func process(_ bam: String, reference: String, threads: Int = 2, batchBytes: Int = 1 << 20) async throws
    -> AlignmentResult
  {
    var job = AlignmentJob(input: InputFile(path: bam))
    job.collect = ["stats"]
    job.reference = try FASTAReference(path: reference, registry: OutputRegistry())
    return try await processAlignments(job, resources: RunResources(threads: threads, batchBytes: batchBytes))
  }

  @Test(.enabled(if: SamtoolsPeer.is116), arguments: seeds(8))
  func `stats are samtools' lines on random records`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.basesFile(generator.random.pick([0, 1, 2, 20, 3000, 3000]))
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    let ours = try stats(try await Self.run(bam))
    SamtoolsPeer.expectEqual(ours, SamtoolsPeer.data(try Peer.output("samtools", "stats", bam).text))
  }

  private static func run(_ path: String, threads: Int = 2, batchBytes: Int = 1 << 20) async throws -> AlignmentResult {
    try await AlignmentsTests.process(path, ["stats", "coverage"], threads: threads, batchBytes: batchBytes)
  }

  @Test(.enabled(if: SamtoolsPeer.is116), arguments: seeds(6))
  func `coverage is samtools' lines on random records`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    // Of records without SEQ samtools 1.16 reads qualities from behind the record.
    var edges = BaseEdges()
    edges.withoutSequence = false
    let file = generator.basesFile(generator.random.pick([0, 1, 5, 2000]), edges)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    let ours = try SamtoolsPeer.data(try await Self.run(bam), ".coverage.txt")
    SamtoolsPeer.expectEqual(ours, SamtoolsPeer.data(try Peer.output("samtools", "coverage", bam).text))
  }

  @Test(.enabled(if: SamtoolsPeer.is116), arguments: seeds(6))
  func `stats with a reference are samtools' lines on random records`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    var edges = BaseEdges()
    // samtools stops at a read that goes past its contig's end.
    edges.pastEnd = false
    edges.longest = generator.random.pick([250, 2500])
    let file = generator.basesFile(generator.random.pick([0, 3, 2000]), edges)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    let fasta = try folder.write(
      file.contigs.map { ">\($0.name)\n\(generator.random.text("ACGTACGTACGTacgtNR", $0.length))\n" }.joined(), "r.fa")
    // Of reads that get longer samtools loses depth: see SamtoolsDifferenceTests.
    let isShort = edges.longest < 300
    func comparable(_ lines: [String]) -> [String] { lines.filter { isShort || !$0.hasPrefix("COV") } }
    let ours = try stats(try await process(bam, reference: fasta))
    let theirs = SamtoolsPeer.data(try Peer.output("samtools", "stats", "-r", fasta, bam).text)
    SamtoolsPeer.expectEqual(comparable(ours), comparable(theirs))
    #expect(theirs.contains { $0.hasPrefix("MPC") })
  }

  @Test(.enabled(if: SamtoolsPeer.is116), arguments: seeds(4))
  func `stats of long reads are samtools' lines, and their depth is counted`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    var edges = BaseEdges()
    edges.longest = 20_000
    let file = generator.basesFile(150, edges)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    let ours = try stats(try await Self.run(bam))
    // samtools loses depth where a read is longer than those before it: see SamtoolsDifferenceTests.
    func withoutDepth(_ lines: [String]) -> [String] { lines.filter { !$0.hasPrefix("COV") } }
    SamtoolsPeer.expectEqual(
      withoutDepth(ours), withoutDepth(SamtoolsPeer.data(try Peer.output("samtools", "stats", bam).text)))
    var bases: [Int: Int] = [:]
    for contig in file.contigs {
      let lines = file.lines.filter { $0.contig == contig.name && $0.flag & 0x104 == 0 && $0.sequence != "*" }
      var depth = [Int](repeating: 0, count: (lines.map(\.end).max() ?? 0) + 1)
      for line in lines { for range in line.aligned { for place in range { depth[place] += 1 } } }
      for value in depth where value > 0 { bases[value, default: 0] += 1 }
    }
    #expect(
      ours.filter { $0.hasPrefix("COV") }
        == bases.sorted { $0.key < $1.key }.map { "COV\t[\($0.key)-\($0.key)]\t\($0.key)\t\($0.value)" })
  }

  @Test(.enabled(if: SamtoolsPeer.is116), arguments: seeds(3))
  func `of a shuffled file all is samtools' that needs no order`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    var file = generator.basesFile(1000)
    file.lines.shuffle(using: &generator.random)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: false)
    let result = try await Self.run(bam)
    let ours = try stats(result)
    #expect(result.isSorted == false)
    #expect(ours.contains("SN\tis sorted:\t0"))
    #expect(!result.report.files.contains { $0.suffix == ".coverage.txt" })
    let theirs = SamtoolsPeer.data(try Peer.output("samtools", "stats", bam).text)
    let ordered = ["COV", "GCD"]
    SamtoolsPeer.expectEqual(ours, theirs.filter { line in !ordered.contains { line.hasPrefix($0) } })
  }

  @Test(.enabled(if: SharedData.isThere && SamtoolsPeer.is116))
  func `a real BAM's stats and coverage are samtools' lines`() async throws {
    let bam = SharedData.path("na12878/NA12878.bam")
    let result = try await AlignmentsTests.process(bam)
    SamtoolsPeer.expectEqual(
      try stats(result), SamtoolsPeer.data(try Peer.output("samtools", "stats", bam).text))
    SamtoolsPeer.expectEqual(
      try SamtoolsPeer.data(result, ".coverage.txt"),
      SamtoolsPeer.data(try Peer.output("samtools", "coverage", bam).text))
  }

  @Test(.enabled(if: SharedData.isThere && SamtoolsPeer.is116))
  func `a real BAM's stats with its reference are samtools' lines`() async throws {
    // The FASTA has contig 20 only, and samtools stops at a contig that it does not find.
    let folder = try ScratchFolder()
    let bam = folder.path("20.bam")
    try Peer.output("samtools", "view", "-b", "-o", bam, SharedData.path("na12878/NA12878.bam"), "20")
    for suffix in ["", ".fai", ".gzi"] {
      try Peer.output("cp", SharedData.path("na12878/b37.chr20.fa.gz") + suffix, folder.path("r.fa.gz") + suffix)
    }
    let ours = try stats(try await process(bam, reference: folder.path("r.fa.gz")))
    let theirs = SamtoolsPeer.data(try Peer.output("samtools", "stats", "-r", folder.path("r.fa.gz"), bam).text)
    SamtoolsPeer.expectEqual(ours, theirs)
    #expect(theirs.contains { $0.hasPrefix("MPC") })
  }

  @Test(.enabled(if: SharedData.isThere && SamtoolsPeer.is116))
  func `stats and coverage of the specification's examples are samtools' lines`() async throws {
    // SEQ `*`, operations of length 0, and a deletion alone: see SamtoolsDifferenceTests.
    let otherCoverage = ["cigar.pass2.sam", "cigar.pass3.sam", "cigar.warn2.sam"]
    let isFuzzing = ProcessInfo.processInfo.environment["APUS_TEST_SEEDS"] != nil
    var compared = 0
    for path in try SharedData.files("spec/sam/passed") where path.hasSuffix(".sam") {
      let result = try await Self.run(path)
      if path.hasSuffix("cigar.pass6.sam") {
        // A read of a million bases, for which samtools takes 8 GB.
        #expect(try stats(result).contains("RL\t1000647\t1"))
        guard isFuzzing else { continue }
      }
      // Where samtools refuses, there is nothing to compare.
      let theirs = try Peer.run("samtools", ["stats", path])
      guard theirs.status == 0 else {
        print("samtools stats refuses \(path)")
        continue
      }
      compared += 1
      guard result.isSorted == true else {
        func unordered(_ lines: [String]) -> [String] {
          lines.filter { line in !["COV", "GCD", "SN\tis sorted"].contains { line.hasPrefix($0) } }
        }
        SamtoolsPeer.expectEqual(try unordered(stats(result)), unordered(SamtoolsPeer.data(theirs.text)), path)
        continue
      }
      try SamtoolsPeer.expectEqual(result, ".stats.txt", theirs.text, path)
      let coverage = try Peer.run("samtools", ["coverage", path])
      guard coverage.status == 0, !otherCoverage.contains(where: { path.hasSuffix($0) }) else { continue }
      try SamtoolsPeer.expectEqual(result, ".coverage.txt", coverage.text, path)
    }
    #expect(compared > 10)
  }

  @Test(arguments: seeds(2))
  func `any threads and any batch size give the same bytes`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    var edges = BaseEdges()
    edges.longest = generator.random.pick([250, 3000])
    let folder = try ScratchFolder()
    let file = generator.basesFile(1500, edges)
    let sam = try folder.write(file.text, "in.sam")
    let expected = try await Self.run(sam, threads: 1, batchBytes: 4 << 20).report.files
    #expect(expected.map(\.suffix) == [".stats.txt", ".coverage.txt"])
    for threads in [1, 2, 7] {
      for batchBytes in [4096, 64 << 10, 4 << 20] {
        let files = try await Self.run(sam, threads: threads, batchBytes: batchBytes).report.files
        #expect(files == expected, "\(threads) threads, batches of \(batchBytes) bytes")
      }
    }
  }
}
