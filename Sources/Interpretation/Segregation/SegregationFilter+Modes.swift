extension SegregationFilter {
  /// The tiering mode that the filter belongs to (Rare Disease Genome Analysis Guide: grouping of filters). De novo
  /// belongs to two groups and is matched with panels on its own.
  public var mode: TieringMode {
    switch self {
    case .simpleRecessive, .compoundHeterozygous, .uniparentalIsodisomy: .biallelic
    case .inheritedAutosomalDominant: .monoallelicNotImprinted
    case .inheritedAutosomalDominantPaternallyImprinted: .monoallelicPaternallyImprinted
    case .inheritedAutosomalDominantMaternallyImprinted: .monoallelicMaternallyImprinted
    case .deNovo: .deNovo
    case .xLinkedSimpleRecessive, .xLinkedCompoundHeterozygous: .xLinkedBiallelic
    case .xLinkedMonoallelic: .xLinkedMonoallelic
    case .mitochondrialGenome: .mitochondrial
    }
  }

  /// The filters that are tried at a place. All of them: none is left out by a look at the pedigree.
  public static func tried(at place: CandidateVariant.Place) -> [SegregationFilter] {
    switch place {
    case .autosome, .pseudoautosomal:
      [
        .simpleRecessive, .compoundHeterozygous, .uniparentalIsodisomy, .inheritedAutosomalDominant,
        .inheritedAutosomalDominantPaternallyImprinted, .inheritedAutosomalDominantMaternallyImprinted, .deNovo,
      ]
    case .x: [.xLinkedSimpleRecessive, .xLinkedCompoundHeterozygous, .xLinkedMonoallelic, .deNovo]
    case .mitochondrial: [.mitochondrialGenome]
    case .y, .other: []
    }
  }

  /// Whether the filter is one of pairs.
  public var isOfPairs: Bool { self == .compoundHeterozygous || self == .xLinkedCompoundHeterozygous }
}
