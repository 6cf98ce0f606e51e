import Genomics

/// Filters of segregation over one family.
///
/// The proband counts as affected. Persons are asked in the order of their names, the proband first, so that the
/// answer does not depend on how the family is listed.
final class Segregation: Sendable {
  let family: Family
  let profile: TieringProfile
  /// Segments of uniparental disomy; nil where none were supplied.
  let segments: [UPDSegment]?
  /// Contigs of which it is known whether a segment lies there; nil for all.
  let assessed: Set<String>?
  /// Members in the order in which they are asked.
  let order: [Int]

  init(family: Family, profile: TieringProfile, segments: [UPDSegment]?, assessed: Set<String>? = nil) {
    self.family = family
    self.profile = profile
    self.segments = segments
    self.assessed = assessed
    let others = family.members.indices.filter { $0 != family.proband }
    order = [family.proband] + others.sorted { family.members[$0].name < family.members[$1].name }
  }

  var proband: Family.Member { family.members[family.proband] }

  func name(_ person: Int) -> String { family.members[person].name }

  /// Whether a person is affected; the proband is.
  func affection(_ person: Int) -> Affection {
    person == family.proband ? .affected : family.members[person].affection
  }

  /// Everybody's genotype at a candidate, in the family's order.
  func genotypes(_ candidate: CandidateVariant) -> [PersonGenotype] {
    family.members.indices.map { person in
      // A list that is too short leaves people unknown.
      let call = candidate.calls.indices.contains(person) ? candidate.calls[person] : .unknown
      return PersonGenotype(call, ploidy: ploidy(person, candidate.place))
    }
  }

  private func ploidy(_ person: Int, _ place: CandidateVariant.Place) -> PersonGenotype.Ploidy {
    switch place {
    case .autosome, .pseudoautosomal: return .two
    case .x:
      switch family.members[person].xCopies {
      case .measured(1): return .one
      case .measured(2): return .two
      case .measured, .unmeasured: return .unmeasured
      }
    case .mitochondrial, .y, .other: return .unmeasured
    }
  }

  /// What the filters that ask of one variant answer, in both passes.
  func answers(_ candidate: CandidateVariant, _ genotypes: [PersonGenotype]) -> [FilterAnswer] {
    let filters = SegregationFilter.tried(at: candidate.place).filter { !$0.isOfPairs }
    return filters.flatMap { filter in
      Penetrance.allCases.compactMap { penetrance in
        switch profile.segregation {
        case .family: answer(filter, penetrance, candidate, genotypes)
        case .singleton: singletonAnswer(filter, penetrance, genotypes)
        }
      }
    }
  }

  private func answer(
    _ filter: SegregationFilter, _ penetrance: Penetrance, _ candidate: CandidateVariant, _ genotypes: [PersonGenotype]
  ) -> FilterAnswer {
    switch filter {
    case .deNovo: deNovo(penetrance, candidate, genotypes)
    case .uniparentalIsodisomy: isodisomy(penetrance, candidate, genotypes)
    case .inheritedAutosomalDominantPaternallyImprinted: imprinted(filter, expressed: .maternal, penetrance, genotypes)
    case .inheritedAutosomalDominantMaternallyImprinted: imprinted(filter, expressed: .paternal, penetrance, genotypes)
    case .mitochondrialGenome: mitochondrial(penetrance, genotypes)
    case .simpleRecessive, .inheritedAutosomalDominant, .xLinkedSimpleRecessive, .xLinkedMonoallelic,
      .compoundHeterozygous, .xLinkedCompoundHeterozygous:
      required(filter, penetrance, candidate.place, genotypes)
    }
  }

  /// An answer that one person decided.
  func decided(
    _ filter: SegregationFilter, _ penetrance: Penetrance, _ outcome: RuleOutcome, by person: Int?,
    _ genotypes: [PersonGenotype], _ reason: String, ignored: [Int] = []
  ) -> FilterAnswer {
    FilterAnswer(
      filter: filter, penetrance: penetrance, outcome: outcome, person: person.map(name),
      genotype: person.map { genotypes[$0].category }, reason: reason, ignored: ignored.map(name))
  }
}
