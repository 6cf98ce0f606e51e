import Genomics

extension Segregation {
  /// A filter that asks each person alone, and whether children's genotypes are reachable.
  ///
  /// A relative whose genotype is missing is left out, as the rule says, and listed; so is one whose call leaves both
  /// answers open. An unmeasured number of copies of X is no missing genotype: the filter is unknown.
  /// - Parameter isInherited: false for repeats, which change their length from parent to child.
  func required(
    _ filter: SegregationFilter, _ penetrance: Penetrance, _ place: CandidateVariant.Place,
    _ genotypes: [PersonGenotype], isInherited: Bool = true
  ) -> FilterAnswer {
    guard let requirement = GenotypeRequirement(filter) else {
      return decided(filter, penetrance, .unknown, by: nil, genotypes, "the filter asks for pairs")
    }
    var unknown: FilterAnswer?
    var ignored: [Int] = []
    for person in order {
      guard let allowed = requirement.allowed(affection(person), penetrance) else {
        ignored.append(person)
        continue
      }
      let genotype = genotypes[person]
      let outcome: RuleOutcome
      switch genotype.ploidy {
      case .one: outcome = genotype.open.outcome(allowed: allowed.one)
      case .two: outcome = genotype.open.outcome(allowed: allowed.two)
      case .unmeasured:
        let both = [
          genotype.openOfOne.outcome(allowed: allowed.one), genotype.openOfTwo.outcome(allowed: allowed.two),
        ]
        outcome = both == [.fail, .fail] ? .fail : .unknown
      }
      switch outcome {
      case .pass: break
      case .fail:
        return decided(
          filter, penetrance, .fail, by: person, genotypes,
          "\(name(person)), \(affection(person)), is \(genotype.category.rawValue)", ignored: ignored)
      case .unknown:
        if person == family.proband || (genotype.ploidy == .unmeasured && !genotype.isMissing) {
          let reason =
            genotype.ploidy == .unmeasured
            ? "copies of X of \(name(person)) are not measured" : "the genotype of \(name(person)) is not known"
          unknown = unknown ?? decided(filter, penetrance, .unknown, by: person, genotypes, reason)
        } else {
          ignored.append(person)
        }
      }
    }
    if isInherited, let answer = mendelianFault(filter, penetrance, place, genotypes) { return answer }
    if var unknown {
      unknown.ignored = ignored.map(name)
      return unknown
    }
    return decided(filter, penetrance, .pass, by: nil, genotypes, "all genotypes fit", ignored: ignored)
  }

  /// The failure of a mode whose genotypes no parents could give their child; nil where every child's are reachable.
  func mendelianFault(
    _ filter: SegregationFilter, _ penetrance: Penetrance, _ place: CandidateVariant.Place,
    _ genotypes: [PersonGenotype]
  ) -> FilterAnswer? {
    for child in order where !isReachable(child, place, genotypes) {
      let parents = [family.members[child].father, family.members[child].mother].compactMap { $0 }
      let told = parents.map { "\(name($0)) (\(genotypes[$0].category.rawValue))" }.sorted()
      return decided(
        filter, penetrance, .fail, by: child, genotypes,
        "mode impossible: \(name(child)) (\(genotypes[child].category.rawValue)) cannot have inherited from "
          + told.joined(separator: " and "))
    }
    return nil
  }

  /// Whether a child's genotype is one that its parents, as far as they are known, can give.
  func isReachable(_ child: Int, _ place: CandidateVariant.Place, _ genotypes: [PersonGenotype]) -> Bool {
    let member = family.members[child]
    let genotype = genotypes[child]
    guard member.father != nil || member.mother != nil, genotype.ploidy != .unmeasured else { return true }
    let father = member.father.map { genotypes[$0].open.gives } ?? .any
    let mother = member.mother.map { genotypes[$0].open.gives } ?? .any
    if genotype.ploidy == .one {
      // A man's only X is his mother's. A woman with one X may have it from either.
      let sources = member.sex == .male ? [mother] : [mother, father]
      return (genotype.open.contains(.reference) && sources.contains { $0.other })
        || (genotype.open.contains(.alternate) && sources.contains { $0.allele })
    }
    // Two copies of X in a man may both be his mother's.
    if place == .x, member.sex == .male { return true }
    return (genotype.open.contains(.reference) && father.other && mother.other)
      || (genotype.open.contains(.heterozygous)
        && ((father.allele && mother.other) || (father.other && mother.allele)))
      || (genotype.open.contains(.alternate) && father.allele && mother.allele)
  }
}
