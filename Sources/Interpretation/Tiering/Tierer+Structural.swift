import Genomics

extension Tierer {
  /// Tiers of one copy number: two streams, regions and genes, each on its own; the highest counts.
  func tier(_ candidate: StructuralCandidate) -> StructuralWork {
    var trace = conditions(candidate)
    let failed = trace.first { $0.outcome == .fail }
    let provisional = trace.filter { $0.outcome == .unknown }.map(\.rule)
    var events: [TierEvent] = []
    var misses: [NearMiss] = []
    var tierA: Set<String> = []
    func event(_ tier: Tier, _ rule: RuleID, _ gene: String, _ hits: [PanelIndex.Hit], _ line: TraceLine) {
      events.append(
        TierEvent(
          tier: tier, rule: rule.rawValue, gene: gene, transcripts: [], term: nil,
          panels: hits.map { TierEvent.PanelHit($0) }, mode: nil, filter: nil, penetrance: .complete,
          isPossible: false, partners: [], provisional: provisional, trace: [line]))
    }
    for (panel, region) in panels.panels.panels.flatMap({ panel in panel.regions.map { (panel.identity, $0) } }) {
      guard let line = regionLine(candidate, region, panel) else { continue }
      if line.outcome == .unknown {
        trace.append(line)
        misses.append(NearMiss(label: .thresholdMissing, gene: region.name, wouldBe: .tierA, reason: line.value))
      } else if failed == nil {
        line.outcome == .pass
          ? event(.tierA, .copyNumberRegion, region.name, [], line)
          : event(
            .tierB, .copyNumberRegionBelow, region.name, [],
            profile.line(.copyNumberRegionBelow, .pass, line.value, line.threshold, data: line.data))
      } else {
        trace.append(line)
      }
    }
    for gene in candidate.genes.sorted(by: { $0.gene < $1.gene }) {
      let name = gene.symbol ?? gene.gene
      let hits = panels.hits(symbol: gene.symbol, gene: gene.gene, hgnc: gene.hgnc)
      let greens = hits.filter { $0.gene.rating == .green }
      let isConsidered = gene.biotypes.contains(where: profile.biotypes.contains)
      if !greens.isEmpty, failed == nil {
        tierA.formUnion(greens.map { Self.key($0.gene) })
        event(
          .tierA, .copyNumberGene, name, greens, line(.copyNumberGene, .pass, "\(name) is overlapped", "a green gene"))
      } else if !greens.isEmpty, let failed {
        misses.append(
          NearMiss(
            label: .conditionFailed, gene: name, wouldBe: .tierA,
            reason: "\(failed.rule): \(failed.value), asked for \(failed.threshold)"))
      } else if isConsidered, failed == nil {
        event(
          .null, .copyNumberNull, name, [], line(.copyNumberNull, .pass, "\(name) is in no panel as green", "a gene"))
      }
    }
    events.sort { ($0.tier.rank, $0.gene, $0.rule) < ($1.tier.rank, $1.gene, $1.rule) }
    return StructuralWork(
      result: TieredStructural(
        id: candidate.id, region: candidate.region.description, kind: candidate.kind, tiers: events,
        highest: Self.highest(events), trace: trace, nearMisses: misses, flags: candidate.flags),
      tierAGenes: tierA, provisional: provisional)
  }

  private func conditions(_ candidate: StructuralCandidate) -> [TraceLine] {
    let rule = profile.structural
    var lines: [TraceLine] = []
    switch candidate.filter {
    case .passed: lines.append(line(.copyNumberFilter, .pass, "PASS", "PASS"))
    case .failed(let names): lines.append(line(.copyNumberFilter, .fail, names.joined(separator: ";"), "PASS"))
    case .notApplied: lines.append(line(.copyNumberFilter, .unknown, "no filter was applied", "PASS"))
    }
    let chromosome = ContigName.canonical(candidate.region.contig)
    let isPlaced = chromosome.map { $0 == "X" || Int($0) != nil } ?? false
    lines.append(line(.copyNumberPlace, isPlaced ? .pass : .fail, candidate.region.contig, "chromosomes 1-22 and X"))
    let length = candidate.region.count
    lines.append(
      line(.copyNumberLength, length >= rule.length ? .pass : .fail, "\(length) bases", ">= \(rule.length)"))
    if length <= rule.twoCallersBelow { lines.append(callers(candidate)) }
    let isConsidered = candidate.genes.contains { $0.biotypes.contains(where: profile.biotypes.contains) }
    lines.append(
      line(
        .biotype, isConsidered ? .pass : .fail, "\(candidate.genes.count) genes", "a gene with a biotype that counts"))
    let limit = candidate.kind == .loss ? rule.lossFrequency : rule.gainFrequency
    let exceeds = [candidate.alleleFrequency, candidate.areaFrequency].map { answer -> RuleOutcome in
      switch answer {
      case .value(let value, _): value > limit ? .fail : .pass
      case .absent: .pass
      case .notLookedUp, .none: .unknown
      }
    }
    // Dropped where both exceed: one that does not is enough, whatever the other.
    let outcome: RuleOutcome = exceeds.contains(.pass) ? .pass : exceeds.contains(.unknown) ? .unknown : .fail
    lines.append(
      line(
        .copyNumberFrequency, outcome,
        "CNV_AF \(TieringProfile.told(candidate.alleleFrequency)), CNV_AUC \(TieringProfile.told(candidate.areaFrequency))",
        "not both above \(limit)", rule.dataset))
    return lines
  }

  private func callers(_ candidate: StructuralCandidate) -> TraceLine {
    let asked = "both kinds of callers, reciprocal overlap >= \(profile.structural.reciprocalOverlap)"
    guard let others = candidate.otherCalls else {
      return line(.copyNumberCallers, .unknown, "no file of the other kind of caller", asked)
    }
    let best = others.map { candidate.region.reciprocalOverlap($0) }.max() ?? 0
    return line(
      .copyNumberCallers, best >= profile.structural.reciprocalOverlap ? .pass : .fail,
      "reciprocal overlap \(decimal(best))",
      asked)
  }

  /// What a region of a panel says; nil where it is not green, of the other direction, or not overlapped at all.
  ///
  /// Whether they overlap is asked first: a percentage alone is negative for a region far away, and the open class that
  /// the rule is from gives its lower tier there.
  private func regionLine(
    _ candidate: StructuralCandidate, _ region: PanelRegion, _ panel: Panel.Identity
  ) -> TraceLine? {
    guard region.rating == .green, let range = panels.assembly.flatMap({ region.ranges[$0] }),
      ContigName.canonical(region.chromosome) == ContigName.canonical(candidate.region.contig),
      region.change.map({ $0.includes(candidate.kind) }) ?? true
    else { return nil }
    let shared = range.clamped(to: candidate.region.start.value..<candidate.region.end.value)
    guard !shared.isEmpty else { return nil }
    let percent = 100 * shared.count / range.count
    let data = "panel \(panel.id) \(panel.name) \(panel.version)"
    guard let required = region.requiredOverlap, region.change != nil else {
      return line(
        .copyNumberRegion, .unknown, "\(percent) % of \(region.name); the panel does not tell what is asked",
        "the panel's own",
        data)
    }
    return line(
      .copyNumberRegion, percent >= required ? .pass : .fail, "\(percent) % of \(region.name)", ">= \(required) %", data
    )
  }
}

extension PanelRegion.Change {
  fileprivate func includes(_ kind: StructuralCandidate.Kind) -> Bool {
    switch self {
    case .both: true
    case .gain: kind == .gain
    case .loss: kind == .loss
    case .small: false
    }
  }
}

extension Region {
  /// The smaller of what two stretches share, as a fraction of each.
  func reciprocalOverlap(_ other: Region) -> Double {
    guard overlaps(other), count > 0, other.count > 0 else { return 0 }
    let shared = min(end.value, other.end.value) - max(start.value, other.start.value)
    return Double(shared) / Double(max(count, other.count))
  }
}
