import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

/// Why a live base is not served (Docs/beacon.md).
@Suite("Figures of a live base, before and after one person")
struct LiveCountTests {
  private func person(_ name: String, isCarrier: Bool, _ key: PseudonymKey) throws -> ConsentedContribution {
    let reference = try Generated.reference()
    let contig = reference.contigs[0].digest
    let observations =
      isCarrier
      ? [
        Contribution.Observation(
          contig: contig, start: 100, reference: "A", alternate: "C", form: .literal,
          genotype: AlleleGenotype([.reference, .this]))
      ] : []
    let contribution = Contribution(
      pseudonym: key.pseudonym(of: name), sex: .female, reference: reference, filters: .standard,
      callabilityBasis: "depth>=10", callable: [contig: IntervalSet([0..<1000])], observations: observations)
    return try ConsentedContribution(contribution, try Generated.permission(name), key: key)
  }

  @Test("The genotype of whoever was added shows, though every figure is suppressed and rounded")
  func oneAddition() throws {
    let policy = try ReleasePolicy("nhs-central")
    let rule = try ReleaseOptions(policy: policy).rule
    // As many carriers as stand just before the next box.
    let carriers = rule.box(of: rule.minimum).upperBound
    #expect(carriers == 12)
    let question = Question.variant(contig: "1", start: 100, reference: "A", alternate: "C")
    var seen: [Bool: ClosedRange<Int>] = [:]
    for isCarrier in [true, false] {
      let base = try KnowledgeBase(inMemory: PseudonymKey())
      _ = try base.add(try (0..<30).map { try person("P\($0)", isCarrier: $0 < carriers, base.key) })
      let before = rule.box(of: try #require(try base.answers(to: question).first).counts.het)
      _ = try base.add([try person("NEW", isCarrier: isCarrier, base.key)])
      let after = rule.box(of: try #require(try base.answers(to: question).first).counts.het)
      #expect((before != after) == isCarrier)
      seen[isCarrier] = after
    }
    #expect(seen[true] != seen[false])
  }

  @Test("Whatever says anything changes for somebody", arguments: ["nhs-central", "gel-airlock"])
  func everyRule(name: String) throws {
    let rule = try ReleaseOptions(policy: try ReleasePolicy(name)).rule
    // From the empty base to any other in steps of one person: a box that is never left is the only one.
    let steps = (0..<200).filter { rule.box(of: $0) != rule.box(of: $0 + 1) }
    #expect(!steps.isEmpty)
  }
}
