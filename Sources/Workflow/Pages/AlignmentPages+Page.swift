public import Alignments
import ApusVersion
import Reports

extension AlignmentPages {
  /// A page of its own for one sample's alignments (`P.qc.html`).
  /// - Parameter verdict: the policy's, where there is one.
  public static func page(
    _ metrics: AlignmentMetrics, plots: AlignmentPlots, sample: String, verdict: Verdict? = nil
  ) throws -> String {
    try renderHTML(document(metrics, plots: plots, sample: sample, verdict: verdict))
  }

  static func document(_ metrics: AlignmentMetrics, plots: AlignmentPlots, sample: String, verdict: Verdict?)
    -> ReportDocument
  {
    var sections = [ReportSection(id: "overview", heading: "Overview", blocks: figures(metrics))]
    if let verdict {
      sections.append(
        ReportSection(
          id: "policy", heading: "Policy",
          blocks: [
            .outcomes(
              caption: "Rules of the policy; together: \(verdict.verdict.rawValue)",
              verdict.rules.map {
                OutcomeRow(rule: $0.rule, outcome: CasePage.outcome($0.outcome), evidence: $0.evidence)
              })
          ]))
    }
    if !metrics.warnings.isEmpty || !metrics.unknowns.isEmpty {
      sections.append(
        ReportSection(
          id: "oddities", heading: "Oddities and what is unknown", status: metrics.warnings.isEmpty ? nil : .warn,
          blocks: oddities(metrics)))
    }
    sections.append(ReportSection(id: "coverage", heading: "Depth", blocks: coverage(metrics)))
    sections.append(ReportSection(id: "gc", heading: "GC", blocks: gc(plots)))
    sections.append(ReportSection(id: "inserts", heading: "Insert sizes", blocks: inserts(plots)))
    if let exons = metrics.exonGaps {
      sections.append(ReportSection(id: "exons", heading: "Exons and their gaps", blocks: gaps(exons, plots)))
    }
    sections.append(
      ReportSection(id: "metrics", heading: "Metrics and their definitions", blocks: definitions(metrics)))
    return ReportDocument(
      title: "Alignments of \(sample)",
      subtitle: metrics.samples.isEmpty
        ? "no read group names a sample" : "read groups name \(metrics.samples.joined(separator: ", "))",
      sections: sections,
      footer: [
        "Apus \(apusVersion). The figures describe the alignments; whether they suffice for a purpose is for a policy and for qualified staff to say.",
        "What was not measured has no value; that is not zero.",
      ])
  }

  private static func oddities(_ metrics: AlignmentMetrics) -> [ReportBlock] {
    func table(_ caption: String, _ counts: [String: Int]) -> ReportBlock {
      .table(
        ReportTable(
          caption: caption, columns: [Column("What"), .number("Times")],
          rows: counts.sorted { $0.key < $1.key }.map { [.text($0.key), .count($0.value)] }, emptyText: "Nothing."))
    }
    return [
      table("What was odd but legal in the input", metrics.warnings),
      table("Why something could not be measured", metrics.unknowns),
    ]
  }

  private static func gc(_ plots: AlignmentPlots) -> [ReportBlock] {
    guard !plots.gc.isEmpty else {
      return [.text("Unknown: it needs the reference (-f), coordinate order and mapped records.")]
    }
    // Rare windows have few reads, and their ratio is noise.
    let windows = plots.gc.reduce(0) { $0 + $1.windows }
    let common = plots.gc.filter { 10_000 * $0.windows >= windows }
    return [
      .plot(
        .line(
          LinePlot(
            PlotLabels(
              title: "Reads by GC of the reference",
              description:
                "Reads that start in windows of 100 bases, relative to the mean of all windows; percentages that fewer than one window in 10,000 has are left out.",
              x: Axis("GC of the window", unit: "%", format: .integer),
              y: Axis("Relative coverage", format: .decimals(2))),
            series: [LinePlot.Series("Reads", points: common.map { LinePlot.Point(Double($0.gc), $0.coverage) })],
            references: [ReferenceLine(.y(1), label: "as all")]))),
      .plot(
        .histogram(
          Histogram(
            PlotLabels(
              title: "Windows of the reference by GC", description: "Windows of 100 bases.",
              x: Axis("GC of the window", unit: "%", format: .integer), y: Axis("Windows", format: .integer)),
            counts: (0...100).map { gc in Double(plots.gc.first { $0.gc == gc }?.windows ?? 0) }, firstValue: 0))),
    ]
  }

  private static func inserts(_ plots: AlignmentPlots) -> [ReportBlock] {
    guard !plots.inserts.isEmpty else { return [.text("Unknown: no pair has both mates mapped to one contig.")] }
    return plots.inserts.map { inserts in
      let (first, last) = (inserts.pairs.first?.size ?? 0, inserts.pairs.last?.size ?? 0)
      let width = CycleBins.width(for: last - first + 1, limit: 300)
      let start = first / width * width
      var bars = [Double](repeating: 0, count: max(1, (last - start) / width + 1))
      for pair in inserts.pairs { bars[(pair.size - start) / width] += Double(pair.pairs) }
      let words = ["FR": "inwards", "RF": "outwards", "TANDEM": "the same way"]
      let labels = PlotLabels(
        title: "Insert sizes of pairs that face \(words[inserts.orientation] ?? inserts.orientation)",
        description:
          "Median \(NumberFormat.shortest.string(inserts.median)), median absolute deviation \(NumberFormat.shortest.string(inserts.deviation)) bases; sizes above the median and ten deviations are left out.",
        x: Axis("Insert size", unit: "bases", format: .integer), y: Axis("Pairs", format: .integer))
      return .plot(
        .histogram(
          Histogram(
            labels,
            bins: bars.enumerated().map { index, count in
              let lower = Double(start + index * width)
              return Histogram.Bin(lower, lower + Double(width), count: count)
            })))
    }
  }
}
