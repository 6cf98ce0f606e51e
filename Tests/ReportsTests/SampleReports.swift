import Reports

/// Documents like those of the main job, with made-up values that are the same every time.
enum SampleReports {
  /// A small generator of its own, so that pictures do not change from run to run.
  struct Sequence {
    var state: UInt64
    mutating func next(_ range: ClosedRange<Double>) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Double(state >> 11) / Double(1 << 53) * (range.upperBound - range.lowerBound)
    }
  }

  static func caseReport() throws -> ReportDocument {
    let samples = try ["NA12878", "NA12891"].enumerated().map { try sample($0.element, seed: UInt64($0.offset + 1)) }
    return ReportDocument(
      title: "Case RJ1-2024-0117",
      subtitle: "Whole genome, family of two, GRCh38, R59 Early onset or syndromic epilepsy",
      banners: [
        Banner(
          .hold, heading: "do not interpret until the case is released",
          lines: [
            "NA12891: BAM and VCF differ by fingerprint (612 of 1,024 sites agree; at least 1,000 are required).",
            "NA12878: contamination is unknown, because no population frequencies were loaded.",
          ]),
        Banner(.provisional, heading: "results below were made while the case was held"),
      ],
      sections: [agreement()] + samples + [provenance()],
      footer: [
        "Apus 0.1.0 gives evidence for decision support. It reports what was assessed, not supplied or failed.",
        "A rule that could not be assessed is unknown.",
      ])
  }

  static func agreement() -> ReportSection {
    ReportSection(
      id: "agreement", heading: "Do the files belong together?", status: .fail,
      blocks: [
        .outcomes(
          caption: "Agreement rules",
          [
            OutcomeRow(rule: "Read group sample equals sheet", outcome: .pass, evidence: "NA12878, NA12891"),
            OutcomeRow(rule: "FASTQ and BAM by checksum", outcome: .notAssessed, evidence: "no FASTQ for NA12891"),
            OutcomeRow(
              rule: "BAM and VCF by fingerprint", outcome: .fail,
              evidence: "NA12891: 612 of 1,024 sites agree; at least 1,000 required"),
            OutcomeRow(
              rule: "Declared sex", outcome: .warn, evidence: "X/autosome depth 0.71, between female and male"),
            OutcomeRow(rule: "Contamination below 2%", outcome: .unknown, evidence: "no population frequencies loaded"),
          ])
      ])
  }

  static func sample(_ name: String, seed: UInt64) throws -> ReportSection {
    var random = Sequence(state: seed)
    let quality = { (drop: Double) in
      { (random: inout Sequence) in
        (0..<151).map { cycle -> Double in
          let rise = min(1.0, Double(cycle + 3) / 9)
          return 32 + 5.2 * rise - drop * Double(cycle) / 150 + random.next(-0.15...0.15)
        }
      }
    }
    let r1 = quality(3)(&random)
    let r2 = quality(6.5)(&random)
    let bases = [0.295, 0.205, 0.204, 0.293, 0.003].map { share in
      (0..<151).map { cycle in max(0, share + (cycle < 12 ? random.next(-0.03...0.03) : random.next(-0.003...0.003))) }
    }
    let depth = (0...80).map { depth -> Double in
      let distance = (Double(depth) - 33) / 7
      var bell = 1.0
      for _ in 0..<12 { bell *= 1 / (1 + distance * distance / 24) }
      return (bell * 1.6e8 + (depth == 0 ? 1.2e8 : 0)).rounded()
    }
    let total = depth.reduce(0, +)
    var above = total
    let cumulative = depth.map { count -> Double in
      defer { above -= count }
      return above / total
    }
    let contigs: [(String, Double)] = [
      ("chr1", 248_956_422), ("chr2", 242_193_529), ("chr21", 46_709_983), ("chrX", 156_040_895), ("chrM", 16_569),
    ]
    return ReportSection(
      id: "sample-\(name)", heading: "Sample \(name)", status: seed == 1 ? .unknown : .hold,
      blocks: [
        .keyFigures([
          KeyFigure("Read pairs", value: NumberFormat.grouped(412_345_678)),
          KeyFigure("Bases", value: NumberFormat.grouped(124_528_394_756)),
          KeyFigure("Bases at Q30 or above", 0.9312, .percent(1), note: "at least 85% required", status: .pass),
          KeyFigure("Mean depth", 33.4, .decimals(1), unit: "×", note: "at least 30× required", status: .pass),
          KeyFigure("Bases at 15× or above", 0.9417, .percent(1), note: "at least 95% required", status: .warn),
          KeyFigure("Contamination", .nan, .percent(2), note: "no population frequencies loaded", status: .unknown),
        ]),
        .group(
          heading: "Reads",
          [
            .plot(
              .line(
                LinePlot(
                  PlotLabels(
                    title: "Mean base quality by cycle", description: "Phred scale; mean over all reads of the sample.",
                    x: Axis("Cycle", format: .integer), y: Axis("Mean quality", format: .decimals(1), range: 0...40)),
                  series: [.init("R1", values: r1), .init("R2", values: r2)],
                  bands: [Band(y: 0...20, label: "below Q20")], references: [ReferenceLine(.y(30), label: "Q30")]))),
            .plot(
              .line(
                LinePlot(
                  PlotLabels(
                    title: "Base composition by cycle", x: Axis("Cycle", format: .integer),
                    y: Axis("Share of bases", format: .percent(2))),
                  series: zip(["A", "C", "G", "T", "N"], bases).map { .init($0, values: $1) }))),
            .plot(
              .histogram(
                Histogram(
                  PlotLabels(
                    title: "Read length", x: Axis("Length", unit: "bases", format: .integer),
                    y: Axis("Reads", format: .integer)),
                  counts: (30...151).map { $0 == 151 ? 7.9e8 : (Double($0) * 2400 * random.next(0.8...1.2)).rounded() },
                  firstValue: 30))),
          ]),
        .group(
          heading: "Alignments",
          [
            .plot(
              .histogram(
                Histogram(
                  PlotLabels(
                    title: "Depth of coverage", description: "Positions of the autosomes by depth.",
                    x: Axis("Depth", unit: "×", format: .integer), y: Axis("Positions", format: .integer)),
                  counts: depth,
                  references: [10, 15, 20, 30].map { ReferenceLine(.x(Double($0)), label: "\($0)×") }))),
            .plot(
              .line(
                LinePlot(
                  PlotLabels(
                    title: "Share of the genome at a depth or above", x: Axis("Depth", unit: "×", format: .integer),
                    y: Axis("Share of positions", format: .percent(1), range: 0...1)),
                  series: [.init(name, values: cumulative, firstX: 0)],
                  references: [ReferenceLine(.x(15), label: "15×"), ReferenceLine(.y(0.95), label: "95%")]))),
            .table(
              ReportTable(
                caption: "Depth by contig",
                columns: [
                  Column("Contig"), .number("Length", unit: "bases"), .number("Mean depth", unit: "×"),
                  .number("≥1×", unit: "%"), .number("≥10×", unit: "%"), .number("≥15×", unit: "%"),
                  .number("≥20×", unit: "%"), .number("≥30×", unit: "%"),
                ],
                rows: contigs.map { contig, length in
                  let shares = [99.1, 97.2, 95.3, 92.8, 71.4].map { Cell.number($0, .decimals(1)) }
                  return [.text(contig), .number(length, .integer), .number(33.41, .decimals(2))] + shares
                })),
            .table(
              ReportTable(
                caption: "Flagstat",
                columns: [Column("Category"), .number("QC-passed"), .number("QC-failed")],
                rows: [
                  [.text("Total"), .count(824_691_356), .count(0)],
                  [.text("Mapped"), .count(823_010_114), .count(0)],
                  [.text("Properly paired"), .count(806_112_220), .count(0)],
                ])),
          ]),
        .group(
          heading: "Variants",
          [
            .plot(
              .bars(
                BarPlot(
                  PlotLabels(
                    title: "Variants by class", x: Axis("Class"), y: Axis("Alternate alleles", format: .integer)),
                  categories: ["SNV", "Insertion", "Deletion", "MNV", "Complex", "Symbolic"],
                  series: [.init("Alleles", values: [4_012_331, 452_117, 470_922, 12_044, 3_120, 8_711])]))),
            .plot(
              .bars(
                BarPlot(
                  PlotLabels(
                    title: "Insertion and deletion length by FILTER", x: Axis("Length", unit: "bases"),
                    y: Axis("Alleles", format: .integer)),
                  categories: (1...12).map { "\($0)" } + ["13 or more"],
                  series: ["PASS", "LowQual", "Other filters"].enumerated().map { place, name in
                    .init(
                      name, values: (1...13).map { (420_000 / Double($0) / Double(place * 4 + 1)).rounded() })
                  }))),
            .plot(
              .horizontalBars(
                HorizontalBarPlot(
                  PlotLabels(
                    title: "FILTER", description: "A record with several filters counts under each.",
                    x: Axis("Records", format: .integer), y: Axis("FILTER")),
                  bars: [
                    .init("PASS", 4_611_902), .init("LowQual", 201_443), .init("LowDepth", 90_221),
                    .init("VQSRTrancheSNP99.90to100.00", 41_022), .init("not assessed", .nan),
                  ]))),
            .table(
              ReportTable(
                caption: "Records in, out and dropped", columns: [Column("Step"), .number("Records")],
                rows: [
                  [.text("In"), .count(4_952_118)], [.text("Dropped: reference mismatch"), .count(0)],
                  [.text("Dropped: outside the regions"), .count(7_530)], [.text("Out"), .count(4_944_588)],
                ])),
          ]),
        .details(
          summary: "How these were counted", [.text("In one pass over the file, after duplicates were marked.")]),
      ])
  }

  static func provenance() -> ReportSection {
    ReportSection(
      id: "provenance", heading: "Provenance",
      blocks: [
        .definitions([
          Definition("Program", .text("Apus 0.1.0")), Definition("htslib", .text("1.21")),
          Definition("Reference", .code("SQ.2648ae1bacce4ec4b6cf337dcae37816")),
        ]),
        .table(
          ReportTable(
            caption: "Inputs", columns: [Column("File"), .number("Size", unit: "bytes"), Column("SHA-256")],
            rows: ["NA12878.R1.fastq.gz", "NA12878.bam", "NA12878.vcf.gz"].map {
              [
                .text($0), .count(48_211_334_902),
                .code("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
              ]
            })),
      ])
  }

  static func batchReport(cases: Int) throws -> ReportDocument {
    var random = Sequence(state: 7)
    let states: [(Status, String?)] = [
      (.ready, nil), (.ready, nil), (.hold, "fingerprint"), (.fail, "depth"), (.unknown, "contamination"),
      (.ready, nil),
    ]
    let rows = try (0..<cases).map { index -> [Cell] in
      let (status, remark) = states[Int(random.next(0...5.999))]
      let name = "RJ1-2024-\(1000 + index)"
      return [
        .link(name, try RelativeLink(path: [name, "case.html"])), .status(status, remark),
        .count(Int(random.next(1...4))),
        .bar(value: random.next(18...42), maximum: 50, .decimals(1)),
        .bar(value: random.next(0.85...0.99), maximum: 1, .percent(1)),
        index % 7 == 3 ? .none : .number(random.next(0...0.03), .percent(2)),
      ]
    }
    let counts = Status.allCases.map { status in
      rows.filter { if case .status(status, _) = $0[1] { true } else { false } }.count
    }
    return ReportDocument(
      title: "Batch 2024-W07", subtitle: "\(cases) cases",
      sections: [
        ReportSection(
          id: "summary", heading: "Summary",
          blocks: [
            .keyFigures(
              zip(Status.allCases, counts).filter { $1 > 0 }.map {
                KeyFigure("Cases", value: NumberFormat.grouped($1), status: $0)
              })
          ]),
        ReportSection(
          id: "cases", heading: "Cases",
          blocks: [
            .table(
              ReportTable(
                caption: "Cases of the batch",
                columns: [
                  Column("Case"), Column("Status"), .number("Samples"), .number("Mean depth", unit: "×"),
                  .number("Bases at 15× or above"), .number("Contamination"),
                ], rows: rows))
          ]),
      ])
  }

  /// Plots that are hard to draw.
  static func difficultPlots() -> ReportDocument {
    let axis = Axis("x")
    let labels = { (title: String) in PlotLabels(title: title, x: axis, y: Axis("y")) }
    let spiky = (0..<10_000).map { $0 == 7777 ? 95.0 : Double($0 % 50) / 10 }
    let gapped = (0..<151).map { (40...60).contains($0) ? Double.nan : $0 == 80 ? .infinity : Double($0) / 4 }
    return ReportDocument(
      title: "Plots that are hard to draw",
      sections: [
        ReportSection(
          id: "plots", heading: "Plots",
          blocks: [
            .plot(.line(LinePlot(labels("Empty"), series: []))),
            .plot(.line(LinePlot(labels("Not a number"), series: [.init("a", values: [.nan, .infinity])]))),
            .plot(.line(LinePlot(labels("One point"), series: [.init("a", values: [5])]))),
            .plot(.line(LinePlot(labels("Ten thousand"), series: [.init("a", values: spiky)]))),
            .plot(
              .line(
                LinePlot(
                  labels("Gaps and crowded names"),
                  series: [.init("a", values: gapped)]
                    + (0..<7).map { n in .init("series \(n)", values: (0..<151).map { 20 + Double($0 + n) / 100 }) },
                  references: (1...5).map { ReferenceLine(.x(Double($0 * 4)), label: "limit \($0)") }))),
            .plot(.line(LinePlot(labels("Negative values"), series: [.init("a", values: [-3, 1e-3, 2, -8.5])]))),
            .plot(.line(LinePlot(labels("Huge"), series: [.init("a", values: [-1e308, 1e308])]))),
            .plot(.line(LinePlot(labels("Tiny"), series: [.init("a", values: [1e-12, 3e-12])]))),
            .plot(
              .histogram(Histogram(labels("Many bins"), counts: (0..<10_000).map { Double(($0 * 7919) % 1000) }))),
            .plot(.histogram(Histogram(labels("No bins"), bins: []))),
            .plot(.histogram(Histogram(labels("All zero"), counts: [0, 0, 0]))),
            .plot(
              .bars(
                BarPlot(
                  labels("Long names"), categories: (1...20).map { "category number \($0)" },
                  series: [.init("a", values: (1...20).map(Double.init))]))),
            .plot(
              .bars(
                BarPlot(
                  labels("Six patterns"), categories: ["one", "two", "three"],
                  series: (1...6).map { n in .init("pattern \(n)", values: [3, 2, Double(n)]) }))),
            .plot(
              .bars(
                BarPlot(
                  labels("Many columns"), categories: (1...500).map { "\($0)" },
                  series: [
                    .init("a", values: (1...500).map { Double($0 % 37) }),
                    .init("b", values: Array(repeating: 5, count: 500)),
                  ]))),
            .plot(
              .horizontalBars(
                HorizontalBarPlot(
                  labels("Many bars"), bars: (1...70).map { .init("bar \($0)", Double($0)) },
                  references: [ReferenceLine(.x(30), label: "30×")]))),
          ]),
        ReportSection(
          id: "plots", heading: "Empty table",
          blocks: [.table(ReportTable(caption: "Nothing", columns: [Column("A"), .number("B")], rows: []))]),
      ])
  }
}
