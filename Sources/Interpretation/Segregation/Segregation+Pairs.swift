import Genomics

/// What a filter of pairs answers for two variants and one penetrance.
struct PairAnswer: Hashable, Sendable {
  /// Why two variants are no pair, as far as a near miss tells it apart.
  enum Kind: Hashable, Sendable {
    case cis
    case deNovo
    case other
  }

  var outcome: RuleOutcome
  /// Whether the two may lie on one copy.
  var isPossible = false
  var kind = Kind.other
  var person: Int?
  var reason: String
  var ignored: [Int] = []
}

extension Segregation {
  /// How two variants lie in one person.
  enum PairState: Hashable, Sendable {
    case notBoth
    case cis
    case trans
    case unknown
  }

  /// One of two variants, with everybody's genotype.
  struct Half {
    var candidate: CandidateVariant
    var genotypes: [PersonGenotype]
  }

  /// Whether two variants are a pair in trans.
  ///
  /// Shown by a phase set, or by parents of whom each has one of them; possible where that is not known. Source: OpenCB
  /// (by transcript; a variant that both parents or neither have is no half), GENMOD; affected parents do not block
  /// (Exomiser #368), and a parent without a call leaves the pair possible (GENMOD #99).
  func pair(_ a: Half, _ b: Half, _ penetrance: Penetrance) -> PairAnswer {
    for half in [a, b] {
      if let answer = probandFault(half) { return answer }
      if let answer = parentFault(half) { return answer }
    }
    let phase = phase(family.proband, a, b)
    if phase == .cis {
      return PairAnswer(
        outcome: .fail, kind: .cis, person: family.proband, reason: "both lie on one copy by their phase set")
    }
    var answer = PairAnswer(outcome: .pass, reason: "in trans by their phase set")
    if phase != .trans {
      switch (origin(family.proband, a), origin(family.proband, b)) {
      case (let first?, let second?) where first != second: answer.reason = "each parent has one of them"
      case (.some, .some):
        return PairAnswer(outcome: .fail, kind: .cis, person: family.proband, reason: "one parent gave both")
      case (.none, _), (_, .none):
        let parents = [proband.father, proband.mother]
        let known = parents.allSatisfy { parent in
          parent.map { parent in [a, b].allSatisfy { isSettled($0.genotypes[parent]) } } ?? false
        }
        if known {
          return PairAnswer(
            outcome: .fail, person: nil, reason: "one of them is in both parents: not told of whom it is")
        }
        answer.isPossible = true
        answer.reason = "possible: phase and parents do not tell whether they lie on one copy"
      }
    }
    return relatives(a, b, penetrance, answer)
  }

  /// One of the two in the proband: heterozygous, on two copies.
  private func probandFault(_ half: Half) -> PairAnswer? {
    let genotype = half.genotypes[family.proband]
    let child = family.proband
    switch genotype.ploidy {
    case .one: return PairAnswer(outcome: .fail, person: child, reason: "\(name(child)) has one copy of X")
    case .unmeasured:
      return PairAnswer(outcome: .unknown, person: child, reason: "copies of X of \(name(child)) are not measured")
    case .two: break
    }
    switch genotype.open.outcome(allowed: .heterozygous) {
    case .pass: return nil
    case .fail:
      return PairAnswer(
        outcome: .fail, person: child, reason: "\(name(child)) is \(genotype.category.rawValue) at one of them")
    case .unknown:
      return PairAnswer(outcome: .unknown, person: child, reason: "the genotype of \(name(child)) is not known")
    }
  }

  /// One of the two in the family: reachable, and in no unaffected parent twice.
  private func parentFault(_ half: Half) -> PairAnswer? {
    let filter = half.candidate.place == .x ? SegregationFilter.xLinkedCompoundHeterozygous : .compoundHeterozygous
    if let fault = mendelianFault(filter, .complete, half.candidate.place, half.genotypes) {
      let isDeNovo = !isReachable(family.proband, half.candidate.place, half.genotypes)
      return PairAnswer(
        outcome: .fail, kind: isDeNovo ? .deNovo : .other,
        person: order.first { name($0) == fault.person }, reason: fault.reason)
    }
    for parent in [proband.father, proband.mother].compactMap({ $0 }) where affection(parent) != .affected {
      let genotype = half.genotypes[parent]
      if genotype.ploidy == .two, genotype.open == .alternate {
        return PairAnswer(
          outcome: .fail, person: parent, reason: "\(name(parent)), \(affection(parent)), is homozygous at one of them")
      }
    }
    return nil
  }

  /// Whether one variant can be half of a pair whose other half has no phase: a copy number or a repeat.
  func half(_ half: Half) -> PairAnswer {
    probandFault(half) ?? parentFault(half)
      ?? PairAnswer(outcome: .pass, isPossible: true, reason: "possible: the other half has no phase")
  }

  private func relatives(_ a: Half, _ b: Half, _ penetrance: Penetrance, _ found: PairAnswer) -> PairAnswer {
    var answer = found
    for person in order where person != family.proband {
      let state = state(person, a, b)
      switch affection(person) {
      case .unaffected where penetrance == .complete && state == .trans:
        return PairAnswer(outcome: .fail, person: person, reason: "\(name(person)), unaffected, has both in trans")
      case .unaffected where penetrance == .complete && state == .unknown: answer.ignored.append(person)
      case .affected where isFullSibling(person) && a.genotypes[person].ploidy == .two:
        let outcomes = [a, b].map { $0.genotypes[person].open.outcome(allowed: .carrier) }
        if outcomes.contains(.fail) {
          return PairAnswer(outcome: .fail, person: person, reason: "\(name(person)), affected, has not both")
        }
        if outcomes.contains(.unknown) { answer.ignored.append(person) }
      case .affected, .unaffected, .unknown: break
      }
    }
    return answer
  }

  private func isFullSibling(_ person: Int) -> Bool {
    let other = family.members[person]
    return proband.father != nil && proband.mother != nil && other.father == proband.father
      && other.mother == proband.mother
  }

  private func isSettled(_ genotype: PersonGenotype) -> Bool {
    [.reference, .heterozygous, .alternate].contains(genotype.open)
  }

  /// How two variants lie in a person.
  func state(_ person: Int, _ a: Half, _ b: Half) -> PairState {
    let genotypes = [a.genotypes[person], b.genotypes[person]]
    let outcomes = genotypes.map { $0.open.outcome(allowed: .carrier) }
    if outcomes.contains(.fail) { return .notBoth }
    if outcomes.contains(.unknown) || genotypes.contains(where: { $0.ploidy == .unmeasured }) { return .unknown }
    if genotypes.contains(where: { $0.ploidy == .one }) { return .cis }
    if genotypes.contains(where: { $0.open == .alternate }) { return .trans }
    guard genotypes.allSatisfy({ $0.open == .heterozygous }) else { return .unknown }
    if let phase = phase(person, a, b) { return phase }
    guard let first = origin(person, a), let second = origin(person, b) else { return .unknown }
    return first == second ? .cis : .trans
  }

  /// What one phase set tells of two heterozygotes; nil where they share none.
  private func phase(_ person: Int, _ a: Half, _ b: Half) -> PairState? {
    let first = a.genotypes[person].call
    let second = b.genotypes[person].call
    guard first.isPhased, second.isPhased, first.phaseSet == second.phaseSet, first.copies.count == 2,
      second.copies.count == 2, let one = first.copies.firstIndex(of: .alternate),
      let other = second.copies.firstIndex(of: .alternate)
    else { return nil }
    return one == other ? .cis : .trans
  }

  /// The parent whom a heterozygote's allele is from; nil where it may be either.
  private func origin(_ person: Int, _ half: Half) -> ParentalOrigin? {
    switch carries(from: .maternal, person, half.genotypes) {
    case .pass: .maternal
    case .fail: .paternal
    case .unknown, .none: nil
    }
  }
}
