public import Genomics

/// A method by which the directory offers a test, of a closed list.
public struct TestMethod: Sendable, Hashable {
  /// The stable name, such as `wes-or-medium-panel`.
  public let id: String
  /// What turnaround goes by, such as `exome-or-panel`.
  public let group: String
  /// The name as the directory spells it most often.
  public let name: String
}

/// The closed list of methods, with the spellings that files have (reference: `Data/test-methods.tsv`).
public struct TestMethods: Sendable {
  /// The list's name and version; a list of the user's own is named after it with `+`.
  public private(set) var id: String
  /// All methods in the list's order.
  public private(set) var all: [TestMethod] = []
  private var bySpelling: [String: TestMethod] = [:]

  static let columns = ["id", "group", "name", "aliases", "source"]

  /// The list that comes with Apus.
  public static let builtIn: TestMethods = RuleTable.builtIn {
    try TestMethods(tsv: PackageResources.test_methods_tsv, file: "test-methods.tsv")
  }

  /// Reads a list: the columns `id`, `group`, `name`, `aliases` (separated by `|`) and `source`, separated by tabs.
  /// - Throws: `InputError` of kind `malformed` with the line, also where one spelling means two methods.
  public init(tsv bytes: [UInt8], file: String) throws(InputError) {
    let table = try RuleTable(bytes, file: file, columns: Self.columns)
    id = table.id
    try add(table, file: file)
  }

  /// The list with a user's own added: new methods, and new spellings of old ones.
  /// - Throws: `InputError` of kind `malformed` where a spelling of the list would mean another method.
  public func adding(tsv bytes: [UInt8], file: String) throws(InputError) -> TestMethods {
    let table = try RuleTable(bytes, file: file, columns: Self.columns)
    var sum = self
    sum.id = "\(id)+\(table.id)"
    try sum.add(table, file: file)
    return sum
  }

  private mutating func add(_ table: RuleTable, file: String) throws(InputError) {
    for (line, fields) in table.rows {
      let id = fields["id", default: ""]
      let name = fields["name", default: ""]
      let aliases = fields["aliases", default: ""].split(separator: "|").map(String.init)
      let method = all.first { $0.id == id } ?? TestMethod(id: id, group: fields["group", default: ""], name: name)
      guard !id.isEmpty, !name.isEmpty, method.group == fields["group"] else {
        throw InputError(
          .malformed, at: InputLocation(file: file, record: line),
          "the method has no id or name, or another group than before", remedy: "correct the line")
      }
      for spelling in [id, name] + aliases {
        let key = Self.key(spelling)
        guard bySpelling[key] == nil || bySpelling[key] == method, !key.isEmpty else {
          throw InputError(
            .malformed, at: InputLocation(file: file, record: line),
            "the spelling \"\(spelling)\" means another method",
            remedy: "correct the line")
        }
        bySpelling[key] = method
      }
      if !all.contains(method) { all.append(method) }
    }
  }

  /// The method of a spelling; nil for one that is not in the list, which is never guessed at.
  public func method(spelled text: String) -> TestMethod? { bySpelling[Self.key(text)] }

  /// Case, spaces and hyphens do not count, and a comparison sign is its two characters.
  static func key(_ text: String) -> String {
    var key = ""
    for character in text.lowercased() {
      switch character {
      case "≥": key += ">="
      case "≤": key += "<="
      case "-", "‐", "‑", "–", "—": break
      default: if !character.isWhitespace { key.append(character) }
      }
    }
    return key
  }
}
