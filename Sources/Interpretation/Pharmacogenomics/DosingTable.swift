import GenomicFiles
import Genomics

/// Dosing texts that an authorised person of the laboratory has signed for. Apus holds none of its own.
///
/// Tab-separated text. Remarks at its head name what it is and who answers for it, `#key: value`, all of
/// ``requiredKeys``; then the columns `gene`, `match`, `value`, `drug`, `text`. `match` is `activity-score`, `phenotype`
/// or `diplotype`, and `value` is compared letter by letter. Beside it, `FILE.sha256` holds the SHA-256 of its bytes as
/// `sha256sum` writes it. The digest proves that the file is the one that was signed for, not who signed.
public struct DosingTable: Sendable, Hashable {
  /// What a row is looked up by.
  public enum Match: String, Sendable, Hashable, CaseIterable, Encodable {
    case activityScore = "activity-score"
    case phenotype
    case diplotype
  }

  /// One row.
  public struct Row: Sendable, Hashable {
    /// The gene.
    public var gene: String
    /// What is compared.
    public var match: Match
    /// With what.
    public var value: String
    /// The drug.
    public var drug: String
    /// The text, quoted as it stands.
    public var text: String
  }

  /// What every result quotes of the table.
  public struct Provenance: Sendable, Hashable, Encodable {
    /// Its title.
    public var title: String
    /// Its version.
    public var version: String
    /// The day of issue, YYYY-MM-DD.
    public var issued: String
    /// Who signs, with role and organisation.
    public var signatory: String
    /// The signature's reference: the signed document's number or place.
    public var signature: String
    /// The document that doses come from.
    public var document: String
    /// SHA-256 of the table's bytes.
    public var sha256: String
  }

  /// The keys that the head must have, once each.
  public static let requiredKeys = [
    "schema", "title", "version", "issued", "signatory", "role", "organisation", "signature", "document",
  ]
  static let schema = "apus-pgx-dosing/1"

  /// What results quote.
  public var provenance: Provenance
  /// The rows.
  public var rows: [Row]

  /// Reads a table and the digest beside it. Blocks.
  /// - Throws: `PharmacogenomicsError` of kind `unsignedTable` where the digest or a key of the head is missing;
  ///   `InputError` of kind `checksum` where the digest is another, `malformed`.
  public init(path: String) throws {
    let bytes = try readWhole(path)
    guard isRegularFile(path + ".sha256") else {
      throw PharmacogenomicsError(
        .unsignedTable, "\(path): no \(path).sha256 stands beside the dosing table; give the table with its digest")
    }
    let stated =
      String(decoding: try readWhole(path + ".sha256", limit: 4096), as: UTF8.self)
      .split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }).first.map { $0.lowercased() } ?? ""
    let found = digest(ofBytes: bytes)
    guard stated == found else {
      throw InputError(
        .checksum, at: InputLocation(file: path), "the dosing table is not the one that \(path).sha256 states",
        remedy: "give the table that was signed for")
    }
    try self.init(bytes, sha256: found, path: path)
  }

  /// Reads a table's bytes.
  init(_ bytes: [UInt8], sha256: String, path: String) throws {
    let table = try TabbedTable(bytes, columns: ["gene", "match", "value", "drug", "text"], path: path)
    var head: [String: String] = [:]
    for (line, text) in table.remarks {
      guard let colon = text.firstIndex(of: ":") else { continue }
      let key = text[..<colon].trimmed
      let value = text[text.index(after: colon)...].trimmed
      func refuse(_ reason: String) -> InputError {
        InputError(
          .malformed, at: InputLocation(file: path, record: line), reason,
          remedy: "give the keys \(Self.requiredKeys.joined(separator: ", ")), once each")
      }
      guard Self.requiredKeys.contains(key) else { throw refuse("the key \(key) is not known") }
      guard head.updateValue(value, forKey: key) == nil else { throw refuse("the key \(key) stands twice") }
    }
    let missing = Self.requiredKeys.filter { head[$0]?.isEmpty ?? true }
    guard missing.isEmpty else {
      throw PharmacogenomicsError(
        .unsignedTable,
        "\(path): the dosing table does not name its \(missing.joined(separator: ", ")); have it signed and state them")
    }
    guard head["schema"] == Self.schema else {
      throw InputError(
        .unsupported, at: InputLocation(file: path), "the table's schema is not \(Self.schema)",
        remedy: "give a table of \(Self.schema)")
    }
    let issued = head["issued"] ?? ""
    guard issued.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the day of issue is no day", remedy: "write it as YYYY-MM-DD")
    }
    provenance = Provenance(
      title: head["title"] ?? "", version: head["version"] ?? "", issued: issued,
      signatory: ["signatory", "role", "organisation"].compactMap { head[$0] }.joined(separator: ", "),
      signature: head["signature"] ?? "", document: head["document"] ?? "", sha256: sha256)
    rows = []
    for row in table.rows {
      guard let match = Match(rawValue: row["match"]) else {
        throw row.refusal(
          "\(row["match"]) is nothing that a row is looked up by",
          remedy: "give \(Match.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let made = Row(gene: row["gene"], match: match, value: row["value"], drug: row["drug"], text: row["text"])
      guard
        !rows.contains(where: {
          $0.gene == made.gene && $0.match == made.match && $0.value == made.value && $0.drug == made.drug
        })
      else { throw row.refusal("the table has two texts for this", remedy: "keep the one that holds") }
      rows.append(made)
    }
  }
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    var text = drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
