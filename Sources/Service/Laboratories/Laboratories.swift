public import Genomics

/// The laboratories of the Genomic Medicine Service: hubs, ODS codes and older names, as a versioned table.
///
/// Built in is what is published (reference/service.md 1.1); a code that is not known stays a code that is not known. A
/// site's own file (`laboratories/1`) adds its partners.
public struct Laboratories: Sendable, Hashable {
  /// A Genomic Laboratory Hub.
  public struct Hub: Sendable, Hashable {
    /// A stable word, `east`.
    public let id: String
    /// The name, `East`.
    public let name: String
    /// The lead Trust.
    public let leadTrust: String
    /// The ODS codes that are known for it.
    public let ods: [String]
  }

  /// An older name of a hub. Dates are days that are known; nil is an end that is not.
  private struct Alias: Sendable, Hashable {
    let name: String
    let hub: String
    let from: CalendarDate?
    let until: CalendarDate?
  }

  /// The table's version.
  public let version: String
  /// The hubs, in the table's order.
  public let hubs: [Hub]
  private let aliases: [Alias]
  private let trusts: [String: String]

  /// The table that comes with Apus.
  public static let builtIn: Laboratories = {
    do {
      return try Laboratories(parsing: PackageResources.laboratories_json, path: "laboratories.json")
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// Reads a table.
  /// - Throws: `InputError` where it is not of the schema, a code stands for two hubs, or an alias names none.
  public init(parsing bytes: [UInt8], path: String) throws(InputError) {
    let remedy = "give a table as Laboratories/Data/laboratories.json is"
    var fields = try FieldReader(try JSONTree(parsing: bytes, path: path), path: path, remedy: remedy)
    version = try fields.requiredText("version")
    _ = try fields.text("source")
    var hubs: [Hub] = []
    for (value, way) in try fields.array("hubs") {
      var nested = try FieldReader(value, path: path, way: way, remedy: remedy)
      let id = try nested.requiredText("id")
      let name = try nested.requiredText("name")
      let leadTrust = try nested.requiredText("leadTrust")
      let ods = try nested.array("ods").compactMap(\.value.text)
      hubs.append(Hub(id: id, name: name, leadTrust: leadTrust, ods: ods))
      try nested.finish()
    }
    var trusts: [String: String] = [:]
    for (value, way) in try fields.array("partOf") {
      var nested = try FieldReader(value, path: path, way: way, remedy: remedy)
      trusts[try nested.requiredText("ods")] = try nested.requiredText("trust")
      try nested.finish()
    }
    var aliases: [Alias] = []
    for (value, way) in try fields.array("aliases") {
      var nested = try FieldReader(value, path: path, way: way, remedy: remedy)
      let (name, hub) = (try nested.requiredText("name"), try nested.requiredText("hub"))
      let (from, until) = (try nested.text("from"), try nested.text("until"))
      guard hubs.contains(where: { $0.id == hub }) else { throw nested.refusal("hub", "is no hub of the table") }
      for (field, text) in [("from", from), ("until", until)]
      where text != nil && text.flatMap({ CalendarDate($0) }) == nil {
        throw nested.refusal(field, "is no day")
      }
      aliases.append(
        Alias(name: name, hub: hub, from: from.flatMap { CalendarDate($0) }, until: until.flatMap { CalendarDate($0) }))
      try nested.finish()
    }
    try fields.finish()
    let codes = hubs.flatMap(\.ods)
    guard Set(codes).count == codes.count else { throw fields.refusal("hubs", "have one ODS code twice") }
    (self.hubs, self.aliases, self.trusts) = (hubs, aliases, trusts)
  }

  /// The hub with an ODS code; nil where the table does not know the code.
  public func hub(ods: String) -> Hub? { hubs.first { $0.ods.contains(ods) } }

  /// The hub of a name, present or older, on a day; nil where the table knows none.
  public func hub(name: String, on day: CalendarDate) -> Hub? {
    if let hub = hubs.first(where: { $0.name.lowercased() == name.lowercased() }) { return hub }
    let alias = aliases.first { alias in
      alias.name.lowercased() == name.lowercased() && (alias.from.map { $0 <= day } ?? true)
        && (alias.until.map { day <= $0 } ?? true)
    }
    return alias.flatMap { alias in hubs.first { $0.id == alias.hub } }
  }

  /// The Trust that an organisation is part of; nil where the table does not know.
  public func trust(ofOrganisation ods: String) -> String? { trusts[ods] }
}
