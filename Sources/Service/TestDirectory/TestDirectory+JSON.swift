public import Genomics

extension TestDirectory {
  /// The directory as `apus-test-directory/1`: the same directory is the same bytes.
  public var json: [UInt8] {
    JSONText.document { json in
      json.member("schema", Self.schema)
      json.member("kind", kind.rawValue)
      json.member("version", version)
      json.member("published", published?.description)
      json.member("effectiveFrom", effectiveFrom?.description)
      json.object("source") { json in
        json.member("file", source.file)
        json.member("sha256", source.sha256)
        json.member("form", source.form.rawValue)
        json.object("told") { Self.write(source.told, to: &$0) }
      }
      json.member("methods", methods)
      json.list("indications", tests) { $1.write(to: &$0) }
      json.list("notes", notes) { json, note in
        json.member("code", note.code)
        json.member("place", note.place)
        json.member("text", note.text)
      }
    }
  }

  static func write(_ texts: [String: String], to json: inout JSONText) {
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) { json.member(name, text) }
  }

  /// Reads what `json` writes, and checks it: every field is known, codes differ, methods are of the list, and panels
  /// and genes are those of the targets.
  /// - Throws: `InputError` of kind `malformed`, or `unsupported` for another schema.
  public init(json bytes: [UInt8], file: String, methods list: TestMethods = .builtIn) throws(InputError) {
    let root = try JSONNode(bytes, file: file)
    guard let schema = try root.members.first(where: { $0.name == "schema" })?.node else {
      throw root.refusal("this is no \(Self.schema)", .unsupported, remedy: "make one with apus directory import")
    }
    guard try schema.text == Self.schema else {
      throw schema.refusal("this is not \(Self.schema)", .unsupported, remedy: "make one with apus directory import")
    }
    let members = try root.members(required: [
      "schema", "kind", "version", "published", "effectiveFrom", "source", "methods", "indications", "notes",
    ])
    func node(_ name: String) throws(InputError) -> JSONNode {
      guard let node = members[name] else { throw root.refusal("the field \"\(name)\" is missing") }
      return node
    }
    func date(_ name: String) throws(InputError) -> CalendarDate? {
      let node = try node(name)
      guard let text = try node.optionalText else { return nil }
      guard let date = CalendarDate(text) else { throw node.refusal("this is no day") }
      return date
    }
    guard let kind = Kind(rawValue: try node("kind").text) else {
      throw try node("kind").refusal("the kind is not known")
    }
    let methodsTold = try node("methods").text
    var tests: [DirectoryTest] = []
    var codes: Set<TestCode> = []
    for element in try node("indications").elements {
      let test = try DirectoryTest(element, methods: list)
      guard codes.insert(test.code).inserted else { throw element.refusal("the test code stands twice") }
      tests.append(test)
    }
    let notes = try node("notes").elements.map { element throws(InputError) in
      let members = try element.members(required: ["code", "place", "text"])
      return Note(
        code: try members["code"]?.text ?? "", place: try members["place"]?.text ?? "",
        text: try members["text"]?.text ?? "")
    }
    let source = try node("source").members(required: ["file", "sha256", "form", "told"])
    guard let form = try source["form"].flatMap({ node throws(InputError) in Form(rawValue: try node.text) }) else {
      throw try node("source").refusal("the form is not known")
    }
    self.init(
      version: try node("version").optionalText, kind: kind, published: try date("published"),
      effectiveFrom: try date("effectiveFrom"),
      source: Source(
        file: try source["file"]?.text ?? "", sha256: try source["sha256"]?.text ?? "", form: form,
        told: try source["told"]?.texts ?? [:]),
      methods: methodsTold, tests: tests, notes: notes)
  }
}

extension DirectoryTest {
  private static let members: Set<String> = [
    "code", "indication", "name", "testName", "method", "methodName", "methodGroup", "methodAsWritten", "targets",
    "targetsAsWritten", "panels", "genes", "specialty", "eligibility", "commissioning", "changes", "fields", "place",
    "hidden",
  ]

  func write(to json: inout JSONText) {
    json.member("code", code.description)
    json.member("indication", code.indication)
    json.member("name", name)
    json.member("testName", testName)
    json.member("method", method.id)
    json.member("methodName", method.name)
    json.member("methodGroup", method.group)
    json.member("methodAsWritten", methodAsWritten)
    json.list("targets", targets) { json, target in
      switch target {
      case .panel(let id, let name):
        json.member("kind", "panel")
        json.member("id", id)
        json.member("name", name)
      case .gene(let symbol, let hgnc):
        json.member("kind", "gene")
        json.member("symbol", symbol)
        json.member("hgnc", hgnc)
      case .text(let text):
        json.member("kind", "text")
        json.member("text", text)
      }
    }
    json.member("targetsAsWritten", targetsAsWritten)
    json.texts("panels", panels)
    json.texts("genes", genes)
    json.member("specialty", specialty)
    json.member("eligibility", eligibility)
    json.member("commissioning", commissioning)
    json.member("changes", changes)
    json.object("fields") { TestDirectory.write(fields, to: &$0) }
    json.member("place", place)
    json.member("hidden", isHidden)
  }

  fileprivate init(_ node: JSONNode, methods: TestMethods) throws(InputError) {
    let members = try node.members(required: Self.members)
    func member(_ name: String) throws(InputError) -> JSONNode {
      guard let member = members[name] else { throw node.refusal("the field \"\(name)\" is missing") }
      return member
    }
    guard let code = TestCode(try member("code").text) else { throw try member("code").refusal("this is no test code") }
    // A method of the user's own list is known by what the file tells of it.
    let method = TestMethod(
      id: try member("method").text, group: try member("methodGroup").text, name: try member("methodName").text)
    if let known = methods.all.first(where: { $0.id == method.id }), known != method {
      throw try member("method").refusal("the method is not the one of \(methods.id)")
    }
    self.init(
      code: code, name: try member("name").text, testName: try member("testName").optionalText, method: method,
      methodAsWritten: try member("methodAsWritten").text, targetsAsWritten: try member("targetsAsWritten").text,
      targets: try member("targets").elements.map { node throws(InputError) in try TestTarget(node) },
      specialty: try member("specialty").optionalText, eligibility: try member("eligibility").optionalText,
      commissioning: try member("commissioning").optionalText, changes: try member("changes").optionalText,
      fields: try member("fields").texts, place: try member("place").text, isHidden: try member("hidden").flag)
    for (name, texts) in [("panels", panels), ("genes", genes)] {
      let told = try member(name).elements.map { node throws(InputError) in try node.text }
      guard told == texts else { throw try member(name).refusal("these are not those of the targets") }
    }
    guard try member("indication").text == code.indication else {
      throw try member("indication").refusal("this is not the indication of the code")
    }
  }
}

extension TestTarget {
  fileprivate init(_ node: JSONNode) throws(InputError) {
    guard let kind = try node.members.first(where: { $0.name == "kind" })?.node else {
      throw node.refusal("the field \"kind\" is missing")
    }
    switch try kind.text {
    case "panel":
      let members = try node.members(required: ["kind", "id", "name"])
      self = .panel(id: try members["id"]?.text ?? "", name: try members["name"]?.text ?? "")
    case "gene":
      let members = try node.members(required: ["kind", "symbol", "hgnc"])
      self = .gene(symbol: try members["symbol"]?.text ?? "", hgnc: try members["hgnc"]?.optionalText)
    case "text": self = .text(try node.members(required: ["kind", "text"])["text"]?.text ?? "")
    default: throw kind.refusal("the kind is not known")
    }
  }
}
