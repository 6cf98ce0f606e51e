import GenomicFiles
import Reports
import Service

/// Tests of a directory as text and as JSON with the same content.
struct DirectoryAnswer {
  let directory: TestDirectory
  let tests: [DirectoryTest]

  /// `apus-directory-tests/1`.
  var json: String {
    let value = JSONValue.object([
      .init("schema", .string("apus-directory-tests/1")),
      .init("directory", Self.heading(directory)),
      .init("tests", .array(tests.map(Self.json))),
    ])
    return String(decoding: value.bytes, as: UTF8.self)
  }

  /// A line a test.
  var table: String {
    var text = "# \(Self.title(directory)): \(tests.count) of \(directory.tests.count) tests\n"
    text += "#code\tclinical_indication\tmethod\ttargets\tspecialty\n"
    for test in tests {
      let fields = [
        test.code.description, test.name, test.method.name, test.targetsAsWritten, test.specialty ?? ".",
      ]
      text += fields.map(Self.line).joined(separator: "\t") + "\n"
    }
    return text
  }

  /// All that the directory says about each test.
  var text: String {
    tests.map { test in
      var lines = ["\(test.code)\t\(Self.title(directory))"]
      func add(_ name: String, _ text: String?) { if let text, !text.isEmpty { lines.append("\(name)\t\(text)") } }
      add("clinical indication", "\(test.code.indication) \(test.name)")
      add("test name", test.testName)
      let isAsWritten = test.methodAsWritten == test.method.name
      add("method", test.method.name + (isAsWritten ? "" : " (written: \(Self.line(test.methodAsWritten)))"))
      for target in test.targets {
        switch target {
        case .panel(let id, let name): add("panel", "\(id) \(name)")
        case .gene(let symbol, let hgnc): add("gene", "\(symbol)\(hgnc.map { " (\($0))" } ?? "")")
        case .text(let text): add("to be read", text)
        }
      }
      add("targets as written", Self.line(test.targetsAsWritten))
      add("specialty", test.specialty)
      add("commissioning", test.commissioning)
      add("changes", test.changes)
      for (heading, text) in test.fields.sorted(by: { $0.key < $1.key }) { add(heading, Self.line(text)) }
      lines.append("eligibility\t\(test.eligibility.map(Self.line) ?? Self.noEligibility)")
      return lines.joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  /// What stands where the file that was imported holds no eligibility criteria.
  static let noEligibility = "not in the imported file; see NHS England's eligibility criteria of the same version"

  static func title(_ directory: TestDirectory) -> String {
    var title = "\(directory.kind.rawValue) version \(directory.version ?? "not told")"
    if let published = directory.published { title += ", published \(published)" }
    if let effectiveFrom = directory.effectiveFrom { title += ", effective from \(effectiveFrom)" }
    return title
  }

  static func heading(_ directory: TestDirectory) -> JSONValue {
    .object([
      .init("kind", .string(directory.kind.rawValue)),
      .init("version", string(directory.version)),
      .init("published", string(directory.published?.description)),
      .init("effectiveFrom", string(directory.effectiveFrom?.description)),
      .init("source", .string(directory.source.file)),
      .init("sha256", .string(directory.source.sha256)),
    ])
  }

  static func string(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  static func json(_ test: DirectoryTest) -> JSONValue {
    .object([
      .init("code", .string(test.code.description)),
      .init("indication", .string(test.code.indication)),
      .init("name", .string(test.name)),
      .init("testName", string(test.testName)),
      .init("method", .string(test.method.id)),
      .init("methodName", .string(test.method.name)),
      .init("methodAsWritten", .string(test.methodAsWritten)),
      .init("panels", .array(test.panels.map(JSONValue.string))),
      .init("genes", .array(test.genes.map(JSONValue.string))),
      .init("otherTargets", .array(test.otherTargets.map(JSONValue.string))),
      .init("targetsAsWritten", .string(test.targetsAsWritten)),
      .init("specialty", string(test.specialty)),
      .init("eligibility", string(test.eligibility)),
      .init("commissioning", string(test.commissioning)),
      .init("changes", string(test.changes)),
      .init("fields", .object(test.fields.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
      .init("place", .string(test.place)),
      .init("hidden", .bool(test.isHidden)),
    ])
  }

  /// A text on one line of a table.
  static func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
