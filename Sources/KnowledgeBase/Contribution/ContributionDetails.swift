/// What a contribution tells of its person and making beside variants: the strata that it counts in, and versions.
///
/// Words alone, and few: no free text, no date of birth, no identifier.
public struct ContributionDetails: Sendable, Hashable {
  /// The test code or R-code that was asked, such as `R27.3`.
  public var indication: String?
  /// Terms of the Human Phenotype Ontology, such as `HP:0001250`.
  public var phenotypes: [String] = []
  /// The karyotype of the sex chromosomes, where it is told.
  public var karyotype: String?
  /// What was sequenced: `wgs`, `wes`, `panel`.
  public var assay: String?
  /// Ancestry, where the referral gives it.
  public var ancestry: String?
  /// The laboratory that reports, by its ODS code.
  public var laboratory: String?
  /// The Trust that referred, by its ODS code.
  public var trust: String?
  /// The region.
  public var region: String?
  /// Versions of what the tiers rest on, by name: `apus`, `cache`, `directory`, `panels`, `profile`.
  public var versions: [String: String] = [:]

  /// Nothing told.
  public init() {}

  /// The dimensions that people are counted by, in the order in which they are listed.
  public static let dimensions = [
    "sex", "assay", "ancestry", "indication", "region", "laboratory", "trust", "karyotype", "phenotype",
  ]

  /// The stratum of each dimension but sex; `phenotype` is not here: a person has many.
  var strata: [String: String] {
    let all = [
      "assay": assay, "ancestry": ancestry, "indication": indication, "region": region, "laboratory": laboratory,
      "trust": trust, "karyotype": karyotype,
    ]
    return all.compactMapValues { $0 }
  }

  /// Lines of name, tab and value, sorted by their bytes, each ended by a line feed; what is not told has none.
  var text: String {
    var lines = strata.map { "\($0.key)\t\(Self.escaped($0.value))" }
    lines += Set(phenotypes).map { "phenotype\t\(Self.escaped($0))" }
    lines += versions.map { "version \(Self.escaped($0.key))\t\(Self.escaped($0.value))" }
    return lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { $0 + "\n" }.joined()
  }

  /// Reads what `text` writes; nil for anything else.
  init?(text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 2, let value = Self.unescaped(parts[1]) else { return nil }
      switch parts[0] {
      case "assay": assay = value
      case "ancestry": ancestry = value
      case "indication": indication = value
      case "region": region = value
      case "laboratory": laboratory = value
      case "trust": trust = value
      case "karyotype": karyotype = value
      case "phenotype": phenotypes.append(value)
      default:
        guard parts[0].hasPrefix("version "), let name = Self.unescaped(parts[0].dropFirst(8)) else { return nil }
        versions[name] = value
      }
    }
    guard self.text == text else { return nil }
  }

  /// Control characters and `%` as `%XX`, so that a value stays one field of one line.
  static func escaped(_ value: String) -> String {
    var bytes: [UInt8] = []
    for byte in value.utf8 {
      if byte < 32 || byte == 127 || byte == UInt8(ascii: "%") {
        bytes += Array("%\(hexadecimal([byte]))".utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func unescaped(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
