/// A somatic variant with a consequence that the profile counts or lists, one entry a gene.
public struct CodingVariant: Sendable, Hashable, Codable {
  /// The contig.
  public var contig: String
  /// POS as VCF writes it, counted from 1; normalised.
  public var position: Int
  /// REF, normalised.
  public var reference: String
  /// ALT, normalised.
  public var alternate: String
  /// Its type.
  public var type: SomaticType
  /// Whether it has one of the burden's terms, and counts where the burden does.
  public var inBurden: Bool
  /// What it does to each gene: on MANE Select, else the canonical transcript, else the first with a listed term.
  public var consequences: [TranscriptConsequence]
  /// Reads of the allele in the tumour; nil where the file does not tell.
  public var alternateReads: Int?
  /// Reads that the fraction is of.
  public var depth: Int?
  /// The allele's share of the reads in the tumour.
  public var fraction: Double?
  /// The same in the normal; nil without one.
  public var normalFraction: Double?
  /// Domains of the user's lists that it is in.
  public var domains: [String] = []
}
