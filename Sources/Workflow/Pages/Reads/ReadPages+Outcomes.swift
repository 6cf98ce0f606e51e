import Reads
import Reports

extension ReadPages {
  /// Where every read went.
  static func outcomes(_ metrics: ReadMetrics) -> [ReportBlock] {
    let result = metrics.filtering_result
    let whole = metrics.summary.before_filtering.total_reads
    let dropped = result.droppedReads
    func row(_ name: String, _ count: Int) -> [Cell] {
      [.text(name), .count(count), .bar(value: ratio(count, whole), maximum: 1, .percent(3))]
    }
    let sum = result.passed_filter_reads + dropped.reduce(0) { $0 + $1.reads }
    return [
      .table(
        ReportTable(
          caption: "Where every read went",
          columns: [Column("Outcome"), .number("Reads"), .number("Of those that came in")],
          rows: [row("In", whole), row("Out", result.passed_filter_reads)]
            + dropped.map { row("Dropped: \($0.reason)", $0.reads) })),
      .text(
        (sum == whole
          ? "Out and dropped add up to in: \(NumberFormat.grouped(whole))."
          : "Out and dropped add up to \(NumberFormat.grouped(sum)), and \(NumberFormat.grouped(whole)) came in: do not use these figures.")
          + (metrics.read2_before_filtering == nil
            ? "" : " A pair counts as two reads, under the worse outcome of its mates.")),
    ] + corrections(result)
  }

  private static func corrections(_ result: ReadMetrics.FilteringResult) -> [ReportBlock] {
    guard let reads = result.corrected_reads, let bases = result.corrected_bases else { return [] }
    return [
      .text(
        "In the overlap of mates, \(NumberFormat.grouped(bases)) bases of \(NumberFormat.grouped(reads)) reads were corrected."
      )
    ]
  }

  static func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? .nan : Double(part) / Double(whole) }
}

extension ReadMetrics.FilteringResult {
  /// Reads that did not go out, by the reasons that were looked at.
  var droppedReads: [(reason: String, reads: Int)] {
    [
      ("low quality", low_quality_reads), ("too many N", too_many_N_reads), ("low complexity", low_complexity_reads),
      ("too short", too_short_reads), ("too long", too_long_reads), ("duplicate", duplicate_reads),
    ].compactMap { reason, reads in reads.map { (reason, $0) } }
  }
}
