/// Terms of the Sequence Ontology for what a variant does to a transcript, by rank: the first is the most severe.
///
/// Names, ranks and impacts as in ensembl-variation's Constants (release 115).
public enum Consequence: Int, Sendable, CaseIterable {
  case transcriptAblation, spliceAcceptor, spliceDonor, stopGained, frameshift, stopLost, startLost
  case transcriptAmplification, featureElongation, featureTruncation
  case inframeInsertion, inframeDeletion, missense, proteinAltering
  case spliceDonor5thBase, spliceRegion, spliceDonorRegion, splicePolypyrimidineTract, incompleteTerminalCodon
  case startRetained, stopRetained, synonymous
  case codingSequence, matureMiRNA, fivePrimeUTR, threePrimeUTR, nonCodingExon, intron, nmdTranscript,
    nonCodingTranscript
  case codingTranscript, upstream, downstream
  case bindingSiteAblation, bindingSiteAmplification, bindingSite
  case regulatoryAblation, regulatoryAmplification, regulatoryRegion, intergenic

  /// The term, as VEP writes it.
  public var term: String {
    switch self {
    case .transcriptAblation: "transcript_ablation"
    case .spliceAcceptor: "splice_acceptor_variant"
    case .spliceDonor: "splice_donor_variant"
    case .stopGained: "stop_gained"
    case .frameshift: "frameshift_variant"
    case .stopLost: "stop_lost"
    case .startLost: "start_lost"
    case .transcriptAmplification: "transcript_amplification"
    case .featureElongation: "feature_elongation"
    case .featureTruncation: "feature_truncation"
    case .inframeInsertion: "inframe_insertion"
    case .inframeDeletion: "inframe_deletion"
    case .missense: "missense_variant"
    case .proteinAltering: "protein_altering_variant"
    case .spliceDonor5thBase: "splice_donor_5th_base_variant"
    case .spliceRegion: "splice_region_variant"
    case .spliceDonorRegion: "splice_donor_region_variant"
    case .splicePolypyrimidineTract: "splice_polypyrimidine_tract_variant"
    case .incompleteTerminalCodon: "incomplete_terminal_codon_variant"
    case .startRetained: "start_retained_variant"
    case .stopRetained: "stop_retained_variant"
    case .synonymous: "synonymous_variant"
    case .codingSequence: "coding_sequence_variant"
    case .matureMiRNA: "mature_miRNA_variant"
    case .fivePrimeUTR: "5_prime_UTR_variant"
    case .threePrimeUTR: "3_prime_UTR_variant"
    case .nonCodingExon: "non_coding_transcript_exon_variant"
    case .intron: "intron_variant"
    case .nmdTranscript: "NMD_transcript_variant"
    case .nonCodingTranscript: "non_coding_transcript_variant"
    case .codingTranscript: "coding_transcript_variant"
    case .upstream: "upstream_gene_variant"
    case .downstream: "downstream_gene_variant"
    case .bindingSiteAblation: "TFBS_ablation"
    case .bindingSiteAmplification: "TFBS_amplification"
    case .bindingSite: "TF_binding_site_variant"
    case .regulatoryAblation: "regulatory_region_ablation"
    case .regulatoryAmplification: "regulatory_region_amplification"
    case .regulatoryRegion: "regulatory_region_variant"
    case .intergenic: "intergenic_variant"
    }
  }

  /// HIGH, MODERATE, LOW or MODIFIER.
  public var impact: String {
    switch self {
    case .transcriptAblation, .spliceAcceptor, .spliceDonor, .stopGained, .frameshift, .stopLost, .startLost,
      .transcriptAmplification, .featureElongation, .featureTruncation:
      "HIGH"
    case .inframeInsertion, .inframeDeletion, .missense, .proteinAltering, .bindingSiteAblation: "MODERATE"
    case .spliceDonor5thBase, .spliceRegion, .spliceDonorRegion, .splicePolypyrimidineTract, .incompleteTerminalCodon,
      .startRetained, .stopRetained, .synonymous:
      "LOW"
    case .codingSequence, .matureMiRNA, .fivePrimeUTR, .threePrimeUTR, .nonCodingExon, .intron, .nmdTranscript,
      .nonCodingTranscript,
      .codingTranscript, .upstream, .downstream, .bindingSiteAmplification, .bindingSite, .regulatoryAblation,
      .regulatoryAmplification, .regulatoryRegion, .intergenic:
      "MODIFIER"
    }
  }
}

/// Several consequences of one allele on one transcript; iterates by rank.
public struct ConsequenceSet: Sendable, Hashable {
  private var bits: UInt64 = 0

  /// A bit each, at the places of their raw values.
  public var rawValue: UInt64 { bits }

  /// No consequence.
  public init() {}

  /// Whether there is none.
  public var isEmpty: Bool { bits == 0 }

  /// Adds one.
  public mutating func insert(_ consequence: Consequence) { bits |= 1 << UInt64(consequence.rawValue) }

  /// Adds all of another set.
  public mutating func formUnion(_ other: ConsequenceSet) { bits |= other.bits }

  /// Those that are in another set too.
  public func intersection(_ other: ConsequenceSet) -> ConsequenceSet {
    var both = ConsequenceSet()
    both.bits = bits & other.bits
    return both
  }

  /// Takes one out.
  public mutating func remove(_ consequence: Consequence) { bits &= ~(1 << UInt64(consequence.rawValue)) }

  /// Whether one is among them.
  public func contains(_ consequence: Consequence) -> Bool { bits & (1 << UInt64(consequence.rawValue)) != 0 }

  /// The one of the lowest rank.
  public var mostSevere: Consequence? { Consequence(rawValue: bits.trailingZeroBitCount) }

  /// By rank, the most severe first.
  public var all: [Consequence] { Consequence.allCases.filter(contains) }
}
