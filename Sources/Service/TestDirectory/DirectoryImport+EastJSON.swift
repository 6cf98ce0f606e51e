import Genomics

extension DirectoryImport {
  /// Reads the JSON that the East GLH's test_directory_parser writes: `td_source`, `config_source`, `date` and a list of
  /// `indications` with `name`, `code`, `gemini_name`, `test_method`, `panels`, `original_targets` and `changes`.
  ///
  /// `panels` holds PanelApp numbers, or HGNC identifiers in the order of the genes, `null` for a symbol that the
  /// parser did not find. A field beside these is kept if it is text, and noted; any other is refused.
  func readEastJSON(_ bytes: [UInt8]) throws(InputError) -> TestDirectory {
    let root = try JSONNode(bytes, file: path, acceptsNaN: true)
    var told: [String: String] = [:]
    var notes: [TestDirectory.Note] = []
    var list: JSONNode?
    for (name, node) in try root.members {
      if name == "indications" { list = node } else if !node.isNull { told[name] = try scalar(node) }
      if !["indications", "td_source", "config_source", "date"].contains(name) {
        notes.append(.init(code: "unknown-field", place: node.path, text: ""))
      }
    }
    guard let list else {
      throw root.refusal(
        "the field \"indications\" is missing", remedy: "give the East GLH's JSON or NHS England's workbook")
    }
    var tests: [DirectoryTest] = []
    for node in try list.elements { tests.append(try test(node, notes: &notes)) }
    let titles = ["td_source"].compactMap { told[$0] }
    return try directory(tests, form: .eastJSON, told: told, titles: titles, notes: notes)
  }

  private static let knownFields: Set<String> = [
    "name", "code", "gemini_name", "test_method", "panels", "original_targets", "changes",
  ]

  private func test(_ node: JSONNode, notes: inout [TestDirectory.Note]) throws(InputError) -> DirectoryTest {
    var byName: [String: JSONNode] = [:]
    var fields: [String: String] = [:]
    for (name, member) in try node.members {
      byName[name] = member
      if Self.knownFields.contains(name) { continue }
      if !member.isNull { fields[name] = try scalar(member) }
      notes.append(.init(code: "unknown-field", place: member.path, text: ""))
    }
    func member(_ name: String) throws(InputError) -> JSONNode {
      guard let member = byName[name] else { throw node.refusal("the field \"\(name)\" is missing") }
      return member
    }
    let codeNode = try member("code")
    let code = try code(try codeNode.text, place: codeNode.path)
    let methodNode = try member("test_method")
    let spelling = try methodNode.text
    let name = tidied(try member("name").text)
    guard !name.isEmpty else { throw try member("name").refusal("the clinical indication has no name") }
    let cell = try byName["original_targets"]?.optionalText ?? ""
    var targets = TestTarget.targets(of: cell)
    if let panels = byName["panels"], !panels.isNull {
      try join(panels, to: &targets, notes: &notes)
    }
    fields["gemini_name"] = try byName["gemini_name"]?.optionalText
    return DirectoryTest(
      code: code, name: name, testName: nil, method: try method(spelling, place: methodNode.path),
      methodAsWritten: spelling, targetsAsWritten: cell, targets: targets, specialty: nil, eligibility: nil,
      commissioning: nil, changes: try byName["changes"]?.optionalText, fields: fields, place: node.path,
      isHidden: false)
  }

  private func scalar(_ node: JSONNode) throws(InputError) -> String {
    switch node.tree {
    case .string(let text), .number(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .null, .array, .object:
      throw node.refusal("the field is not known, and holds \(node.tree.kind)", .unsupported)
    }
  }

  /// Gives the genes of a target cell the HGNC identifiers that the file has for them, and adds panels that the cell
  /// does not name. The identifiers stand in the genes' order; where their numbers differ, none is given to any gene.
  private func join(
    _ panels: JSONNode, to targets: inout [TestTarget], notes: inout [TestDirectory.Note]
  ) throws(InputError) {
    var numbers: [String] = []
    var genes: [String?] = []
    for node in try panels.elements {
      guard let id = try node.optionalText else {
        genes.append(nil)
        notes.append(.init(code: "gene-not-found-by-source", place: node.path, text: ""))
        continue
      }
      if id.wholeMatch(of: /[0-9]{1,6}/) != nil {
        numbers.append(id)
      } else if id.wholeMatch(of: /HGNC:[0-9]{1,6}/) != nil {
        genes.append(id)
      } else {
        throw node.refusal("\"\(id)\" is neither a PanelApp number nor an HGNC identifier")
      }
    }
    let named = Set(targets.compactMap { if case .panel(let id, _) = $0 { id } else { nil } })
    if named != Set(numbers) { notes.append(.init(code: "panels-differ-from-targets", place: panels.path, text: "")) }
    for number in numbers where !named.contains(number) { targets.append(.panel(id: number, name: "")) }
    let places = targets.indices.filter { if case .gene = targets[$0] { true } else { false } }
    if places.count == genes.count {
      for (place, hgnc) in zip(places, genes) {
        if case .gene(let symbol, _) = targets[place] { targets[place] = .gene(symbol: symbol, hgnc: hgnc) }
      }
    } else if !genes.isEmpty {
      for case let hgnc? in genes { targets.append(.text(hgnc)) }
      notes.append(.init(code: "genes-differ-from-targets", place: panels.path, text: ""))
    }
  }

  /// Text without space at its ends, and one space where several stand, no-break ones too.
  func tidied(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
