public import Genomics

/// A copy number of the proband.
public struct StructuralCandidate: Sendable, Hashable {
  /// Which way.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case loss = "LOSS"
    case gain = "GAIN"
  }

  /// A gene that it overlaps.
  public struct Gene: Sendable, Hashable, Codable {
    /// The gene's symbol; nil where the gene model has none.
    public var symbol: String?
    /// The gene's identifier in the gene model.
    public var gene: String
    /// `HGNC:…`, where the gene model tells it.
    public var hgnc: String?
    /// Biotypes of its transcripts that the copy number overlaps.
    public var biotypes: [String]

    /// A gene.
    public init(symbol: String?, gene: String, hgnc: String? = nil, biotypes: [String]) {
      self.symbol = symbol
      self.gene = gene
      self.hgnc = hgnc
      self.biotypes = biotypes
    }
  }

  /// A name that results tell it by (the record's ID, or its place).
  public var id: String
  /// Which way.
  public var kind: Kind
  /// Where, 0-based half-open, with the reference's own name of the contig.
  public var region: Region
  /// FILTER of the record.
  public var filter: CandidateVariant.Filter
  /// The genes that it overlaps.
  public var genes: [Gene]
  /// Calls of the other kind of caller (CNV beside SV) that overlap it, same direction; nil where no other caller's
  /// file was given.
  public var otherCalls: [Region]?
  /// CNV_AF of the custom dataset.
  public var alleleFrequency: FrequencyAnswer?
  /// CNV_AUC of the custom dataset.
  public var areaFrequency: FrequencyAnswer?
  /// Copies of the proband with the change; nil where the file does not tell. Told, not used.
  public var copyNumber: Int?
  /// Flags of the record (suspected poor quality, assumed karyotype …). Told, not used.
  public var flags: [String]

  /// A copy number.
  public init(
    id: String, kind: Kind, region: Region, filter: CandidateVariant.Filter = .passed, genes: [Gene] = [],
    otherCalls: [Region]? = nil, alleleFrequency: FrequencyAnswer? = nil, areaFrequency: FrequencyAnswer? = nil,
    copyNumber: Int? = nil, flags: [String] = []
  ) {
    self.id = id
    self.kind = kind
    self.region = region
    self.filter = filter
    self.genes = genes
    self.otherCalls = otherCalls
    self.alleleFrequency = alleleFrequency
    self.areaFrequency = areaFrequency
    self.copyNumber = copyNumber
    self.flags = flags
  }
}
