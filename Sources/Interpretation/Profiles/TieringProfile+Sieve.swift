extension TieringProfile {
  /// Whether a variant may have a tier or a near miss: a quick sieve before anything else is read of it.
  /// - Parameters:
  ///   - terms: consequences of one or of all transcripts.
  ///   - hasKnown: whether a source of known variants has it, or one with the same change of the protein.
  ///   - inPanelGene: whether one of its transcripts is of a gene of the panels (`PanelIndex.contains`).
  public func mayMatter(terms: [String], hasKnown: Bool, inPanelGene: Bool = true) -> Bool {
    hasKnown || terms.contains { term in sieve[term].map { inPanelGene || $0 } ?? false }
  }
}
