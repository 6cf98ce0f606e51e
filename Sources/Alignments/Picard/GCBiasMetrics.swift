/// What Picard's CollectGcBiasMetrics says of the counts: one row for each percentage of GC, and a summary of all reads.
struct GCBiasMetrics {
  private let bias: GCBias
  private let records: GCBiasReads
  private let readsPerWindow: Double
  /// What AT-rich windows (0 to 50 % GC) lack of their share of reads, in percent.
  private(set) var atDropout = 0.0
  /// The same of GC-rich ones.
  private(set) var gcDropout = 0.0

  init(_ bias: GCBias, _ records: GCBiasReads) {
    self.bias = bias
    self.records = records
    let reads = Double(bias.reads.reduce(0, +))
    let windows = Double(bias.windows.reduce(0, +))
    readsPerWindow = reads / windows
    for gc in bias.windows.indices {
      let dropout = (Double(bias.windows[gc]) / windows - Double(bias.reads[gc]) / reads) * 100
      guard dropout > 0 else { continue }
      if gc <= 50 { atDropout += dropout } else { gcDropout += dropout }
    }
  }

  /// Windows and their reads relative to the mean, by the percentage of GC; those without a window are left out.
  var points: [(gc: Int, windows: Int, coverage: Double)] {
    bias.windows.indices.filter { bias.windows[$0] > 0 }.map { ($0, bias.windows[$0], normalisedCoverage($0...$0)) }
  }

  /// Reads per window of a range of percentages, relative to all.
  private func normalisedCoverage(_ range: ClosedRange<Int>) -> Double {
    var reads = 0.0
    var windows = 0
    for gc in range where bias.windows[gc] != 0 {
      reads += Double(bias.reads[gc])
      windows += bias.windows[gc]
    }
    return windows == 0 ? 0 : reads / (Double(windows) * readsPerWindow)
  }

  private static let level = ["All Reads", "ALL"]
  private static let group = ["SAMPLE", "LIBRARY", "READ_GROUP"]

  /// `.gc_bias_metrics.txt`.
  var detailText: String {
    var text = MetricsText(
      tool: "CollectGcBiasMetrics", metricsClass: "picard.analysis.GcBiasDetailMetrics",
      columns: [
        "ACCUMULATION_LEVEL", "READS_USED", "GC", "WINDOWS", "READ_STARTS", "MEAN_BASE_QUALITY",
        "NORMALIZED_COVERAGE", "ERROR_BAR_WIDTH",
      ] + Self.group)
    for gc in bias.windows.indices {
      let windows = Double(bias.windows[gc])
      let reads = Double(bias.reads[gc])
      let quality =
        bias.errors[gc] > 0 ? Phred.rounded(Double(bias.errors[gc]) / Double(bias.bases[gc])) : 0
      let coverage = windows == 0 ? 0 : (reads / windows) / readsPerWindow
      let width = windows == 0 ? 0 : (reads.squareRoot() / windows) / readsPerWindow
      text.row(
        Self.level + [
          String(gc), String(bias.windows[gc]), String(bias.reads[gc]), String(quality), MetricsText.number(coverage),
          MetricsText.number(width), "", "", "",
        ])
    }
    text.finish()
    return text.text
  }

  /// `.gc_bias_summary_metrics.txt`.
  var summaryText: String {
    var text = MetricsText(
      tool: "CollectGcBiasMetrics", metricsClass: "picard.analysis.GcBiasSummaryMetrics",
      columns: [
        "ACCUMULATION_LEVEL", "READS_USED", "WINDOW_SIZE", "TOTAL_CLUSTERS", "ALIGNED_READS", "AT_DROPOUT",
        "GC_DROPOUT", "GC_NC_0_19", "GC_NC_20_39", "GC_NC_40_59", "GC_NC_60_79", "GC_NC_80_100",
      ] + Self.group)
    let coverage = [0...19, 20...39, 40...59, 60...79, 80...100].map { MetricsText.number(normalisedCoverage($0)) }
    text.row(
      Self.level + [
        String(GCWindows.length), String(records.clusters), String(records.aligned), MetricsText.number(atDropout),
        MetricsText.number(gcDropout),
      ] + coverage + ["", "", ""])
    text.finish()
    return text.text
  }
}
