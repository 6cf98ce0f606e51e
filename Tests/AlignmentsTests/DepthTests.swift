import Alignments
import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@Suite struct DepthTests {
  @Test(arguments: seeds(8))
  func `depth is what the definition counts, base by base`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.file(wild: generator.random.pick([0, 50, 1000]), pairs: generator.random.pick([1, 60, 1500]))
    let folder = try ScratchFolder()
    let result = try await process(try folder.write(file.text, "in.sam"))
    try expectDepth(result, NaiveDepth.depth(file), file)
  }

  private func expectDepth(_ result: AlignmentResult, _ naive: [[Int]], _ file: SAMFile) throws {
    let depth = try #require(result.depth)
    #expect(depth.map(\.index) == Array(file.contigs.indices))
    for (contig, values) in zip(depth, naive) {
      #expect(contig.histogram == NaiveDepth.histogram(values), "\(file.contigs[contig.index].name)")
      #expect(contig.depthSum == values.reduce(0, +), "\(file.contigs[contig.index].name)")
      let callable = values.indices.filter { values[$0] >= DepthCollector.callableDepth }
      #expect(contig.callable.flatMap(Array.init) == callable, "\(file.contigs[contig.index].name)")
    }
    let metrics = AlignmentMetrics(result)
    let total = try #require(metrics.coverage?.last)
    let all = naive.flatMap { $0 }
    #expect(total.contig == "total" && total.length == all.count)
    #expect(total.mean == Double(all.reduce(0, +)) / Double(all.count))
    for threshold in [1, 10, 15, 20, 30] {
      let share = 100 * Double(all.filter { $0 >= threshold }.count) / Double(all.count)
      #expect(total.percentAtLeast[String(threshold)] == share)
    }
    #expect(metrics.depthHistogram?.reduce(0) { $0 + $1[1] } == all.count)
    #expect(metrics.metrics.first { $0.id == "cov.mosdepth.mean" }?.value == total.mean)
    // Contigs with records, in order, then the total.
    let used = file.contigs.map(\.name).filter { name in file.lines.contains { $0.contig == name } }
    #expect(metrics.coverage?.map(\.contig) == used + ["total"])
  }

  struct Overlap: CustomTestStringConvertible, Sendable {
    var name: String
    var first: (Int, String)
    var second: (Int, String)
    /// Bases by depth 0, 1, 2 over 100 bases.
    var histogram: [Int]
    var testDescription: String { name }
  }

  static let overlaps: [Overlap] = [
    Overlap(name: "apart", first: (11, "10M"), second: (31, "10M"), histogram: [80, 20]),
    Overlap(name: "end to end", first: (11, "10M"), second: (21, "10M"), histogram: [80, 20]),
    Overlap(name: "partly", first: (11, "10M"), second: (16, "10M"), histogram: [85, 15]),
    Overlap(name: "the same", first: (11, "10M"), second: (11, "10M"), histogram: [90, 10]),
    Overlap(name: "the same start, the second shorter", first: (11, "10M"), second: (11, "4M"), histogram: [90, 10]),
    Overlap(name: "the same start, the second longer", first: (11, "4M"), second: (11, "10M"), histogram: [90, 10]),
    Overlap(name: "nested", first: (11, "20M"), second: (16, "5M"), histogram: [80, 20]),
    Overlap(name: "deletion in the first", first: (11, "5M5D5M"), second: (11, "15M"), histogram: [85, 15]),
    Overlap(name: "deletion in both", first: (11, "5M5D5M"), second: (13, "3M5D5M"), histogram: [90, 10]),
    Overlap(name: "second inside the first's skip", first: (11, "5M20N5M"), second: (21, "5M"), histogram: [85, 15]),
    Overlap(name: "clips do not cover", first: (11, "5S10M5S"), second: (16, "3H10M"), histogram: [85, 15]),
    Overlap(name: "insertions do not cover", first: (11, "5M3I5M"), second: (16, "5=5X"), histogram: [85, 15]),
  ]

  @Test(arguments: overlaps, [false, true])
  func `mates cover a base once`(overlap: Overlap, asBothFiles: Bool) async throws {
    var lines = [0x63, 0x93].map { SAMLine(name: "pair", flag: $0, contig: "c", mateContig: "c") }
    (lines[0].position, lines[0].cigar) = overlap.first
    (lines[1].position, lines[1].cigar) = overlap.second
    lines[0].matePosition = lines[1].position
    lines[1].matePosition = lines[0].position
    let file = SAMFile(contigs: [("c", 100)], lines: lines)
    let folder = try ScratchFolder()
    let result = try await process(try folder.write(file.text, "in.sam"), batchBytes: asBothFiles ? 4096 : 1 << 20)
    #expect(result.depth?.first?.histogram == overlap.histogram)
    // Not a proper pair: each mate counts.
    for index in 0...1 { lines[index].flag &= ~2 }
    let apart = try await process(try folder.write(SAMFile(contigs: [("c", 100)], lines: lines).text, "apart.sam"))
    let aligned = lines.reduce(0) { $0 + $1.aligned.reduce(0) { $0 + $1.count } }
    #expect(apart.depth?.first?.depthSum == aligned)
  }

  @Test func `one spliced alignment longer than the window, and a deep pile, are counted`() async throws {
    var lines = (0..<70_000).map { number in
      SAMLine(name: "d\(number)", flag: 0, contig: "c", position: 10, cigar: "3M")
    }
    lines.insert(SAMLine(name: "s", flag: 0, contig: "c", position: 5, cigar: "10M150000N10M"), at: 0)
    lines.append(SAMLine(name: "e", flag: 0, contig: "c", position: 199_999, cigar: "100M"))
    lines.append(SAMLine(name: "b", flag: 0, contig: "c", position: 300_000, cigar: "100M"))
    let file = SAMFile(contigs: [("c", 200_000)], lines: lines)
    let folder = try ScratchFolder()
    let contig = try #require(try await process(try folder.write(file.text, "in.sam")).depth?.first)
    let naive = NaiveDepth.depth(file)[0]
    #expect(contig.depthSum == naive.reduce(0, +))
    #expect(contig.bases(atLeast: 1) == naive.filter { $0 > 0 }.count)
    #expect(contig.bases(atLeast: 65_536) == 3)
    #expect(contig.histogram.reduce(0, +) == 200_000)
  }

  @Test(.enabled(if: Peer.areInstalled("samtools", "mosdepth")), arguments: seeds(4))
  func `depth is mosdepth's where its overlap rule is sound`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.file(wild: 600, pairs: 600, nestedSingleOperations: false, pastEnd: false)
    try await compareWithMosdepth(file, NaiveDepth.depth(file, .once))
  }

  @Test(.enabled(if: Peer.areInstalled("samtools", "mosdepth")), arguments: seeds(4))
  func `where mosdepth takes off more than the overlap, that is all that differs`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    var file = generator.file(wild: 0, pairs: 400, nestedSingleOperations: true, pastEnd: false)
    // Depth below 0 is no depth: a floor keeps mosdepth's from going there.
    for contig in file.contigs where contig.name != "empty" {
      for copy in 0..<40 {
        file.lines.append(
          SAMLine(name: "f\(contig.name)\(copy)", flag: 0, contig: contig.name, position: 1, cigar: "\(contig.length)M")
        )
      }
    }
    file.sort()
    let theirs = NaiveDepth.depth(file, .mosdepth)
    let ours = NaiveDepth.depth(file, .once)
    #expect(zip(theirs.joined(), ours.joined()).allSatisfy { $0 <= $1 })
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: true)
    #expect(try mosdepth(bam, folder, file) == theirs)
    try expectDepth(try await process(bam), ours, file)
  }

  private func compareWithMosdepth(_ file: SAMFile, _ expected: [[Int]]) async throws {
    let folder = try ScratchFolder()
    let bam = try file.writeBAM(folder, index: true)
    #expect(try mosdepth(bam, folder, file) == expected)
    let result = try await process(bam)
    try expectDepth(result, expected, file)
    let coverage = try #require(AlignmentMetrics(result).coverage)
    for line in try folder.text(of: "m.mosdepth.summary.txt").split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t").map(String.init)
      let ours = try #require(coverage.first { $0.contig == columns[0] })
      // mosdepth leaves contigs without a record out of its total; here every contig counts.
      let left = ours.contig == "total" ? file.contigs.reduce(0) { $0 + $1.length } - (Int(columns[1]) ?? 0) : 0
      #expect(columns[1] == String(ours.length - left), "\(columns[0])")
      let mean = ours.mean * Double(ours.length) / Double(ours.length - left)
      #expect(columns[3] == fixedPoint(mean, places: 2), "\(columns[0])")
      if ours.contig == "total" { #expect(left >= 1000, "the contig named empty has no record") }
    }
  }

  /// mosdepth's depth base by base.
  private func mosdepth(_ bam: String, _ folder: ScratchFolder, _ file: SAMFile) throws -> [[Int]] {
    try Peer.output("mosdepth", folder.path("m"), bam)
    var depth = file.contigs.map { [Int](repeating: 0, count: $0.length) }
    for line in try Peer.output("gzip", "-dc", folder.path("m.per-base.bed.gz")).lines {
      let columns = line.split(separator: "\t").map(String.init)
      guard let contig = file.contigs.firstIndex(where: { $0.name == columns[0] }), let start = Int(columns[1]),
        let end = Int(columns[2]), let value = Int(columns[3])
      else { continue }
      for place in start..<end { depth[contig][place] = value }
    }
    return depth
  }

  @Test(.enabled(if: SharedData.isThere && Peer.areInstalled("mosdepth")))
  func `a real BAM's mean depth is mosdepth's`() async throws {
    let folder = try ScratchFolder()
    let bam = SharedData.path("na12878/NA12878.bam")
    try Peer.output("mosdepth", folder.path("m"), bam)
    let metrics = AlignmentMetrics(try await process(bam))
    let coverage = try #require(metrics.coverage)
    var compared = 0
    for line in try folder.text(of: "m.mosdepth.summary.txt").split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t").map(String.init)
      let ours = try #require(coverage.first { $0.contig == columns[0] })
      #expect(fixedPoint(ours.mean, places: 2) == columns[3])
      #expect(Int((ours.mean * Double(ours.length)).rounded()) == Int(columns[2]), "\(columns[0])")
      compared += 1
    }
    #expect(compared == coverage.count)
  }
}
