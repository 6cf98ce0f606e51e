/// A filter of segregation, by the name of the report model's enumeration (GelReportModels 6.2, SegregationPattern).
public enum SegregationFilter: String, Sendable, Hashable, Codable, CaseIterable {
  case simpleRecessive = "SimpleRecessive"
  case compoundHeterozygous = "CompoundHeterozygous"
  case uniparentalIsodisomy = "UniparentalIsodisomy"
  case inheritedAutosomalDominant = "InheritedAutosomalDominant"
  case inheritedAutosomalDominantPaternallyImprinted = "InheritedAutosomalDominantPaternallyImprinted"
  case inheritedAutosomalDominantMaternallyImprinted = "InheritedAutosomalDominantMaternallyImprinted"
  case deNovo
  case xLinkedSimpleRecessive = "XLinkedSimpleRecessive"
  case xLinkedCompoundHeterozygous = "XLinkedCompoundHeterozygous"
  case xLinkedMonoallelic = "XLinkedMonoallelic"
  case mitochondrialGenome = "MitochondrialGenome"
}

/// A mode of inheritance that variants are tiered under.
public enum TieringMode: String, Sendable, Hashable, Codable, CaseIterable {
  case biallelic
  case monoallelicNotImprinted = "monoallelic_not_imprinted"
  case monoallelicPaternallyImprinted = "monoallelic_paternally_imprinted"
  case monoallelicMaternallyImprinted = "monoallelic_maternally_imprinted"
  case deNovo = "de_novo"
  case xLinkedBiallelic = "xlinked_biallelic"
  case xLinkedMonoallelic = "xlinked_monoallelic"
  case mitochondrial
}

/// What a filter of segregation answers for one variant and one penetrance.
public struct FilterAnswer: Sendable, Hashable, Codable {
  /// The filter.
  public var filter: SegregationFilter
  /// The penetrance assumed.
  public var penetrance: Penetrance
  /// The answer.
  public var outcome: RuleOutcome
  /// The person whose genotype decided it; nil where all did.
  public var person: String?
  /// That person's genotype.
  public var genotype: GenotypeCategory?
  /// Why.
  public var reason: String
  /// Relatives whose genotype is missing or not decisive, and who were left out as the rule says.
  public var ignored: [String]
}

/// A genotype seen from one allele (GelReportModels 6.2, Zygosity).
public enum GenotypeCategory: String, Sendable, Hashable, Codable, CaseIterable {
  case referenceHomozygous = "reference_homozygous"
  case heterozygous
  case alternateHomozygous = "alternate_homozygous"
  case missing
  case halfMissingReference = "half_missing_reference"
  case halfMissingAlternate = "half_missing_alternate"
  case alternateHemizygous = "alternate_hemizigous"
  case referenceHemizygous = "reference_hemizigous"
  /// A call that its place and person cannot have, or whose place is not known well enough.
  case unknown = "unk"
}
