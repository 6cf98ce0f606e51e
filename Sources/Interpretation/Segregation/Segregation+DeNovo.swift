import Genomics

extension Segregation {
  /// The proband carries the allele, and both parents are genotyped without it (GENMOD), with enough reads of all three.
  ///
  /// Asked without regard to penetrance. A parent who is not at hand, or has no call, makes it not assessable.
  func deNovo(
    _ penetrance: Penetrance, _ candidate: CandidateVariant, _ genotypes: [PersonGenotype]
  ) -> FilterAnswer {
    let child = family.proband
    func answer(_ outcome: RuleOutcome, _ person: Int?, _ reason: String) -> FilterAnswer {
      decided(.deNovo, penetrance, outcome, by: person, genotypes, reason)
    }
    if genotypes[child].open.outcome(allowed: .carrier) == .fail {
      return answer(.fail, child, "\(name(child)) does not carry it")
    }
    let parents = [("father", proband.father), ("mother", proband.mother)]
    for case (let role, .some(let parent)) in parents
    where genotypes[parent].open.outcome(allowed: .reference) == .fail {
      return answer(.fail, parent, "the \(role), \(name(parent)), carries it")
    }
    if candidate.place == .x, genotypes[child].ploidy == .unmeasured {
      return answer(.unknown, child, "copies of X of \(name(child)) are not measured")
    }
    guard genotypes[child].open.outcome(allowed: .carrier) == .pass else {
      return answer(.unknown, child, "the genotype of \(name(child)) is not known")
    }
    for (role, parent) in parents {
      guard let parent else { return answer(.unknown, nil, "de novo not assessable: the \(role) is not at hand") }
      guard genotypes[parent].open.outcome(allowed: .reference) == .pass else {
        return answer(.unknown, parent, "de novo not assessable: the genotype of the \(role) is not known")
      }
    }
    for person in [child] + parents.compactMap(\.1) {
      if let reason = weakness(of: genotypes[person].call) {
        return answer(.unknown, person, "de novo not assessable: \(name(person)) has \(reason)")
      }
    }
    return answer(.pass, nil, "\(name(child)) carries it, both parents do not")
  }

  /// Why a call is too weak to show a variant de novo; nil where it is not.
  private func weakness(of call: PersonCall) -> String? {
    let rule = profile.deNovo
    guard let depth = call.depth else { return "no DP" }
    guard depth >= rule.depth else { return "DP \(depth), below \(rule.depth)" }
    // Depth alone has no genotype quality: that no read has the allele is its evidence.
    if call.evidence == .depth { return nil }
    guard let quality = call.quality else { return "no GQ" }
    return quality >= rule.quality ? nil : "GQ \(quality), below \(rule.quality)"
  }

  /// Parents called without the allele who have reads with it.
  func parentsWithReads(_ genotypes: [PersonGenotype]) -> [(person: Int, reads: Int)] {
    [proband.father, proband.mother].compactMap { parent in
      guard let parent, genotypes[parent].open == .reference, let reads = genotypes[parent].call.alternateDepth,
        reads >= profile.deNovo.parentalReads
      else { return nil }
      return (parent, reads)
    }
  }

  /// Whether the proband is homozygous with one heterozygous parent and one without the allele.
  func isHomozygoteOfOneCarrier(_ candidate: CandidateVariant, _ genotypes: [PersonGenotype]) -> Bool {
    guard candidate.place == .autosome || candidate.place == .pseudoautosomal,
      genotypes[family.proband].open == .alternate, let father = proband.father, let mother = proband.mother
    else { return false }
    return Set([genotypes[father].open, genotypes[mother].open]) == [.reference, .heterozygous]
  }

  /// Homozygous inside a segment of isodisomy, one parent heterozygous, the other without the allele (Apus).
  func isodisomy(
    _ penetrance: Penetrance, _ candidate: CandidateVariant, _ genotypes: [PersonGenotype]
  ) -> FilterAnswer {
    let child = family.proband
    func answer(_ outcome: RuleOutcome, _ person: Int?, _ reason: String) -> FilterAnswer {
      decided(.uniparentalIsodisomy, penetrance, outcome, by: person, genotypes, reason)
    }
    switch genotypes[child].open.outcome(allowed: .alternate) {
    case .fail: return answer(.fail, child, "\(name(child)) is not homozygous")
    case .unknown: return answer(.unknown, child, "the genotype of \(name(child)) is not known")
    case .pass: break
    }
    guard let segments else { return answer(.unknown, nil, "no segments of uniparental disomy were supplied") }
    let here = segments.filter {
      $0.region.contig == candidate.contig && $0.region.contains(OneBasedPosition(candidate.position).zeroBased)
    }
    guard let segment = here.first(where: { $0.kind == .isodisomy }) ?? here.first(where: { $0.kind == .both }) else {
      if here.isEmpty, let assessed, !assessed.contains(candidate.contig) {
        return answer(.unknown, nil, "too few informative sites of both parents on \(candidate.contig)")
      }
      return answer(.fail, child, "it lies in no segment of isodisomy")
    }
    guard let father = proband.father, let mother = proband.mother else {
      return answer(.unknown, nil, "a parent is not at hand")
    }
    // The carrier is the parent whose two copies the child has.
    var best = RuleOutcome.fail
    for (carrier, other, origin) in [(father, mother, UPDSegment.Origin.paternal), (mother, father, .maternal)]
    where segment.origin == origin || segment.origin == .unknown {
      let outcomes = [
        genotypes[carrier].open.outcome(allowed: .heterozygous), genotypes[other].open.outcome(allowed: .reference),
      ]
      if outcomes.contains(.fail) { continue }
      if !outcomes.contains(.unknown), segment.kind == .isodisomy {
        return answer(
          .pass, carrier, "one parent, \(name(carrier)), carries it, in a segment of isodisomy: \(segment.told)")
      }
      best = .unknown
    }
    return answer(
      best, nil,
      best == .fail
        ? "no parent alone is a heterozygote" : "a parent's genotype or the segment's kind is open: \(segment.told)")
  }
}
