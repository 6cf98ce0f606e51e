/// Why a document could not be rendered.
public enum ReportError: Error, Equatable, CustomStringConvertible {
  /// A reference that is not relative.
  case link(String)
  /// A row whose number of cells is not the number of columns. `row` counts from 0.
  case rowWidth(table: String, row: Int, expected: Int, found: Int)
  /// A row-header column that the table does not have.
  case rowHeader(table: String, column: Int)
  /// A stacked plot whose series has another number of values than there are categories.
  case seriesLength(plot: String, series: String, expected: Int, found: Int)
  /// A template of this module that cannot be used: a fault of the program.
  case template(String)

  /// One sentence for the person who runs the program.
  public var description: String {
    switch self {
    case .link(let reference): "cannot link to '\(reference)': only relative paths and fragments are allowed"
    case .rowWidth(let table, let row, let expected, let found):
      "table '\(table)': row \(row) has \(found) cells, expected \(expected)"
    case .rowHeader(let table, let column): "table '\(table)': there is no column \(column) to name the rows"
    case .seriesLength(let plot, let series, let expected, let found):
      "plot '\(plot)': series '\(series)' has \(found) values, expected \(expected)"
    case .template(let reason): "report template: \(reason)"
    }
  }
}
