/// What is known of one person's genotype at one allele, seen from that allele.
///
/// An absent record is unknown (`copies` is empty) unless a reference block, a joint record or depth says otherwise.
public struct PersonCall: Sendable, Hashable, Codable {
  /// One copy of the sequence.
  public enum Copy: String, Sendable, Hashable, Codable {
    case reference
    /// The allele asked for.
    case alternate
    /// Another alternate allele.
    case other
    case missing
  }

  /// What the call rests on.
  public enum Evidence: String, Sendable, Hashable, Codable {
    /// The person has a record of the allele.
    case record
    /// A joint record, in which others have the allele.
    case jointRecord = "joint-record"
    /// A reference block of a gVCF that covers it.
    case referenceBlock = "reference-block"
    /// Depth of the person's alignments: enough reads and none with the allele.
    case depth
    /// Nothing: the person was not asked, or the record is absent.
    case none
  }

  /// One entry a copy, in the order of GT; as many as the call's ploidy. Empty for unknown.
  public var copies: [Copy]
  /// Whether the copies stand in the order of a phase set.
  public var isPhased: Bool
  /// PS; nil where phased over the whole contig, or not phased.
  public var phaseSet: Int?
  /// What the call rests on.
  public var evidence: Evidence
  /// DP, in reads.
  public var depth: Int?
  /// Reads with the allele (AD), also where it was not called.
  public var alternateDepth: Int?
  /// GQ, phred.
  public var quality: Int?

  /// A call.
  public init(
    _ copies: [Copy], isPhased: Bool = false, phaseSet: Int? = nil, evidence: Evidence = .record, depth: Int? = nil,
    alternateDepth: Int? = nil, quality: Int? = nil
  ) {
    self.copies = copies
    self.isPhased = isPhased
    self.phaseSet = phaseSet
    self.evidence = evidence
    self.depth = depth
    self.alternateDepth = alternateDepth
    self.quality = quality
  }

  /// Nothing is known.
  public static let unknown = PersonCall([], evidence: .none)
}
