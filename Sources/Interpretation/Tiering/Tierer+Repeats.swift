import Genomics

/// A repeat with what pairs ask of it.
struct RepeatWork: Sendable {
  var result: TieredRepeat
  /// Genes of which one allele is expanded and the mode is biallelic, by `Tierer.key`.
  var halfKeys: Set<String>
  /// The tier of that allele.
  var halfTier: Tier
  /// Rules that could not be asked.
  var provisional: [String]

  /// Adds a pair with a small variant.
  mutating func addPair(_ partner: String, gene: GeneView, profile: TieringProfile) {
    result.tiers.append(
      .across(halfTier, partner, gene: gene, penetrance: .incomplete, provisional: provisional, profile: profile))
    result.highestIncomplete = Tierer.highest(result.tiers)
  }
}

extension Tierer {
  /// Tiers of one repeat: by the upper bound of each allele's interval, thresholds from the panel.
  func tier(_ candidate: RepeatCandidate, _ segregation: Segregation) -> RepeatWork {
    let own = candidate.calls.indices.contains(family.proband) ? candidate.calls[family.proband] : []
    var work = RepeatWork(
      result: TieredRepeat(
        locus: candidate.locus, alleles: own, tiers: [], highest: nil, highestIncomplete: nil, trace: [],
        nearMisses: []),
      halfKeys: [], halfTier: .tier2, provisional: [])
    let loci = panels.panels.panels.flatMap { panel in panel.repeats.map { (panel: panel.identity, entry: $0) } }
      .filter { $0.entry.isNamed(candidate) }
    if loci.isEmpty {
      work.result.trace.append(line(.repeatLocus, .fail, "\(candidate.locus) is on no panel", "green on a panel"))
      work.result.nearMisses.append(
        NearMiss(label: .notOnPanel, gene: candidate.locus, wouldBe: nil, reason: "the locus is on no applied panel"))
    }
    switch candidate.filter {
    case .passed: work.result.trace.append(line(.repeatFilter, .pass, "PASS", "PASS"))
    case .failed(let names):
      work.result.trace.append(line(.repeatFilter, .fail, names.joined(separator: ";"), "PASS"))
    case .notApplied:
      work.result.trace.append(line(.repeatFilter, .unknown, "no filter was applied", "PASS"))
      work.provisional.append(RuleID.repeatFilter.rawValue)
    }
    for (panel, entry) in loci { tier(candidate, entry, panel, segregation, &work) }
    work.result.tiers.sort {
      ($0.tier.rank, $0.gene, $0.filter?.rawValue ?? "") < ($1.tier.rank, $1.gene, $1.filter?.rawValue ?? "")
    }
    work.result.highest = Self.highest(work.result.tiers.filter { $0.penetrance == .complete })
    work.result.highestIncomplete = Self.highest(work.result.tiers)
    return work
  }

  private func tier(
    _ candidate: RepeatCandidate, _ entry: PanelRepeat, _ panel: Panel.Identity, _ segregation: Segregation,
    _ work: inout RepeatWork
  ) {
    let data = "panel \(panel.id) \(panel.name) \(panel.version)"
    func miss(_ label: NearMiss.Label, _ tier: Tier?, _ reason: String) {
      work.result.nearMisses.append(NearMiss(label: label, gene: entry.name, wouldBe: tier, reason: reason))
    }
    let isGreen = entry.gene.rating == .green
    work.result.trace.append(
      line(
        .repeatLocus, isGreen ? .pass : .fail, "\(entry.name) is \(entry.gene.rating.rawValue)", "green on a panel",
        data))
    guard isGreen else { return miss(.ratingNotGreen, nil, "the locus is \(entry.gene.rating.rawValue)") }
    guard let pathogenic = entry.pathogenic, let first = entry.normal else {
      return miss(.thresholdMissing, nil, "the panel has no thresholds of the locus")
    }
    guard !work.result.alleles.isEmpty else {
      return miss(.segregationUnknown, nil, "the locus is not called in the proband")
    }
    let uppers = work.result.alleles.map(\.upper)
    let told = "upper bounds \(uppers.map(String.init).joined(separator: ", "))"
    let steps: [(Tier, RuleID, Int)] = [(.tier1, .repeatTier1, pathogenic), (.tier2, .repeatTier2, first)]
    guard let reached = steps.first(where: { step in uppers.contains { $0 >= step.2 } }) else {
      work.result.trace.append(line(.repeatTier2, .fail, told, ">= \(first)", data))
      return miss(.belowThreshold, nil, "\(told), below \(first)")
    }
    if case .failed(let names) = candidate.filter {
      return miss(.filterNotPassed, reached.0, "FILTER is \(names.joined(separator: ";"))")
    }
    for (tier, rule, threshold) in steps where uppers.contains(where: { $0 >= threshold }) {
      let answers = repeatAnswers(candidate, threshold, entry.gene.mode, segregation)
      let passed = answers.filter { $0.outcome == .pass }
      for filter in Set(passed.map(\.filter)).sorted(by: { $0.rawValue < $1.rawValue }) {
        guard let answer = passed.filter({ $0.filter == filter }).min(by: { $0.penetrance < $1.penetrance }) else {
          continue
        }
        work.result.tiers.append(
          TierEvent(
            tier: tier, rule: rule.rawValue, gene: entry.gene.symbol, transcripts: [], term: nil,
            panels: [
              TierEvent.PanelHit(PanelIndex.Hit(panel: panel, gene: entry.gene, matchedBy: "locus"))
            ],
            mode: filter.mode, filter: filter, penetrance: answer.penetrance, isPossible: false, partners: [],
            provisional: work.provisional,
            trace: [
              line(rule, .pass, told, ">= \(threshold)", data),
              line(
                .repeatSegregation, .pass, "\(filter.rawValue): \(answer.reason)\(Self.told(ignored: answer.ignored))",
                entry.gene.modeText, data),
            ]))
      }
      if !passed.isEmpty { return }
      let reasons = answers.map { "\($0.filter.rawValue), \($0.penetrance.rawValue): \($0.reason)" }.joined(
        separator: "; ")
      let isUnknown = answers.contains { $0.outcome == .unknown }
      if entry.gene.mode.matches(.biallelic) == true || entry.gene.mode.matches(.xLinkedBiallelic) == true,
        uppers.count(where: { $0 >= threshold }) == 1
      {
        work.halfKeys.insert(Self.key(entry.gene))
        if threshold == pathogenic { work.halfTier = .tier1 }
        miss(
          .singleHeterozygote, tier,
          "one allele is expanded; a caller may tell two expanded alleles as one: \(reasons)")
      } else if answers.isEmpty {
        miss(
          entry.gene.mode == .unmatched ? .modeNotUnderstood : .modeMismatch, tier,
          "the panel has \(entry.gene.modeText)")
      } else {
        miss(isUnknown ? .segregationUnknown : .segregationFailed, tier, reasons)
      }
    }
  }

  /// Filters over alleles that reach a threshold, as if it were one variant; biallelic modes by the incomplete pass.
  private func repeatAnswers(
    _ candidate: RepeatCandidate, _ threshold: Int, _ mode: PanelMode, _ segregation: Segregation
  ) -> [FilterAnswer] {
    let calls = family.members.indices.map { person -> PersonCall in
      guard candidate.calls.indices.contains(person), !candidate.calls[person].isEmpty else { return .unknown }
      return PersonCall(candidate.calls[person].map { $0.upper >= threshold ? .alternate : .reference })
    }
    let variant = CandidateVariant(
      contig: candidate.locus, position: 1, reference: "N", alternate: "N", place: candidate.place, calls: calls)
    let genotypes = segregation.genotypes(variant)
    let filters = SegregationFilter.tried(at: candidate.place).filter {
      GenotypeRequirement($0) != nil && mode.matches($0.mode) == true
    }
    return filters.flatMap { filter in
      let isRecessive = FrequencyMode(filter) == .recessive
      return Penetrance.allCases.filter { !isRecessive || $0 == .incomplete }.compactMap { penetrance in
        profile.segregation == .singleton
          ? segregation.singletonAnswer(filter, penetrance, genotypes)
          : segregation.required(filter, penetrance, candidate.place, genotypes, isInherited: false)
      }
    }
  }
}

extension PanelRepeat {
  /// Whether a caller's locus is this one: by name, by HGNC's number, or by the gene's symbol.
  func isNamed(_ candidate: RepeatCandidate) -> Bool {
    let locus = candidate.locus.uppercased()
    if locus == name.uppercased() { return true }
    if let hgnc = candidate.hgnc, let own = gene.hgnc { return hgnc == own }
    return locus == gene.symbol.uppercased()
  }
}
