extension PanelSet {
  /// With one panel more.
  public func adding(_ panel: Panel) -> PanelSet { PanelSet(sorted: panels + [panel], faults: faults) }
}

extension Panel {
  /// A panel of the genes that the test directory lists for a test by their symbols. The directory tells neither rating
  /// nor mode of inheritance: the genes count as green, and the absent mode matches every one (rule of Apus).
  public static func genes(_ symbols: [String], of test: String, directoryVersion: String) -> Panel {
    Panel(
      identity: Identity(id: 0, name: "Genes of \(test) in the test directory", version: directoryVersion), status: nil,
      signOff: .notTold, isSuperPanel: false, relevantDisorders: [],
      genes: symbols.map { symbol in
        PanelGene(
          symbol: symbol, hgncSymbol: symbol, hgnc: nil, ensembl: [:], aliases: [], biotype: nil, rating: .green,
          mode: .absent, modeText: "", penetrance: nil, component: nil)
      }, regions: [], repeats: [])
  }
}
