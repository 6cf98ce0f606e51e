/// A table with a caption, headed columns and a header cell in each row.
public struct ReportTable: Sendable, Equatable {
  /// What the table shows.
  public var caption: String
  /// Columns, left to right.
  public var columns: [Column]
  /// Rows, top to bottom, each with one cell a column; `renderHTML` refuses any other width.
  public var rows: [[Cell]]
  /// Index of the column that names the row (`<th scope="row">`); nil if there is none.
  public var rowHeader: Int?
  /// Shown instead of rows where there are none.
  public var emptyText: String
  /// Whether a reader may sort the rows by a column. Without scripts the rows stay as they are.
  public var isSortable: Bool

  /// Makes a table.
  public init(
    caption: String, columns: [Column], rows: [[Cell]], rowHeader: Int? = 0, emptyText: String = "No rows.",
    isSortable: Bool = false
  ) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.rowHeader = rowHeader
    self.emptyText = emptyText
    self.isSortable = isSortable
  }
}

/// A column of a table.
public struct Column: Sendable, Equatable {
  /// Where a column's content stands.
  public enum Alignment: Sendable, Equatable {
    /// Left, for text.
    case start
    /// Right, for numbers.
    case end
    /// In the middle.
    case centre
  }

  /// Heading.
  public var title: String
  /// Unit, set small below the heading.
  public var unit: String?
  /// Where the content stands.
  public var alignment: Alignment

  /// Makes a column.
  public init(_ title: String, unit: String? = nil, alignment: Alignment = .start) {
    self.title = title
    self.unit = unit
    self.alignment = alignment
  }

  /// A right-aligned column for numbers.
  public static func number(_ title: String, unit: String? = nil) -> Column {
    Column(title, unit: unit, alignment: .end)
  }
}

/// A cell of a table.
public enum Cell: Sendable, Equatable {
  /// Text.
  case text(String)
  /// Digests, versions and identifiers, in a fixed-width face and broken anywhere.
  case code(String)
  /// A number; one that is not finite is shown as "–" and read out as "no value".
  case number(Double, NumberFormat)
  /// A link within the report's folder.
  case link(String, RelativeLink)
  /// What came of a rule.
  case outcome(Outcome)
  /// A state, with a remark after its word if there is one.
  case status(Status, String?)
  /// A number with a small bar: `value` of `maximum`.
  case bar(value: Double, maximum: Double, NumberFormat)
  /// Nothing to show: "–", read out as "no value".
  case none

  /// A whole number with thousands separators.
  public static func count(_ value: Int) -> Cell { .text(NumberFormat.grouped(value)) }
}
