import Genomics

extension Tierer {
  /// Every tier of a candidate, the highest first.
  func events(_ work: CandidateWork, _ segregation: Segregation) -> [TierEvent] {
    guard isTiered(work.candidate) else { return [] }
    var events: [TierEvent] = []
    for gene in work.genes {
      for filter in SegregationFilter.tried(at: work.candidate.place) {
        let mode = FrequencyMode(filter)
        let grounds = gene.grounds.filter { $0.reason == .known || work.frequency[mode] != .fail }
        guard !grounds.isEmpty, let verdict = work.verdict(filter, gene: gene.gene, segregation),
          verdict.outcome == .pass
        else { continue }
        for ground in grounds {
          let hits = gene.greens.filter { $0.gene.mode.matches(filter.mode) == true }
          for (tier, rule) in tiers(ground.reason, filter, gene, isMatched: !hits.isEmpty) {
            events.append(
              TierEvent(
                tier: tier, rule: rule.rawValue, gene: gene.symbol, transcripts: ground.transcripts,
                term: ground.term?.term, panels: hits.map { TierEvent.PanelHit($0) }, mode: filter.mode,
                filter: filter, penetrance: verdict.penetrance, isPossible: verdict.isPossible,
                partners: verdict.partners,
                provisional: Set(unasked(ground.reason, mode, work) + verdict.provisional).sorted(),
                trace: trace(rule, ground, gene, hits, filter, verdict)))
          }
        }
      }
    }
    return events.sorted { Self.key($0) < Self.key($1) }
  }

  /// The tiers that a ground gives under a filter that passed.
  ///
  /// - Parameter isMatched: whether a green entry of the gene matches the filter's mode. A green gene whose mode does
  ///   not match has no tier at all; one without a green entry is outside the panels.
  private func tiers(
    _ reason: GeneView.Reason, _ filter: SegregationFilter, _ gene: GeneView, isMatched: Bool
  ) -> [(Tier, RuleID)] {
    if gene.greens.isEmpty {
      if gene.isNonCoding { return [] }
      switch reason {
      case .high, .moderate: return [(.tier3, .tier3Impact)]
      case .known: return [(.tier3, .tier3Known)]
      case .nonCoding: return []
      }
    }
    guard isMatched else { return [] }
    switch reason {
    case .high: return [(.tier1, .tier1HighImpact)]
    case .known: return [(.tier1, .tier1Known)]
    case .moderate:
      return filter == .deNovo
        ? [(.tier1, .tier1DeNovoModerate), (.tier2, .tier2Moderate)] : [(.tier2, .tier2Moderate)]
    case .nonCoding:
      return filter == .deNovo
        ? [(.tier1, .tier1DeNovoNonCoding), (.tier2, .tier2NonCoding)] : [(.tier2, .tier2NonCoding)]
    }
  }

  private func trace(
    _ rule: RuleID, _ ground: GeneView.Ground, _ gene: GeneView, _ hits: [PanelIndex.Hit],
    _ filter: SegregationFilter, _ verdict: CandidateWork.Verdict
  ) -> [TraceLine] {
    var lines: [TraceLine] = []
    if hits.isEmpty {
      lines.append(line(.panelGreen, .fail, "\(gene.symbol) is green in no panel", "green in an applied panel"))
    }
    for hit in hits {
      let panel = "panel \(hit.panel.id) \(hit.panel.name) \(hit.panel.version)"
      lines.append(
        line(.panelGreen, .pass, "\(hit.gene.symbol) is green, by \(hit.matchedBy)", "green in an applied panel", panel)
      )
      lines.append(
        line(.panelMode, .pass, hit.gene.modeText.isEmpty ? "none" : hit.gene.modeText, filter.mode.rawValue, panel))
    }
    if let term = ground.term {
      let transcripts = ground.transcripts.joined(separator: ", ")
      lines.append(
        profile.line(
          .impact, .pass, "\(term.term) in \(transcripts)", "on the list \(term.impact.rawValue)", source: term.rule))
      lines.append(line(.biotype, .pass, ground.biotype ?? "none", "a biotype that counts"))
    } else {
      lines.append(line(.knownSignificance, .pass, "known", "see the variant's trace"))
    }
    lines.append(
      profile.line(
        RuleID(filter), .pass, verdict.reason + Self.told(ignored: verdict.ignored),
        "\(verdict.penetrance.rawValue) penetrance", person: verdict.person))
    lines.append(line(rule, .pass, "all of the above", "Tiers"))
    return lines
  }

  func line(
    _ rule: RuleID, _ outcome: RuleOutcome, _ value: String, _ threshold: String, _ data: String? = nil
  ) -> TraceLine {
    profile.line(rule, outcome, value, threshold, data: data)
  }

  static func told(ignored: [String]) -> String {
    ignored.isEmpty ? "" : "; not asked, as missing or open: \(ignored.joined(separator: ", "))"
  }

  private static func key(_ event: TierEvent) -> (Int, Int, Int, String, String, String) {
    (
      event.tier.rank, event.penetrance == .complete ? 0 : 1, event.provisional.count, event.gene, event.rule,
      event.filter?.rawValue ?? ""
    )
  }
}

extension TierEvent.PanelHit {
  init(_ hit: PanelIndex.Hit) {
    self.init(
      panel: hit.panel, component: hit.gene.component, symbol: hit.gene.symbol, matchedBy: hit.matchedBy,
      rating: hit.gene.rating, mode: hit.gene.modeText)
  }
}
