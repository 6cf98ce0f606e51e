import Genomics

/// Reads the rows of a sheet that is a table of tests.
struct DirectorySheetReader {
  private let rules: DirectoryImport
  private let sheet: Worksheet
  private let columns: DirectoryColumns
  private(set) var notes: [TestDirectory.Note] = []
  /// What a merged cell shows in the rows below its first, by row and column.
  private var merged: [Int: [Int: Worksheet.Cell]] = [:]

  init(import rules: DirectoryImport, sheet: Worksheet, columns: DirectoryColumns) {
    self.rules = rules
    self.sheet = sheet
    self.columns = columns
  }

  /// The tests in the rows' order. A row without a test code is a heading or a remark, and noted, if it has no method
  /// either; otherwise it is refused.
  mutating func read() throws(InputError) -> [DirectoryTest] {
    for column in sheet.hiddenColumns {
      notes.append(
        .init(
          code: "hidden-column", place: "\(sheet.name)!\(CellReference.letters(column))", text: heading(column)))
    }
    spreadMerges()
    var tests: [DirectoryTest] = []
    var totals: [(told: Int, place: String)] = []
    for row in sheet.rows where row.number > columns.row {
      var cells = row.cells
      for (column, cell) in merged[row.number, default: [:]] where cells[column] == nil { cells[column] = cell }
      if let test = try test(row, cells) {
        tests.append(test)
      } else if let total = total(row) {
        totals.append(total)
      }
    }
    // A footer may count tests or the clinical indications that they belong to.
    let counts = [tests.count, Set(tests.map(\.code.indication)).count]
    for total in totals where !counts.contains(total.told) {
      throw InputError(
        .mismatch, at: InputLocation(file: rules.path),
        "\(total.place): the sheet tells \(total.told) tests, and has \(tests.count)",
        remedy: "get the workbook again: rows are missing or were added")
    }
    return tests
  }

  private func heading(_ column: Int) -> String {
    columns.others[column] ?? columns.columns.first { $0.value == column }?.key.rawValue ?? ""
  }

  /// A cell that is merged over several rows counts for each of them, in its first column.
  private mutating func spreadMerges() {
    let byRow = Dictionary(sheet.rows.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    for range in sheet.merges where range.rows.lowerBound > columns.row {
      let column = range.columns.lowerBound
      let last = min(range.rows.upperBound, sheet.rows.last?.number ?? 0)
      guard range.rows.lowerBound < last, let cell = byRow[range.rows.lowerBound]?.cells[column] else { continue }
      for row in range.rows.lowerBound + 1...last where byRow[row] != nil { merged[row, default: [:]][column] = cell }
      notes.append(
        .init(code: "merged-cells", place: sheet.place(column: column, row: range.rows.lowerBound), text: cell.text))
    }
  }

  private func test(_ row: Worksheet.Row, _ cells: [Int: Worksheet.Cell]) throws(InputError) -> DirectoryTest? {
    func place(_ field: DirectoryColumns.Field) -> String {
      sheet.place(column: columns.columns[field] ?? 1, row: row.number)
    }
    /// A field's text. Excel turns symbols into days and codes into numbers; what it made of them is not what was meant.
    func text(_ field: DirectoryColumns.Field) throws(InputError) -> String? {
      guard let cell = columns.columns[field].flatMap({ cells[$0] }) else { return nil }
      let isStrict = [.test, .indication, .targets, .method, .name].contains(field)
      guard cell.kind == .text || !isStrict && cell.kind != .error else {
        throw rules.refusal(
          "\(place(field)): the cell holds \(cell.kind == .error ? "the error" : "a \(cell.kind),") \(cell.text), not text",
          remedy: "correct the cell: a spreadsheet program has changed what was written")
      }
      return cell.text
    }
    guard let codeText = try text(.test).map(rules.tidied), !codeText.isEmpty else {
      guard try text(.method) == nil else {
        throw rules.refusal("\(place(.test)): the row has a test method and no test code", remedy: "correct the row")
      }
      return nil
    }
    let code = try rules.code(codeText, place: place(.test))
    if let indication = try text(.indication).map(rules.tidied), indication.uppercased() != code.indication {
      // Some versions give the test's own code in both columns.
      guard TestCode(indication) == code else {
        throw rules.refusal(
          "\(place(.indication)): the indication \(indication) is not that of the test \(code)",
          remedy: "correct the row")
      }
    }
    guard let name = try text(.name).map(rules.tidied) else {
      throw rules.refusal("\(place(.name)): the test \(code) has no clinical indication", remedy: "correct the row")
    }
    guard let spelling = try text(.method) else {
      throw rules.refusal("\(place(.method)): the test \(code) has no method", remedy: "correct the row")
    }
    let cell = try text(.targets) ?? ""
    var fields: [String: String] = [:]
    let known = Set(columns.columns.values)
    for (column, cell) in cells where !known.contains(column) {
      fields[columns.others[column] ?? "column \(CellReference.letters(column))"] = cell.text
    }
    return DirectoryTest(
      code: code, name: name, testName: try text(.testName).map(rules.tidied),
      method: try rules.method(spelling, place: place(.method)), methodAsWritten: spelling, targetsAsWritten: cell,
      targets: TestTarget.targets(of: cell), specialty: try text(.specialty).map(rules.tidied),
      eligibility: try text(.eligibility), commissioning: try text(.commissioning).map(rules.tidied),
      changes: try text(.changes), fields: fields, place: "\(sheet.name)!\(row.number)", isHidden: row.isHidden)
  }

  /// Notes a row that is no test, and gives the number of tests that it tells as a footer does: `Total tests: 287`.
  private mutating func total(_ row: Worksheet.Row) -> (told: Int, place: String)? {
    let cells = row.cells.sorted { $0.key < $1.key }
    guard let first = cells.first else { return nil }
    let place = sheet.place(column: first.key, row: row.number)
    let text = cells.map { rules.tidied($0.value.text) }.joined(separator: " ")
    notes.append(.init(code: "row-without-test", place: place, text: text))
    guard
      let match = text.lowercased().wholeMatch(
        of:
          /(?:grand )?(?:total|number|count)\b[^0-9]*?(?:tests?|rows?|entries|indications?)?[^0-9]*?([0-9]{1,6})[^0-9]*/
      )
    else { return nil }
    return Int(match.1).map { ($0, place) }
  }
}
