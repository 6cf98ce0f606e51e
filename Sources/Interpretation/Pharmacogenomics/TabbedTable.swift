import Genomics

/// A small table in tab-separated text: remarks (`#`), a line that names the columns, then rows with every column.
struct TabbedTable {
  /// One row.
  struct Row {
    fileprivate var fields: [String: String]
    fileprivate var path: String
    /// The line, counted from 1.
    var line: Int

    /// The text of a column of the table.
    subscript(column: String) -> String { fields[column] ?? "" }

    /// An error at the row.
    func refusal(_ reason: String, remedy: String) -> InputError {
      InputError(.malformed, at: InputLocation(file: path, record: line), reason, remedy: remedy)
    }
  }

  /// The remarks' lines without `#`, in order.
  private(set) var remarks: [(line: Int, text: String)] = []
  private(set) var rows: [Row] = []

  /// Reads a table.
  /// - Throws: `InputError` of kind `malformed` with the line.
  init(_ bytes: [UInt8], columns: [String], path: String) throws(InputError) {
    func refuse(_ line: Int?, _ reason: String) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: line), reason,
        remedy: "give the columns \(columns.joined(separator: ", ")), separated by tabs, in UTF-8")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw refuse(nil, "the table is not UTF-8") }
    var hasHeading = false
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if line.isEmpty { continue }
      if line.hasPrefix("#") {
        remarks.append((index + 1, String(line.dropFirst())))
        continue
      }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard hasHeading else {
        guard fields == columns else { throw refuse(index + 1, "the first line does not name the columns") }
        hasHeading = true
        continue
      }
      guard fields.count == columns.count, fields.allSatisfy({ !$0.isEmpty }) else {
        throw refuse(index + 1, "the line does not fill \(columns.count) columns")
      }
      rows.append(
        Row(fields: Dictionary(uniqueKeysWithValues: zip(columns, fields)), path: path, line: index + 1))
    }
    guard hasHeading else { throw refuse(nil, "the table has no line that names the columns") }
  }
}
