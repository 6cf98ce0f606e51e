import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Tables of variation")
struct VariationTableTests {
  private static func observations(
    _ unit: String?, _ indication: String?, yes: Int, no: Int, unknown: Int = 0
  ) -> [VariationObservation] {
    [(yes, true), (no, false), (unknown, nil)].flatMap { count, outcome in
      (0..<count).map { _ in VariationObservation(indication: indication, unit: unit, outcome: outcome) }
    }
  }

  static let rules = [
    DisclosureRule(minimum: 3, rounding: 3, isExact: false), DisclosureRule(minimum: 3, rounding: 5, isExact: false),
    DisclosureRule(minimum: 4, rounding: 5, isExact: false),
  ]

  /// Looks for pinned numbers among all worlds of groups.
  /// - Parameters:
  ///   - most: the most people of one group.
  ///   - total: the most people of all.
  ///   - isWhole: whether every world that looks like a table is among those: others are not judged.
  private func pinned(
    _ rule: DisclosureRule, groups: [(unit: String, indication: String)], most: Int, total: Int,
    isWhole: (VariationTable) -> Bool
  ) -> [String] {
    var search = Adversary.Search<VariationTable>(minimum: rule.minimum)
    func go(_ world: [Int], left: Int) {
      guard world.count < 2 * groups.count else {
        let observations = groups.enumerated().flatMap { index, group in
          Self.observations(group.unit, group.indication, yes: world[2 * index], no: world[2 * index + 1])
        }
        let table = VariationTable(observations, rule: rule)
        // With a kind that nobody is of, so that the sum of all others is asked too.
        if isWhole(table) { search.add(table, [world + [0]]) }
        return
      }
      for number in 0...min(most, left) {
        for yes in 0...number { go(world + [yes, number - yes], left: left - number) }
      }
    }
    go([], left: total)
    #expect(search.alike.count > 3)
    return search.pinned
  }

  private static func uppers(_ table: VariationTable) -> [Int] {
    table.groups.flatMap { $0.cells.map(\.figures) + [$0.rest] }.map(\.numbers.upperBound)
  }

  @Test(
    "No number of people of any group, with or without the outcome, is pinned: every world is gone through",
    arguments: rules)
  func attack(rule: DisclosureRule) {
    let small = rule.variationThreshold - 1
    // An indication or two of one unit, by themselves or together.
    let one = [("A", "R1"), ("A", "R2")].map { (unit: $0.0, indication: $0.1) }
    #expect(
      pinned(rule, groups: one, most: small + 6, total: .max) { Self.uppers($0).allSatisfy { $0 <= small + 6 } } == [])
    // Three indications that are all together; three units that are.
    for three in [
      ["R1", "R2", "R3"].map { (unit: "A", indication: $0) }, ["A", "B", "C"].map { (unit: $0, indication: "R1") },
    ] {
      #expect(
        pinned(rule, groups: three, most: small, total: .max) { Self.uppers($0).allSatisfy { $0 <= 3 * small } } == [])
    }
    // Two units of two indications.
    let both = ["A", "B"].flatMap { unit in ["R1", "R2"].map { (unit: unit, indication: $0) } }
    #expect(pinned(rule, groups: both, most: 12, total: 12) { Self.uppers($0).reduce(0, +) <= 12 } == [])
  }

  @Test("Unknown outcomes are boxed by unit, and pin nothing")
  func unknown() {
    for rule in Self.rules {
      var search = Adversary.Search<VariationTable>(minimum: rule.minimum)
      let most = rule.variationThreshold + 5
      for yes in 0...most {
        for no in 0...most {
          for unknown in 0...most {
            let table = VariationTable(
              Self.observations("A", "R1", yes: yes, no: no, unknown: unknown), rule: rule)
            let uppers = table.groups.flatMap { [$0.unknown.upperBound, $0.figures.numbers.upperBound] }
            if uppers.allSatisfy({ $0 <= most }) { search.add(table, [[yes, no, unknown, 0]]) }
          }
        }
      }
      #expect(search.pinned == [], "\(rule)")
    }
  }

  @Test("The attacker is able: a total of its own beside the parts, and parts cut at the minimum, are found out")
  func ableAttacker() {
    let rule = DisclosureRule(minimum: 3, rounding: 3, isExact: false)
    var totals = Adversary.Search<[ClosedRange<Int>]>(minimum: 3)
    var cut = Adversary.Search<[ClosedRange<Int>]>(minimum: 3)
    for one in 0...12 {
      for two in 0...12 {
        totals.add([rule.box(of: one), rule.box(of: one + two)], [[one, two, 0]])
        let large = [one, two].filter { $0 >= 3 }.map { rule.box(of: $0) }
        let rest = [one, two].filter { $0 < 3 }.reduce(0, +)
        cut.add(large + [rule.box(of: rest)], [[one, two, 0]])
      }
    }
    #expect(!totals.pinned.isEmpty && !cut.pinned.isEmpty)
  }

  @Test("Figures are the nearest five by the central policy, sums are those of the parts, and nothing small is there")
  func figures() throws {
    let policy = try ReleasePolicy("nhs-central")
    var observations = Self.observations("A", "R1.2", yes: 16, no: 41, unknown: 3)
    observations += Self.observations("A", "R2", yes: 7, no: 10)
    observations += Self.observations("A", nil, yes: 0, no: 12, unknown: 9)
    observations += Self.observations("B", "R1", yes: 4, no: 7) + Self.observations("C", "R1", yes: 9, no: 0)
    observations += Self.observations(nil, "R1", yes: 20, no: 1) + Self.observations("  ", "R1", yes: 3, no: 4)
    var random = SplitMix64()
    let table = try VariationTable(observations.shuffled(using: &random), policy: policy)
    #expect((table.minimum, table.rounding, table.threshold) == (8, 5, 18))
    #expect(table.units.map(\.name) == ["A"])
    let unit = try #require(table.units.first)
    #expect(unit.cells.map(\.indication) == ["R1"])
    #expect(unit.cells.first?.figures == VariationFigures(numbers: 53...57, counts: 13...17))
    // 17 of R2 and 12 of nobody knows what are one group.
    #expect(unit.rest == VariationFigures(numbers: 28...32, counts: 0...7))
    #expect(unit.unknown == 8...12)
    #expect(unit.figures == VariationFigures(numbers: 81...89, counts: 13...24))
    #expect(table.others.rest == VariationFigures(numbers: 18...22, counts: 13...17))
    #expect(table.others.cells.isEmpty)
    // 28 of R1 in 28 to 32, and a rest of none in 0 to 7.
    #expect(table.unnamed?.figures.numbers == 28...39 && table.unnamed?.figures.counts == 23...34)
    #expect(table.unnamed?.figures.share == 25.0 / 30)
    #expect(table.indications == ["R1"])
    let base = try #require(table.base)
    #expect(abs(base - (18.5 + 15 + 25) / (85 + 20 + 30)) < 1e-12)
  }

  @Test("Every box that is told holds the true number; random tables, and a larger minimum; a smaller one is refused")
  func containment() throws {
    var random = SplitMix64()
    let policy = try ReleasePolicy("nhs-central")
    for _ in 0..<60 {
      var observations: [VariationObservation] = []
      for _ in 0..<random.int(0...400) {
        observations.append(
          VariationObservation(
            indication: random.pick(["R1", "R2", "R3", nil]), unit: random.pick(["A", "A", "A", "B", "C", nil]),
            outcome: random.pick([true, false, false, nil]), days: random.int(0...90)))
      }
      let minimum = random.pick([8, 8, 20])
      let table = try VariationTable(observations, policy: policy, minimum: minimum)
      func check(_ figures: VariationFigures, _ some: [VariationObservation]) {
        let known = some.filter { $0.outcome != nil }
        #expect(figures.numbers.contains(known.count))
        #expect(figures.counts.contains(known.count { $0.outcome == true }))
        for box in [figures.numbers, figures.counts] {
          #expect(box.lowerBound == 0 || box.lowerBound >= table.minimum)
        }
      }
      for unit in table.units + (table.unnamed.map { [$0] } ?? []) {
        let own = observations.filter { $0.unit == unit.name }
        for cell in unit.cells { check(cell.figures, own.filter { $0.indication == cell.indication }) }
        let stand = Set(unit.cells.map(\.indication))
        check(unit.rest, own.filter { !stand.contains($0.indication) })
        #expect(unit.unknown.contains(own.count { $0.outcome == nil }))
        let days = own.filter { $0.outcome != nil }.compactMap(\.days).sorted()
        if let median = unit.days.median {
          #expect(days.count { $0 <= median } >= table.minimum && days.count { $0 >= median } >= table.minimum)
          #expect(days[(days.count + 1) / 2 - 1] == median)
        } else {
          #expect(days.count < 2 * table.minimum)
        }
        if let lower = unit.days.lower { #expect(days.count { $0 <= lower } >= table.minimum) }
      }
      #expect(table.total.numbers.lowerBound <= observations.count)
    }
    #expect(throws: ReleaseError.self) { try VariationTable([], policy: policy, minimum: 7) }
    #expect(try VariationTable([], policy: policy).base == nil)
  }
}
