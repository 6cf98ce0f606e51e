import TestSupport
import Testing

@testable import KnowledgeBase

/// Rules for which all worlds of small groups can be gone through.
let smallRules = [
  DisclosureRule(minimum: 3, rounding: 3, isExact: false), DisclosureRule(minimum: 3, rounding: 5, isExact: false),
  DisclosureRule(minimum: 4, rounding: 3, isExact: false), DisclosureRule(minimum: 5, rounding: 5, isExact: false),
  DisclosureRule(minimum: 3, rounding: 3, isExact: true), DisclosureRule(minimum: 5, rounding: 5, isExact: true),
]
let shippedRules = [
  DisclosureRule(minimum: 8, rounding: 5, isExact: false), DisclosureRule(minimum: 5, rounding: 5, isExact: true),
]

@Suite("No label pins a number below the minimum: every world of small groups is gone through")
struct ReleaseLabelTests {
  @Test("One release of one group, one alternate allele", arguments: smallRules + shippedRules)
  func oneGroup(rule: DisclosureRule) {
    for ploidy in [1, 2] {
      for people in [rule.minimum, rule.minimum + 1, 2 * rule.minimum - 1, 2 * rule.minimum, 13, 20, 23, 31, 36] {
        var search = Adversary.Search<GroupLabel>(minimum: rule.minimum)
        for world in Adversary.splits(people) where ploidy == 2 || world[1] == 0 {
          search.add(rule.label(of: Adversary.counts(world, ploidy: ploidy), ploidy: ploidy), [world])
        }
        // Fewer people than the minimum are no group.
        if people >= rule.minimum { #expect(search.pinned == [], "\(rule) \(people) people, ploidy \(ploidy)") }
      }
    }
  }

  @Test("One release of one group, two alternate alleles at a site", arguments: smallRules)
  func twoAlleles(rule: DisclosureRule) {
    // 0/0, 0/a, a/a, 0/b, b/b, a/b, not known.
    for people in [2 * rule.minimum, 14] where people >= 2 * rule.minimum {
      var search = Adversary.Search<SeenPair<GroupLabel, GroupLabel>>(minimum: rule.minimum)
      for world in Adversary.splits(people, kinds: 7) {
        let others = [world[0] + world[3] + world[4], world[0] + world[1] + world[2]]
        let one = Adversary.counts(
          [world[1] + world[5], world[2], others[0], world[6]], ploidy: 2,
          isOnlyAllele: world[3] + world[4] + world[5] == 0)
        let two = Adversary.counts(
          [world[3] + world[5], world[4], others[1], world[6]], ploidy: 2,
          isOnlyAllele: world[1] + world[2] + world[5] == 0)
        search.add(SeenPair(one: rule.label(of: one, ploidy: 2), two: rule.label(of: two, ploidy: 2)), [world])
      }
      #expect(search.pinned == [], "\(rule) \(people) people")
    }
  }

  @Test("A release, people leave, a second: neither, nor those who stayed or left", arguments: smallRules)
  func oneRemoval(rule: DisclosureRule) {
    let least = rule.minimum
    for (people, left, ploidy) in [
      (3 * least + 9, least, 2), (4 * least + 8, least + 2, 2), (6 * least + 6, least, 1),
      (6 * least + 5, 2 * least, 1),
    ] {
      var search = Adversary.Search<SeenPair<GroupLabel, GroupLabel>>(minimum: least)
      for world in Adversary.splits(people) where ploidy == 2 || world[1] == 0 {
        let first = rule.label(of: Adversary.counts(world, ploidy: ploidy), ploidy: ploidy)
        for leavers in Adversary.splits(left) {
          let stayers = zip(world, leavers).map { $0 - $1 }
          guard stayers.allSatisfy({ $0 >= 0 }) else { continue }
          let second = rule.label(
            after: first, copies: Adversary.counts(stayers, ploidy: ploidy).copies, people: people - left, left: left,
            ploidy: ploidy)
          search.add(SeenPair(one: first, two: second), [world, stayers, leavers])
        }
      }
      #expect(search.pinned == [], "\(rule) \(people) people, \(left) leave, ploidy \(ploidy)")
    }
  }

  @Test("Three releases with people leaving twice")
  func twoRemovals() {
    for (rule, people, left, again, ploidy) in [
      (smallRules[0], 17, 3, 3, 2), (smallRules[0], 22, 3, 4, 1), (smallRules[0], 26, 5, 3, 1),
      (smallRules[4], 17, 3, 3, 2), (smallRules[1], 26, 4, 3, 1),
    ] {
      var search = Adversary.Search<[GroupLabel]>(minimum: rule.minimum)
      for world in Adversary.splits(people) where ploidy == 2 || world[1] == 0 {
        let first = rule.label(of: Adversary.counts(world, ploidy: ploidy), ploidy: ploidy)
        for one in Adversary.splits(left) {
          let stayers = zip(world, one).map { $0 - $1 }
          guard stayers.allSatisfy({ $0 >= 0 }) else { continue }
          let second = rule.label(
            after: first, copies: Adversary.counts(stayers, ploidy: ploidy).copies, people: people - left, left: left,
            ploidy: ploidy)
          for two in Adversary.splits(again) {
            let rest = zip(stayers, two).map { $0 - $1 }
            guard rest.allSatisfy({ $0 >= 0 }) else { continue }
            let third = rule.label(
              after: second, copies: Adversary.counts(rest, ploidy: ploidy).copies, people: people - left - again,
              left: again, ploidy: ploidy)
            search.add([first, second, third], [world, stayers, one, rest, two])
          }
        }
      }
      #expect(search.pinned == [], "\(rule) \(people) people, \(left) and \(again) leave, ploidy \(ploidy)")
    }
  }

  @Test("The attacker is able: exact counts, and counts below the minimum, are found out")
  func ableAttacker() {
    var exact = Adversary.Search<Int>(minimum: 3)
    var suppressed = Adversary.Search<Bool>(minimum: 3)
    for world in Adversary.splits(12) {
      exact.add(world[0] + 2 * world[1], [world])
      let carriers = world[0] + world[1]
      suppressed.add(carriers > 0 && carriers < 3, [world])
    }
    #expect(!exact.pinned.isEmpty)
    #expect(suppressed.pinned.count == 1)
  }

  @Test("Labels are told: groups of a usual size have figures, not only refusals")
  func useful() {
    let rule = shippedRules[0]
    func label(_ het: Int, _ hom: Int, of people: Int, unknown: Int = 0) -> GroupLabel {
      rule.label(of: Adversary.counts([het, hom, people - het - hom - unknown, unknown], ploidy: 2), ploidy: 2)
    }
    #expect(label(7, 0, of: 100).allele == .fewer)
    #expect(label(0, 0, of: 100).allele == .fewer)
    #expect(label(8, 0, of: 100).allele == .copies(8...12, isEverybody: false))
    #expect(label(13, 2, of: 100).allele == .copies(13...17, isEverybody: false))
    #expect(label(20, 10, of: 100).allele == .genotypes(het: 18...22, hom: 8...12))
    #expect(label(0, 100, of: 100).allele == .copies(188...200, isEverybody: true))
    #expect(label(0, 0, of: 100, unknown: 5).known == 93...100)
    let left = rule.label(after: label(200, 0, of: 1000), copies: 192, people: 992, left: 8, ploidy: 2)
    #expect(left.allele == .copies(188...192, isEverybody: false))
    let exact = shippedRules[1]
    let counts = Adversary.counts([13, 0, 87, 0], ploidy: 2)
    #expect(exact.label(of: counts, ploidy: 2).allele == .copies(13...13, isEverybody: false))
  }

  @Test("A label that the ledger keeps is read as it was written")
  func text() {
    var random = SplitMix64()
    for _ in 0..<2000 {
      let rule = random.pick(smallRules)
      let world = random.pick([[3, 4, 10, 2], [20, 9, 40, 0], [0, 30, 0, 1], [1, 1, 50, 4]]).map {
        $0 + random.int(0...9)
      }
      let label = rule.label(of: Adversary.counts(world, ploidy: 2), ploidy: 2)
      if let text = label.text { #expect(GroupLabel(text: text) == label) }
    }
    for text in ["", "C 1 2", "C 5 4 0 1 2", "G 1 2 3 4 5", "X 1 2", "C 1 2 0 a 2"] {
      #expect(GroupLabel(text: text) == nil)
    }
  }
}

@Suite("Policies and rounding")
struct ReleasePolicyTests {
  @Test(
    "Central suppression gives what codonPython gives",
    arguments: [(0, "0"), (1, "5"), (2, "5"), (5, "5"), (7, "5"), (8, "10"), (16, "15"), (57, "55"), (10023, "10025")])
  func central(count: Int, text: String) throws {
    #expect(try CentralSuppression.text(Double(count)) == text)
    if (1...7).contains(count) { #expect(try CentralSuppression.text(Double(count), suppressed: "*") == "*") }
  }

  @Test("Counts that are none are refused", arguments: [-1, 4.2, 5_000_000_001, .infinity, .nan])
  func faults(value: Double) {
    #expect(throws: CentralSuppression.Fault.self) { try CentralSuppression.text(value) }
  }

  @Test("The boxes round as central suppression does, from the minimum on")
  func boxes() throws {
    let rule = shippedRules[0]
    for count in 8...500 {
      let box = rule.box(of: count)
      #expect(box.contains(count))
      let text = try CentralSuppression.text(Double(count))
      #expect(String(rule.rounded((box.lowerBound + box.upperBound) / 2)) == text)
      #expect(rule.box(of: box.lowerBound) == box && rule.box(of: box.upperBound) == box)
    }
    #expect(rule.box(of: 7) == 0...7)
  }

  @Test("A rule is made sound: two boxes together span the minimum, an exact one's rounding does alone")
  func sound() {
    for minimum in 2...40 {
      for rounding in 1...12 {
        for isExact in [false, true] {
          let rule = DisclosureRule(minimum: minimum, rounding: rounding, isExact: isExact)
          #expect(rule.minimum >= minimum && rule.rounding >= rounding && rule.rounding % rounding == 0)
          let (first, second) = (rule.box(of: rule.minimum), rule.box(of: rule.minimum + 10 * rule.rounding))
          if isExact {
            #expect(second.count >= rule.minimum)
          } else {
            #expect(2 * min(first.count, second.count) - 1 >= min(rule.minimum, minimum))
          }
        }
      }
    }
  }

  @Test("The shipped policies are read; a file may tighten one and not loosen it")
  func files() throws {
    let central = try ReleasePolicy("nhs-central")
    #expect((central.minimum, central.rounding, central.isExact) == (8, 5, false))
    #expect(DisclosureRule(minimum: 8, rounding: 5, isExact: false).minimum == 8)
    let airlock = try ReleasePolicy("gel-airlock")
    #expect((airlock.minimum, airlock.rounding, airlock.isExact) == (5, 5, true))
    let folder = try TemporaryFolder()
    func policy(_ minimum: Int, _ rounding: Int, exact: Bool = false, tightens: String?, more: String = "") throws {
      let named = tightens.map { ", \"tightens\": \"\($0)\"" } ?? ""
      try folder.write(
        """
        {"schema": "apus-release-policy/1", "id": "own", "title": "t", "version": "1", "minimum": \(minimum),
         "rounding": \(rounding), "exact": \(exact), "zeros": "with-suppressed", "dimensions": ["sex"]\(named)\(more)}
        """, to: "own.json")
      _ = try ReleasePolicy(folder("own.json"))
    }
    try policy(10, 10, tightens: "nhs-central")
    try policy(8, 5, tightens: "nhs-central")
    try policy(5, 5, exact: true, tightens: "gel-airlock")
    for refused: () throws -> Void in [
      { try policy(1, 1, tightens: nil) }, { try policy(7, 5, tightens: "nhs-central") },
      { try policy(8, 1, tightens: "nhs-central") }, { try policy(8, 7, tightens: "nhs-central") },
      { try policy(8, 5, exact: true, tightens: "nhs-central") }, { try policy(8, 5, tightens: "own") },
      { try policy(8, 5, tightens: "nhs-central", more: ", \"minimun\": 3") },
      { _ = try ReleasePolicy(folder("missing.json")) },
    ] {
      let error = #expect(throws: ReleaseError.self) { try refused() }
      #expect(error?.kind == .policy)
    }
  }

  @Test("Options tighten; others are refused")
  func options() throws {
    let central = try ReleasePolicy("nhs-central")
    #expect(try ReleaseOptions(policy: central, minimum: 20).rule.minimum >= 20)
    #expect(try ReleaseOptions(policy: central, rounding: 10).rule.rounding == 10)
    for options in [
      ReleaseOptions(policy: central, minimum: 7), ReleaseOptions(policy: central, rounding: 1),
      ReleaseOptions(policy: central, rounding: 7),
    ] {
      let error = #expect(throws: ReleaseError.self) { try options.rule }
      #expect(error?.kind == .usage)
    }
  }
}
