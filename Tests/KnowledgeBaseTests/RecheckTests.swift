import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Choices are read again")
struct RecheckTests {
  private static func record(_ participant: String, agreed: String = "yes", withdrawn: String? = nil) -> ConsentRecord {
    var record = ConsentRecord(participant: participant)
    record.form = "NGIS-ROD v4.03"
    (record.discussed, record.agreed, record.category) = ("yes", agreed, "adult")
    (record.date, record.signed, record.scope) = ("2026-03-01", true, ConsentRecord.researchScope)
    record.withdrawn = withdrawn
    return record
  }

  private func base(_ people: Int, until: String? = nil) throws -> (KnowledgeBase, [ConsentedContribution]) {
    var random = SplitMix64()
    let key = PseudonymKey()
    let base = try KnowledgeBase(inMemory: key)
    let parts = try (0..<people).map { index in
      try ConsentedContribution(
        try Generated.plain("P\(index)", key: key, using: &random),
        try Generated.permission("P\(index)", until: index == 0 ? until : nil), key: key,
        decidedOn: try Generated.day("2026-11-01"))
    }
    _ = try base.add(parts)
    return (base, parts)
  }

  private func isFresh(_ base: KnowledgeBase, _ day: String = "2026-11-22") throws -> Bool {
    let today = try Generated.day(day)
    do {
      try base.read { try base.requireFreshConsent(today: today, $0) }
      return true
    } catch let error as PermissionError {
      #expect(error.kind == .noConsent)
      return false
    }
  }

  @Test("Denied and missing people make the base stale and change no content; withdrawing the denied mends it")
  func recheck() throws {
    let (base, parts) = try base(4)
    let today = try Generated.day("2026-11-22")
    let digest = try base.digest()
    #expect(try isFresh(base))
    let all = (0..<4).map { Self.record("P\($0)") }
    #expect(try base.recheck(all, today: today, withdraws: false).isFresh)
    let partly = try base.recheck(Array(all.prefix(3)) + [Self.record("Q")], today: today, withdraws: false)
    #expect(partly.missing == 1 && partly.outcomes == [.permitted, .permitted, .permitted, .notHeld])
    #expect(try !isFresh(base))
    var changed = all
    changed[1] = Self.record("P1", withdrawn: "2026-06-01")
    changed[2] = Self.record("P2", agreed: "no")
    let denied = try base.recheck(changed, today: today, withdraws: false)
    #expect(denied.outcomes == [.permitted, .denied([.withdrawn]), .denied([.notAgreed]), .permitted])
    #expect(!denied.isFresh)
    #expect(try !isFresh(base))
    #expect(try base.digest() == digest)
    let withdrawn = try base.recheck(changed, today: today, withdraws: true)
    #expect(withdrawn.isFresh && withdrawn.withdrawal?.withdrawn == 2)
    #expect(try isFresh(base))
    let fresh = try KnowledgeBase(inMemory: base.key)
    _ = try fresh.add([parts[0], parts[3]])
    #expect(try base.digest() == fresh.digest())
    #expect(throws: PermissionError.self) { try base.add([parts[1]]) }
  }

  @Test("A choice that expires, and one that was not read for a year, make the base stale")
  func time() throws {
    let (base, _) = try base(2, until: "2026-12-31")
    #expect(try isFresh(base, "2026-12-31"))
    #expect(try !isFresh(base, "2027-01-01"))
    let (other, _) = try self.base(2)
    #expect(try isFresh(other, "2027-11-01"))
    #expect(try !isFresh(other, "2027-11-02"))
    #expect(try other.staleness(today: try Generated.day("2027-11-02")).count == 1)
    let again = try Generated.day("2027-11-02")
    _ = try other.recheck([Self.record("P0"), Self.record("P1")], today: again, withdraws: false)
    #expect(try isFresh(other, "2027-11-02"))
  }
}
