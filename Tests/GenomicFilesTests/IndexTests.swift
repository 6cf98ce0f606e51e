import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20)), .enabled(if: Peer.has("bcftools", "tabix"))) struct IndexTests {
  struct Line {
    var contig: String
    var start: Int
    var end: Int
    var text: String
  }

  private func lines(_ random: inout SplitMix64, contigs: [(String, Int)], count: Int) -> [Line] {
    var lines: [Line] = []
    for (contig, length) in contigs {
      let positions = (0..<count).map { _ in random.int(1...length - 3000) }.sorted()
      for position in positions {
        // Most records are short, some span bins.
        let span = random.chance(0.9) ? random.int(1...20) : random.int(1000...2900)
        let ref = String(repeating: "A", count: span)
        // Text of uneven length, so that records end everywhere in blocks.
        let filler = String(decoding: random.letters(random.int(1...200), of: "acgtyx"), as: UTF8.self)
        lines.append(
          Line(
            contig: contig, start: position - 1, end: position - 1 + span,
            text: "\(contig)\t\(position)\t.\t\(ref)\tC\t.\tPASS\tX=\(filler)"))
      }
    }
    return lines
  }

  @Test(arguments: [
    ("tbi", [("1", 240_000_000), ("GL000.1", 5000), ("X", 155_000_000)]),
    ("csi", [("1", 2_000_000_000), ("2", 300_000)]),
  ])
  func queriesThroughOurIndexEqualALinearScan(index: String, contigs: [(String, Int)]) async throws {
    var random = SplitMix64("queries(\(index))")
    let folder = try TemporaryFolder()
    var header = "##fileformat=VCFv4.2\n##INFO=<ID=X,Number=1,Type=String,Description=\"x\">\n"
    for (name, length) in contigs { header += "##contig=<ID=\(name),length=\(length)>\n" }
    header += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    let lines = lines(&random, contigs: contigs, count: 4000)
    let setting = Setting.random(&random)
    let plan = OutputPlan(
      path: folder("v.vcf.gz"), container: .bgzf(level: 4), force: false,
      indexedLongestContig: contigs.map(\.1).max())
    let (_, output) = try await withOutput(plan, resources: setting.resources) { stream in
      try await stream.append(Array(header.utf8))
      try await stream.markHeaderEnd()
      var next = 0
      while next < lines.count {
        let count = min(random.int(1...2000), lines.count - next)
        var bytes: [UInt8] = []
        var entries: [(end: Int, entry: IndexEntry)] = []
        for line in lines[next..<(next + count)] {
          bytes += Array(line.text.utf8) + [10]
          entries.append((bytes.count, IndexEntry(contig: line.contig, start: line.start, end: line.end)))
        }
        try await stream.append(bytes, entries: entries)
        next += count
      }
    }
    let summaries = try await output.commit()
    #expect(summaries.map(\.path) == [folder("v.vcf.gz"), folder("v.vcf.gz." + index)])
    #expect(try folder.names == ["v.vcf.gz", "v.vcf.gz.\(index)"])

    var regions: [(String, Int, Int)] = contigs.map { ($0.0, 0, $0.1) }
    for _ in 0..<40 {
      let (contig, length) = random.pick(contigs)
      let start =
        random.chance(0.5)
        ? max(0, random.pick(lines.filter { $0.contig == contig }).start - 5) : random.int(0...(length - 1))
      regions.append((contig, start, min(length, start + random.pick([1, 10, 10_000, 10_000_000]))))
    }
    for (contig, start, end) in regions {
      let expected = lines.filter { $0.contig == contig && $0.start < end && $0.end > start }.map(\.text)
      let region = "\(contig):\(start + 1)-\(end)"
      let viaTabix = try Peer.run("tabix v.vcf.gz \(region)", in: folder).text
      #expect(viaTabix.split(separator: "\n").map(String.init) == expected, "\(region)")
    }
    let viaBCFtools = try Peer.run("bcftools view -H -r \(contigs[1].0) v.vcf.gz | cut -f2", in: folder).text
    let positions = lines.filter { $0.contig == contigs[1].0 }.map { "\($0.start + 1)" }
    #expect(viaBCFtools.split(separator: "\n").map(String.init) == positions)
    let counts = try Peer.run("bcftools index --stats v.vcf.gz | cut -f1,3", in: folder).text
    #expect(counts == contigs.map { "\($0.0)\t4000\n" }.joined())
  }

  @Test func aHeaderAloneGetsAnIndexToo() async throws {
    let folder = try TemporaryFolder()
    let plan = OutputPlan(
      path: folder("v.vcf.gz"), container: .bgzf(level: 1), force: false, indexedLongestContig: 1000)
    let (_, output) = try await withOutput(plan, resources: RunResources(threads: 1)) { stream in
      try await stream.append(Array(VCFText.header(samples: 0).utf8))
      try await stream.markHeaderEnd()
    }
    _ = try await output.commit()
    #expect(try Peer.run("tabix v.vcf.gz 1:1-100; bcftools view -H v.vcf.gz", in: folder).text.isEmpty)
  }

  @Test func aRecordBeyondWhatTheIndexCanSayIsRefused() async throws {
    let folder = try TemporaryFolder()
    let plan = OutputPlan(path: folder("v.vcf.gz"), container: .bgzf(level: 1), force: false, indexedLongestContig: 0)
    let error = await failure {
      try await withOutput(plan, resources: RunResources(threads: 2)) { stream in
        try await stream.append(Array(VCFText.header(samples: 0).utf8))
        try await stream.markHeaderEnd()
        let line = Array("1\t600000000\t.\tA\tC\t.\t.\t.\n".utf8)
        try await stream.append(
          line, entries: [(line.count, IndexEntry(contig: "1", start: 599_999_999, end: 600_000_000))])
      }
    }
    #expect(error is OutputError)
    #expect(try folder.names.isEmpty)
  }
}
