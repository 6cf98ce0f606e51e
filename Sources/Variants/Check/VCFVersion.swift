/// A version of VCF that a file can declare and that the checker knows.
public enum VCFVersion: Int, Sendable, Comparable, CaseIterable {
  case v41 = 1
  case v42, v43, v44, v45

  /// The version as people write it, such as `4.3`.
  public var name: String { "4.\(rawValue)" }

  /// The version of a `##fileformat` value, `VCFv4.1` to `VCFv4.5`; nil for anything else.
  public init?(fileformat: some StringProtocol) {
    guard let version = Self.allCases.first(where: { "VCFv" + $0.name == fileformat }) else { return nil }
    self = version
  }

  /// Whether `a` is the older version.
  public static func < (a: VCFVersion, b: VCFVersion) -> Bool { a.rawValue < b.rawValue }
}

/// A part of the specification that a rule comes from.
enum SpecTopic {
  case encoding, dataTypes, metaLines, fileformat, infoMeta, filterMeta, formatMeta, altMeta, assembly, contig, sample
  case pedigree, headerLine, dataLines, genotype, infoForStructural, formatForStructural, breakends
  /// The fixed column of this place, counted from 1.
  case column(Int)

  static let chrom = SpecTopic.column(1)
  static let pos = SpecTopic.column(2)
  static let id = SpecTopic.column(3)
  static let ref = SpecTopic.column(4)
  static let alt = SpecTopic.column(5)
  static let qual = SpecTopic.column(6)
  static let filter = SpecTopic.column(7)
  static let info = SpecTopic.column(8)

  /// The section of a version's document. In 4.1 and 4.2 encoding and types have no section of their own.
  func section(in version: VCFVersion) -> String {
    let isOld = version <= .v42
    let meta = isOld ? "1.2" : "1.4"
    let data = isOld ? "1.4" : "1.6"
    switch self {
    case .encoding: return isOld ? data : "1.2"
    case .dataTypes: return isOld ? "1.2.2" : "1.3"
    case .metaLines: return meta
    case .fileformat: return meta + ".1"
    case .infoMeta: return meta + ".2"
    case .filterMeta: return meta + ".3"
    case .formatMeta: return meta + ".4"
    case .altMeta: return meta + ".5"
    case .assembly: return meta + ".6"
    case .contig: return meta + ".7"
    case .sample: return meta + ".8"
    case .pedigree: return meta + ".9"
    case .headerLine: return isOld ? "1.3" : "1.5"
    case .dataLines: return data
    case .column(let place): return data + ".1.\(place)"
    case .genotype: return data + ".2"
    case .infoForStructural: return "3"
    case .formatForStructural: return "4"
    case .breakends: return "5.4"
    }
  }
}
