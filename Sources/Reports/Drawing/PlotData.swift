/// The values behind a plot, as a table: what is drawn, for those who cannot or would rather not look at a picture.
package struct PlotData {
  /// Rows that a table shows before it is thinned.
  static let rowLimit = 200

  /// Heading of the first column.
  package var rowTitle: String
  /// Headings of the columns of values.
  package var columnTitles: [String]
  /// First cell of each row.
  package var rowNames: [String]
  /// Values by column, then row; not finite where there is none.
  package var columns: [[Double]]
  /// How values are written.
  package var format: NumberFormat

  /// The rows that are shown.
  package var thinning: RowThinning { RowThinning(columns: columns, rowCount: rowNames.count, limit: Self.rowLimit) }

  /// Says so if rows are left out.
  static func note(_ thinning: RowThinning, rowCount: Int) -> String? {
    guard thinning.step > 1 else { return nil }
    return "Every \(ordinal(thinning.step)) of \(NumberFormat.grouped(rowCount)) rows is shown, and with them the last "
      + "row and the rows that hold a column's lowest or highest value."
  }

  /// Steps are 2, 5 or end in 0.
  private static func ordinal(_ step: Int) -> String { NumberFormat.grouped(step) + (step == 2 ? "nd" : "th") }
}

extension Plot {
  /// The values behind the plot.
  package func data() -> PlotData {
    switch self {
    case .line(let plot): plot.data()
    case .histogram(let plot): plot.data()
    case .bars(let plot):
      PlotData(
        rowTitle: plot.labels.x.fullTitle,
        columnTitles: plot.series.count == 1 ? [plot.labels.y.fullTitle] : plot.series.map(\.name),
        rowNames: plot.categories, columns: plot.series.map(\.values), format: plot.labels.y.format)
    case .horizontalBars(let plot): plot.data()
    case .funnel(let plot): plot.data()
    }
  }
}

extension LinePlot {
  /// One row for each x of any series. Points of one series at the same x follow each other in rows of their own.
  package func data() -> PlotData {
    let sorted = series.map { series in
      series.points.filter { $0.x.isFinite }.enumerated()
        .sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }.map(\.element)
    }
    var next = Array(repeating: 0, count: sorted.count)
    var names: [String] = []
    var columns: [[Double]] = Array(repeating: [], count: sorted.count)
    while let x = sorted.indices.compactMap({ next[$0] < sorted[$0].count ? sorted[$0][next[$0]].x : nil }).min() {
      names.append(labels.x.format.string(x))
      for index in sorted.indices {
        if next[index] < sorted[index].count, sorted[index][next[index]].x == x {
          columns[index].append(sorted[index][next[index]].y)
          next[index] += 1
        } else {
          columns[index].append(.nan)
        }
      }
    }
    return PlotData(
      rowTitle: labels.x.fullTitle, columnTitles: series.map(\.name), rowNames: names, columns: columns,
      format: labels.y.format)
  }
}

extension HorizontalBarPlot {
  /// A row a bar; the ends of intervals where a bar has one.
  package func data() -> PlotData {
    let hasIntervals = bars.contains { $0.interval != nil }
    return PlotData(
      rowTitle: labels.y.fullTitle,
      columnTitles: [labels.x.fullTitle] + (hasIntervals ? ["Interval from", "Interval to"] : []),
      rowNames: bars.map(\.name),
      columns: [bars.map(\.value)]
        + (hasIntervals
          ? [bars.map { $0.interval?.lowerBound ?? .nan }, bars.map { $0.interval?.upperBound ?? .nan }] : []),
      format: labels.x.format)
  }
}

extension Histogram {
  package func data() -> PlotData {
    let names = bins.map { bin in
      isCentred
        ? labels.x.format.string((bin.lower + bin.upper) / 2)
        : "\(labels.x.format.string(bin.lower)) to below \(labels.x.format.string(bin.upper))"
    }
    return PlotData(
      rowTitle: labels.x.fullTitle, columnTitles: [labels.y.fullTitle], rowNames: names, columns: [bins.map(\.count)],
      format: labels.y.format)
  }
}
