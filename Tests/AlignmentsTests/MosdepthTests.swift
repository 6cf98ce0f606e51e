import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Alignments

@Suite struct MosdepthTests {
  /// Compares all files of one run, and says where the first difference is.
  private func compare(
    _ bam: String, _ options: AlignmentOptions, bed: String? = nil, _ note: String = ""
  ) async throws {
    var options = options
    if let bed { options.targets = try await targets(bed) }
    let theirs = try MosdepthPeer.files(bam, options, bed: bed)
    let ours = try await mosdepthFiles(bam, options)
    try expectEqual(ours, theirs, note)
  }

  private func expectEqual(_ ours: [String: String], _ theirs: [String: String], _ note: String) throws {
    #expect(ours.keys.sorted() == theirs.keys.sorted())
    for (suffix, text) in theirs.sorted(by: { $0.key < $1.key }) where ours[suffix] != text {
      let wanted = text.split(separator: "\n", omittingEmptySubsequences: false)
      let found = (ours[suffix] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      let line = zip(wanted, found).enumerated().first { $1.0 != $1.1 }?.offset ?? min(wanted.count, found.count)
      let (a, b) = (line < wanted.count ? wanted[line] : "", line < found.count ? found[line] : "")
      Issue.record("\(note)\(suffix) line \(line + 1): mosdepth \(a) ours \(b)")
    }
  }

  private static let optionSets: [AlignmentOptions] = {
    var perBase = AlignmentOptions()
    perBase.perBase = true
    var quality = perBase
    quality.minimumMappingQuality = 20
    quality.thresholds = [30, 1, 5]
    var bins = AlignmentOptions()
    bins.quantize = DepthBins("0:1:4:10:")
    var openBins = AlignmentOptions()
    openBins.quantize = DepthBins("2:5:7")
    return [AlignmentOptions(), perBase, quality, bins, openBins]
  }()

  /// Targets of every kind: overlapping, equal, nested, empty, unsorted, to the contig's end, on contigs without records,
  /// named and not.
  private func writeTargets(
    _ contigs: [(name: String, length: Int)], _ folder: ScratchFolder, _ random: inout SeededGenerator, _ count: Int
  ) throws -> String {
    var lines: [String] = []
    for number in 0..<count {
      let (name, length) = random.pick(contigs)
      let start = random.int(0...length)
      // Not 0 to 0, where mosdepth stops with an error.
      let end = min(length, start + max(start == 0 ? 1 : 0, random.pick([0, 1, 8, 40, 200, 1000, 100_000])))
      let title = random.pick(["", "\tt\(number)", "\ta name", "\t.", "\tx\t.\t+", "\tx\tNM_1\texon 2"])
      lines.append("\(name)\t\(start)\t\(end)\(title)")
      if random.oneIn(8) { lines.append(lines[random.int(0...(lines.count - 1))]) }
    }
    return try folder.write("# targets\n" + lines.map { $0 + "\n" }.joined(), "targets.bed")
  }

  @Test(.enabled(if: MosdepthPeer.isThere), arguments: seeds(6))
  func `every file is mosdepth's on random alignments, with every option`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let wild = generator.random.pick([0, 30, 800])
    let file = generator.file(wild: wild, pairs: generator.random.pick([1, 100, 1500]), pastEnd: false)
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: true)
    for (number, options) in Self.optionSets.enumerated() {
      try await compare(bam, options, "seed \(seed), options \(number): ")
      let bed = try writeTargets(file.contigs, folder, &generator.random, generator.random.pick([1, 20, 400]))
      try await compare(bam, options, bed: bed, "seed \(seed), options \(number), targets: ")
    }
  }

  @Test(.enabled(if: SharedData.isThere && MosdepthPeer.isThere))
  func `every file is mosdepth's on a real BAM`() async throws {
    let bam = SharedData.path("na12878/NA12878.bam")
    for options in Self.optionSets {
      try await compare(bam, options)
      try await compare(bam, options, bed: SharedData.path("na12878/giab.confident.bed"))
    }
  }

  @Test(.enabled(if: SharedData.isThere && MosdepthPeer.isThere))
  func `every file is mosdepth's on the specification's files`() async throws {
    var compared = 0
    var negative: [String] = []
    for path in try SharedData.files("spec/sam/passed") {
      let folder = try ScratchFolder()
      let bam = folder.path("in.bam")
      guard try Peer.run("samtools", ["sort", "-o", bam, path]).status == 0,
        try Peer.run("samtools", ["index", bam]).status == 0
      else { continue }
      for options in Self.optionSets {
        // It stops at a header without contigs, and at an alignment that ends behind its contig.
        guard let theirs = try? MosdepthPeer.files(bam, options, bed: nil) else { continue }
        if MosdepthPeer.hasNegativeDepth(theirs) {
          negative.append(String(path.split(separator: "/").last ?? ""))
          continue
        }
        try expectEqual(try await mosdepthFiles(bam, options), theirs, "\(path): ")
        compared += 1
      }
    }
    #expect(compared >= 39 * Self.optionSets.count)
    #expect(Set(negative) == ["tlen.warn.sam"])
  }

  @Test(.enabled(if: MosdepthPeer.isThere))
  func `depth that mosdepth writes below 0 is 0`() async throws {
    // One operation each, none of which aligns a base: mosdepth takes one off where nothing was.
    var lines = [0x63, 0x93].map { SAMLine(name: "pair", flag: $0, contig: "c", mateContig: "c") }
    for index in 0...1 { (lines[index].position, lines[index].cigar, lines[index].matePosition) = (50, "10I", 50) }
    lines.insert(SAMLine(name: "other", flag: 0, contig: "c", position: 11, cigar: "10M"), at: 0)
    let folder = try ScratchFolder()
    let bam = try SAMFile(contigs: [("c", 100)], lines: lines).writeBAM(folder, index: true)
    var options = AlignmentOptions()
    options.perBase = true
    #expect(MosdepthPeer.hasNegativeDepth(try MosdepthPeer.files(bam, options, bed: nil)))
    let ours = try await mosdepthFiles(bam, options)
    #expect(ours[".per-base.bed.gz"] == "c\t0\t10\t0\nc\t10\t20\t1\nc\t20\t100\t0\n")
    #expect(
      ours[".mosdepth.summary.txt"]
        == "chrom\tlength\tbases\tmean\tmin\tmax\nc\t100\t10\t0.10\t0\t1\ntotal\t100\t10\t0.10\t0\t1\n")
  }

  @Test(.enabled(if: MosdepthPeer.isThere))
  func `depth beyond mosdepth's limit is counted as it counts it`() async throws {
    let lines = (0..<400_020).map { SAMLine(name: "d\($0)", flag: 0, contig: "c", position: 10, cigar: "3M") }
    let folder = try ScratchFolder()
    let bam = try SAMFile(contigs: [("c", 20)], lines: lines).writeBAM(folder, index: true)
    var options = AlignmentOptions()
    options.perBase = true
    try await compare(bam, options)
  }

  @Test func `an alignment that ends behind its contig, where mosdepth stops, counts up to the end`() async throws {
    let line = SAMLine(name: "r", flag: 0, contig: "c", position: 96, cigar: "12M")
    let folder = try ScratchFolder()
    let sam = try folder.write(SAMFile(contigs: [("c", 100)], lines: [line]).text, "in.sam")
    var options = AlignmentOptions()
    options.perBase = true
    #expect(try await mosdepthFiles(sam, options)[".per-base.bed.gz"] == "c\t0\t95\t0\nc\t95\t100\t1\n")
  }

  @Test func `targets behind an empty line count, where mosdepth stops reading`() async throws {
    let folder = try ScratchFolder()
    let bed = try folder.write("c\t95\t100\n\nc\t1\t5\n", "t.bed")
    var options = AlignmentOptions()
    options.targets = try await targets(bed)
    let sam = try folder.write(SAMFile(contigs: [("c", 100)], lines: []).text, "in.sam")
    #expect(try await mosdepthFiles(sam, options)[".regions.bed.gz"] == "c\t1\t5\t0.00\nc\t95\t100\t0.00\n")
  }

  @Test func `a target of no bases at a contig's start, where mosdepth stops, has a row`() async throws {
    let folder = try ScratchFolder()
    var options = AlignmentOptions()
    options.targets = try await targets(try folder.write("c\t0\t0\tsite\n", "t.bed"))
    let line = SAMLine(name: "r", flag: 0, contig: "c", position: 1, cigar: "12M")
    let sam = try folder.write(SAMFile(contigs: [("c", 100)], lines: [line]).text, "in.sam")
    #expect(try await mosdepthFiles(sam, options)[".regions.bed.gz"] == "c\t0\t0\tsite\t0.00\n")
  }

  @Test(arguments: ["d\t0\t10", "chrc\t0\t10", "c\t90\t101"])
  func `targets of another assembly are refused`(line: String) async throws {
    let folder = try ScratchFolder()
    var job = AlignmentJob(
      input: InputFile(path: try folder.write(SAMFile(contigs: [("c", 100)], lines: []).text, "in.sam")))
    job.options.targets = try await targets(try folder.write("c\t0\t1\n\(line)\n", "t.bed"))
    let error = await #expect(throws: InputError.self) {
      try await processAlignments(job, resources: RunResources(threads: 1))
    }
    #expect(error?.kind == .mismatch)
    #expect(error?.location.file.hasSuffix("t.bed") == true)
  }

  @Test(arguments: seeds(2))
  func `the bytes are the same at any threads and any batch size`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.file(wild: 1000, pairs: 1500)
    let folder = try ScratchFolder()
    let sam = try folder.write(file.text, "in.sam")
    var options = AlignmentOptions()
    options.perBase = true
    options.quantize = DepthBins("0:1:5:")
    options.targets = try await targets(try writeTargets(file.contigs, folder, &generator.random, 100))
    let expected = try await mosdepthFiles(sam, options, threads: 1)
    for (threads, batchBytes) in [(1, 4096), (2, 4096), (7, 4096), (2, 64 << 10), (7, 4 << 20)] {
      #expect(try await mosdepthFiles(sam, options, threads: threads, batchBytes: batchBytes) == expected)
    }
  }

  @Test(
    arguments: [
      ("4", [0, 4, Int.max]), (":4:", [0, 4, Int.max]), ("0:1:4", [0, 1, 4]), ("4:1:", [1, 4, Int.max]), ("x", nil),
      ("1::2", nil), ("-1:2", nil), ("", nil), ("+1:2", nil),
    ] as [(String, [Int]?)])
  func `bins are read as mosdepth reads them`(text: String, bounds: [Int]?) {
    #expect(DepthBins(text)?.bounds == bounds)
  }
}
