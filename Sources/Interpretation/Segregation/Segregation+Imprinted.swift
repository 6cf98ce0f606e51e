import Genomics

/// Of whom an allele is.
enum ParentalOrigin: Sendable {
  case maternal
  case paternal
}

extension Segregation {
  /// Whether a person has the allele from one parent: pass, fail or unknown; nil where no inheritance is possible.
  ///
  /// By trying every allele that each parent can give: a parent who is not at hand may give either.
  func carries(from origin: ParentalOrigin, _ person: Int, _ genotypes: [PersonGenotype]) -> RuleOutcome? {
    let member = family.members[person]
    let father = member.father.map { genotypes[$0].open.gives } ?? .any
    let mother = member.mother.map { genotypes[$0].open.gives } ?? .any
    var seen: Set<Bool> = []
    for paternal in [false, true] where paternal ? father.allele : father.other {
      for maternal in [false, true] where maternal ? mother.allele : mother.other {
        let genotype: OpenGenotypes =
          paternal && maternal ? .alternate : paternal || maternal ? .heterozygous : .reference
        guard genotypes[person].open.contains(genotype) else { continue }
        seen.insert(origin == .maternal ? maternal : paternal)
      }
    }
    if seen.isEmpty { return nil }
    return seen.count == 2 ? .unknown : seen.contains(true) ? .pass : .fail
  }

  /// A dominant mode in which the copy of one parent alone is expressed: who is affected has the allele from that
  /// parent, who is unaffected has not, in both passes (Apus, from PanelApp's text).
  func imprinted(
    _ filter: SegregationFilter, expressed: ParentalOrigin, _ penetrance: Penetrance, _ genotypes: [PersonGenotype]
  ) -> FilterAnswer {
    let from = expressed == .maternal ? "mother" : "father"
    var unknown: FilterAnswer?
    var ignored: [Int] = []
    for person in order {
      let affection = affection(person)
      guard affection != .unknown, person == family.proband || !genotypes[person].isMissing else {
        ignored.append(person)
        continue
      }
      guard let carries = carries(from: expressed, person, genotypes) else { continue }
      switch (carries, affection) {
      case (.unknown, _) where person == family.proband:
        unknown = decided(
          filter, penetrance, .unknown, by: person, genotypes, "whether the \(from) gave it is not known")
      case (.unknown, _): ignored.append(person)
      case (.fail, .affected):
        return decided(
          filter, penetrance, .fail, by: person, genotypes, "\(name(person)), affected, has it not from the \(from)",
          ignored: ignored)
      case (.pass, .unaffected):
        return decided(
          filter, penetrance, .fail, by: person, genotypes, "\(name(person)), unaffected, has it from the \(from)",
          ignored: ignored)
      case (.pass, _), (.fail, _): break
      }
    }
    if let answer = mendelianFault(filter, penetrance, .autosome, genotypes) { return answer }
    if var unknown {
      unknown.ignored = ignored.map(name)
      return unknown
    }
    return decided(
      filter, penetrance, .pass, by: family.proband, genotypes, "\(name(family.proband)) has it from the \(from)",
      ignored: ignored)
  }

  /// The proband has the allele at any level, and the mother as her affection asks; nobody else is asked (OpenCB).
  func mitochondrial(_ penetrance: Penetrance, _ genotypes: [PersonGenotype]) -> FilterAnswer {
    let child = family.proband
    func answer(_ outcome: RuleOutcome, _ person: Int?, _ reason: String, ignored: [Int] = []) -> FilterAnswer {
      decided(.mitochondrialGenome, penetrance, outcome, by: person, genotypes, reason, ignored: ignored)
    }
    let level = heteroplasmy(genotypes[child].call)
    guard level.carries == .pass else { return answer(level.carries, child, "\(name(child)): \(level.told)") }
    guard let mother = proband.mother else { return answer(.pass, child, "\(name(child)): \(level.told)") }
    let hers = heteroplasmy(genotypes[mother].call)
    let told = "the mother, \(affection(mother)): \(hers.told)"
    switch (affection(mother), hers.carries) {
    case (.unknown, _), (_, .unknown): return answer(.pass, child, "\(name(child)): \(level.told)", ignored: [mother])
    case (.affected, .fail): return answer(.fail, mother, told)
    case (.unaffected, .pass) where penetrance == .complete: return answer(.fail, mother, told)
    case (_, .pass), (_, .fail): return answer(.pass, child, "\(name(child)): \(level.told); \(told)")
    }
  }

  /// Whether a person has an allele of the mitochondrial genome, by the level (AD ÷ DP) where the reads are told.
  func heteroplasmy(_ call: PersonCall) -> (carries: RuleOutcome, told: String) {
    let rule = profile.mitochondrial
    guard let depth = call.depth else { return (.unknown, "no DP") }
    guard depth >= rule.depth else { return (.unknown, "DP \(depth), below \(rule.depth)") }
    if let reads = call.alternateDepth {
      let level = Double(reads) / Double(max(depth, 1))
      return (level >= rule.level ? .pass : .fail, "level \(decimal(level)) (\(reads) of \(depth) reads)")
    }
    if call.copies.contains(.alternate) { return (.unknown, "called, and no AD tells the level") }
    // A block or a joint record without the allele, at enough depth.
    return call.copies.isEmpty || call.copies.contains(.missing)
      ? (.unknown, "no call") : (.fail, "called without it, DP \(depth)")
  }
}

/// A fraction with up to four digits behind the point.
func decimal(_ value: Double) -> String {
  let scaled = (value * 10_000).rounded() / 10_000
  return scaled == 0 && value > 0 ? String(value) : String(scaled)
}
