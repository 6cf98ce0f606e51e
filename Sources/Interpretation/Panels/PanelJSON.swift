#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// PanelApp's JSON, as far as tiers ask. Keys that are not named here are left alone: the schema is PanelApp's.
enum PanelJSON {
  /// A list of panels (`/panels/`, `/panels/signedoff/`).
  struct List: Decodable {
    struct Entry: Decodable {
      var id: Int
      var version: String
      var signed_off: String?
    }
    var results: [Entry]
    var next: String?
  }

  /// A panel (`/panels/ID/`).
  struct One: Decodable {
    struct PanelType: Decodable { var slug: String? }
    var id: Int
    var name: String
    var version: String
    var status: String?
    var signed_off: String?
    var types: [PanelType]?
    var relevant_disorders: [String]?
    var genes: [Entity]
    var regions: [Entity]?
    var strs: [Entity]?
  }

  /// A gene, a region or a repeat.
  struct Entity: Decodable {
    struct Component: Decodable {
      var id: Int
      var name: String
      var version: String
    }
    struct GeneData: Decodable {
      struct Place: Decodable { var ensembl_id: String? }
      var gene_symbol: String?
      var hgnc_symbol: String?
      var hgnc_id: String?
      var alias: [String]?
      var biotype: String?
      var ensembl_genes: [String: [String: Place]]?
    }
    var entity_name: String
    var gene_data: GeneData?
    var confidence_level: Word?
    var mode_of_inheritance: String?
    var penetrance: String?
    var panel: Component?
    var verbose_name: String?
    var chromosome: String?
    var grch37_coordinates: [Int]?
    var grch38_coordinates: [Int]?
    var type_of_variants: String?
    var required_overlap_percentage: Word?
    var repeated_sequence: String?
    var normal_repeats: Word?
    var pathogenic_repeats: Word?
  }

  /// A number that PanelApp writes as a number or as a string.
  struct Word: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let number = try? value.decode(Int.self) {
        text = String(number)
      } else {
        text = try value.decode(String.self)
      }
    }

    /// The whole number; nil for anything else.
    var number: Int? { Int(text) }
  }
}
