import Crypto
import GenomicFiles
public import Genomics

extension TieringProfile {
  /// The schema of profiles that this version reads.
  public static let schema = "apus-tiering-profile/1"

  /// The names of the profiles that the program has in it.
  public static let names = ["gel-nembus-draft", "gel-newborn"]

  /// A profile that the program has in it.
  /// - Throws: `InputError` of kind `unsupported` for any other name.
  public static func named(_ name: String) throws(InputError) -> TieringProfile {
    switch name {
    case "gel-nembus-draft": return try TieringProfile(json: PackageResources.gel_nembus_draft_json, path: name)
    case "gel-newborn": return try TieringProfile(json: PackageResources.gel_newborn_json, path: name)
    default:
      throw InputError(
        .unsupported, at: InputLocation(file: name), "no profile has this name",
        remedy: "give one of \(names.joined(separator: ", ")), or a file")
    }
  }

  /// Reads a profile of the user's.
  /// - Throws: `InputError` for a file that is missing, or no profile: keys that are not known, and keys given twice,
  ///   are refused by name.
  public init(file path: String) throws(InputError) {
    self = try TieringProfile(json: try wholeFile(path), path: path)
  }

  /// Reads a profile.
  /// - Parameter path: names the text in errors.
  public init(json bytes: [UInt8], path: String) throws(InputError) {
    let root = try StrictJSON(bytes, path: path)
    var keys = try ProfileKeys(root, "the profile", path)
    let schema = try keys.text("schema")
    guard schema == Self.schema else {
      throw keys.fault("has schema \(schema), and this version reads \(Self.schema)")
    }
    id = try keys.text("id")
    title = try keys.text("title")
    release = try keys.text("release")
    let word = try keys.text("segregation")
    guard let segregation = Segregation(rawValue: word) else { throw keys.fault("segregation \(word) is not known") }
    self.segregation = segregation
    rules = try Self.rules(&keys)
    impacts = try Self.impacts(&keys)
    biotypes = Set(try keys.texts("biotypes"))
    nonCodingBiotypes = Set(try keys.texts("nonCodingBiotypes"))
    outsideTerms = Set(try keys.texts("outsideTerms"))
    frequencies = try Self.frequencies(&keys)
    known = try KnownRule(try keys.object("known", "known"), frequencies)
    deNovo = try DeNovoRule(try keys.object("deNovo", "deNovo"))
    mitochondrial = try MitochondrialRule(try keys.object("mitochondrial", "mitochondrial"))
    structural = try StructuralRule(try keys.object("structural", "structural"))
    homozygosityWarning = try keys.number("homozygosityWarning")
    try keys.end()
    digest = SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    sieve = [:]
    places = [:]
    for (index, entry) in impacts.enumerated() {
      for name in [entry.term] + entry.aliases {
        guard places.updateValue(index, forKey: name) == nil else { throw keys.fault("\(name) is listed twice") }
        sieve[name] = entry.impact == .high || entry.impact == .moderate
      }
    }
  }

  private static func rules(_ keys: inout ProfileKeys) throws(InputError) -> [String: Rule] {
    var object = try keys.object("rules", "rules")
    var rules: [String: Rule] = [:]
    for id in RuleID.allCases {
      var entry = try object.object(id.rawValue, "rule \(id.rawValue)")
      rules[id.rawValue] = try entry.rule()
      try entry.end()
    }
    try object.end()
    return rules
  }

  private static func impacts(_ keys: inout ProfileKeys) throws(InputError) -> [ImpactTerm] {
    var impacts: [ImpactTerm] = []
    for value in try keys.list("impacts") {
      var entry = try ProfileKeys(value, "an impact", keys.path)
      let term = try entry.text("term")
      let word = try entry.text("list")
      guard let impact = Impact(rawValue: word) else { throw entry.fault("the list \(word) of \(term) is not known") }
      let aliases = try entry.texts("aliases")
      impacts.append(ImpactTerm(term: term, aliases: aliases, impact: impact, rule: try entry.rule()))
      try entry.end()
    }
    return impacts
  }

  private static func frequencies(_ keys: inout ProfileKeys) throws(InputError) -> [FrequencyDataset] {
    var datasets: [FrequencyDataset] = []
    for value in try keys.list("frequencies") {
      var entry = try ProfileKeys(value, "a dataset", keys.path)
      let id = try entry.text("id")
      guard !datasets.contains(where: { $0.id == id }) else { throw entry.fault("\(id) is given twice") }
      var rows: [FrequencyDataset.Row] = []
      for row in try entry.list("rows") {
        var cells = try ProfileKeys(row, "a population of \(id)", keys.path)
        let population = try cells.text("population")
        guard !rows.contains(where: { $0.population == population }) else {
          throw cells.fault("\(population) is given twice")
        }
        rows.append(
          FrequencyDataset.Row(
            population: population, individuals: try cells.count("individuals"),
            dominant: try cells.optionalNumber("dominant"), recessive: try cells.optionalNumber("recessive"),
            mitochondrial: try cells.optionalNumber("mitochondrial"), fields: try cells.texts("fields"),
            numberFields: try cells.texts("numberFields")))
        try cells.end()
      }
      datasets.append(
        FrequencyDataset(
          id: id, title: try entry.text("title"), sources: try entry.texts("sources"), rows: rows,
          rule: try entry.rule()))
      try entry.end()
    }
    return datasets
  }
}

/// A file's bytes.
func wholeFile(_ path: String) throws(InputError) -> [UInt8] {
  do {
    return try readWhole(path)
  } catch let error as InputError {
    throw error
  } catch {
    throw InputError(
      .unreadable, at: InputLocation(file: path), "the file cannot be read", remedy: "give a file that can be")
  }
}
