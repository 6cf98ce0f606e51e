import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("What a release tells of classes pins no number of cases: every world of few cases is gone through")
struct ReleaseClassAttackTests {
  /// Rules whose boxes are narrow enough that several lie below the cap.
  static let rules = [
    DisclosureRule(minimum: 3, rounding: 3, isExact: false), DisclosureRule(minimum: 3, rounding: 5, isExact: false),
    DisclosureRule(minimum: 4, rounding: 3, isExact: false), DisclosureRule(minimum: 3, rounding: 3, isExact: true),
  ]

  private static let names = ["Pathogenic", "Likely_benign"]

  /// In how many cases the first and the second class were given; a case of both counts in each.
  private static func cases(_ first: Int, _ second: Int) throws -> ClassifiedCases {
    let day = try Generated.day("2026-01-01")
    return ClassifiedCases(
      zip(names, [first, second]).flatMap { name, count in
        (0..<count).map { number in
          ClassificationEvent(
            contig: "1", start: 0, reference: "A", alternate: "C", kind: .germline, classification: name,
            date: day, revision: 0, criteria: [], laboratory: "L",
            versions: [:], id: "\(number)")
        }
      })
  }

  /// The labels for pairs of numbers, each made once.
  private struct Labels {
    var rule: DisclosureRule
    private var made: [SeenPair<Int, Int>: ReleasedClasses?] = [:]
    init(_ rule: DisclosureRule) { self.rule = rule }

    mutating func label(_ first: Int, _ second: Int, earlier: [DisclosureRule] = []) throws -> ReleasedClasses? {
      let pair = SeenPair(one: first, two: second)
      if let label = made[pair] { return label }
      let label = ReleasedClasses(try cases(first, second), rule: rule, earlier: earlier)
      made[pair] = label
      return label
    }
  }

  @Test("Two classes, two releases: new cases, and old ones that are given the other class too", arguments: rules)
  func twoClasses(rule: DisclosureRule) throws {
    let cap = 14
    var labels = Labels(rule)
    // A world with more cases than the cap could open a set; sets that reach it are not judged.
    let most = rule.forClasses.minimum <= 3 ? 7 : rule.forClasses.box(of: rule.forClasses.minimum).upperBound
    var search = Adversary.Search<SeenPair<ReleasedClasses?, ReleasedClasses?>>(minimum: rule.minimum)
    // First alone, first and later both, second alone, second and later both, both, new: first, second, both.
    for total in 0...cap {
      for world in Adversary.splits(total, kinds: 8) {
        let one = (world[0] + world[1] + world[4], world[2] + world[3] + world[4])
        let two = (
          one.0 + world[3] + world[5] + world[7], one.1 + world[1] + world[6] + world[7]
        )
        guard two.0 <= most, two.1 <= most else { continue }
        let seen = SeenPair(one: try labels.label(one.0, one.1), two: try labels.label(two.0, two.1))
        // With a kind that nobody is of, so that the sum of all others is asked too: it is a secret here.
        search.add(seen, [world + [0]])
      }
    }
    #expect(search.alike.count > 3)
    #expect(search.pinned == [], "\(rule)")
  }

  @Test("One class, four releases; and a rule that is tightened between", arguments: rules)
  func manyReleases(rule: DisclosureRule) throws {
    let stricter = DisclosureRule(minimum: 5, rounding: 5, isExact: false).joined(with: rule)
    for rules in [[rule, rule, rule, rule], [rule, rule, stricter, stricter]] {
      var labels = rules.map { Labels($0) }
      var search = Adversary.Search<[ReleasedClasses?]>(minimum: rule.minimum)
      let most = 24
      for total in 0...most {
        for world in Adversary.splits(total, kinds: 4) {
          var count = 0
          let seen = try world.enumerated().map { index, new in
            count += new
            return try labels[index].label(count, 0, earlier: Array(rules[..<index]))
          }
          // What the last box holds beyond the cap is not gone through.
          if let last = seen.compactMap({ $0?.totals.first }).last, last.cases.upperBound > most { continue }
          search.add(seen, [world + [0]])
        }
      }
      #expect(search.pinned == [], "\(rules)")
    }
  }

  @Test("The attacker is able: exact numbers, 0 beside too few, the latest class, and its month, are found out")
  func ableAttacker() {
    let rule = DisclosureRule(minimum: 3, rounding: 3, isExact: false)
    func box(_ count: Int) -> ClosedRange<Int> { rule.box(of: count) }
    var exact = Adversary.Search<[Int]>(minimum: 3)
    var zeros = Adversary.Search<Int?>(minimum: 3)
    var latest = Adversary.Search<[ClosedRange<Int>]>(minimum: 3)
    var month = Adversary.Search<[ClosedRange<Int>]>(minimum: 3)
    for total in 0...10 {
      for world in Adversary.splits(total, kinds: 2) {
        exact.add([world[0], world[0] + world[1]], [world + [0]])
        zeros.add(world[0] == 0 ? 0 : world[0] < 3 ? nil : rule.rounded(world[0]), [world + [0]])
        // The latest event is of the first class, so that there is one: its class is told beside the boxes.
        if world[0] > 0 { latest.add([box(world[0]), box(world[1])], [world + [0]]) }
      }
      // Cases of an earlier month; of a later one, before the first release and between the two.
      for world in Adversary.splits(total, kinds: 3) where total <= 7 {
        let (one, two) = (world[0] + world[1], world[0] + world[1] + world[2])
        // The month since which the minimum of cases was given: the later one, or not yet.
        let months = [0...(world[1] >= 3 ? 1 : 0), 0...(world[1] + world[2] >= 3 ? 1 : 0)]
        month.add([box(one), box(two)] + months, [world + [0]])
      }
    }
    #expect(!exact.pinned.isEmpty && !zeros.pinned.isEmpty && !latest.pinned.isEmpty && !month.pinned.isEmpty)
  }

  @Test("A case is what one laboratory gave under one number; without a number all of a laboratory's are one")
  func cases() throws {
    func event(_ name: String, _ laboratory: String, _ id: String?, day: String) throws -> ClassificationEvent {
      ClassificationEvent(
        contig: "1", start: 0, reference: "A", alternate: "C", kind: .germline, classification: name,
        date: try Generated.day(day), revision: 0, criteria: [], laboratory: laboratory, versions: [:], id: id)
    }
    let cases = ClassifiedCases([
      try event("Benign", "A", nil, day: "2024-01-01"), try event("Benign", "A", nil, day: "2025-01-01"),
      try event("Benign", "A", "1", day: "2024-01-01"), try event("Benign", "A", "1", day: "2025-02-01"),
      try event("Benign", "B", "1", day: "2024-01-01"), try event("Pathogenic", "A", "1", day: "2026-01-01"),
    ])
    #expect(cases.count(.germline, "Benign") == 3)
    #expect(cases.count(.germline, "Pathogenic") == 1)
    #expect(cases.count(.oncogenicity, "Benign") == 0)
  }
}
