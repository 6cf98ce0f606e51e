import Foundation
import Reports
import Testing

@testable import Reads
@testable import Workflow

@Suite("The page of reads")
struct ReadPageTests {
  // MARK: Made-up metrics

  static func file(reads: Int, lengths: [[Int]], quality: Double, share: Double) -> ReadMetrics.File {
    let cycles = min(lengths.last?[0] ?? 0, ReadStatistics.cycleLimit)
    func flat(_ value: Double) -> [Double] { [Double](repeating: value, count: cycles) }
    return ReadMetrics.File(
      total_reads: reads, total_bases: lengths.reduce(0) { $0 + $1[0] * $1[1] }, q20_bases: 70, q30_bases: 60,
      total_cycles: lengths.last?[0] ?? 0,
      quality_curves: [
        "mean": flat(quality), "A": flat(quality), "C": flat(quality), "G": flat(quality), "T": flat(quality),
      ],
      content_curves: [
        "A": flat(share), "C": flat(0.5 - share), "G": flat(0.25), "T": flat(0.25), "N": flat(0), "GC": flat(0.5),
      ],
      kmer_count: ["AAAAA": 7, "ACGTA": 3, "TTTTT": 0], length_histogram: lengths,
      gc_histogram: (0...100).map { $0 == 50 ? reads : 0 })
  }

  static func stage(_ reads: Int, bases: Int, q30: Double) -> ReadMetrics.Stage {
    ReadMetrics.Stage(
      total_reads: reads, total_bases: bases, q20_bases: 701, q30_bases: 601, q20_rate: 0.95, q30_rate: q30,
      read1_mean_length: 10, read2_mean_length: 10, gc_content: 0.4321)
  }

  static func custody(input: Int, kept: Int) -> ReadCustody {
    func sum(_ numbers: Range<Int>) -> ReadChecksum {
      var sum = ReadChecksum()
      for number in numbers {
        let text = Array("read\(number)".utf8)
        text.withUnsafeBytes { name in
          sum.add(
            ReadChecksum.Read(
              flag: 0, name: name, bases: name.bindMemory(to: UInt8.self).baseAddress!,
              qualities: name.bindMemory(to: UInt8.self).baseAddress!, count: name.count))
        }
      }
      return sum
    }
    var custody = ReadCustody()
    custody.input = sum(0..<input)
    custody.kept = sum(0..<kept)
    custody.output = sum(100..<(100 + kept))
    custody.dropped = sum(kept..<input)
    return custody
  }

  /// Pairs of which some were trimmed and dropped.
  static func trimmed() -> ReadMetrics {
    ReadMetrics(
      summary: .init(
        fastp_version: "0.23.2", sequencing: "paired end (10 cycles + 10 cycles)",
        before_filtering: stage(1234, bases: 12_340, q30: 0.871), after_filtering: stage(1112, bases: 9876, q30: 0.934)),
      filtering_result: .init(
        passed_filter_reads: 1112, corrected_reads: 5, corrected_bases: 9, low_quality_reads: 40, too_many_N_reads: 12,
        low_complexity_reads: nil, too_short_reads: 6, too_long_reads: 0, duplicate_reads: 64),
      duplication: .init(rate: 0.0625, sampled: 8),
      insert_size: .init(peak: 3, unknown: 25, histogram: [0, 0, 10, 50, 15] + [Int](repeating: 0, count: 507)),
      adapter_cutting: .init(
        adapter_trimmed_reads: 77, adapter_trimmed_bases: 333, read1_adapter_sequence: "AGATCGGAAGAGC",
        read2_adapter_sequence: "unspecified", read1_adapter_counts: ["AGATC": 30, "AGA": 11, "others": 4],
        read2_adapter_counts: [:]),
      polyx_trimming: .init(
        total_polyx_trimmed_reads: 9, polyx_trimmed_reads: ["A": 4, "C": 0, "G": 5, "T": 0],
        total_polyx_trimmed_bases: 99, polyx_trimmed_bases: ["A": 44, "C": 0, "G": 55, "T": 0]),
      read1_before_filtering: file(reads: 617, lengths: [[10, 617]], quality: 31, share: 0.2),
      read1_after_filtering: file(reads: 556, lengths: [[8, 100], [10, 456]], quality: 33, share: 0.2),
      read2_before_filtering: file(reads: 617, lengths: [[10, 617]], quality: 29, share: 0.2),
      read2_after_filtering: file(reads: 556, lengths: [[10, 556]], quality: 32, share: 0.2),
      custody: ["FC1:1": custody(input: 7, kept: 5), "FC1:2": custody(input: 3, kept: 3)],
      warnings: ["fastq-no-eof-block": 2], command: "test")
  }

  /// The same reads passed on.
  static func passedOn() -> ReadMetrics {
    var metrics = trimmed()
    metrics.summary.after_filtering = metrics.summary.before_filtering
    metrics.read1_after_filtering = metrics.read1_before_filtering
    metrics.read2_after_filtering = metrics.read2_before_filtering
    metrics.filtering_result = .init(
      passed_filter_reads: 1234, low_quality_reads: 0, too_many_N_reads: 0, too_short_reads: 0, too_long_reads: 0)
    metrics.adapter_cutting = nil
    metrics.polyx_trimming = nil
    metrics.warnings = [:]
    metrics.custody = metrics.custody.mapValues { custody in
      var whole = ReadCustody()
      whole.input = custody.input
      whole.kept = custody.input
      whole.output = custody.input
      return whole
    }
    return metrics
  }

  // MARK: What blocks hold

  /// Blocks and those inside them.
  static func flat(_ blocks: [ReportBlock]) -> [ReportBlock] {
    blocks.flatMap { block -> [ReportBlock] in
      switch block {
      case .group(_, let inner), .details(_, let inner): flat(inner)
      default: [block]
      }
    }
  }

  static func tables(_ blocks: [ReportBlock]) -> [ReportTable] {
    flat(blocks).compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  static func plots(_ blocks: [ReportBlock]) -> [Plot] {
    flat(blocks).compactMap { if case .plot(let plot) = $0 { plot } else { nil } }
  }

  static func texts(_ blocks: [ReportBlock]) -> String {
    flat(blocks).compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
  }

  static func figures(_ blocks: [ReportBlock]) -> [String: KeyFigure] {
    var figures: [String: KeyFigure] = [:]
    for block in flat(blocks) {
      if case .keyFigures(let cards) = block { for card in cards { figures[card.label] = card } }
    }
    return figures
  }

  static func series(_ plot: Plot?) -> [LinePlot.Series] { if case .line(let line)? = plot { line.series } else { [] } }

  private func row(_ table: ReportTable?, _ name: String) -> [Cell]? { table?.rows.first { $0[0] == .text(name) } }

  // MARK: Tests

  @Test("Key figures are those of the metrics, with what came in below")
  func keyFigures() {
    let cards = Self.figures(ReadPages.figures(Self.trimmed()))
    #expect(cards["Reads"]?.value == "1,234")
    #expect(
      cards["Reads that went out"]?.value == "1,112" && cards["Reads that went out"]?.note?.hasPrefix("90.11%") == true)
    #expect(cards["Bases"]?.value == "9,876" && cards["Bases"]?.note == "12,340 as they came in")
    #expect(cards["Bases at Q30 or above"]?.value == "93.40%")
    #expect(cards["Bases at Q30 or above"]?.note == "87.10% as they came in")
    #expect(cards["Duplication"]?.value == "6.25%" && cards["Duplication"]?.note?.contains("sample: 1 in 8") == true)
    #expect(cards["Most frequent insert size"]?.value == "3")
    #expect(cards["Most frequent insert size"]?.note == "unknown for 25.00% of pairs")
    #expect(cards["Reads with an adapter cut"]?.value == "6.24%")
  }

  @Test("Where the reads went: every reason that was looked at, and whether they add up")
  func outcomes() {
    var metrics = Self.trimmed()
    let table = Self.tables(ReadPages.outcomes(metrics)).first
    #expect(table?.rows.map { $0[1] } == [1234, 1112, 40, 12, 6, 0, 64].map { Cell.count($0) })
    #expect(row(table, "Dropped: duplicate")?[2] == .bar(value: 64 / 1234, maximum: 1, .percent(3)))
    #expect(row(table, "Dropped: low complexity") == nil)
    #expect(Self.texts(ReadPages.outcomes(metrics)).contains("add up to in: 1,234."))
    #expect(Self.texts(ReadPages.outcomes(metrics)).contains("9 bases of 5 reads were corrected"))
    metrics.filtering_result.too_short_reads = 5
    #expect(Self.texts(ReadPages.outcomes(metrics)).contains("add up to 1,233, and 1,234 came in"))
  }

  @Test("Before and after stand side by side; reads that were passed on are shown once")
  func stages() throws {
    let both = Self.tables([ReadPages.stages(Self.trimmed())])[0]
    #expect(row(both, "Bases") == [.text("Bases"), .count(12_340), .count(9876)])
    let once = Self.tables([ReadPages.stages(Self.passedOn())])[0]
    #expect(row(once, "Bases") == [.text("Bases"), .count(12_340)])

    func names(_ metrics: ReadMetrics) -> [String] {
      Self.series(Self.plots([ReadPages.meanQuality(ReadMate.mates(of: metrics))]).first).map(\.name)
    }
    #expect(names(Self.trimmed()) == ["R1 before", "R1 after", "R2 before", "R2 after"])
    #expect(names(Self.passedOn()) == ["R1", "R2"])
    let cards = Self.figures(ReadPages.figures(Self.passedOn()))
    #expect(cards["Reads that went out"] == nil && cards["Bases"]?.note == nil)
    let page = ReadPages.document(Self.passedOn(), sample: "S").sections.flatMap(\.blocks)
    let all = ReadPages.document(Self.trimmed(), sample: "S").sections.flatMap(\.blocks)
    #expect(Self.plots(page).count < Self.plots(all).count)
  }

  @Test("Curves hold the metrics' values")
  func curves() throws {
    let mates = ReadMate.mates(of: Self.trimmed())
    let quality = Self.series(Self.plots([ReadPages.meanQuality(mates)]).first)
    #expect(quality.map { $0.points.map(\.y).max() } == [31, 33, 29, 32])
    #expect(quality.allSatisfy { $0.points.map(\.x) == (1...10).map(Double.init) })
    let content = Self.series(Self.plots(ReadPages.contents(mates)).first)
    #expect(content.map(\.name) == ["A", "C", "G", "T", "N", "GC"])
    #expect(content.map { $0.points[4].y } == [0.2, 0.3, 0.25, 0.25, 0, 0.5])
    let gc = Self.series(Self.plots(ReadPages.gc(mates)).first)
    // Reads of 10 bases: 10 percent a point.
    #expect(gc.map { $0.points[5] } == [617, 556, 617, 556].map { LinePlot.Point(50, $0) })
    #expect(gc.map { $0.points.map(\.y).reduce(0, +) } == [617, 556, 617, 556])
  }

  @Test("Bins of a long curve are means over all bases of their cycles")
  func bins() {
    #expect(CycleBins(cycles: 400).width == 1 && CycleBins(cycles: 401).width == 2)
    #expect(CycleBins(cycles: 1 << 16).width == 200)
    let bins = CycleBins(cycles: 800)
    let points = bins.points([10, 40, 20, 7, 9], weights: [3, 1, 2, 0, 0])
    #expect(points.map(\.x) == [1, 3, 5])
    #expect(points[0].y == 17.5 && points[1].y == 20 && points[2].y.isNaN)
    let file = Self.file(reads: 6, lengths: [[0, 1], [2, 2], [4, 3]], quality: 30, share: 0.2)
    #expect(file.depths == [5, 5, 3, 3])
  }

  @Test("Lengths: shortest, median, N50 and longest; a histogram only where they differ")
  func lengths() {
    let one = LengthSummary([[151, 9]])
    #expect([one.shortest, one.median, one.n50, one.longest] == [151, 151, 151, 151] && one.histogram("R1") == nil)
    let several = LengthSummary([[0, 2], [10, 3], [100, 1]])
    #expect([several.shortest, several.median, several.n50, several.longest] == [0, 10, 100, 100])
    #expect(several.histogram("R1")?.bins.map(\.count).reduce(0, +) == 6)
    let none = LengthSummary([])
    #expect([none.shortest, none.median, none.n50, none.longest] == [nil, nil, nil, nil])
    let long = LengthSummary((1...5000).map { [$0 * 20, 1] }).histogram("Reads")
    #expect(
      long.map { $0.bins.count <= LengthSummary.barLimit + 1 && $0.bins.map(\.count).reduce(0, +) == 5000 } == true)
  }

  @Test("Inserts, adapters and tails hold the metrics' numbers")
  func cuts() throws {
    let metrics = Self.trimmed()
    let sizes = try #require(metrics.insert_size)
    let inserts = ReadPages.inserts(sizes)
    #expect(Self.tables(inserts)[0].rows.map { $0[1] } == [.count(75), .count(25)])
    guard case .histogram(let histogram)? = Self.plots(inserts).first else {
      Issue.record("no histogram")
      return
    }
    #expect(histogram.bins.map(\.count) == [0, 0, 10, 50, 15])

    let adapters = ReadPages.adapters(metrics)
    guard case .definitions(let definitions)? = adapters.first else {
      Issue.record("no definitions")
      return
    }
    #expect(definitions.map(\.value).prefix(2) == [.code("AGATCGGAAGAGC"), .text("neither given nor found")])
    #expect(definitions[2].value == .text("77, 6.24% of all") && definitions[3].value == .text("333, 2.70% of all"))
    let cut = Self.tables(adapters)[0]
    #expect(cut.rows.map { $0[0] } == [.code("AGATC"), .code("AGA"), .text("all others")])
    #expect(cut.rows.map { $0[1] } == [.count(30), .count(11), .count(4)])
    let tails = Self.tables(ReadPages.tails(metrics))[0]
    #expect(tails.rows.last == [.text("All"), .count(9), .count(99)])
    #expect(row(tails, "G") == [.text("G"), .count(5), .count(55)])
    #expect(ReadPages.tails(Self.passedOn()).isEmpty)
    #expect(Self.texts(ReadPages.adapters(Self.passedOn())).contains("none was cut"))
  }

  @Test("5-mers are ranked by what their bases let expect")
  func fiveMers() {
    // 10 5-mers: 7 AAAAA, 3 ACGTA; A 41 of 50, C, G and T 3 each.
    let ranked = FiveMerShares(["AAAAA": 7, "ACGTA": 3, "TTTTT": 0]).ranked
    #expect(ranked.map(\.word) == ["ACGTA", "AAAAA", "TTTTT"])
    let a = 0.82
    #expect(abs((ranked.first { $0.word == "AAAAA" }?.ratio ?? 0) - 0.7 / (a * a * a * a * a)) < 1e-12)
    #expect(FiveMerShares(["AAAAA": 0]).ranked.isEmpty)
  }

  @Test("Custody: the checksums in hexadecimal, by group and of all, and whether they balance")
  func custody() throws {
    var metrics = Self.trimmed()
    let table = Self.tables(ReadPages.custody(metrics))[0]
    #expect(table.rows.map { $0[1] }.prefix(4) == [.text("in"), .text("kept"), .text("dropped"), .text("out")])
    let first = try #require(metrics.custody["FC1:1"])
    #expect(
      table.rows[0][3...]
        == [first.input.sequence, first.input.name, first.input.quality].map { .code(ReadPages.hexadecimal($0)) }[...])
    var all = first
    all.merge(try #require(metrics.custody["FC1:2"]))
    #expect(
      table.rows.filter { $0[0] == .text("all") }.map { $0[3] }.last
        == .code(ReadPages.hexadecimal(all.output.sequence)))
    #expect(ReadPages.hexadecimal(0xABC) == "00000abc")
    #expect(Self.texts(ReadPages.custody(metrics)).contains("what came in is what was kept and what was dropped."))
    metrics.custody["FC1:1"]?.dropped = ReadChecksum()
    #expect(Self.texts(ReadPages.custody(metrics)).contains("in: FC1:1."))
    let once = Self.tables(ReadPages.custody(Self.passedOn()))[0]
    #expect(once.rows.map { $0[1] } == [.text("in and out"), .text("in and out"), .text("in and out")])
  }

  @Test("Oddities have a section where there are any; words are of evidence")
  func words() throws {
    let document = ReadPages.document(Self.trimmed(), sample: "S")
    let section = try #require(document.sections.first { $0.id == "oddities" })
    #expect(Self.tables(section.blocks)[0].rows == [[.text("fastq-no-eof-block"), .count(2)]])
    #expect(!ReadPages.document(Self.passedOn(), sample: "S").sections.contains { $0.id == "oddities" })
    let page = try ReadPages.page(Self.trimmed(), sample: "S <1>")
    #expect(page.contains("Reads of S &lt;1&gt;"))
    // Behind the style sheet, which has words of its own.
    let style = try #require(page.range(of: "</style>"))
    let text = page[style.upperBound...].lowercased()
    for word in ["normal", "healthy", "good quality", "passed qc"] { #expect(!text.contains(word), "\(word)") }
  }

  @Test("A page of 65,536 cycles stays below 2 MB, and one of no reads is made")
  func size() throws {
    var metrics = Self.trimmed()
    var long = Self.file(reads: 70_000, lengths: (1...70_000).map { [$0, 1] }, quality: 30, share: 0.2)
    // Every point another value: nothing that a curve's drawing could leave out.
    func rough(_ curve: [Double], _ height: Double) -> [Double] {
      curve.enumerated().map { $0.element + Double($0.offset * 7919 % 1009) / 1009 * height }
    }
    long.quality_curves = long.quality_curves.mapValues { rough($0, 9) }
    long.content_curves = long.content_curves.mapValues { rough($0, 0.1) }
    metrics.read1_before_filtering = long
    metrics.read1_after_filtering = long
    metrics.read2_before_filtering = long
    #expect(try ReadPages.page(metrics, sample: "S").utf8.count < 2_000_000)

    let none = ReadMetrics(ReadSummary(plan: ReadPlan(ReadOptions(), isPaired: true)), command: "test")
    #expect(throws: Never.self) { try ReadPages.page(none, sample: "S") }
    #expect(Self.figures(ReadPages.figures(none))["Bases at Q30 or above"]?.value == "–")
  }
}
