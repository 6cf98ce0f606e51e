import Genomics

extension Segregation {
  /// The newborn guide's rules for one person (Generation Study, mode of inheritance); nil for filters that it has not.
  func singletonAnswer(
    _ filter: SegregationFilter, _ penetrance: Penetrance, _ genotypes: [PersonGenotype]
  ) -> FilterAnswer? {
    let child = family.proband
    let genotype = genotypes[child]
    func answer(_ outcome: RuleOutcome, _ asked: String) -> FilterAnswer {
      decided(
        filter, penetrance, outcome, by: child, genotypes, "\(name(child)) is \(genotype.category.rawValue), \(asked)")
    }
    switch filter {
    case .inheritedAutosomalDominant, .xLinkedMonoallelic:
      return answer(isNotReference(genotype.call), "asked for: any genotype but reference")
    case .simpleRecessive: return answer(genotype.open.outcome(allowed: .alternate), "asked for: homozygous")
    case .xLinkedSimpleRecessive:
      let outcome = isNotReference(genotype.call)
      switch genotype.ploidy {
      case .one: return answer(outcome, "asked for of one X: any genotype but reference")
      case .two: return answer(genotype.open.outcome(allowed: .alternate), "asked for of two X: homozygous")
      case .unmeasured: return answer(outcome == .fail ? .fail : .unknown, "and copies of X are not measured")
      }
    case .compoundHeterozygous, .xLinkedCompoundHeterozygous, .uniparentalIsodisomy, .deNovo, .mitochondrialGenome,
      .inheritedAutosomalDominantPaternallyImprinted, .inheritedAutosomalDominantMaternallyImprinted:
      return nil
    }
  }

  /// Whether a call has the allele, on however many copies.
  private func isNotReference(_ call: PersonCall) -> RuleOutcome {
    if call.copies.contains(.alternate) { return .pass }
    return call.copies.isEmpty || call.copies.contains(.missing) ? .unknown : .fail
  }

  /// Whether two variants of a gene are a pair by the newborn guide: a heterozygote beside another that is not
  /// reference; two heterozygotes must not share a phase group.
  func singletonPair(_ a: Half, _ b: Half) -> PairAnswer {
    let child = family.proband
    let genotypes = [a.genotypes[child], b.genotypes[child]]
    if genotypes.contains(where: { $0.ploidy == .one }) {
      return PairAnswer(outcome: .fail, person: child, reason: "\(name(child)) has one copy of X")
    }
    let outcomes = genotypes.map { isNotReference($0.call) }
    if outcomes.contains(.fail) {
      return PairAnswer(outcome: .fail, person: child, reason: "\(name(child)) has not both")
    }
    if outcomes.contains(.unknown) || genotypes.contains(where: { $0.ploidy == .unmeasured }) {
      return PairAnswer(outcome: .unknown, person: child, reason: "a genotype or the copies of X are not known")
    }
    if genotypes.contains(where: { $0.open == .alternate }) {
      return PairAnswer(outcome: .pass, reason: "a heterozygote beside a homozygote")
    }
    let calls = genotypes.map(\.call)
    if calls.allSatisfy(\.isPhased), calls[0].phaseSet == calls[1].phaseSet {
      let isCis = state(child, a, b) == .cis
      return PairAnswer(
        outcome: .fail, kind: isCis ? .cis : .other, person: child,
        reason: isCis ? "both lie on one copy by their phase group" : "they share a phase group, in trans")
    }
    return PairAnswer(outcome: .pass, isPossible: true, reason: "two heterozygotes that share no phase group")
  }
}
