import Batching
public import GenomicFiles
import Genomics

/// What gaps are looked for in, and how.
public struct GapOptions: Sendable, Hashable {
  /// The exons.
  public var models: ExonModels
  /// The panel that chose the genes; nil for all.
  public var panel: PanelGenes?
  /// Known pathogenic places; nil where none were given.
  public var sites: KnownSites?
  /// Genes with a risk of mis-mapping.
  public var difficult = DifficultGenes.builtIn
  /// What counts.
  public var profile = GapProfile()

  /// Gaps in these exons.
  public init(models: ExonModels, panel: PanelGenes? = nil, sites: KnownSites? = nil) {
    self.models = models
    self.panel = panel
    self.sites = sites
  }

  /// The files that gaps are looked for with.
  public struct Files: Sendable, Hashable {
    /// GFF3 of gene models.
    public var genes: String
    /// JSON of a PanelApp panel; nil for all genes.
    public var panel: String?
    /// ClinVar VCF; nil where known pathogenic places are not told.
    public var clinvar: String?
    /// A list of difficult genes; nil for the one that comes with Apus.
    public var difficult: String?

    /// These files.
    public init(genes: String, panel: String? = nil, clinvar: String? = nil, difficult: String? = nil) {
      self.genes = genes
      self.panel = panel
      self.clinvar = clinvar
      self.difficult = difficult
    }

    /// Their paths.
    public var paths: [String] { [genes] + [panel, clinvar, difficult].compactMap { $0 } }
  }

  /// Refuses models and sites of another assembly.
  func check(_ contigs: ContigDictionary) throws(InputError) {
    try models.check(contigs)
    try sites?.check(contigs)
  }
}

/// Reads what gaps are looked for with.
/// - Throws: what reading each of the files throws.
public func readGapOptions(_ files: GapOptions.Files, resources: RunResources) async throws -> GapOptions {
  var panel: PanelGenes?
  if let path = files.panel { panel = try await readPanelGenes(path, resources: resources) }
  var options = GapOptions(
    models: try await readExonModels(InputFile(path: files.genes), panel: panel, resources: resources), panel: panel)
  if let path = files.clinvar {
    options.sites = try await readClinVarSites(InputFile(path: path), in: options.models, resources: resources)
  }
  if let path = files.difficult { options.difficult = try await readDifficultGenes(path, resources: resources) }
  return options
}
