public import Genomics

/// Genes of panels, found by what a gene model calls them.
public struct PanelIndex: Sendable {
  let panels: PanelSet
  let assembly: Assembly

  /// An index of panels.
  public init(_ panels: PanelSet, assembly: Assembly) {
    self.panels = panels
    self.assembly = assembly
  }

  /// Whether a gene of the gene model is in a panel, with any rating: quick, for a first sieve.
  public func contains(symbol: String?, gene: String, hgnc: String?) -> Bool { false }
}
