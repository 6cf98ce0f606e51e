import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Classifications are events")
struct ClassificationTests {
  private func event(
    _ name: String, _ date: String, revision: Int = 0, laboratory: String = "699M0",
    kind: ClassificationEvent.Kind = .germline
  ) throws -> ClassificationEvent {
    ClassificationEvent(
      contig: "chr1", start: 100, reference: "A", alternate: "C", kind: kind, classification: name,
      date: try Generated.day(date), revision: revision, criteria: ["PM2"], laboratory: laboratory,
      versions: ["guideline": "ACGS 2020"])
  }

  private func base() throws -> KnowledgeBase {
    var random = SplitMix64(seed: 5)
    let base = try KnowledgeBase(inMemory: PseudonymKey())
    _ = try base.add(try ["A", "B"].map { try Generated.contribution($0, key: base.key, using: &random) })
    return base
  }

  private func found(_ base: KnowledgeBase) throws -> Classifications {
    let question = try #require(Question("1-101-A-C"))
    return try #require(try base.classifications(of: question))
  }

  @Test("In any order of adding: the same latest, totals, history and digest; adding twice changes nothing")
  func order() throws {
    var random = SplitMix64()
    let events = [
      try event("Uncertain_significance", "2024-01-01"), try event("Likely_pathogenic", "2026-02-01"),
      try event("Benign", "2026-02-01"), try event("Pathogenic", "2025-01-01", laboratory: "699X0"),
      try event("Oncogenic", "2026-07-01", kind: .oncogenicity),
    ]
    var digests: Set<String> = []
    for _ in 0..<20 {
      let base = try base()
      let before = try base.digest()
      for one in events.shuffled(using: &random) {
        #expect(try base.classify([.init(event: one, participant: nil)]).added == 1)
        #expect(try base.classify([.init(event: one, participant: nil)]).present == 1)
      }
      let found = try found(base)
      // Two of one day: the graver stands, and it is told.
      #expect(found.latest(.germline)?.classification == "Likely_pathogenic")
      #expect(found.isContested(.germline) && !found.isContested(.oncogenicity))
      #expect(found.latest(.oncogenicity)?.classification == "Oncogenic")
      #expect(
        found.totals(.germline).map(\.classification) == [
          "Pathogenic", "Likely_pathogenic", "Uncertain_significance", "Benign",
        ])
      #expect(
        found.history.map(\.date.description) == ["2026-07-01", "2026-02-01", "2026-02-01", "2025-01-01", "2024-01-01"])
      #expect(try base.digest() != before)
      digests.insert(try base.digest())
      // A later revision of that day is the latest whatever its class.
      _ = try base.classify([.init(event: try event("Benign", "2026-02-01", revision: 1), participant: nil)])
      #expect(try self.found(base).latest(.germline)?.classification == "Benign")
      #expect(try !self.found(base).isContested(.germline))
    }
    // Bases of other keys, with the same people's data.
    #expect(digests.count == 1)
  }

  @Test("A withdrawal leaves the event, which then names nobody; the base is one that never held the person")
  func detached() throws {
    let base = try base()
    let one = try event("Pathogenic", "2026-02-01")
    let added = try base.classify([
      .init(event: one, participant: "A"), .init(event: try event("Benign", "2026-03-01"), participant: "nobody"),
    ])
    #expect(added.added == 2 && added.withoutPerson == 1)
    let result = try WithdrawalTests.withdraw(["A"], from: base)
    #expect(result.certificate.detachedClassifications == 1)
    #expect(try found(base).history.count == 2)
    #expect(try base.verify().problems.isEmpty)
    var random = SplitMix64(seed: 5)
    let other = try KnowledgeBase(inMemory: PseudonymKey())
    _ = try Generated.contribution("A", key: other.key, using: &random)
    _ = try other.add([try Generated.contribution("B", key: other.key, using: &random)])
    _ = try other.classify([
      .init(event: one, participant: nil), .init(event: try event("Benign", "2026-03-01"), participant: nil),
    ])
    #expect(try base.digest() == other.digest())
  }

  @Test("An answer has its carriers' tiers and what was said of the allele")
  func answers() throws {
    var random = SplitMix64()
    let key = PseudonymKey()
    let parts = try (0..<12).map { try Generated.contribution("P\($0)", key: key, using: &random) }
    let base = try KnowledgeBase(inMemory: key)
    _ = try base.add(parts)
    _ = try base.classify([.init(event: try event("Pathogenic", "2026-02-01"), participant: nil)])
    let contig = try Generated.reference().contigs[0].digest
    var seen = 0
    for answer in try base.answers(to: .region(contig: "1", 0..<200_000)) {
      var expected: [String: Int] = [:]
      for one in parts.flatMap({ Array($0.contribution.observations) })
      where one.start == answer.position.value - 1 && one.alternate == answer.alternate && one.contig == contig {
        if let tier = one.tier { expected[tier, default: 0] += 1 }
      }
      #expect(answer.tiers == expected)
      seen += expected.count
      let isClassified = answer.position.value == 101 && answer.alternate == "C"
      #expect((answer.classifications != nil) == isClassified)
    }
    #expect(seen > 4)
    let nobodys = try base.answers(to: .variant(contig: "1", start: 100, reference: "A", alternate: "C")).first
    #expect(nobodys?.classifications?.latest(.germline)?.classification == "Pathogenic")
  }

  @Test("A line that is no event is refused by its number, and quotes nothing of it")
  func lines() throws {
    let today = try Generated.day("2026-11-22")
    let good =
      #"{"schema":"apus-classification/1","variant":"1-101-A-C","class":"likely pathogenic","date":"2026-02-01","laboratory":"699M0","participant":"SECRET"}"#
    let read = try ClassificationEvent.read(
      Array("\(good)\n\n\(good.replacing("2026-02", with: "2026-03"))\n".utf8), path: "e", today: today)
    #expect(read.map(\.event.classification) == ["Likely_pathogenic", "Likely_pathogenic"])
    #expect(read.first?.participant == "SECRET" && read.first?.event.start == 100)
    for (old, new) in [
      ("likely pathogenic", "nice"), ("2026-02-01", "2026-02-30"), ("2026-02-01", "2027-01-01"), ("1-101-A-C", "1:5-6"),
      ("laboratory", "laborat"), ("classification/1", "classification/2"), ("699M0", "943 476 5919"), ("{", "["),
    ] {
      let error = #expect(throws: InputError.self) {
        try ClassificationEvent.read(Array("\(good)\n\(good.replacing(old, with: new))".utf8), path: "e", today: today)
      }
      #expect(error?.location.record == 2, "\(new)")
      #expect(error.map { !$0.description.contains("SECRET") } ?? false)
    }
  }
}
