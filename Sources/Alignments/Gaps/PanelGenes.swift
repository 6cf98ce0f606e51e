/// The genes of a PanelApp panel, from its JSON (`/panels/ID/`).
public struct PanelGenes: Sendable, Hashable, Decodable {
  /// One gene of the panel.
  private struct Entry: Decodable {
    struct Data: Decodable {
      struct Place: Decodable { var ensembl_id: String? }
      var gene_symbol: String?
      var hgnc_id: String?
      var alias: [String]?
      var ensembl_genes: [String: [String: Place]]?
    }
    var entity_name: String
    var confidence_level: String?
    var gene_data: Data?
  }

  private enum Key: String, CodingKey { case name, version, genes }

  /// The panel's name.
  public let name: String
  /// Its version.
  public let version: String
  /// The symbols of its genes.
  public let symbols: Set<String>
  /// The symbol of a gene by any identifier: symbol, HGNC, Ensembl.
  private let byName: [String: String]

  /// The green genes (confidence 3 or 4): those with the evidence to be reported on.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    name = try values.decode(String.self, forKey: .name)
    version = try values.decode(String.self, forKey: .version)
    var symbols: Set<String> = []
    var byName: [String: String] = [:]
    for entry in try values.decode([Entry].self, forKey: .genes) where ["3", "4"].contains(entry.confidence_level) {
      symbols.insert(entry.entity_name)
      byName[entry.entity_name] = entry.entity_name
      if let id = entry.gene_data?.hgnc_id { byName[id] = entry.entity_name }
      if let symbol = entry.gene_data?.gene_symbol { byName[symbol] = entry.entity_name }
      for release in entry.gene_data?.ensembl_genes ?? [:] {
        for place in release.value.values { place.ensembl_id.map { byName[$0] = entry.entity_name } }
      }
    }
    self.symbols = symbols
    self.byName = byName
  }

  /// A panel of these symbols.
  public init(name: String, version: String, symbols: Set<String>) {
    self.name = name
    self.version = version
    self.symbols = symbols
    byName = Dictionary(uniqueKeysWithValues: symbols.map { ($0, $0) })
  }

  /// The panel's symbol for a gene of these names; nil where it is not in the panel.
  func entry(_ names: [String]) -> String? {
    for name in names { if let symbol = byName[name] { return symbol } }
    return nil
  }
}
