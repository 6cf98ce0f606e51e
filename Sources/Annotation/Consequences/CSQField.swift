/// A field of a `CSQ` entry, by the name that the header gives it. The order is that of VEP's `--everything` with
/// `--allele_number`, `--flag_pick` and `--hgvsg`; what VEP does not have, or only as a plugin, comes last.
public enum CSQField: String, Sendable, CaseIterable {
  case allele = "Allele"
  case consequence = "Consequence"
  case impact = "IMPACT"
  case symbol = "SYMBOL"
  case gene = "Gene"
  case featureType = "Feature_type"
  case feature = "Feature"
  case biotype = "BIOTYPE"
  case exon = "EXON"
  case intron = "INTRON"
  case codingName = "HGVSc"
  case proteinName = "HGVSp"
  case transcriptPosition = "cDNA_position"
  case codingPosition = "CDS_position"
  case proteinPosition = "Protein_position"
  case aminoAcids = "Amino_acids"
  case codons = "Codons"
  case existingVariation = "Existing_variation"
  case alleleNumber = "ALLELE_NUM"
  case distance = "DISTANCE"
  case strand = "STRAND"
  case flags = "FLAGS"
  case pick = "PICK"
  case variantClass = "VARIANT_CLASS"
  case symbolSource = "SYMBOL_SOURCE"
  case hgncIdentifier = "HGNC_ID"
  case canonical = "CANONICAL"
  case mane = "MANE"
  case maneSelect = "MANE_SELECT"
  case manePlusClinical = "MANE_PLUS_CLINICAL"
  case supportLevel = "TSL"
  case appris = "APPRIS"
  case consensus = "CCDS"
  case protein = "ENSP"
  case nameOffset = "HGVS_OFFSET"
  case genomicName = "HGVSg"
  case decay = "NMD"
  case pickReason = "PICK_REASON"

  /// Whether a field tells of the choice among transcripts, and so needs one.
  public var needsChoice: Bool { self == .pick || self == .pickReason }

  /// Whether its text is the same in every entry of a transcript.
  var isOfTranscript: Bool {
    switch self {
    case .symbol, .gene, .featureType, .feature, .biotype, .existingVariation, .strand, .flags, .symbolSource,
      .hgncIdentifier, .canonical, .mane, .maneSelect, .manePlusClinical, .supportLevel, .appris, .consensus, .protein:
      true
    case .allele, .consequence, .impact, .exon, .intron, .codingName, .proteinName, .transcriptPosition,
      .codingPosition, .proteinPosition, .aminoAcids, .codons, .alleleNumber, .distance, .pick, .variantClass,
      .nameOffset, .genomicName, .decay, .pickReason:
      false
    }
  }
}

/// Which fields are written where none are named.
public enum CSQProfile: String, Sendable, CaseIterable {
  /// All of them; those of the choice where one is made.
  case everything
  /// What a filter and a person go by. `ALLELE_NUM` is among them, since `Allele` alone does not tell which ALT is meant.
  case minimal

  /// Its fields.
  /// - Parameter choice: what is chosen among the transcripts, if anything.
  public func fields(_ choice: TranscriptChoice?) -> [CSQField] {
    switch self {
    case .everything: CSQField.allCases.filter { choice != nil || !$0.needsChoice }
    case .minimal:
      [.allele, .consequence, .impact, .symbol, .gene, .feature, .codingName, .proteinName, .alleleNumber]
        + (choice?.keepsOthers == true ? [.pick] : [])
    }
  }
}
