/// A cell's place in a sheet, as `AB12` writes it: column letters, then the row from 1.
struct CellReference: Hashable {
  /// The most rows and columns that a sheet has (ECMA-376 part 1, annex on limits of Excel 2007 and later).
  static let rows = 1_048_576
  static let columns = 16_384

  /// The column, from 1.
  let column: Int
  /// The row, from 1.
  let row: Int

  init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// Reads `AB12`; nil for anything else, and beyond a sheet's limits.
  init?(_ text: some StringProtocol) {
    let letters = text.utf8.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let digits = text.utf8.dropFirst(letters.count)
    guard (1...3).contains(letters.count), (1...7).contains(digits.count),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    column = letters.reduce(0) { $0 * 26 + Int($1 - UInt8(ascii: "A")) + 1 }
    row = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    guard (1...Self.columns).contains(column), (1...Self.rows).contains(row) else { return nil }
  }

  /// `AB12`.
  var name: String { Self.letters(column) + String(row) }

  /// The letters of a column counted from 1.
  static func letters(_ column: Int) -> String {
    var rest = column
    var letters = ""
    while rest > 0 {
      letters = String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26)))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}

/// Cells in a rectangle, as `A2:A5` writes them.
struct CellRange: Hashable {
  let columns: ClosedRange<Int>
  let rows: ClosedRange<Int>

  /// Reads `A2:A5`, or one cell; nil for anything else.
  init?(_ text: String) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { CellReference($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
      first.column <= last.column, first.row <= last.row
    else { return nil }
    columns = first.column...last.column
    rows = first.row...last.row
  }
}
