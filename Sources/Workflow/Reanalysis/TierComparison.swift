import Interpretation

/// Compares what a case's `tiers.json` tells with what tiering it again told.
struct TierComparison: Sendable {
  let old: TierDocument
  let new: TierDocument
  let oldPanels: PanelSet
  let newPanels: PanelSet

  /// The changes: small variants by place as `tiers.json` orders them, then copy numbers, then repeats.
  var changes: [TierChange] {
    var small = smallChanges
    let changed = Set(small.map(\.variant))
    // Half of a pair may have a tier or not by what became of the other half.
    for index in small.indices {
      let partners = Set(small[index].partners(old, new)).intersection(changed).sorted()
      guard !partners.isEmpty else { continue }
      small[index].why.removeAll { $0.kind == .unattributed }
      small[index].why += partners.map { TierChange.Reason(kind: .partner, name: $0) }
    }
    return small + structuralChanges + repeatChanges
  }

  private var smallChanges: [TierChange] {
    let before = Dictionary(old.variants.map { ($0.key, $0) }) { first, _ in first }
    let after = Dictionary(new.variants.map { ($0.key, $0) }) { first, _ in first }
    let order =
      new.variants.map(\.key).filter { !old.unchanged.contains($0) }
      + old.variants.map(\.key).filter { after[$0] == nil }
    let changes = order.compactMap { key -> TierChange? in
      let (one, other) = (before[key], after[key])
      return TierChange(
        .small, key, from: one.map { ($0.tiered.highest, $0.tiered.tiers) },
        to: other.map { ($0.tiered.highest, $0.tiered.tiers) }, why: [])
    }
    return changes.map { change in
      var change = change
      let why = TierReasons(comparison: self).small(before[change.variant], after[change.variant])
      if !why.isEmpty { change.why = why }
      return change
    }
  }

  private var structuralChanges: [TierChange] {
    Self.keys(old.structural.map { "\($0.region) \($0.id)" }, new.structural.map { "\($0.region) \($0.id)" }).compactMap
    { key in
      let one = old.structural.first { "\($0.region) \($0.id)" == key }
      let other = new.structural.first { "\($0.region) \($0.id)" == key }
      return TierChange(
        .copyNumber, key, from: one.map { ($0.highest, $0.tiers) }, to: other.map { ($0.highest, $0.tiers) },
        why: TierReasons(comparison: self).shared(
          one?.tiers ?? [], other?.tiers ?? [], traces: (one?.trace ?? [], other?.trace ?? [])))
    }
  }

  private var repeatChanges: [TierChange] {
    Self.keys(old.repeats.map(\.locus), new.repeats.map(\.locus)).compactMap { key in
      let one = old.repeats.first { $0.locus == key }
      let other = new.repeats.first { $0.locus == key }
      return TierChange(
        .shortTandemRepeat, key, from: one.map { ($0.highest, $0.tiers) },
        to: other.map { ($0.highest, $0.tiers) },
        why: TierReasons(comparison: self).shared(
          one?.tiers ?? [], other?.tiers ?? [], traces: (one?.trace ?? [], other?.trace ?? [])))
    }
  }

  private static func keys(_ old: [String], _ new: [String]) -> [String] {
    var seen: Set<String> = []
    return (new + old).filter { seen.insert($0).inserted }
  }
}

extension TierChange {
  /// The other halves of the variant's pairs, before and now.
  fileprivate func partners(_ old: TierDocument, _ new: TierDocument) -> [String] {
    [old, new].flatMap { document in
      document.variants.first { $0.key == variant }?.tiered.tiers.flatMap(\.partners) ?? []
    }
  }
}
