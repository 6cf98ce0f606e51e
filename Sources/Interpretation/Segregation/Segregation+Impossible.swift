import Genomics

extension Segregation {
  /// Filters that no genotypes of this pedigree could pass, with the relative who excludes them.
  ///
  /// Told beside the tiers: all filters are tried all the same, and a relative without a call is left out.
  func impossibleModes() -> [FilterAnswer] {
    guard profile.segregation == .family else { return [] }
    return SegregationFilter.allCases.flatMap { filter in
      Penetrance.allCases.compactMap { impossible(filter, $0) }
    }
  }

  private func impossible(_ filter: SegregationFilter, _ penetrance: Penetrance) -> FilterAnswer? {
    guard let requirement = GenotypeRequirement(filter) else { return nil }
    let place: CandidateVariant.Place =
      filter == .xLinkedSimpleRecessive || filter == .xLinkedMonoallelic ? .x : .autosome
    // Everybody has what the mode asks for; a genotype that no parent or child allows is struck out until none is left.
    var open: [OpenGenotypes] = []
    var isOne: [Bool] = []
    for person in family.members.indices {
      let one: Bool
      switch (place, family.members[person].xCopies) {
      case (.x, .measured(1)): one = true
      case (.x, .measured(2)): one = false
      case (.x, _): return nil
      default: one = false
      }
      isOne.append(one)
      let allowed = requirement.allowed(affection(person), penetrance)
      open.append(one ? allowed?.one ?? .anyOfOneCopy : allowed?.two ?? .any)
    }
    var changed = true
    while changed {
      changed = false
      for child in order {
        let member = family.members[child]
        let trio = [child] + [member.father, member.mother].compactMap { $0 }
        guard trio.count > 1 else { continue }
        for person in trio {
          let kept = values(of: open[person]).filter { value in
            var tried = open
            tried[person] = value
            return isReachable(child, place, tried.indices.map { given($0, tried[$0], isOne[$0]) })
          }
          let left = kept.reduce(OpenGenotypes()) { $0.union($1) }
          if left == open[person] { continue }
          if left.isEmpty {
            let told = trio.dropFirst().map { "\(name($0)), \(affection($0))" }.sorted().joined(separator: ", and ")
            return FilterAnswer(
              filter: filter, penetrance: penetrance, outcome: .fail, person: name(child), genotype: nil,
              reason: "mode impossible: \(name(child)), \(affection(child)), has as parents \(told)", ignored: [])
          }
          open[person] = left
          changed = true
        }
      }
    }
    return nil
  }

  private func values(of open: OpenGenotypes) -> [OpenGenotypes] {
    [.reference, .heterozygous, .alternate].filter { !open.isDisjoint(with: $0) }
  }

  private func given(_ person: Int, _ open: OpenGenotypes, _ isOne: Bool) -> PersonGenotype {
    PersonGenotype(open: open, ploidy: isOne ? .one : .two)
  }
}

extension PersonGenotype {
  /// Genotypes that are thought of, without a call.
  init(open: OpenGenotypes, ploidy: Ploidy) {
    self.open = open
    self.ploidy = ploidy
    openOfOne = open
    openOfTwo = open
    isMissing = false
    category = .unknown
    call = .unknown
  }
}
