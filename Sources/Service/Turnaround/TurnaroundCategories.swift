public import Genomics

/// Which category of a turnaround table a test falls into, by its method and the referral's urgency.
public struct TurnaroundCategories: Sendable {
  /// The name and version of the data.
  public let id: String
  private let lines: [Line]

  private struct Line {
    var table: String
    var group: String
    var urgency: String
    var categories: [String]
  }

  static let columns = ["table", "group", "urgency", "categories", "basis"]

  /// The rules that come with Apus: `Data/turnaround-categories.tsv`.
  public static let builtIn: TurnaroundCategories = RuleTable.builtIn {
    try TurnaroundCategories(tsv: PackageResources.turnaround_categories_tsv, file: "turnaround-categories.tsv")
  }

  /// Reads rules, tab-separated with the columns of `Data/turnaround-categories.tsv`.
  /// - Throws: `InputError` of kind `malformed` with the line, also where two lines say something of one test.
  public init(tsv bytes: [UInt8], file: String) throws(InputError) {
    let table = try RuleTable(bytes, file: file, columns: Self.columns)
    var lines: [Line] = []
    for (number, fields) in table.rows {
      let line = Line(
        table: fields["table", default: ""], group: fields["group", default: ""],
        urgency: fields["urgency", default: ""],
        categories: fields["categories", default: ""].split(separator: " ").map(String.init))
      let isRepeated = lines.contains {
        $0.table == line.table && $0.group == line.group
          && ($0.urgency == line.urgency || $0.urgency == "*" || line.urgency == "*")
      }
      guard !line.table.isEmpty, !line.group.isEmpty, !line.urgency.isEmpty, !line.categories.isEmpty, !isRepeated
      else {
        throw InputError(
          .malformed, at: InputLocation(file: file, record: number),
          "a field is empty, or another line says something of the same tests", remedy: "correct the line")
      }
      lines.append(line)
    }
    id = table.id
    self.lines = lines
  }

  /// The categories that a test passes through, in order: one, or the parts of central WGS. Nil where the table does not
  /// establish one; then the standard is unknown.
  public func categories(table: String, method: TestMethod, urgency: String) -> [String]? {
    lines.first { $0.table == table && $0.group == method.group && ($0.urgency == urgency || $0.urgency == "*") }?
      .categories
  }
}
