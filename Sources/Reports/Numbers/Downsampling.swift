/// Fewer points for the same picture. Each of `columns` equal stretches of x keeps its first, lowest, highest and last
/// point, so that a spike of one value in ten thousand is still drawn and ends still meet.
///
/// - Parameters:
///   - points: finite, by ascending x.
///   - columns: about as many as the plot has pixels across.
/// - Returns: the points themselves if there are not more than four a column.
package func downsampled(_ points: [LinePlot.Point], columns: Int) -> [LinePlot.Point] {
  guard points.count > 4 * columns, let first = points.first, let last = points.last, last.x > first.x else {
    return points
  }
  let columnWidth = (last.x - first.x) / Double(columns)
  var kept: [LinePlot.Point] = []
  var start = 0
  while start < points.count {
    let column = ((points[start].x - first.x) / columnWidth).rounded(.down)
    var end = start
    var (lowest, highest) = (start, start)
    while end < points.count, ((points[end].x - first.x) / columnWidth).rounded(.down) <= column {
      if points[end].y < points[lowest].y { lowest = end }
      if points[end].y > points[highest].y { highest = end }
      end += 1
    }
    var previous = -1
    for index in [start, min(lowest, highest), max(lowest, highest), end - 1] where index != previous {
      kept.append(points[index])
      previous = index
    }
    start = end
  }
  return kept
}

/// Which rows of a long table are shown.
package struct RowThinning: Equatable {
  /// Every how many rows one is shown; 1 if all are.
  package var step: Int
  /// Indices of the rows shown, ascending.
  package var rows: [Int]

  /// Keeps every `step`th row for the smallest step of 1, 2 or 5 times a power of ten that leaves no more than `limit`,
  /// and beside them the last row and each column's rows of lowest and highest value.
  package init(columns: [[Double]], rowCount: Int, limit: Int) {
    guard rowCount > limit else {
      (step, rows) = (1, Array(0..<rowCount))
      return
    }
    let (mantissa, exponent) = AxisTicks.roundStep(Double(rowCount) / Double(limit))
    var step = mantissa
    for _ in 0..<max(0, exponent) { step *= 10 }
    var kept = Set(stride(from: 0, to: rowCount, by: step))
    kept.insert(rowCount - 1)
    for column in columns {
      let finite = column.indices.filter { column[$0].isFinite }
      if let lowest = finite.min(by: { column[$0] < column[$1] }) { kept.insert(lowest) }
      if let highest = finite.max(by: { column[$0] < column[$1] }) { kept.insert(highest) }
    }
    self.step = step
    rows = kept.sorted()
  }
}
