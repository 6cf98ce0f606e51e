/// What an allele does to one transcript.
public struct TranscriptConsequence: Sendable, Hashable, Codable {
  /// The gene's symbol; nil where the gene model has none.
  public var symbol: String?
  /// The gene's identifier in the gene model (`ENSG…`, without its version, or RefSeq's).
  public var gene: String
  /// `HGNC:…`, where the gene model tells it.
  public var hgnc: String?
  /// The transcript's identifier with its version, as CSQ has it.
  public var transcript: String
  /// The transcript's biotype (`protein_coding` …).
  public var biotype: String
  /// Terms of the Sequence Ontology, the most severe first.
  public var terms: [String]
  /// The coding or non-coding name (`ENST…:c.…`).
  public var hgvsc: String?
  /// The protein's name (`ENSP…:p.…`).
  public var hgvsp: String?
  /// Whether the transcript is MANE Select.
  public var isMANESelect: Bool
  /// Whether the gene model calls it canonical.
  public var isCanonical: Bool

  /// An entry.
  public init(
    symbol: String?, gene: String, hgnc: String? = nil, transcript: String, biotype: String, terms: [String],
    hgvsc: String? = nil, hgvsp: String? = nil, isMANESelect: Bool = false, isCanonical: Bool = false
  ) {
    self.symbol = symbol
    self.gene = gene
    self.hgnc = hgnc
    self.transcript = transcript
    self.biotype = biotype
    self.terms = terms
    self.hgvsc = hgvsc
    self.hgvsp = hgvsp
    self.isMANESelect = isMANESelect
    self.isCanonical = isCanonical
  }
}
