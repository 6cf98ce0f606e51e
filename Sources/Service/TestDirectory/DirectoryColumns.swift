/// Which column of a workbook holds what (`Data/test-directory-columns.tsv`).
struct DirectoryColumns {
  enum Field: String, CaseIterable {
    case test
    case indication
    case name
    case testName
    case targets
    case method
    case specialty
    case eligibility
    case commissioning
    case changes
  }

  /// The rules of the headings.
  struct Rules {
    var headings: [(field: Field, key: String, isPrefix: Bool)] = []
    var required: Set<Field> = []

    static let builtIn: Rules = RuleTable.builtIn {
      let table = try RuleTable(
        PackageResources.test_directory_columns_tsv, file: "test-directory-columns.tsv",
        columns: ["field", "heading", "required"])
      var rules = Rules()
      for row in table.rows {
        guard let field = Field(rawValue: row.fields["field", default: ""]), let heading = row.fields["heading"] else {
          preconditionFailure("test-directory-columns.tsv:\(row.line) names no field")
        }
        rules.headings.append((field, key(heading), heading.hasSuffix("*")))
        if row.fields["required"] == "yes" { rules.required.insert(field) }
      }
      return rules
    }

    /// The field of a heading; nil for a column that is kept as it is.
    func field(of heading: String) -> Field? {
      let asked = Self.key(heading)
      return headings.first { $0.key == asked || ($0.isPrefix && asked.hasPrefix($0.key)) }?.field
    }

    /// Letters and digits alone, in lower case.
    static func key(_ heading: String) -> String { String(heading.lowercased().filter { $0.isLetter || $0.isNumber }) }
  }

  /// How far down the row of headings is looked for.
  static let lastHeadingRow = 30

  /// The row of headings.
  let row: Int
  /// The columns of known fields.
  let columns: [Field: Int]
  /// The other columns that have a heading.
  let others: [Int: String]

  /// Finds the row of headings; nil where a sheet is no table of tests.
  /// - Parameter twice: is told of a field that two columns of the row have.
  init?(_ sheet: Worksheet, rules: Rules = .builtIn, twice: (Field, Int, Int) -> Void) {
    for row in sheet.rows.prefix(while: { $0.number <= Self.lastHeadingRow }) {
      var columns: [Field: Int] = [:]
      var others: [Int: String] = [:]
      var repeated: (Field, Int)?
      for (column, cell) in row.cells.sorted(by: { $0.key < $1.key }) {
        let heading = cell.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if let field = rules.field(of: heading) {
          // Two columns may tell the changes since different versions; two of test codes contradict each other.
          if columns[field] == nil {
            columns[field] = column
          } else if rules.required.contains(field) {
            repeated = (field, column)
          } else {
            others[column] = heading
          }
        } else {
          others[column] = heading
        }
      }
      // Two columns of one heading keep apart by their letters.
      for (heading, places) in Dictionary(grouping: others.keys, by: { others[$0] ?? "" }) where places.count > 1 {
        for column in places { others[column] = "\(heading) (\(CellReference.letters(column)))" }
      }
      guard rules.required.isSubset(of: columns.keys) else { continue }
      if let (field, column) = repeated { twice(field, column, row.number) }
      self.row = row.number
      self.columns = columns
      self.others = others
      return
    }
    return nil
  }
}
