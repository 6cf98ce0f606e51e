public import Reads
import Reports

/// Pages and blocks about reads.
public enum ReadPages {
  /// A page of its own for one sample's reads.
  public static func page(_ metrics: ReadMetrics, sample: String) throws -> String {
    try renderHTML(
      ReportDocument(
        title: "Reads of \(sample)", subtitle: metrics.summary.sequencing,
        sections: [
          ReportSection(id: "reads", heading: "Reads", blocks: figures(metrics)),
          ReportSection(id: "cycles", heading: "By cycle", blocks: cycles(metrics)),
          ReportSection(id: "distributions", heading: "Distributions", blocks: distributions(metrics)),
        ], footer: ["Apus \(apusVersion). Means of quality are arithmetic means of Phred scores."]))
  }

  /// Totals and where every read went.
  static func figures(_ metrics: ReadMetrics) -> [ReportBlock] {
    let stage = metrics.summary.before_filtering
    let result = metrics.filtering_result
    return [
      .keyFigures([
        KeyFigure("Reads", value: NumberFormat.grouped(stage.total_reads), note: "both mates, as they came in"),
        KeyFigure("Bases", value: NumberFormat.grouped(stage.total_bases)),
        KeyFigure("Bases at Q20 or above", stage.q20_rate, .percent(2)),
        KeyFigure("Bases at Q30 or above", stage.q30_rate, .percent(2)),
        KeyFigure("GC", stage.gc_content, .percent(2)),
        KeyFigure(
          "Mean length", Double(stage.read1_mean_length), .integer, unit: "bases", note: "first mates, rounded down"),
      ]),
      .table(
        ReportTable(
          caption: "Where the reads went", columns: [Column("Outcome"), .number("Reads")],
          rows: [
            [.text("In"), .count(stage.total_reads)],
            [.text("Out"), .count(result.passed_filter_reads)],
            [.text("Dropped: low quality"), .count(result.low_quality_reads)],
            [.text("Dropped: too many N"), .count(result.too_many_N_reads)],
            [.text("Dropped: too short"), .count(result.too_short_reads)],
            [.text("Dropped: too long"), .count(result.too_long_reads)],
          ])),
    ]
  }

  private static func mates(_ metrics: ReadMetrics) -> [(name: String, file: ReadMetrics.File)] {
    [("R1", metrics.read1_before_filtering)] + (metrics.read2_before_filtering.map { [("R2", $0)] } ?? [])
  }

  /// Quality and bases along the read.
  static func cycles(_ metrics: ReadMetrics) -> [ReportBlock] {
    let quality = LinePlot(
      PlotLabels(
        title: "Mean base quality by cycle",
        description: "Arithmetic mean of the Phred scores of all reads at each cycle.",
        x: Axis("Cycle", format: .integer), y: Axis("Mean quality", unit: "Phred", format: .decimals(1), range: 0...45)),
      series: mates(metrics).map { LinePlot.Series($0.name, values: $0.file.quality_curves["mean"] ?? []) },
      references: [ReferenceLine(.y(20), label: "Q20"), ReferenceLine(.y(30), label: "Q30")])
    let contents = mates(metrics).map { mate in
      ReportBlock.plot(
        .line(
          LinePlot(
            PlotLabels(
              title: "Bases by cycle, \(mate.name)", description: "Share of each base among all bases at each cycle.",
              x: Axis("Cycle", format: .integer), y: Axis("Share", format: .percent(1), range: 0...1)),
            series: ["A", "C", "G", "T", "N"].map { LinePlot.Series($0, values: mate.file.content_curves[$0] ?? []) })))
    }
    return [.plot(.line(quality))] + contents
  }

  /// Lengths and GC.
  static func distributions(_ metrics: ReadMetrics) -> [ReportBlock] {
    mates(metrics).flatMap { mate -> [ReportBlock] in
      let bins = mate.file.length_histogram.map {
        Histogram.Bin(Double($0[0]) - 0.5, Double($0[0]) + 0.5, count: Double($0[1]))
      }
      return [
        .plot(
          .histogram(
            Histogram(
              PlotLabels(
                title: "Read lengths, \(mate.name)", description: "Reads by length.",
                x: Axis("Length", unit: "bases", format: .integer), y: Axis("Reads", format: .integer)), bins: bins))),
        .plot(
          .histogram(
            Histogram(
              PlotLabels(
                title: "GC content of reads, \(mate.name)", description: "Reads by share of G and C, in whole percent.",
                x: Axis("GC", unit: "%", format: .integer), y: Axis("Reads", format: .integer)),
              counts: mate.file.gc_histogram.map(Double.init)))),
      ]
    }
  }
}
