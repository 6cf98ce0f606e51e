public import Genomics

/// Genes of panels, found by what a gene model calls them.
///
/// HGNC's number decides where both have one; then Ensembl's identifier in the calls' assembly; then the symbol of
/// today; then another symbol, where it is one panel gene's alone and no identifier speaks against it. Each entry is
/// asked for itself: one panel may tell HGNC's numbers, and another symbols alone.
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
    let identifier = withoutVersion(gene)
    func isContradicted(_ index: Int) -> Bool {
      if let hgnc, let other = entries[index].gene.hgnc, other != hgnc { return true }
      return false
    }
    let symbol = symbol?.uppercased()
    var matched: [(index: Int, name: String)] = []
    func add(_ indices: [Int]?, _ name: String, _ isMeant: (Int) -> Bool = { _ in true }) {
      for index in indices ?? []
      where !isContradicted(index) && isMeant(index) && !matched.contains(where: { $0.index == index }) {
        matched.append((index, name))
      }
    }
    add(hgnc.flatMap { byHGNC[$0] }, "HGNC")
    add(byEnsembl[identifier], "Ensembl")
    // Beside an entry that an identifier found, a symbol finds those without identifiers alone.
    let isIdentified = !matched.isEmpty
    add(symbol.flatMap { bySymbol[$0] }, "symbol") { !isIdentified || !hasEnsembl($0, identifier) }
    if !matched.isEmpty {
      return matched.sorted { $0.index < $1.index }.map {
        Hit(panel: entries[$0.index].panel, gene: entries[$0.index].gene, matchedBy: $0.name)
      }
    }
    guard let symbol else { return [] }
    // An earlier symbol of one gene is often the symbol or an alias of another.
    let found = (byAlias[symbol] ?? []).filter { index in
      !isContradicted(index) && !hasEnsembl(index, identifier)
    }
    let genes = Set(found.map { entries[$0].gene.hgnc ?? entries[$0].gene.symbol })
    guard genes.count == 1 else { return [] }
    return found.map { Hit(panel: entries[$0].panel, gene: entries[$0].gene, matchedBy: "other symbol") }
  }

  /// Entries that none of a gene model's genes is found by, in the panels' order: no variant can be told of them.
  /// - Parameter genes: every gene of the model.
  public func unmatched(_ genes: some Sequence<(symbol: String?, gene: String, hgnc: String?)>) -> [UnmatchedGene] {
    var found: Set<UnmatchedGene> = []
    for one in genes {
      for hit in hits(symbol: one.symbol, gene: one.gene, hgnc: one.hgnc) {
        found.insert(UnmatchedGene(hit.panel, hit.gene))
      }
    }
    var told: Set<UnmatchedGene> = []
    return entries.map { UnmatchedGene($0.panel, $0.gene) }.filter { !found.contains($0) && told.insert($0).inserted }
  }

  /// Whether an entry has identifiers of Ensembl that a gene of Ensembl's can be held against.
  private func hasEnsembl(_ index: Int, _ identifier: String) -> Bool {
    identifier.hasPrefix("ENSG") && !(assembly.flatMap { entries[index].gene.ensembl[$0] } ?? []).isEmpty
  }

  /// Whether a gene of the gene model is in a panel, with any rating: quick, for a first sieve.
  public func contains(symbol: String?, gene: String, hgnc: String?) -> Bool {
    !hits(symbol: symbol, gene: gene, hgnc: hgnc).isEmpty
  }
}

/// A panel's gene that the gene model has under none of its names.
public struct UnmatchedGene: Sendable, Hashable, Codable {
  /// The panel.
  public var panel: Panel.Identity
  /// The symbol that the panel lists it by.
  public var symbol: String
  /// `HGNC:…`; nil where the panel does not tell it.
  public var hgnc: String?
  /// Its rating.
  public var rating: PanelRating

  init(_ panel: Panel.Identity, _ gene: PanelGene) {
    self.panel = panel
    symbol = gene.symbol
    hgnc = gene.hgnc
    rating = gene.rating
  }
}
