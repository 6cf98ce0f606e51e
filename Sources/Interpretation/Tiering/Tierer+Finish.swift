import Genomics

extension Tierer {
  /// A candidate's result, and its end in the counts; nil where it has neither a tier nor a near miss in a panel gene.
  func finish(
    _ work: CandidateWork, _ segregation: Segregation, _ counts: inout [String: Int]
  ) -> TieredVariant? {
    let events = events(work, segregation)
    var nearMisses: [NearMiss] = []
    var first: NearMiss.Label?
    for gene in work.genes where !events.contains(where: { $0.gene == gene.symbol }) {
      if isTooFrequent(work, gene) {
        first = first ?? .frequencyExceeded
        continue
      }
      let found = misses(work, gene, segregation)
      first = first ?? found.first?.label
      // Of genes outside the panels the reason is counted, no more.
      if !gene.hits.isEmpty { nearMisses += found }
    }
    let highest = Self.highest(events.filter { $0.penetrance == .complete })
    let either = Self.highest(events)
    let isProvisional = (highest ?? either).map { tier in
      events.filter { $0.tier == tier && (highest == nil || $0.penetrance == .complete) }
        .allSatisfy { !$0.provisional.isEmpty }
    }
    func count(_ key: String) { counts[key, default: 0] += 1 }
    if let highest {
      count("tier.\(highest.rawValue)")
      if isProvisional == true { count("tier.\(highest.rawValue).provisional") }
    } else if let either {
      count("tier-incomplete.\(either.rawValue)")
      if isProvisional == true { count("tier-incomplete.\(either.rawValue).provisional") }
    } else if let first {
      count("untiered.\(first.rawValue)")
    } else {
      count("untiered.\(NearMiss.Label.consequenceNotListed.rawValue)")
    }
    guard !events.isEmpty || !nearMisses.isEmpty else { return nil }
    if !nearMisses.isEmpty { count("with-near-miss") }
    let candidate = work.candidate
    return TieredVariant(
      contig: candidate.contig, position: candidate.position, reference: candidate.reference,
      alternate: candidate.alternate, place: candidate.place, tiers: events, highest: highest,
      highestIncomplete: either, isProvisional: isProvisional ?? false, trace: trace(work),
      filters: answers(work, segregation),
      nearMisses: nearMisses, warnings: warnings(work, events, segregation))
  }

  static func highest(_ events: [TierEvent]) -> Tier? { events.map(\.tier).min { $0.rank < $1.rank } }

  /// What was asked of the variant, whatever the gene.
  private func trace(_ work: CandidateWork) -> [TraceLine] {
    let candidate = work.candidate
    var lines: [TraceLine] = []
    switch candidate.filter {
    case .passed: lines.append(line(.filterPass, .pass, "PASS", "PASS"))
    case .failed(let names): lines.append(line(.filterPass, .fail, names.joined(separator: ";"), "PASS"))
    case .notApplied: lines.append(line(.filterPass, .unknown, "no filter was applied", "PASS"))
    }
    let isTiered = !SegregationFilter.tried(at: candidate.place).isEmpty
    lines.append(
      line(.place, isTiered ? .pass : .fail, candidate.place.rawValue, "chromosomes 1-22, X and mitochondria"))
    for mode in FrequencyMode.allCases where work.frequency[mode] != nil {
      lines += profile.frequencyLines(candidate.frequencies, mode, texts)
    }
    if candidate.place == .x {
      lines.append(
        line(.frequencyOfX, .pass, "dominant and recessive limits", "monoallelic as dominant, biallelic as recessive"))
    }
    return lines + originLines(work) + work.known.lines
  }

  /// Every filter's answers, those of pairs as one for all partners.
  private func answers(_ work: CandidateWork, _ segregation: Segregation) -> [FilterAnswer] {
    var answers = work.answers
    for filter in SegregationFilter.tried(at: work.candidate.place) where filter.isOfPairs {
      for gene in work.genes where !gene.grounds.isEmpty {
        guard let verdict = work.verdict(filter, gene: gene.gene, segregation) else { continue }
        answers.append(
          FilterAnswer(
            filter: filter, penetrance: verdict.penetrance, outcome: verdict.outcome, person: verdict.person,
            genotype: nil, reason: "\(gene.symbol): \(verdict.reason)", ignored: verdict.ignored))
      }
    }
    return answers
  }
}
