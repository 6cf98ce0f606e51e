import Testing

@testable import Service

@Suite("What a record of discussion permits (reference/service.md 4.2)")
struct ConsentDecisionTests {
  static func complete() -> ConsentRecord {
    var record = ConsentRecord(participant: "P-1")
    record.form = "NGIS-ROD v4.03"
    record.discussed = "yes"
    record.agreed = "yes"
    record.category = "adult"
    record.date = "2026-03-01"
    record.signed = true
    record.scope = ConsentRecord.researchScope
    return record
  }

  private func decide(_ record: ConsentRecord?, participant: String = "P-1") throws -> ConsentDecision {
    ConsentDecision(
      participant: participant, record: record, today: try #require(CalendarDate(year: 2026, month: 11, day: 21)))
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var edit: @Sendable (inout ConsentRecord) -> Void
    var reasons: [DenialReason]
    init(_ name: String, _ reasons: [DenialReason], _ edit: @escaping @Sendable (inout ConsentRecord) -> Void) {
      testDescription = name
      self.reasons = reasons
      self.edit = edit
    }
  }

  static let rows: [Row] = [
    Row("A YES, B YES, complete", []) { _ in },
    Row("A YES, B NO", [.notAgreed]) { $0.agreed = "no" },
    Row("A NO, B NO", [.notDiscussed, .notAgreed]) { ($0.discussed, $0.agreed) = ("no", "no") },
    Row("A NO, B missing", [.notDiscussed]) { ($0.discussed, $0.agreed) = ("no", "missing") },
    Row("A missing", [.unread]) { $0.discussed = "missing" },
    Row("A not given", [.unread]) { $0.discussed = nil },
    Row("B missing", [.unread]) { $0.agreed = "missing" },
    Row("A NO with B YES", [.contradictionQuarantine]) { $0.discussed = "no" },
    Row("Scanned form without transcribed A and B", [.unread]) { ($0.discussed, $0.agreed) = (nil, nil) },
    Row("Words other than yes", [.unread]) { ($0.discussed, $0.agreed) = ("Yes", "true") },
    Row("active is no choice", [.unread]) { $0.agreed = "active" },
    Row("Assent", [.assentIsNotConsent]) { $0.agreed = "assent" },
    Row("Child, chosen by a guardian", []) { $0.category = "child" },
    Row("Child's assent as a category", [.categoryUnknown]) { $0.category = "child-assent" },
    Row("Lacks capacity, consultee", []) { $0.category = "lacks-capacity" },
    Row("Clinician in best interests", []) { $0.category = "clinician" },
    Row("Deceased", []) { $0.category = "deceased" },
    Row("No category", [.categoryMissing]) { $0.category = nil },
    Row("Form unknown", [.formUnknown]) { $0.form = "NGIS-ROD v9" },
    Row("Form missing", [.formUnknown]) { $0.form = nil },
    Row("No date", [.dateMissing]) { $0.date = nil },
    Row("No such day", [.dateUnreadable]) { $0.date = "2026-02-30" },
    Row("Date of today", []) { $0.date = "2026-11-21" },
    Row("Date in the future", [.dateInFuture]) { $0.date = "2026-11-22" },
    Row("Not signed", [.notSigned]) { $0.signed = false },
    Row("Signature missing", [.notSigned]) { $0.signed = nil },
    Row("Remote, with clinician", []) { ($0.signed, $0.remoteClinician) = (false, "Dr A") },
    Row("Remote, clinician blank", [.notSigned]) { ($0.signed, $0.remoteClinician) = (false, "  ") },
    Row("Scope missing", [.scope]) { $0.scope = nil },
    Row("Scope other", [.scope]) { $0.scope = "clinical-audit" },
    Row("Valid until today", []) { $0.validUntil = "2026-11-21" },
    Row("Expired", [.expired]) { $0.validUntil = "2026-11-20" },
    Row("Expiry unreadable", [.dateUnreadable]) { $0.validUntil = "soon" },
    Row("Withdrawn later", [.withdrawn]) { $0.withdrawn = "2026-04-01" },
    Row("Withdrawn the same day", [.withdrawn]) { $0.withdrawn = "2026-03-01" },
    Row("Withdrawn with a date that cannot be read", [.withdrawn]) { $0.withdrawn = "yes" },
    Row("Withdrawn before a new choice", []) { $0.withdrawn = "2025-04-01" },
    Row("Another person's record", [.otherParticipant]) { $0.participant = "P-2" },
    Row("Case of letters counts", [.otherParticipant]) { $0.participant = "p-1" },
    Row("Every reason is named", [.formUnknown, .notAgreed, .dateMissing, .notSigned, .withdrawn]) {
      ($0.form, $0.agreed, $0.date, $0.signed, $0.withdrawn) = (nil, "no", nil, nil, "2026-09-09")
    },
  ]

  @Test("Every row of the table", arguments: rows)
  func table(row: Row) throws {
    var record = Self.complete()
    row.edit(&record)
    switch try decide(record) {
    case .permit(let permission):
      #expect(row.reasons.isEmpty)
      #expect(permission.participant == "P-1")
      #expect(permission.isForChild == (record.category == "child"))
    case .deny(let reasons): #expect(reasons == row.reasons)
    }
  }

  @Test("No record is a denial")
  func noRecord() throws { #expect(try decide(nil) == .deny([.noRecord])) }

  @Test(
    "An identifier that could be an NHS number, or is on the deny-list, is not used",
    arguments: ["9434765919", "2222222222", ""])
  func identifier(participant: String) throws {
    var record = Self.complete()
    record.participant = participant
    #expect(try decide(record, participant: participant) == .deny([.participantNotUsable]))
  }

  @Test("Codes are stable: lower case and hyphens, each its own")
  func codes() {
    let codes = DenialReason.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.allSatisfy { ("a"..."z").contains($0) || $0 == "-" } })
  }
}
