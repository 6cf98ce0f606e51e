public import Genomics

/// Genes of panels, found by what a gene model calls them.
///
/// HGNC's number decides where both have one; then Ensembl's identifier in the calls' assembly; then the symbol of
/// today; then another symbol, where it is one panel gene's alone and no identifier speaks against it.
public struct PanelIndex: Sendable {
  /// A gene's entry of a panel.
  public struct Hit: Sendable, Hashable {
    /// The panel.
    public var panel: Panel.Identity
    /// The entry.
    public var gene: PanelGene
    /// What both name the gene by: `HGNC`, `Ensembl`, `symbol` or `other symbol`.
    public var matchedBy: String
  }

  /// The panels.
  public let panels: PanelSet
  /// The assembly whose identifiers of Ensembl and coordinates count; nil where it is neither: none of them does.
  public let assembly: Assembly?
  private let entries: [(panel: Panel.Identity, gene: PanelGene)]
  private var byHGNC: [String: [Int]] = [:]
  private var byEnsembl: [String: [Int]] = [:]
  private var bySymbol: [String: [Int]] = [:]
  private var byAlias: [String: [Int]] = [:]

  /// An index of panels.
  public init(_ panels: PanelSet, assembly: Assembly?) {
    self.panels = panels
    self.assembly = assembly
    entries = panels.panels.flatMap { panel in panel.genes.map { (panel.identity, $0) } }
    for (index, (_, gene)) in entries.enumerated() {
      gene.hgnc.map { byHGNC[$0, default: []].append(index) }
      for id in assembly.flatMap({ gene.ensembl[$0] }) ?? [] { byEnsembl[id, default: []].append(index) }
      for symbol in Set([gene.symbol, gene.hgncSymbol].compactMap { $0 }) {
        bySymbol[symbol.uppercased(), default: []].append(index)
      }
      for alias in Set(gene.aliases.map { $0.uppercased() }) { byAlias[alias, default: []].append(index) }
    }
  }

  /// Every entry of a gene of the gene model.
  /// - Parameters:
  ///   - symbol: the gene model's symbol.
  ///   - gene: its identifier there.
  ///   - hgnc: `HGNC:…`, where it tells it.
  public func hits(symbol: String?, gene: String, hgnc: String?) -> [Hit] {
    if let hgnc, let found = byHGNC[hgnc] { return hits(found, "HGNC") }
    let identifier = withoutVersion(gene)
    func isContradicted(_ index: Int) -> Bool {
      if let hgnc, let other = entries[index].gene.hgnc, other != hgnc { return true }
      return false
    }
    if let found = byEnsembl[identifier]?.filter({ !isContradicted($0) }), !found.isEmpty {
      return hits(found, "Ensembl")
    }
    guard let symbol = symbol?.uppercased() else { return [] }
    if let found = bySymbol[symbol]?.filter({ !isContradicted($0) }), !found.isEmpty { return hits(found, "symbol") }
    // An earlier symbol of one gene is often the symbol or an alias of another.
    let found = (byAlias[symbol] ?? []).filter { index in
      guard !isContradicted(index) else { return false }
      let known = assembly.flatMap { entries[index].gene.ensembl[$0] } ?? []
      return !(identifier.hasPrefix("ENSG") && !known.isEmpty)
    }
    let genes = Set(found.map { entries[$0].gene.hgnc ?? entries[$0].gene.symbol })
    return genes.count == 1 ? hits(found, "other symbol") : []
  }

  /// Whether a gene of the gene model is in a panel, with any rating: quick, for a first sieve.
  public func contains(symbol: String?, gene: String, hgnc: String?) -> Bool {
    !hits(symbol: symbol, gene: gene, hgnc: hgnc).isEmpty
  }

  private func hits(_ indices: [Int], _ matchedBy: String) -> [Hit] {
    indices.map { Hit(panel: entries[$0].panel, gene: entries[$0].gene, matchedBy: matchedBy) }
  }
}
