import Interpretation

/// Finds what of a variant differs between two tierings of its case.
struct TierReasons {
  let comparison: TierComparison

  /// Of a small variant; nil on a side that has neither tier nor near miss of it.
  func small(_ old: TierDocument.Variant?, _ new: TierDocument.Variant?) -> [TierChange.Reason] {
    var reasons = known(old, new) + consequences(old, new)
    reasons += shared(
      old?.tiered.tiers ?? [], new?.tiered.tiers ?? [], traces: (old?.tiered.trace ?? [], new?.tiered.trace ?? []),
      genes: (old?.tiered.nearMisses ?? []).compactMap(\.gene) + (new?.tiered.nearMisses ?? []).compactMap(\.gene))
    return reasons
  }

  /// What variants of every kind may differ in: rules, panels, the profile.
  func shared(
    _ old: [TierEvent], _ new: [TierEvent], traces: ([TraceLine], [TraceLine]), genes: [String] = []
  ) -> [TierChange.Reason] {
    var reasons = rules(traces.0 + old.flatMap(\.trace), traces.1 + new.flatMap(\.trace))
    reasons += panels(Set(old.map(\.gene) + new.map(\.gene) + genes).sorted())
    let (before, now) = (comparison.old.profile, comparison.new.profile)
    if before.digest != now.digest {
      reasons.append(
        TierChange.Reason(
          kind: .profile, name: now.id, from: "\(before.id) \(before.release), SHA-256 \(before.digest)",
          to: "\(now.id) \(now.release), SHA-256 \(now.digest)"))
    }
    return reasons
  }

  private func known(_ old: TierDocument.Variant?, _ new: TierDocument.Variant?) -> [TierChange.Reason] {
    func told(_ side: TierDocument.Variant?) -> [String: String] {
      var told: [String: String] = [:]
      for one in side?.known ?? [] {
        let name =
          switch one.match {
          case .allele: one.source
          case .protein(let transcript, let hgvsp): "\(one.source), same change of the protein (\(transcript) \(hgvsp))"
          }
        let text = [one.significance, one.reviewStatus, one.conflicting].compactMap { $0 }.joined(separator: "; ")
        told[name] = [told[name], text].compactMap { $0 }.joined(separator: " / ")
      }
      return told
    }
    return differences(.source, told(old), told(new))
  }

  private func consequences(_ old: TierDocument.Variant?, _ new: TierDocument.Variant?) -> [TierChange.Reason] {
    // Where one side has no tier and no near miss, what it does there was not kept.
    guard let old, let new else { return [] }
    func told(_ side: TierDocument.Variant) -> [String: String] {
      Dictionary(side.consequences.map { ($0.transcript, $0.terms.joined(separator: "&")) }) { first, _ in first }
    }
    return differences(.consequence, told(old), told(new))
  }

  private func rules(_ old: [TraceLine], _ new: [TraceLine]) -> [TierChange.Reason] {
    // A variant without tiers or near misses keeps no trace: then there is nothing to compare.
    guard !old.isEmpty, !new.isEmpty else { return [] }
    func told(_ lines: [TraceLine], withData: Bool) -> [String: String] {
      var told: [String: Set<String>] = [:]
      for line in lines {
        let data = withData ? line.data.map { " (\($0))" } ?? "" : ""
        told[[line.rule, line.person].compactMap { $0 }.joined(separator: ", "), default: []]
          .insert("\(line.outcome.rawValue): \(line.value), asked \(line.threshold)\(data)")
      }
      return told.mapValues { $0.sorted().joined(separator: " / ") }
    }
    // A release of the data that gives the same answer is no reason.
    let (before, now) = (told(old, withData: true), told(new, withData: true))
    return differences(.rule, told(old, withData: false), told(new, withData: false)).map {
      TierChange.Reason(kind: .rule, name: $0.name, from: before[$0.name], to: now[$0.name])
    }
  }

  /// Entries of the genes whose rating or mode differs, and versions of their panels.
  private func panels(_ genes: [String]) -> [TierChange.Reason] {
    genes.flatMap { gene -> [TierChange.Reason] in
      func told(_ set: PanelSet) -> [String: String] {
        var told: [String: String] = [:]
        for panel in set.panels {
          let entries = panel.genes.filter { $0.symbol == gene || $0.hgncSymbol == gene || $0.aliases.contains(gene) }
          guard !entries.isEmpty else { continue }
          told["\(panel.identity.name) (\(panel.identity.id)), \(gene)"] =
            "version \(panel.identity.version): "
            + entries.map { "\($0.rating.rawValue), \($0.mode.rawValue)" }.joined(separator: " / ")
        }
        return told
      }
      return differences(.panel, told(comparison.oldPanels), told(comparison.newPanels))
    }
  }

  private func differences(
    _ kind: TierChange.Reason.Kind, _ old: [String: String], _ new: [String: String]
  ) -> [TierChange.Reason] {
    Set(old.keys).union(new.keys).sorted().compactMap { name in
      old[name] == new[name] ? nil : TierChange.Reason(kind: kind, name: name, from: old[name], to: new[name])
    }
  }
}
