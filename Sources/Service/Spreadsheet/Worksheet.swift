/// A sheet of a workbook: the cells that hold something, as text.
struct Worksheet {
  /// What a cell's text was made from.
  enum CellKind: Hashable {
    case text
    case number
    /// A number that is shown as a day or a time.
    case date
    case boolean
    /// `#N/A` and its like.
    case error
  }

  /// A cell that holds something.
  struct Cell: Hashable {
    var text: String
    var kind: CellKind
  }

  /// A row that holds something.
  struct Row {
    /// From 1.
    var number: Int
    var isHidden: Bool
    /// The cells by column, from 1.
    var cells: [Int: Cell]
  }

  /// What is shown of a sheet.
  enum Visibility: String {
    case visible
    case hidden
    /// Hidden so that only a program shows it again.
    case veryHidden
  }

  let name: String
  let visibility: Visibility
  var rows: [Row] = []
  /// Columns that are hidden or have no width, among those that hold something.
  var hiddenColumns: [Int] = []
  var merges: [CellRange] = []

  /// `Sheet!B7`, as a person finds the cell.
  func place(column: Int, row: Int) -> String { "\(name)!\(CellReference(column: column, row: row).name)" }
}
