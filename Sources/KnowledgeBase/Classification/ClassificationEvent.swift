public import Genomics
public import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What somebody said of a variant on a day: one line of `apus-classification/1`. It is added once and never changed.
public struct ClassificationEvent: Sendable, Hashable {
  /// What is classified.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Pathogenicity of a germline variant.
    case germline
    /// Oncogenicity of a somatic variant.
    case oncogenicity
  }

  /// The contig's name, in any style that the base's reference knows.
  public var contig: String
  /// Where `reference` begins, interbase.
  public var start: Int
  /// The reference bases, as a normalised VCF has them.
  public var reference: String
  /// The alternate bases.
  public var alternate: String
  /// What is classified.
  public var kind: Kind
  /// The class, one of `classes`.
  public var classification: String
  /// The day.
  public var date: CalendarDate
  /// Which of several on one day; 0 where there is one.
  public var revision: Int
  /// The criteria used, sorted.
  public var criteria: [String]
  /// The laboratory, by its ODS code.
  public var laboratory: String
  /// Versions of guideline, cache and the like, by name.
  public var versions: [String: String]
  /// Tells two events of one content apart, such as the case's number at the laboratory; never an identifier of a person.
  public var id: String?

  /// The classes of each kind, from the gravest.
  public static func classes(of kind: Kind) -> [String] {
    switch kind {
    case .germline: ["Pathogenic", "Likely_pathogenic", "Uncertain_significance", "Likely_benign", "Benign"]
    case .oncogenicity: ["Oncogenic", "Likely_oncogenic", "Uncertain_significance", "Likely_benign", "Benign"]
    }
  }

  /// Later events are greater. On one day the one of greater `revision` is later; without that the graver class stands,
  /// so that the answer never depends on the order of adding; equal ones by their digests.
  static func isEarlier(_ a: Self, _ b: Self) -> Bool {
    if a.date != b.date { return a.date < b.date }
    if a.revision != b.revision { return a.revision < b.revision }
    let (graveA, graveB) = (a.gravity, b.gravity)
    if graveA != graveB { return graveA < graveB }
    // Two kinds have classes of one name.
    if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
    return a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }

  private var gravity: Int {
    -(Self.classes(of: kind).firstIndex(of: classification) ?? 0)
  }

  /// The event's canonical JSON: keys in order, the contig by its digest. Its SHA-256 is the event's digest.
  func canonical(_ contig: RefgetDigest) -> String {
    Self.json([
      ("alternate", .text(alternate)), ("class", .text(classification)), ("contig", .text(contig.identifier)),
      ("criteria", .list(criteria)), ("date", .text(date.description)), ("id", id.map { .text($0) } ?? .null),
      ("kind", .text(kind.rawValue)), ("laboratory", .text(laboratory)), ("reference", .text(reference)),
      ("revision", .number(revision)), ("schema", .text(Self.schema)), ("start", .number(start)),
      ("versions", .table(versions)),
    ])
  }

  static let schema = "apus-classification/1"

  /// What tells events of one variant apart.
  private var text: String {
    "\(classification)\t\(criteria.joined(separator: ","))\t\(laboratory)\t\(id ?? "")\t\(versions.sorted { $0.key < $1.key })"
  }

  private enum Value {
    case text(String), number(Int), list([String]), table([String: String]), null
  }

  private static func json(_ members: [(String, Value)]) -> String {
    let parts = members.map { name, value in
      let text =
        switch value {
        case .text(let text): quoted(text)
        case .number(let number): "\(number)"
        case .list(let texts): "[\(texts.map(quoted).joined(separator: ","))]"
        case .table(let table):
          "{\(table.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ","))}"
        case .null: "null"
        }
      return "\(quoted(name)):\(text)"
    }
    return "{\(parts.joined(separator: ","))}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 32: result += "\\u00" + hexadecimal([UInt8(scalar.value)])
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
