public import GenomicFiles

/// The counts of records that CollectGcBiasMetrics's summary gives, and both of its files.
public struct GCBiasReads: RecordCollector, Equatable {
  /// `gc-bias`.
  public static let name = "gc-bias"

  /// Unpaired records and first mates, mapped or not.
  private(set) var clusters = 0
  /// Mapped records.
  private(set) var aligned = 0
  private let hasReference: Bool

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) { hasReference = setting.hasReference }

  /// Counts a record.
  public mutating func add(_ record: AlignmentRecord) {
    guard record.sequenceLength > 0 else { return }
    let flags = record.flags
    if !flags.contains(.paired) || flags.contains(.read1) { clusters &+= 1 }
    if !flags.contains(.unmapped) { aligned &+= 1 }
  }

  /// Adds another part.
  public mutating func merge(_ other: GCBiasReads) {
    clusters += other.clusters
    aligned += other.aligned
  }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] {
    [".gc_bias_metrics.txt", ".gc_bias_summary_metrics.txt"]
  }

  /// `.gc_bias_metrics.txt`, `.gc_bias_summary_metrics.txt`, and both dropouts; unknown without a reference that has
  /// every contig, for records that are not in coordinate order, or without mapped records.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    let bias = result[GCBias.self]
    let metrics = measured(result).map { GCBiasMetrics($0, self) }
    if !hasReference {
      report.unknowns["gc-bias-unknown-without-reference"] = 1
    } else if let bias, bias.contigsWithoutBases > 0 {
      report.unknowns["gc-bias-unknown-contigs-not-in-reference"] = bias.contigsWithoutBases
    } else if bias != nil, aligned == 0 {
      report.unknowns["gc-bias-unknown-no-mapped-records"] = 1
    }
    if let metrics {
      report.add(".gc_bias_metrics.txt", metrics.detailText)
      report.add(".gc_bias_summary_metrics.txt", metrics.summaryText)
    }
    let definition =
      "windows of 100 bases of the whole reference by GC, against mapped records by the window that they start in; sum of what windows have more than reads, in percent, over"
    report.metrics.append(
      AlignmentMetrics.Metric(
        id: "gc.at_dropout", value: metrics?.atDropout.finite, unit: "percent",
        definition: "\(definition) 0 to 50 % GC",
        equalTo: "Picard 2.27.5 CollectGcBiasMetrics AT_DROPOUT"))
    report.metrics.append(
      AlignmentMetrics.Metric(
        id: "gc.gc_dropout", value: metrics?.gcDropout.finite, unit: "percent",
        definition: "\(definition) 51 to 100 % GC", equalTo: "Picard 2.27.5 CollectGcBiasMetrics GC_DROPOUT"))
  }
}

extension GCBiasReads {
  /// The windows, where GC bias could be measured.
  func measured(_ result: AlignmentResult) -> GCBias? {
    guard hasReference, aligned > 0, let bias = result[GCBias.self], bias.contigsWithoutBases == 0 else { return nil }
    return bias
  }
}

extension Double {
  /// The number, or nil where it is none: what was not measured has no value.
  var finite: Double? { isFinite ? self : nil }
}
