import Genomics

/// What a filter asks of the affected and of the unaffected, by how many copies they have.
///
/// Source: OpenCB biodata `ModeOfInheritance`; the same table stands in Docs/tiering.md.
struct GenotypeRequirement {
  /// Genotypes allowed, of two copies and of one.
  struct Allowed {
    var two: OpenGenotypes
    var one: OpenGenotypes
  }

  var affected: Allowed
  var unaffected: Allowed
  var unaffectedIncomplete = Allowed(two: .any, one: .anyOfOneCopy)

  /// The requirement of a filter that asks each person alone; nil for the others.
  init?(_ filter: SegregationFilter) {
    switch filter {
    case .simpleRecessive:
      affected = Allowed(two: .alternate, one: .alternate)
      unaffected = Allowed(two: [.reference, .heterozygous], one: .reference)
    case .inheritedAutosomalDominant, .xLinkedMonoallelic:
      affected = Allowed(two: .carrier, one: .alternate)
      unaffected = Allowed(two: .reference, one: .reference)
    case .xLinkedSimpleRecessive:
      affected = Allowed(two: .alternate, one: .alternate)
      unaffected = Allowed(two: [.reference, .heterozygous], one: .reference)
    case .compoundHeterozygous, .uniparentalIsodisomy, .inheritedAutosomalDominantPaternallyImprinted,
      .inheritedAutosomalDominantMaternallyImprinted, .deNovo, .xLinkedCompoundHeterozygous, .mitochondrialGenome:
      return nil
    }
  }

  /// What is allowed to a person; nil where nothing is asked.
  func allowed(_ affection: Affection, _ penetrance: Penetrance) -> Allowed? {
    switch affection {
    case .affected: affected
    case .unaffected: penetrance == .complete ? unaffected : unaffectedIncomplete
    case .unknown: nil
    }
  }
}
