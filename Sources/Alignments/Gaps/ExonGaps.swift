/// The exons' section of `qc.json`.
public struct ExonGaps: Sendable, Codable, Equatable {
  /// One gap of one exon of one transcript.
  public struct Gap: Sendable, Codable, Equatable {
    /// The contig's name.
    public var contig: String
    /// The first base, counted from 0.
    public var start: Int
    /// The base after the last one.
    public var end: Int
    /// The gene.
    public var gene: String
    /// The transcript.
    public var transcript: String
    /// The exon's number in the transcript.
    public var exon: Int
    /// The least depth.
    public var minimum: Int
    /// Mean depth.
    public var mean: Double
    /// The reason of most bases.
    public var reason: GapReason
    /// Bases by reason.
    public var basesByReason: [String: Int]
    /// Identifiers of known pathogenic records in it; nil where none were given.
    public var pathogenicSites: [String]?
  }

  /// What counted, and what is a gap.
  public var profile: GapProfile
  /// The file of gene models.
  public var models: String
  /// The panel that chose the genes; nil for all.
  public var panel: String?
  /// The panel's version.
  public var panelVersion: String?
  /// The list of genes with a risk of mis-mapping.
  public var difficultGenes: String
  /// The genes, by contig and name.
  public var genes: [GeneCoverage]
  /// What the panel names and the models do not have, and genes on contigs that the alignments do not have; sorted.
  public var genesNotAssessed: [String]
  /// The gaps, by contig and place.
  public var gaps: [Gap]

  /// The section of one pass.
  public init(_ collector: GapsCollector) {
    let options = collector.options
    profile = options.profile
    models = options.models.path
    panel = options.panel?.name
    panelVersion = options.panel?.version
    difficultGenes = options.difficult.id
    genes = collector.genes
    let assessed = Set(genes.map(\.gene))
    genesNotAssessed = (options.models.missingGenes + options.models.genes.filter { !assessed.contains($0) }).sorted()
    gaps = collector.found.flatMap { exon in
      exon.gaps.map { gap in
        Gap(
          contig: exon.contigName, start: gap.places.lowerBound, end: gap.places.upperBound, gene: exon.exon.gene,
          transcript: exon.exon.transcript, exon: exon.exon.number, minimum: gap.minimum,
          mean: Double(gap.depthSum) / Double(gap.places.count), reason: gap.reason,
          basesByReason: Dictionary(uniqueKeysWithValues: gap.bases.map { ($0.key.rawValue, $0.value) }),
          pathogenicSites: gap.sites?.map(\.id))
      }
    }
  }
}
