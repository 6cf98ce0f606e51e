/// What Picard's CollectInsertSizeMetrics says of insert sizes, with its defaults: orientations with fewer than 5 % of
/// the pairs are left out, and mean, deviation and histogram leave out sizes above the median plus ten deviations.
struct InsertSizeMetrics {
  /// One orientation.
  struct Row {
    var orientation: InsertSizes.Orientation
    var median: Double
    var mode: Int
    /// The median absolute deviation.
    var deviation: Double
    var minimum: Int
    var maximum: Int
    var pairs: Int
    /// Widths about the median that hold 10, 20 … 99 % of the pairs.
    var widths: [Int]
    /// The sizes that mean and standard deviation are taken of.
    var trimmed: CountHistogram
  }

  /// A float in Picard, which makes it a little more than 5 %.
  private static let minimumShare = Double(Float(0.05))
  private static let deviations = 10.0
  private static let shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]

  private(set) var rows: [Row] = []

  init(_ sizes: InsertSizes) {
    let histograms = InsertSizes.Orientation.allCases.map { ($0, sizes.sizes($0)) }
    let all = histograms.reduce(0) { $0 + $1.1.count }
    guard all > 0 else { return }
    for (orientation, histogram) in histograms {
      guard Double(histogram.count) >= Double(all) * Self.minimumShare, let first = histogram.bins.first,
        let last = histogram.bins.last
      else { continue }
      let median = histogram.median
      let deviation = histogram.medianAbsoluteDeviation
      var trimmed = histogram
      trimmed.trim(toWidth: Int(min(median + Self.deviations * deviation, Double(Int32.max))))
      rows.append(
        Row(
          orientation: orientation, median: median, mode: histogram.mode ?? 0, deviation: deviation,
          minimum: first.key, maximum: last.key, pairs: histogram.count,
          widths: Self.widths(histogram, median: median), trimmed: trimmed))
    }
  }

  /// Where a window about the median, widened by a base on both sides at a time, first holds each share.
  private static func widths(_ histogram: CountHistogram, median: Double) -> [Int] {
    var widths = [Int](repeating: 0, count: shares.count)
    // A half median stands with the size below it.
    let middle = Int(median)
    let total = Double(histogram.count)
    var covered = 0.0
    let steps = histogram.bins.map { (steps: abs($0.key - middle), count: $0.count) }.sorted { $0.steps < $1.steps }
    for (index, step) in steps.enumerated() {
      covered += Double(step.count)
      // The size as far on the other side counts at the same step.
      if index + 1 < steps.count, steps[index + 1].steps == step.steps { continue }
      for (place, share) in shares.enumerated() where covered / total >= share && widths[place] == 0 {
        widths[place] = 2 * step.steps + 1
      }
    }
    return widths
  }

  /// The file.
  var text: String {
    var text = MetricsText(
      tool: "CollectInsertSizeMetrics", metricsClass: "picard.analysis.InsertSizeMetrics",
      columns: [
        "MEDIAN_INSERT_SIZE", "MODE_INSERT_SIZE", "MEDIAN_ABSOLUTE_DEVIATION", "MIN_INSERT_SIZE", "MAX_INSERT_SIZE",
        "MEAN_INSERT_SIZE", "STANDARD_DEVIATION", "READ_PAIRS", "PAIR_ORIENTATION",
      ] + Self.shares.map { "WIDTH_OF_\(Int(($0 * 100).rounded()))_PERCENT" } + ["SAMPLE", "LIBRARY", "READ_GROUP"])
    for row in rows {
      text.row(
        [
          MetricsText.number(row.median), String(row.mode), MetricsText.number(row.deviation), String(row.minimum),
          String(row.maximum), MetricsText.number(row.trimmed.mean),
          MetricsText.number(row.trimmed.standardDeviation), String(row.pairs), row.orientation.label,
        ] + row.widths.map { String($0) } + ["", "", ""])
    }
    text.beginHistogram(["insert_size"] + rows.map { "All_Reads.\($0.orientation.label.lowercased())_count" })
    let keys = Set(rows.flatMap { $0.trimmed.bins.map(\.key) }).sorted()
    for key in keys { text.row([String(key)] + rows.map { String($0.trimmed.count(of: key)) }) }
    text.finish()
    return text.text
  }
}

extension InsertSizes.Orientation {
  /// Picard's name.
  var label: String {
    switch self {
    case .inward: "FR"
    case .outward: "RF"
    case .tandem: "TANDEM"
    }
  }
}
