import Genomics

/// Two candidates of one gene: asked once, however many transcripts they share.
private struct Question: Hashable {
  var one: Int
  var other: Int
  var gene: String
}

extension Tierer {
  /// Finds pairs within each transcript (the newborn guide: within each gene) among candidates that qualify under a
  /// recessive mode.
  func findPairs(_ works: inout [CandidateWork], _ segregation: Segregation) {
    var byUnit: [String: [(work: Int, gene: String)]] = [:]
    for (index, work) in works.enumerated() where isTiered(work.candidate) {
      for gene in work.genes {
        var units: Set<String> = []
        for ground in gene.grounds where qualifies(ground.reason, work) {
          if profile.segregation == .singleton { units.insert(gene.gene) } else { units.formUnion(ground.transcripts) }
        }
        for unit in units { byUnit[unit, default: []].append((index, gene.gene)) }
      }
    }
    var asked: Set<Question> = []
    for unit in byUnit.keys.sorted() {
      let members = byUnit[unit] ?? []
      for (place, one) in members.enumerated() {
        for other in members[(place + 1)...]
        where asked.insert(Question(one: one.work, other: other.work, gene: one.gene)).inserted {
          pair(one.work, other.work, gene: one.gene, &works, segregation)
        }
      }
    }
  }

  /// Whether a candidate lies where variants are tiered, and its record passed.
  func isTiered(_ candidate: CandidateVariant) -> Bool {
    if case .failed = candidate.filter { return false }
    return !SegregationFilter.tried(at: candidate.place).isEmpty
  }

  /// Whether a candidate qualifies on a ground under a recessive mode: the frequency is not exceeded, or it is known.
  func qualifies(_ reason: GeneView.Reason, _ work: CandidateWork) -> Bool {
    reason == .known || (work.frequency[.recessive] ?? .fail) != .fail
  }

  /// Rules that could not be asked of a candidate as half of a pair; empty where one ground needs none of them.
  private func provisional(_ work: CandidateWork, gene: String) -> [String] {
    let grounds = work.genes.first { $0.gene == gene }?.grounds ?? []
    let lists = grounds.filter { qualifies($0.reason, work) }.map { unasked($0.reason, .recessive, work) }
    return lists.min { ($0.count, $0.joined()) < ($1.count, $1.joined()) } ?? []
  }

  /// Rules that could not be asked for a ground under a mode.
  func unasked(_ reason: GeneView.Reason, _ mode: FrequencyMode, _ work: CandidateWork) -> [String] {
    var rules: [String] = []
    if work.candidate.filter == .notApplied { rules.append(RuleID.filterPass.rawValue) }
    if reason == .known {
      if work.known.gives.provisional { rules.append(RuleID.knownFrequency.rawValue) }
    } else if work.frequency[mode] == .unknown {
      rules.append(RuleID.frequency.rawValue)
    }
    return rules
  }

  private func pair(
    _ one: Int, _ other: Int, gene: String, _ works: inout [CandidateWork], _ segregation: Segregation
  ) {
    let a = Segregation.Half(candidate: works[one].candidate, genotypes: works[one].genotypes)
    let b = Segregation.Half(candidate: works[other].candidate, genotypes: works[other].genotypes)
    let answers: [PairAnswer] =
      profile.segregation == .singleton
      ? [segregation.singletonPair(a, b)] : Penetrance.allCases.map { segregation.pair(a, b, $0) }
    let best = answers.firstIndex { $0.outcome == .pass }
    let answer = answers[best ?? answers.count - 1]
    let penetrance: Penetrance = best == 1 ? .incomplete : .complete
    for (mine, theirs) in [(one, other), (other, one)] {
      let pair = CandidateWork.Pair(
        partner: works[theirs].name, penetrance: penetrance, answer: answer,
        provisional: provisional(works[theirs], gene: gene))
      if answer.outcome == .pass {
        works[mine].pairs[gene, default: []].append(pair)
      } else {
        works[mine].misses[gene, default: []].append(pair)
      }
    }
  }

  /// Pairs of a small variant with a copy number of tier A or a repeat of tier 1 or 2, in a green biallelic gene; the
  /// phase of the latter is unknown, so that the pair is possible, no more.
  func pairAcross(
    _ works: inout [CandidateWork], _ structures: inout [StructuralWork], _ repeats: inout [RepeatWork],
    _ segregation: Segregation
  ) {
    guard !structures.isEmpty || !repeats.isEmpty else { return }
    for index in works.indices where isTiered(works[index].candidate) {
      let work = works[index]
      let isOnX = work.candidate.place == .x
      let mode: TieringMode = isOnX ? .xLinkedBiallelic : .biallelic
      guard SegregationFilter.tried(at: work.candidate.place).contains(where: \.isOfPairs) else { continue }
      for gene in work.genes where gene.greens.contains(where: { $0.gene.mode.matches(mode) == true }) {
        guard gene.grounds.contains(where: { qualifies($0.reason, work) }) else { continue }
        let keys = gene.greens.reduce(into: Set<String>()) { $0.formUnion(Self.keys($1.gene)) }
        let answer = segregation.half(Segregation.Half(candidate: work.candidate, genotypes: work.genotypes))
        for place in structures.indices where !structures[place].tierAGenes.isDisjoint(with: keys) {
          let partner = structures[place].result.id
          add(partner, structures[place].provisional, answer, .complete, gene.gene, &works[index])
          if answer.outcome == .pass {
            structures[place].addPair(work.name, gene: gene, isOnX: isOnX, profile: profile)
          }
        }
        for place in repeats.indices where repeats[place].halfKeys.contains(where: keys.contains) {
          add(repeats[place].result.locus, repeats[place].provisional, answer, .incomplete, gene.gene, &works[index])
          if answer.outcome == .pass { repeats[place].addPair(work.name, gene: gene, isOnX: isOnX, profile: profile) }
        }
      }
    }
  }

  private func add(
    _ partner: String, _ provisional: [String], _ answer: PairAnswer, _ penetrance: Penetrance, _ gene: String,
    _ work: inout CandidateWork
  ) {
    let pair = CandidateWork.Pair(partner: partner, penetrance: penetrance, answer: answer, provisional: provisional)
    if answer.outcome == .pass {
      work.pairs[gene, default: []].append(pair)
    } else {
      work.misses[gene, default: []].append(pair)
    }
  }

  /// What a gene of the panels is known by: its symbol, and HGNC's number where it has one.
  static func keys(_ gene: PanelGene) -> Set<String> { Set([gene.symbol, gene.hgnc].compactMap { $0 }) }
}
