import Reads
import Reports

extension ReadPages {
  /// Lengths: a table, and a histogram where reads are not all of one length.
  static func lengths(_ mates: [ReadMate]) -> [ReportBlock] {
    let all = mates.flatMap { mate in mate.stages.map { (mate.label($0), LengthSummary($0.file.length_histogram)) } }
    let table = ReportTable(
      caption:
        "Lengths in bases. Half of the reads are no longer than the median; half of the bases are in reads of N50 or longer",
      columns: [Column("Reads"), .number("Shortest"), .number("Median"), .number("N50"), .number("Longest")],
      rows: all.map { name, lengths in
        [.text(name)]
          + [lengths.shortest, lengths.median, lengths.n50, lengths.longest].map { $0.map { .count($0) } ?? .none }
      })
    return [.table(table)]
      + all.compactMap { name, lengths in
        guard let histogram = lengths.histogram(name) else { return nil }
        return .plot(.histogram(histogram))
      }
  }

  /// GC content of reads.
  static func gc(_ mates: [ReadMate]) -> [ReportBlock] {
    let width = gcWidth(mates)
    let series = mates.flatMap { mate in
      mate.stages.map { stage in
        let counts = stage.file.gc_histogram
        let points = stride(from: 0, to: counts.count, by: width).map { start in
          LinePlot.Point(
            Double(start), Double(counts[start..<min(counts.count, start + width)].reduce(0, +)))
        }
        return LinePlot.Series(mate.label(stage), points: points)
      }
    }
    let description = "Reads by the share of G and C among their A, C, G and T, rounded to whole percent."
    return [
      .plot(
        .line(
          LinePlot(
            PlotLabels(
              title: "GC content of reads",
              description: width == 1
                ? description
                : description + " Each point is the sum of \(width) percent, from the one where it stands on.",
              x: Axis("GC", unit: "%", format: .integer), y: Axis("Reads", format: .integer)), series: series)))
    ]
  }

  /// A read of n bases can have n + 1 shares of GC. So that a curve shows the reads and not which percentages there can be,
  /// a point holds as many percent as have four of them.
  private static func gcWidth(_ mates: [ReadMate]) -> Int {
    let lengths = mates.flatMap(\.stages).compactMap { LengthSummary($0.file.length_histogram).median }
    guard let length = lengths.max(), length > 0 else { return 1 }
    return min(10, (400 + length - 1) / length)
  }

  /// Insert sizes as the overlap of mates tells.
  static func inserts(_ sizes: ReadMetrics.InsertSize) -> [ReportBlock] {
    let pairs = sizes.known + sizes.unknown
    let table = ReportTable(
      caption: "Pairs whose insert size the overlap of their mates tells",
      columns: [Column("Insert size"), .number("Pairs"), .number("Of all")],
      rows: [("Known", sizes.known), ("Unknown", sizes.unknown)].map {
        [.text($0), .count($1), .bar(value: ratio($1, pairs), maximum: 1, .percent(2))]
      })
    let explanation = ReportBlock.text(
      "Unknown are pairs whose mates do not overlap enough, which are mostly those of long inserts, and sizes of \(NumberFormat.grouped(sizes.histogram.count)) bases and more. So this is the short end of the library; the alignments tell the whole."
    )
    guard sizes.known > 0 else { return [.table(table), explanation] }
    let last = sizes.histogram.lastIndex { $0 > 0 } ?? 0
    return [
      .table(table), explanation,
      .plot(
        .histogram(
          Histogram(
            PlotLabels(
              title: "Insert sizes",
              description: "Pairs by the size of their insert, of those where it is known.",
              x: Axis("Insert size", unit: "bases", format: .integer), y: Axis("Pairs", format: .integer)),
            counts: sizes.histogram[...last].map(Double.init),
            references: [ReferenceLine(.x(Double(sizes.peak)), label: "most frequent: \(sizes.peak)")]))),
    ]
  }
}

extension ReadMetrics.InsertSize {
  /// Pairs of a known size.
  var known: Int { histogram.reduce(0, +) }
}
