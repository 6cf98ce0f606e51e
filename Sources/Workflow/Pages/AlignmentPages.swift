import Alignments
import Reports

/// The page and blocks about alignments.
public enum AlignmentPages {
  /// Totals, by definition.
  static func figures(_ metrics: AlignmentMetrics) -> [ReportBlock] {
    let total = metrics.coverage?.last
    var figures = [KeyFigure("Records", value: NumberFormat.grouped(metrics.records))]
    for metric in metrics.metrics {
      switch metric.id {
      case "reads.mapped_pct": figures.append(figure("Reads mapped", metric))
      case "reads.proper_pct_of_paired": figures.append(figure("Properly paired", metric))
      case "reads.duplicate_pct": figures.append(figure("Duplicates", metric))
      case "cov.mosdepth.mean":
        figures.append(
          KeyFigure("Mean depth", metric.value ?? .nan, .decimals(2), unit: "×", note: "over all contigs of the header")
        )
      case "cov.ga4gh.mean": figures.append(number("Mean depth, GA4GH", metric, .decimals(2), unit: "×"))
      case "cov.ga4gh.pct15": figures.append(figure("Autosomes at 15× or above, GA4GH", metric))
      case "bases.q30_yield_nodup":
        figures.append(number("Q30 bases, duplicates out", metric, .integer, note: "overlap of mates once"))
      case "insert.median": figures.append(number("Insert size, median", metric, .decimals(1), unit: "bases"))
      case "contam.fraction":
        figures.append(
          KeyFigure("Contamination", metric.value ?? .nan, .percent(2), note: "fraction of reads of another person"))
      default: break
      }
    }
    if let total {
      figures.append(KeyFigure("Bases at 15× or above", (total.percentAtLeast["15"] ?? .nan) / 100, .percent(2)))
    }
    return [.keyFigures(figures)]
  }

  /// Where a case's page leads to the page of one sample's alignments.
  static func link(sample: String) throws(ReportError) -> ReportBlock {
    .definitions([
      Definition(
        "GC, insert sizes, exons and their gaps",
        .link("alignments of \(sample)", try RelativeLink(path: [sample, CaseLayout.alignments + pageSuffix])))
    ])
  }

  /// What is put behind the prefix of outputs for the page.
  public static let pageSuffix = ".qc.html"

  /// Every metric with its definition.
  static func definitions(_ metrics: AlignmentMetrics) -> [ReportBlock] {
    [
      .table(
        ReportTable(
          caption: "Metrics and their definitions",
          columns: [Column("Metric"), .number("Value"), Column("Unit"), Column("Definition"), Column("Must equal")],
          rows: metrics.metrics.map {
            [
              .code($0.id), value($0), .text($0.unit), .text($0.definition), $0.equalTo.map { .text($0) } ?? .none,
            ]
          }))
    ]
  }

  /// Fractions are small: two decimals would make a contamination of 0.4 % nothing.
  private static func value(_ metric: AlignmentMetrics.Metric) -> Cell {
    guard let value = metric.value else { return .none }
    return .number(value, value == value.rounded() ? .integer : metric.unit == "fraction" ? .decimals(5) : .decimals(2))
  }

  private static func number(
    _ label: String, _ metric: AlignmentMetrics.Metric, _ format: NumberFormat, unit: String? = nil, note: String? = nil
  ) -> KeyFigure {
    KeyFigure(label, metric.value ?? .nan, format, unit: unit, note: metric.value == nil ? "not measured" : note)
  }

  private static func figure(_ label: String, _ metric: AlignmentMetrics.Metric) -> KeyFigure {
    KeyFigure(label, metric.value.map { $0 / 100 } ?? .nan, .percent(2))
  }

  /// Depth of coverage: the distribution, and a row a contig.
  static func coverage(_ metrics: AlignmentMetrics) -> [ReportBlock] {
    guard let coverage = metrics.coverage, let histogram = metrics.depthHistogram else {
      return [.text("Depth is unknown: the records are not in coordinate order.")]
    }
    // The bulk of the distribution; what lies beyond is said, and is in alignments.qc.json whole.
    let covered = histogram.filter { $0[0] > 0 }
    let all = covered.reduce(0) { $0 + $1[1] }
    var seen = 0
    var last = 1
    for entry in covered {
      seen += entry[1]
      last = entry[0]
      if Double(seen) >= 0.995 * Double(all) { break }
    }
    let shown = covered.filter { $0[0] <= last }
    var counts = [Double](repeating: 0, count: last)
    for entry in shown { counts[entry[0] - 1] = Double(entry[1]) }
    let uncovered = histogram.first { $0[0] == 0 }?[1] ?? 0
    let territory = histogram.reduce(0) { $0 + $1[1] }
    var cumulative: [LinePlot.Point] = []
    var atLeast = territory - uncovered
    for depth in 1...max(1, last) {
      cumulative.append(LinePlot.Point(Double(depth), territory == 0 ? .nan : Double(atLeast) / Double(territory)))
      atLeast -= Int(counts.indices.contains(depth - 1) ? counts[depth - 1] : 0)
    }
    let thresholds = AlignmentMetrics.thresholds
    return [
      .plot(
        .histogram(
          Histogram(
            PlotLabels(
              title: "Depth of coverage",
              description:
                "Bases by depth, from 1×; \(NumberFormat.grouped(uncovered)) bases have no coverage and are left out, and \(NumberFormat.grouped(all - shown.reduce(0) { $0 + $1[1] })) lie beyond \(last)×.",
              x: Axis("Depth", unit: "×", format: .integer), y: Axis("Bases", format: .integer)), counts: counts,
            firstValue: 1,
            references: last >= 15 ? [ReferenceLine(.x(15), label: "15×")] : []))),
      .plot(
        .line(
          LinePlot(
            PlotLabels(
              title: "Share of bases at or above a depth",
              description: "Of all bases of the header's contigs, reference gaps included.",
              x: Axis("Depth", unit: "×", format: .integer),
              y: Axis("Share of bases", format: .percent(1), range: 0...1)),
            series: [LinePlot.Series("Bases", points: cumulative)],
            references: [ReferenceLine(.y(0.95), label: "95 %")]))),
      .table(
        ReportTable(
          caption: "Coverage by contig (those with records), and over all contigs of the header",
          columns: [Column("Contig"), .number("Length"), .number("Mean depth", unit: "×")]
            + thresholds.map { .number("≥ \($0)×", unit: "% of bases") },
          rows: coverage.map { row in
            [.text(row.contig), .count(row.length), .number(row.mean, .decimals(2))]
              + thresholds.map { .number(row.percentAtLeast[String($0)] ?? .nan, .decimals(2)) }
          })),
    ]
  }
}
