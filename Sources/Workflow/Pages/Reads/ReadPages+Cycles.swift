import Reads
import Reports

extension ReadPages {
  /// Quality along the read: of all bases, and folded of each base.
  static func quality(_ mates: [ReadMate]) -> [ReportBlock] {
    let each = mates.flatMap { mate in mate.stages.map { baseQuality(mate, $0) } }
    return [meanQuality(mates), .details(summary: "Quality of each base", each)]
  }

  /// One curve for each mate and stage.
  static func meanQuality(_ mates: [ReadMate]) -> ReportBlock {
    let bins = CycleBins(mates)
    let series = mates.flatMap { mate in
      mate.stages.map { stage in
        LinePlot.Series(
          mate.label(stage),
          points: bins.points(stage.file.quality_curves["mean"] ?? [], weights: stage.file.depths.map(Double.init)))
      }
    }
    return .plot(
      .line(
        LinePlot(
          PlotLabels(
            title: "Mean base quality by cycle",
            description: described("Arithmetic mean of the Phred scores of all reads that reach a cycle.", bins),
            x: Axis("Cycle", format: .integer), y: qualityAxis(series)), series: series,
          references: [ReferenceLine(.y(20), label: "Q20"), ReferenceLine(.y(30), label: "Q30")])))
  }

  private static func baseQuality(_ mate: ReadMate, _ stage: ReadMate.Stage) -> ReportBlock {
    let bins = CycleBins([mate])
    let series = ["A", "C", "G", "T"].map { base in
      LinePlot.Series(
        base, points: bins.points(stage.file.quality_curves[base] ?? [], weights: stage.file.weights(of: base)))
    }
    return .plot(
      .line(
        LinePlot(
          PlotLabels(
            title: "Mean quality of each base, \(mate.label(stage))",
            description: described("A gap is a cycle without that base.", bins), x: Axis("Cycle", format: .integer),
            y: qualityAxis(series)), series: series)))
  }

  /// Phred scores from 0, to 45 or to what is there.
  private static func qualityAxis(_ series: [LinePlot.Series]) -> Axis {
    let highest = series.flatMap(\.points).map(\.y).filter(\.isFinite).max() ?? 0
    return Axis(
      "Mean quality", unit: "Phred", format: .decimals(1), range: 0...max(45, (highest / 5).rounded(.up) * 5))
  }

  /// Bases along the read, of each mate and stage.
  static func contents(_ mates: [ReadMate]) -> [ReportBlock] {
    mates.flatMap { mate in mate.stages.map { content(mate, $0) } }
  }

  private static func content(_ mate: ReadMate, _ stage: ReadMate.Stage) -> ReportBlock {
    let bins = CycleBins([mate])
    let depths = stage.file.depths.map(Double.init)
    return .plot(
      .line(
        LinePlot(
          PlotLabels(
            title: "Bases by cycle, \(mate.label(stage))",
            description: described("Share of each base among all bases of a cycle; GC is G and C together.", bins),
            x: Axis("Cycle", format: .integer), y: Axis("Share", format: .percent(2))),
          series: ["A", "C", "G", "T", "N", "GC"].map {
            LinePlot.Series($0, points: bins.points(stage.file.content_curves[$0] ?? [], weights: depths))
          })))
  }

  private static func described(_ text: String, _ bins: CycleBins) -> String {
    [text, bins.note].compactMap { $0 }.joined(separator: " ")
  }
}

extension CycleBins {
  /// Bins for the longest of the mates' curves.
  init(_ mates: [ReadMate]) {
    self.init(cycles: mates.flatMap(\.stages).map { $0.file.quality_curves["mean"]?.count ?? 0 }.max() ?? 0)
  }
}

extension ReadMetrics.File {
  /// Bases of one letter at each cycle.
  fileprivate func weights(of base: String) -> [Double] {
    zip(depths, content_curves[base] ?? []).map { Double($0) * $1 }
  }
}
