/// How annotated records are written where they are not written as VCF or BCF.
public enum AnnotationText: Sendable, Hashable {
  /// Tab-separated: a line an entry of a consequence, or an allele that has none.
  case table
  /// JSON lines: an object a record.
  case jsonLines

  /// By the output's name: `.tsv` and `.jsonl`, with or without `.gz`; nil for any other.
  public init?(path: String) {
    let name = path.hasSuffix(".gz") ? path.dropLast(3) : path.hasSuffix(".bgz") ? path.dropLast(4) : path[...]
    if name.hasSuffix(".tsv") {
      self = .table
    } else if name.hasSuffix(".jsonl") {
      self = .jsonLines
    } else {
      return nil
    }
  }
}

/// The fields of an annotator as their header lines declare them.
struct AnnotationLayout: Sendable {
  /// One INFO field.
  struct Field: Sendable {
    var key: [UInt8]
    var name: String
    /// Whether it has one value an ALT allele.
    var isPerAllele: Bool
    var isNumber: Bool
    /// What an entry's parts are, where `Format:` names them.
    var parts: [String]
  }

  /// All but the consequences.
  let fields: [Field]
  /// The field whose entries are consequences; nil for none.
  let consequences: Field?
  /// Which part of a consequence names the allele by its number.
  let alleleNumber: Int?

  /// The key that the consequences stand under.
  static let consequenceKey = "CSQ"

  init(_ declared: [(key: String, headerLine: String)]) {
    let all = declared.map { key, line in
      let type = Self.value(of: "Type", in: line)
      var parts: [String] = []
      if let format = line.firstRange(of: "Format: "), let end = line.lastIndex(of: "\"") {
        parts = line[format.upperBound..<end].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      }
      return Field(
        key: Array(key.utf8), name: key, isPerAllele: Self.value(of: "Number", in: line) == "A",
        isNumber: type == "Integer" || type == "Float", parts: parts)
    }
    consequences = all.first { $0.name == Self.consequenceKey && !$0.parts.isEmpty }
    fields = all.filter { $0.name != Self.consequenceKey }
    alleleNumber = consequences?.parts.firstIndex(of: "ALLELE_NUM")
  }

  private static func value(of key: String, in line: String) -> Substring? {
    guard let start = line.firstRange(of: "\(key)=") else { return nil }
    return line[start.upperBound...].prefix { $0 != "," && $0 != ">" }
  }

  /// The first line of a table.
  var tableHeader: [UInt8] {
    let columns =
      ["CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "ALLELE"] + (consequences?.parts ?? [])
      + fields.map(\.name)
    return Array("#\(columns.joined(separator: "\t"))\n".utf8)
  }
}
