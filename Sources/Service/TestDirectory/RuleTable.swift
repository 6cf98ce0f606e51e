import Genomics

/// A table of rules as data: tab-separated, a heading line, lines that begin with `#` are remarks. The first remark
/// begins with the table's name and version, `# test-methods/1: …`.
struct RuleTable {
  /// The name and version; for a table of the user's own without one, its file.
  let id: String
  /// The rows by column, with the line from 1.
  let rows: [(line: Int, fields: [String: String])]

  /// Reads a table that has exactly these columns.
  /// - Throws: `InputError` of kind `malformed` with the line.
  init(_ bytes: [UInt8], file: String, columns: [String]) throws(InputError) {
    func refusal(_ reason: String, line: Int? = nil) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: file, record: line), reason,
        remedy: "give the columns \(columns.joined(separator: ", ")), separated by tabs")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw refusal("the table is not UTF-8") }
    var id: String?
    var rows: [(line: Int, fields: [String: String])] = []
    var hasHeading = false
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if line.hasPrefix("#") {
        if id == nil, let name = line.dropFirst().split(separator: ":").first { id = String(name.dropFirst()) }
        continue
      }
      if line.isEmpty { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard hasHeading else {
        guard fields == columns else { throw refusal("the first line does not name the columns", line: index + 1) }
        hasHeading = true
        continue
      }
      guard fields.count == columns.count else {
        throw refusal("the line has \(fields.count) fields, not \(columns.count)", line: index + 1)
      }
      rows.append((index + 1, Dictionary(uniqueKeysWithValues: zip(columns, fields))))
    }
    guard !rows.isEmpty else { throw refusal("the table has no rows") }
    self.id = id ?? file
    self.rows = rows
  }

  /// A table that is part of Apus: one that does not read is a bug, which the tests find.
  static func builtIn<Table>(_ make: () throws -> Table) -> Table {
    do { return try make() } catch { preconditionFailure("\(error)") }
  }
}
