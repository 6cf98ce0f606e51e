import Genomics

/// What gaps are looked for in, and how.
public struct GapOptions: Sendable, Hashable {
  /// The exons.
  public var models: ExonModels
  /// The panel that chose the genes; nil for all.
  public var panel: PanelGenes?
  /// Known pathogenic places; nil where none were given.
  public var sites: KnownSites?
  /// What counts.
  public var profile = GapProfile()

  /// Gaps in these exons.
  public init(models: ExonModels, panel: PanelGenes? = nil, sites: KnownSites? = nil) {
    self.models = models
    self.panel = panel
    self.sites = sites
  }

  /// Refuses models and sites of another assembly.
  func check(_ contigs: ContigDictionary) throws(InputError) {
    try models.check(contigs)
    try sites?.check(contigs)
  }
}
