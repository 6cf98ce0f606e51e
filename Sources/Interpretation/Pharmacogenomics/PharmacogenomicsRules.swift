import GenomicFiles
import Genomics

/// Rules by gene that are not part of the definitions: `Data/pharmacogenomics-rules.tsv`.
public struct PharmacogenomicsRules: Sendable, Hashable {
  /// The list's name and version.
  public var id: String
  /// Genes in which an undocumented base is matched as the reference.
  public var undocumentedAsReference: Set<String>
  /// Genes that only an outside call can tell.
  public var outsideCallOnly: Set<String>
  /// Genes that are listed as not tested where nothing is supplied for them.
  public var published: [String]

  /// The rules that come with Apus.
  public static let builtIn: PharmacogenomicsRules = {
    do {
      return try PharmacogenomicsRules(
        tsv: PackageResources.pharmacogenomics_rules_tsv, id: "pharmacogenomics-rules/1",
        path: "pharmacogenomics-rules.tsv")
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// Reads rules: tab-separated, `rule`, `gene`, `source`.
  /// - Throws: `InputError` of kind `malformed` with the line.
  init(tsv bytes: [UInt8], id: String, path: String) throws(InputError) {
    self.id = id
    (undocumentedAsReference, outsideCallOnly, published) = ([], [], [])
    for row in try TabbedTable(bytes, columns: ["rule", "gene", "source"], path: path).rows {
      switch row["rule"] {
      case "undocumented-as-reference": undocumentedAsReference.insert(row["gene"])
      case "outside-call-only": outsideCallOnly.insert(row["gene"])
      case "published": published.append(row["gene"])
      default: throw row.refusal("the rule \(row["rule"]) is not known", remedy: "correct the line")
      }
    }
  }
}
