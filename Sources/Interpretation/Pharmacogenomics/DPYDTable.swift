import GenomicFiles
import Genomics

/// The DPYD variants that laboratories test before fluoropyrimidines, with their activity: `Data/dpyd.tsv`.
public struct DPYDTable: Sendable, Hashable {
  /// What a variant is for.
  public enum Role: String, Sendable, Hashable, Codable {
    /// Tested by itself.
    case variant
    /// The intronic variant that causes HapB3: it decides where it is called.
    case hapB3Causal = "hapb3-causal"
    /// The exonic variant that goes with HapB3: it stands for it where the intronic one is not called.
    case hapB3Tag = "hapb3-tag"
  }

  /// One variant.
  public struct Variant: Sendable, Hashable {
    /// Its name on NM_000110.4.
    public var name: String
    /// Where it is, on GRCh38.
    public var position: DefiningPosition
    /// The activity value of a copy that has it, as the table writes it.
    public var activity: String
    /// What it is for.
    public var role: Role
    /// Which laboratories test it.
    public var status: String
  }

  /// The table's name and version.
  public var id: String
  /// The variants, in the table's order.
  public var variants: [Variant]
  /// The phenotype that the table's source gives a gene activity score.
  public var phenotypes: [String: String]

  /// The table that comes with Apus.
  public static let builtIn: DPYDTable = {
    do {
      return try DPYDTable(tsv: PackageResources.dpyd_tsv, id: "dpyd/1", path: "dpyd.tsv")
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  static let columns = ["kind", "name", "rsid", "contig", "position", "ref", "alt", "activity", "role", "status"]

  /// Reads a table.
  /// - Throws: `InputError` of kind `malformed` with the line.
  init(tsv bytes: [UInt8], id: String, path: String) throws(InputError) {
    self.id = id
    (variants, phenotypes) = ([], [:])
    for row in try TabbedTable(bytes, columns: Self.columns, path: path).rows {
      switch row["kind"] {
      case "variant":
        guard let position = Int(row["position"]), let role = Role(rawValue: row["role"]),
          Double(row["activity"]) != nil
        else { throw row.refusal("position, role or activity cannot be read", remedy: "correct the line") }
        variants.append(
          Variant(
            name: row["name"],
            position: DefiningPosition(
              contig: row["contig"], position: OneBasedPosition(position), rsid: row["rsid"], reference: row["ref"],
              alternates: [row["alt"]]),
            activity: row["activity"], role: role, status: row["status"]))
      case "score": phenotypes[row["name"]] = row["status"]
      default: throw row.refusal("the kind \(row["kind"]) is not known", remedy: "correct the line")
      }
    }
  }
}
