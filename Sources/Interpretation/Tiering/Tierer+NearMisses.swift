import Genomics

extension Tierer {
  /// Why a candidate has no tier in a gene: the first reason that holds, and what stands beside it.
  ///
  /// Empty where the gene has nothing of the profile's: an intron, say.
  func misses(_ work: CandidateWork, _ gene: GeneView, _ segregation: Segregation) -> [NearMiss] {
    let ground = gene.grounds.min { Self.rank($0.reason) < Self.rank($1.reason) }
    func miss(_ label: NearMiss.Label, _ reason: String) -> NearMiss {
      NearMiss(label: label, gene: gene.symbol, wouldBe: ground.flatMap { wouldBe($0.reason, gene) }, reason: reason)
    }
    guard let ground else {
      var found: [NearMiss] = []
      if work.known.evidence == .pass, work.known.frequency == .fail {
        found.append(miss(.knownFrequency, "known as (likely) pathogenic, and frequent: see the trace"))
      }
      if !gene.told.isEmpty {
        let terms = gene.told.joined(separator: ", ")
        found.append(miss(.consequenceNotListed, "\(terms) is on no list of \(profile.id)"))
      }
      return found
    }
    if case .failed(let filters) = work.candidate.filter {
      return [miss(.filterNotPassed, "FILTER is \(filters.joined(separator: ";"))")]
    }
    let tried = SegregationFilter.tried(at: work.candidate.place)
    guard !tried.isEmpty else {
      return [miss(.contigNotTiered, "\(work.candidate.contig) is none of chromosomes 1-22, X and mitochondria")]
    }
    var found = [
      segregationMiss(work, gene, ground, tried, segregation).map { miss($0.label, $0.reason) }
        ?? miss(.segregationFailed, "no filter passes")
    ]
    found += pairMisses(work, gene).map { miss($0.label, $0.reason) }
    if segregation.isHomozygoteOfOneCarrier(work.candidate, work.genotypes) { found.append(homozygote(gene, ground)) }
    return found
  }

  /// Whether a gene outside the panels misses for frequency alone, as most do: what `misses` says first, without making
  /// words that nobody is told.
  func isTooFrequent(_ work: CandidateWork, _ gene: GeneView) -> Bool {
    guard gene.hits.isEmpty, !gene.grounds.isEmpty, !gene.grounds.contains(where: { $0.reason == .known }) else {
      return false
    }
    return isTiered(work.candidate)
      && SegregationFilter.tried(at: work.candidate.place).allSatisfy { work.frequency[FrequencyMode($0)] == .fail }
  }

  private func segregationMiss(
    _ work: CandidateWork, _ gene: GeneView, _ ground: GeneView.Ground, _ tried: [SegregationFilter],
    _ segregation: Segregation
  ) -> (label: NearMiss.Label, reason: String)? {
    func verdict(_ filter: SegregationFilter) -> CandidateWork.Verdict? {
      work.verdict(filter, gene: gene.gene, segregation)
    }
    func passing(_ filters: [SegregationFilter]) -> [String] {
      filters.filter { verdict($0)?.outcome == .pass }.map(\.rawValue)
    }
    let greens = gene.greens
    let asked =
      greens.isEmpty ? tried : tried.filter { filter in greens.contains { $0.gene.mode.matches(filter.mode) == true } }
    let modes = Set(greens.map(\.gene.modeText)).sorted().joined(separator: "; ")
    if asked.isEmpty {
      if greens.contains(where: { $0.gene.mode == .unmatched }) {
        return (.modeNotUnderstood, "the panel's mode of inheritance is no string of PanelApp: \(modes)")
      }
      let names = passing(tried).joined(separator: ", ")
      return (.modeMismatch, "it passes \(names.isEmpty ? "no filter" : names); the panel has \(modes)")
    }
    let limits = Set(asked.map(FrequencyMode.init))
    if ground.reason != .known, limits.allSatisfy({ work.frequency[$0] == .fail }) {
      return (.frequencyExceeded, limits.compactMap { exceeded(work, $0) }.min() ?? "too frequent")
    }
    let verdicts = asked.compactMap { filter in verdict(filter).map { (filter: filter, verdict: $0) } }
    if let passed = verdicts.first(where: { $0.verdict.outcome == .pass }) {
      // Under another mode it is rare enough, and does not segregate.
      let exceeded = exceeded(work, FrequencyMode(passed.filter)) ?? "too frequent"
      return (.frequencyExceeded, "\(exceeded), for \(passed.filter.rawValue)")
    }
    let genotype = work.genotypes[family.proband]
    let unknown = verdicts.filter { $0.verdict.outcome == .unknown }
    let isSingle = genotype.isHeterozygous && asked.contains(where: \.isOfPairs)
    if let first = unknown.first(where: { $0.filter != .deNovo }) ?? (isSingle ? nil : unknown.first) {
      let label: NearMiss.Label =
        first.verdict.reason.hasPrefix("copies of X")
        ? .xCopiesUnmeasured : first.filter == .deNovo ? .deNovoNotAssessable : .segregationUnknown
      return (label, told(unknown))
    }
    if isSingle {
      return (.singleHeterozygote, "heterozygous, and no second variant makes a pair: \(told(verdicts))")
    }
    let others = passing(tried.filter { !asked.contains($0) })
    if !others.isEmpty {
      return (.modeMismatch, "it passes \(others.joined(separator: ", ")); the panel has \(modes)")
    }
    return (.segregationFailed, told(verdicts))
  }

  private func exceeded(_ work: CandidateWork, _ mode: FrequencyMode) -> String? {
    profile.exceeded(work.candidate.frequencies, mode)
  }

  private func told(_ verdicts: [(filter: SegregationFilter, verdict: CandidateWork.Verdict)]) -> String {
    verdicts.map { "\($0.filter.rawValue): \($0.verdict.reason)" }.joined(separator: "; ")
  }

  private func pairMisses(_ work: CandidateWork, _ gene: GeneView) -> [(label: NearMiss.Label, reason: String)] {
    (work.misses[gene.gene] ?? []).compactMap { miss in
      switch miss.answer.kind {
      case .cis: (.pairInCis, "\(miss.partner): \(miss.answer.reason)")
      case .deNovo: (.pairWithDeNovo, "\(miss.partner): \(miss.answer.reason)")
      case .other: nil
      }
    }
  }

  private func homozygote(_ gene: GeneView, _ ground: GeneView.Ground) -> NearMiss {
    NearMiss(
      label: .homozygoteOneCarrier, gene: gene.symbol, wouldBe: wouldBe(ground.reason, gene),
      reason: "the proband is homozygous, one parent carries it, the other does not: Genomics England reports it as de"
        + " novo; here it is none. A deletion on the other copy, isodisomy or a wrong genotype would look the same")
  }

  /// What to know of a tier that was given.
  func warnings(_ work: CandidateWork, _ events: [TierEvent], _ segregation: Segregation) -> [NearMiss] {
    guard let tier = events.first?.tier else { return [] }
    var found: [NearMiss] = []
    func add(_ label: NearMiss.Label, _ gene: String?, _ wouldBe: Tier?, _ reason: String) {
      found.append(NearMiss(label: label, gene: gene, wouldBe: wouldBe, reason: reason))
    }
    let missing = segregation.order.filter {
      $0 != family.proband && segregation.affection($0) == .affected && work.genotypes[$0].isMissing
    }
    if !missing.isEmpty {
      let names = missing.map(segregation.name).joined(separator: ", ")
      add(.missingInAffected, nil, tier, "no genotype of \(names), who is affected")
    }
    let deNovo = work.answers.first { $0.filter == .deNovo }
    if deNovo?.outcome == .pass {
      for (parent, reads) in segregation.parentsWithReads(work.genotypes) {
        add(
          .possibleMosaicism, nil, tier,
          "apparent de novo, possible mosaicism: \(segregation.name(parent)) has \(reads) reads with the allele")
      }
    }
    for gene in work.genes {
      let own = events.filter { $0.gene == gene.symbol }
      guard !own.isEmpty else { continue }
      if deNovo?.outcome == .unknown, !own.contains(where: { $0.filter == .deNovo }),
        gene.greens.contains(where: { $0.gene.mode.matches(.deNovo) == true })
      {
        add(.deNovoNotAssessable, gene.symbol, .tier1, deNovo?.reason ?? "")
      }
      // Another filter gave the tier; that two variants are no pair is told all the same.
      for miss in pairMisses(work, gene) { add(miss.label, gene.symbol, nil, miss.reason) }
      if gene.greens.isEmpty, !gene.hits.isEmpty {
        let ratings = Set(gene.hits.map(\.gene.rating.rawValue)).sorted().joined(separator: ", ")
        add(.ratingNotGreen, gene.symbol, nil, "on a panel as \(ratings): it counts as outside")
      }
      if own.contains(where: \.isPossible) {
        add(.pairPhaseUnknown, gene.symbol, nil, "a pair's phase is not shown: possible, no more")
      }
      if segregation.isHomozygoteOfOneCarrier(work.candidate, work.genotypes), let ground = gene.grounds.first {
        found.append(homozygote(gene, ground))
      }
    }
    return found
  }

  /// The tier that a ground gives where everything else holds.
  private func wouldBe(_ reason: GeneView.Reason, _ gene: GeneView) -> Tier? {
    switch (reason, gene.greens.isEmpty) {
    case (.high, false), (.known, false): .tier1
    case (.moderate, false), (.nonCoding, false): .tier2
    case (.high, true), (.moderate, true), (.known, true): gene.isNonCoding ? nil : .tier3
    case (.nonCoding, true): nil
    }
  }

  private static func rank(_ reason: GeneView.Reason) -> Int {
    switch reason {
    case .known: 0
    case .high: 1
    case .moderate: 2
    case .nonCoding: 3
    }
  }
}
