/// What Picard's CollectWgsMetrics says of the counts, with its defaults.
struct WGSMetrics {
  private let counts: CoverageCounts
  private let depths: CountHistogram

  init(_ counts: CoverageCounts) {
    self.counts = counts
    depths = CountHistogram(counts: counts.depths)
  }

  var mean: Double { depths.mean }
  /// The median absolute deviation of depth.
  var deviation: Double { depths.medianAbsoluteDeviation }

  /// The share of bases with at least a depth, from 0 to 1.
  func share(atLeast depth: Int) -> Double {
    Double(counts.depths[depth...].reduce(0, +)) / Double(counts.territory)
  }

  private static let shown = [1, 5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100]

  /// `.wgs_metrics.txt`.
  var text: String {
    let sensitivity = TheoreticalSensitivity.heterozygous(depths: counts.rawDepths, qualities: counts.qualities)
    let sum = depths.sum
    let excluded = [
      ("ADAPTER", counts.adapter), ("MAPQ", counts.lowMappingQuality), ("DUPE", counts.duplicate),
      ("UNPAIRED", counts.unpaired), ("BASEQ", counts.lowBaseQuality), ("OVERLAP", counts.overlap),
      ("CAPPED", counts.capped),
    ]
    let whole = excluded.reduce(sum) { $0 + Double($1.1) }
    let part = { (bases: Double) in whole == 0 ? 0 : bases / whole }
    let folds = [(80, 0.2), (90, 0.1), (95, 0.05)]
    var columns: [(name: String, value: String)] = [
      ("GENOME_TERRITORY", String(counts.territory)), ("MEAN_COVERAGE", MetricsText.number(depths.mean)),
      ("SD_COVERAGE", MetricsText.number(depths.standardDeviation)),
      ("MEDIAN_COVERAGE", MetricsText.number(depths.median)), ("MAD_COVERAGE", MetricsText.number(deviation)),
    ]
    columns += excluded.map { ("PCT_EXC_\($0.0)", MetricsText.number(part(Double($0.1)))) }
    columns.append(("PCT_EXC_TOTAL", MetricsText.number(part(whole - sum))))
    columns += Self.shown.map { ("PCT_\($0)X", MetricsText.number(share(atLeast: $0))) }
    columns += folds.map { fold in
      let depth = depths.percentile(fold.1)
      return ("FOLD_\(fold.0)_BASE_PENALTY", MetricsText.number(depth.map { depths.mean / Double($0) } ?? 0))
    }
    columns.append(("HET_SNP_SENSITIVITY", MetricsText.number(sensitivity)))
    columns.append(("HET_SNP_Q", String(Phred.rounded(1 - sensitivity))))
    var text = MetricsText(
      tool: "CollectWgsMetrics", metricsClass: "picard.analysis.WgsMetrics", columns: columns.map(\.name))
    text.row(columns.map(\.value))
    text.beginHistogram(["coverage", "high_quality_coverage_count"])
    for bin in depths.bins { text.row([String(bin.key), String(bin.count)]) }
    text.finish()
    return text.text
  }
}
