import Genomics
import Reports
import Service

/// The entities of a case's crate, in the order that they are written.
///
/// Every entity stands once and by its `@id`; those of inputs are their digests as names (RFC 6920, `ni:`), since the files
/// are not in the crate and their folders are nobody's business.
struct CrateGraph {
  let proven: ProvenCase
  let date: CalendarDate
  let laboratory: String?

  /// Ids of the files that the crate holds, in order.
  private(set) var parts: [String] = []
  /// Ids of the actions, in order.
  private(set) var actions: [String] = []
  /// Ids of inputs, in order.
  private var inputs: [String] = []
  private var entities: [JSONValue] = []
  private var known: Set<String> = []

  static let crate = "https://w3id.org/ro/crate/1.1"
  static let profile = "https://w3id.org/ro/wfrun/process/0.5"
  static let terms = "https://w3id.org/ro/terms/workflow-run/context"

  init(_ proven: ProvenCase, date: CalendarDate, laboratory: String?) {
    self.proven = proven
    self.date = date
    self.laboratory = laboratory
  }

  /// The document.
  var document: JSONValue {
    let descriptor = Self.entity(
      CaseCrate.name, "CreativeWork", [("conformsTo", Self.link(Self.crate)), ("about", Self.link("./"))])
    return .object([
      .init("@context", .array([.string(Self.crate + "/context"), .string(Self.terms)])),
      .init("@graph", .array([descriptor, root] + entities)),
    ])
  }

  private var root: JSONValue {
    let name = proven.manifest.caseName
    var members: [(String, JSONValue)] = [
      ("name", .string("Case \(name)")),
      ("description", .string("Results of one case, with what they were made from and by. Made from manifest.json.")),
      ("datePublished", .string(date.description)), ("license", Self.link("#licence")),
      ("conformsTo", Self.link(Self.profile)), ("hasPart", Self.links(parts + inputs)),
      ("mentions", Self.links(actions)),
    ]
    if laboratory != nil {
      members += [("author", Self.link("#laboratory")), ("publisher", Self.link("#laboratory"))]
    }
    return Self.entity("./", "Dataset", members)
  }

  /// Gathers everything that the manifest tells.
  mutating func build() {
    addSurroundings()
    for unit in proven.manifest.units { add(unit) }
    addLaterSteps()
    add(proven.manifestFile, as: "What the case was made from and by (\(proven.manifest.schema))")
  }

  private mutating func addSurroundings() {
    append(Self.profile, "CreativeWork", [("name", .string("Process Run Crate")), ("version", .string("0.5"))])
    append(
      "#licence", "CreativeWork",
      [
        ("name", .string("No licence")),
        (
          "description",
          .string(
            "Data about the health of people: confidential, and for the care of these people. No licence to use or pass on is given."
          )
        ),
      ])
    if let laboratory { append("#laboratory", "Organization", [("name", .string(laboratory))]) }
    let versions = proven.manifest.versions
    let libraries = versions.keys.filter { $0 != "apus" }.sorted()
    var apus: [(String, JSONValue)] = [("name", .string("Apus"))]
    if let version = versions["apus"] { apus.append(("softwareVersion", .string(version))) }
    if !libraries.isEmpty { apus.append(("softwareRequirements", Self.links(libraries.map { "#\($0)" }))) }
    append("#apus", "SoftwareApplication", apus)
    for library in libraries {
      append(
        "#\(library)", "SoftwareApplication",
        [("name", .string(library)), ("softwareVersion", .string(versions[library] ?? ""))])
    }
    if let reference = proven.manifest.reference {
      append(
        "#reference", "CreativeWork",
        [
          ("name", .string("Reference genome, \(reference.assembly?.rawValue ?? "of no published assembly")")),
          (
            "description", .string("\(reference.contigs.count) contigs; the identifier is the GA4GH digest of them all")
          ),
          ("identifier", .string(reference.assemblyDigest)),
        ])
    }
    if let policy = proven.manifest.policy {
      append(
        "#policy", "CreativeWork",
        [("name", .string("Quality policy \(policy.id)")), ("sha256", .string(policy.sha256))])
    }
  }

  private mutating func add(_ unit: Manifest.Unit) {
    let id = "#action-\(actions.count + 1)"
    var objects = unit.inputs.map { addInput($0) }
    for (name, value) in unit.options.sorted(by: { $0.key < $1.key }) {
      let option = "\(id)-\(Self.encoded(name))"
      append(option, "PropertyValue", [("name", .string(name)), ("value", .string(value))])
      objects.append(option)
    }
    // Reads are counted and trimmed without a reference; verdicts are written with the reports.
    let kind = unit.name.split(separator: "/").last ?? ""
    if proven.manifest.reference != nil, kind != "reads" { objects.append("#reference") }
    if proven.manifest.policy != nil, kind == "reports" { objects.append("#policy") }
    for file in unit.outputs { add(file, as: nil) }
    addAction(
      id, name: unit.name, description: "A unit of work of the case, as manifest.json names it", objects: objects,
      results: unit.outputs.map { Self.encoded($0.path) })
  }

  private mutating func addLaterSteps() {
    guard !proven.later.isEmpty else { return }
    for file in proven.later { add(file, as: "As people left it after the run") }
    addAction(
      "#after-run", name: "Steps that people took after the run",
      description: "apus case report, apus case release; who took them stands in the files",
      objects: ["manifest.json"], results: proven.later.map { Self.encoded($0.path) })
  }

  private mutating func addAction(
    _ id: String, name: String, description: String, objects: [String], results: [String]
  ) {
    var members: [(String, JSONValue)] = [
      ("name", .string(name)), ("description", .string(description)), ("instrument", Self.link("#apus")),
    ]
    if laboratory != nil { members.append(("agent", Self.link("#laboratory"))) }
    if !objects.isEmpty { members.append(("object", Self.links(objects))) }
    if !results.isEmpty { members.append(("result", Self.links(results))) }
    // What makes no file by itself (the interpretation, whose findings stand in the reports) creates nothing.
    append(id, results.isEmpty ? "ActivateAction" : "CreateAction", members)
    actions.append(id)
  }

  private mutating func add(_ file: Manifest.File, as description: String?) {
    let id = Self.encoded(file.path)
    guard !known.contains(id) else { return }
    // What a person's step replaced is described as it stands.
    let stands = proven.later.first { $0.path == file.path } ?? file
    append(id, "File", Self.members(stands, name: file.path, description: description))
    parts.append(id)
  }

  private mutating func addInput(_ file: Manifest.File) -> String {
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let id = Self.digestName(file.sha256) ?? "#input-\(Self.encoded(file.sha256))"
    guard !known.contains(id) else { return id }
    append(id, "File", Self.members(file, name: name, description: "Read by the run; not in the crate"))
    inputs.append(id)
    return id
  }

  private mutating func append(_ id: String, _ type: String, _ members: [(String, JSONValue)]) {
    guard known.insert(id).inserted else { return }
    entities.append(Self.entity(id, type, members))
  }
}
