package import Reports

/// What `release.json` says of a release.
package struct ReleaseManifest: Sendable {
  /// A contig of the reference.
  package struct Contig: Sendable, Hashable {
    /// The name, as the release's rows have it.
    package var name: String
    /// The length in bases.
    package var length: Int
    /// The refget digest of its sequence, `SQ.` and 32 characters; nil where the manifest has none.
    package var refget: String?
  }

  /// A stratum of a dimension.
  package struct Stratum: Sendable, Hashable {
    /// The name, such as `XX`.
    package var name: String
    /// How many people, rounded; nil where suppressed.
    package var people: Int?
  }

  /// A dimension whose strata are published.
  package struct Dimension: Sendable, Hashable {
    /// The name, such as `sex`.
    package var name: String
    /// Its strata.
    package var strata: [Stratum]
  }

  /// A file of the release.
  package struct File: Sendable, Hashable {
    /// The path from the folder.
    package var path: String
    /// The SHA-256 of its bytes, in hexadecimal.
    package var sha256: String
    /// Its length.
    package var bytes: Int
  }

  /// What stands for the name of an assembly that has none.
  package static let unnamed = "an unnamed assembly"

  /// The schema that this version reads.
  package static let schema = "apus-release/1"

  /// The identifier: the first 24 digits of its digest.
  package var release: String
  /// The day on which it was made, `YYYY-MM-DD`.
  package var created: String
  /// The assembly, such as `GRCh38`; `unnamed` where it is none that is known by name.
  package var assembly: String
  /// The digest of the assembly's sequence collection.
  package var assemblyDigest: String?
  /// The contigs in the reference's order.
  package var contigs: [Contig]
  /// The policy of suppression, as the manifest has it.
  package var policy: JSONValue
  /// How many people, rounded; nil where suppressed.
  package var people: Int?
  /// The dimensions whose strata are published.
  package var dimensions: [Dimension]
  /// The dimensions that are not.
  package var withheldDimensions: [String]
  /// How many variants.
  package var variants: Int
  /// How many figures are suppressed.
  package var suppressedCells: Int?
  /// The releases that this one takes the place of.
  package var supersedes: [String]
  /// Remarks and errata.
  package var notices: [String]
  /// What the variants were annotated with.
  package var annotations: [String]
  /// The files, each with its digest.
  package var files: [File]
  /// The whole text, without `files`: equal to what the database keeps.
  package var document: JSONValue

  /// The policy's name and version.
  package var policyName: String {
    let id = policy["id"]?.text ?? "?"
    return policy["version"].flatMap { $0.text ?? $0.whole.map(String.init) }.map { "\(id) \($0)" } ?? id
  }

  /// Reads the manifest.
  /// - Throws: `ServiceError` where it is none, of another schema, or for another purpose than research.
  package init(json bytes: [UInt8], path: String) throws(ServiceError) {
    let json: JSONValue
    do { json = try JSONValue(parsing: bytes, depth: 64) } catch {
      throw Self.damaged(path, "the manifest is no JSON: \(error)")
    }
    guard let schema = json["schema"]?.text else { throw Self.damaged(path, "this is no manifest of a release") }
    guard schema == Self.schema else {
      throw ServiceError(
        .configuration, path: path, "the release is of schema \(schema)",
        remedy: "serve it with the apus-beacon of its version")
    }
    let purpose = json["purpose"]?.text ?? "unknown"
    guard purpose == "research" else {
      throw ServiceError(
        .notPermitted, path: path, "the release is for the purpose '\(purpose)', and only research is served",
        remedy: "make a release of a research base with apus kb release")
    }
    guard let release = json["release"]?.text, let created = json["created"]?.text,
      let variants = json["variants"]?.whole, variants >= 0,
      let policy = json["policy"], policy.members != nil
    else { throw Self.damaged(path, "the manifest lacks its release, date, policy or number of variants") }
    self.release = release
    self.created = created
    // Null where the reference is neither GRCh37 nor GRCh38.
    assembly = json["assembly"]?.text ?? Self.unnamed
    self.variants = variants
    self.policy = policy
    assemblyDigest = json["assemblyDigest"]?.text
    people = json["people"]?["all"]?.whole
    suppressedCells = json["suppressedCells"]?.whole
    withheldDimensions = Self.texts(json["withheldDimensions"])
    supersedes = Self.texts(json["supersedes"])
    notices = Self.texts(json["notices"])
    annotations = Self.texts(json["annotations"])
    document = json.without("files")
    contigs = try Self.each(json["contigs"], path) { entry in
      guard let name = entry["name"]?.text, let length = entry["length"]?.whole, length > 0 else { return nil }
      let refget = entry["refget"]?.text.map { $0.hasPrefix("SQ.") ? $0 : "SQ." + $0 }
      return Contig(name: name, length: length, refget: refget)
    }
    dimensions = try Self.each(json["dimensions"], path) { entry in
      guard let name = entry["dimension"]?.text, let strata = entry["strata"]?.elements else { return nil }
      return Dimension(
        name: name,
        strata: strata.compactMap { stratum in
          stratum["stratum"]?.text.map { Stratum(name: $0, people: stratum["people"]?.whole) }
        })
    }
    files = try Self.each(json["files"], path) { entry in
      guard let path = entry["path"]?.text, let sha256 = entry["sha256"]?.text, let bytes = entry["bytes"]?.whole else {
        return nil
      }
      return File(path: path, sha256: sha256.lowercased(), bytes: bytes)
    }
  }

  private static func texts(_ value: JSONValue?) -> [String] { (value?.elements ?? []).compactMap(\.text) }

  private static func each<T>(_ value: JSONValue?, _ path: String, _ read: (JSONValue) -> T?) throws(ServiceError)
    -> [T]
  {
    var result: [T] = []
    for element in value?.elements ?? [] {
      guard let item = read(element) else { throw damaged(path, "the manifest has an entry that lacks a part") }
      result.append(item)
    }
    return result
  }

  private static func damaged(_ path: String, _ reason: String) -> ServiceError {
    ServiceError(
      .damaged, path: path, reason, remedy: "make the release again, or copy it again from where it was made")
  }
}
