/// What the two copies of DPYD carry, variant by variant, and which of it is known to lie together.
///
/// DPYD's variants are not the names of haplotypes: several may lie on one copy, and each has its own activity (CPIC
/// guideline for fluoropyrimidines and DPYD; PharmCAT, gene definition exceptions).
struct DPYDStrands: Sendable, Hashable {
  /// A call as DPYD's rules see it: the variant on each copy, nil for none.
  struct Site: Sendable, Hashable {
    var copies: [String?]
    var phase: PositionCall.Phase
  }

  /// Variants on the first and the second side of a block.
  struct Block: Sendable, Hashable {
    var first: [String]
    var second: [String]
  }

  /// Variants on both copies.
  var homozygous: [String] = []
  /// Blocks of known phase; more than one means that the phase between them is not known.
  var blocks: [Block] = []

  /// Gathers sites.
  init(_ sites: [Site]) {
    var blockOfSet: [String?: Int] = [:]
    for site in sites where site.copies.contains(where: { $0 != nil }) {
      guard site.copies.count == 2, site.copies[0] != site.copies[1] else {
        homozygous += site.copies.first.flatMap { $0 }.map { [$0] } ?? []
        continue
      }
      var place: Int?
      if case .phased(let set) = site.phase {
        place = blockOfSet[set]
        if place == nil { blockOfSet[set] = blocks.count }
      }
      if place == nil { blocks.append(Block(first: [], second: [])) }
      let block = place ?? blocks.count - 1
      if let name = site.copies[0] { blocks[block].first.append(name) }
      if let name = site.copies[1] { blocks[block].second.append(name) }
    }
  }

  /// Whether both strands are known.
  var isEffectivelyPhased: Bool { blocks.count <= 1 }

  /// Every variant with a copy each, in order of their names.
  var components: [String] {
    (homozygous + homozygous + blocks.flatMap { $0.first + $0.second }).sorted(by: precedesNaturally)
  }

  /// The two strands; nil where they are not known.
  var strands: (first: [String], second: [String])? {
    guard isEffectivelyPhased else { return nil }
    let block = blocks.first ?? Block(first: [], second: [])
    return (
      (homozygous + block.first).sorted(by: precedesNaturally),
      (homozygous + block.second).sorted(by: precedesNaturally)
    )
  }

  /// The pair of variants that decide the gene's score: of every assignment that the known phase allows, the one with
  /// the lowest sum of the lowest activity of each strand. Without phase that is the two lowest of all, presumed in
  /// trans; with phase the lowest of each strand.
  /// - Parameter activity: of a variant; nil of `nil` is the reference's.
  /// - Returns: the names, nil for the reference; lowest first.
  func deciding(_ activity: (String?) -> Double) -> [String?] {
    func lowest(_ names: [String?]) -> String? {
      names.min { (activity($0), $0 ?? "") < (activity($1), $1 ?? "") } ?? nil
    }
    let common = lowest([nil] + homozygous)
    // Pairs of "lowest so far" of the two strands: few, since only distinct activities matter.
    var pairs: [[String?]] = [[common, common]]
    for block in blocks {
      let sides = [lowest([nil] + block.first), lowest([nil] + block.second)]
      var next: [[String?]] = []
      for pair in pairs {
        for order in [sides, sides.reversed()] {
          let candidate = [lowest([pair[0], order[0]]), lowest([pair[1], order[1]])]
          let values = candidate.map { activity($0) }
          if !next.contains(where: { $0.map { activity($0) } == values }) { next.append(candidate) }
        }
      }
      pairs = next
    }
    let best = pairs.min { a, b in
      (activity(a[0]) + activity(a[1])) < (activity(b[0]) + activity(b[1]))
    }
    return (best ?? [nil, nil]).sorted { (activity($0), $0 ?? "") < (activity($1), $1 ?? "") }
  }
}

/// HapB3 from its two positions (reference/interpretation.md 10.2; PharmCAT's DpydHapB3Matcher): the intronic variant
/// decides where it is called; the exonic one alone is taken with a warning; where they contradict, the intronic one wins
/// with a warning.
struct HapB3Call: Sendable, Hashable {
  /// What one copy has.
  enum Copy: Sendable, Hashable {
    case none
    /// Both variants, or the exonic one alone where the intronic is not called.
    case hapB3
    /// The intronic variant without the exonic one.
    case intronicOnly
  }

  /// A copy each; empty where neither position is called.
  var copies: [Copy] = []
  var phase: PositionCall.Phase = .unphased
  var warning: String?

  /// - Parameters:
  ///   - causal: of each copy whether it has the intronic variant; nil where that is not called.
  ///   - tag: the same of the exonic variant.
  init(
    causal: [Bool]?, causalPhase: PositionCall.Phase, tag: [Bool]?, tagPhase: PositionCall.Phase
  ) {
    let mismatch = "the exonic HapB3 variant is called without the intronic one, which decides: not counted as HapB3"
    switch (causal, tag) {
    case (nil, nil): return
    case (nil, let tag?):
      copies = tag.map { $0 ? .hapB3 : .none }
      phase = tagPhase
      if tag.contains(true) {
        warning = "HapB3 rests on its exonic variant alone: the intronic one, which causes it, is not called"
      }
    case (let causal?, nil):
      copies = causal.map { $0 ? .intronicOnly : .none }
      phase = causalPhase
    case (let causal?, let tag?):
      guard causal.count == tag.count else {
        copies = causal.map { $0 ? .intronicOnly : .none }
        phase = causalPhase
        warning = mismatch
        return
      }
      let isOrdered =
        isSamePhase(causalPhase, tagPhase) || causal.allSatisfy { $0 == causal[0] }
        || tag.allSatisfy { $0 == tag[0] }
      if isOrdered {
        copies = zip(causal, tag).map { $0 ? ($1 ? .hapB3 : .intronicOnly) : .none }
        phase = causal.allSatisfy({ $0 == causal[0] }) ? tagPhase : causalPhase
        if zip(causal, tag).contains(where: { !$0 && $1 }) { warning = mismatch }
      } else {
        // Both heterozygous, phase not known: the two go together, as HapB3 is defined.
        copies = causal.map { $0 ? .hapB3 : .none }
        phase = causalPhase
      }
    }
  }

  private func isSamePhase(_ a: PositionCall.Phase, _ b: PositionCall.Phase) -> Bool {
    if case .phased = a { a == b } else { false }
  }
}
