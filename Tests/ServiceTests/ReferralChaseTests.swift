import Testing

@testable import Service

@Suite("What a referral waits for (reference/service.md 5, Task.statusReason)")
struct ReferralChaseTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var stage: ReferralChase.Stage
    var awaited: [TaskStatusReason]
    var edit: @Sendable (inout Referral) -> Void
    init(
      _ name: String, _ stage: ReferralChase.Stage, _ awaited: [TaskStatusReason],
      _ edit: @escaping @Sendable (inout Referral) -> Void
    ) {
      (testDescription, self.stage, self.awaited, self.edit) = (name, stage, awaited, edit)
    }
  }

  static let rows: [Row] = [
    Row("everything is there", .inLaboratory, []) { _ in },
    Row("the father's sample", .inLaboratory, [.awaitingSample]) { $0.events.removeLast() },
    Row("no sample at all", .ordered, [.awaitingSample, .awaitingSample, .awaitingSample]) { $0.events.removeLast(3) },
    Row("the mother's Record of Discussion", .inLaboratory, [.awaitingRecordOrSample]) {
      $0.family.members[1].recordOfDiscussion = nil
    },
    Row("a stored sample is there", .inLaboratory, []) {
      $0.events.removeLast()
      $0.samples[2].isStored = true
    },
    Row("a label that is not the form's", .inLaboratory, [.noSampleProvided]) {
      $0.samples[0].label?.name = "Other Person"
    },
    Row("the indication", .inLaboratory, [.awaitingOrderDetail]) { $0.indication = nil },
    Row("a number", .inLaboratory, [.furtherInformationNeeded]) { $0.family.members[0].nhsNumber = .init() },
    Row("a code of no directory", .inLaboratory, [.invalidRequest]) {
      $0.test.code = "R999.1"
      for index in $0.samples.indices { $0.samples[index].label?.testCode = nil }
    },
    Row("a task on hold", .inLaboratory, [.sampleSubOptimal]) {
      $0.tasks = [.init(code: "sample-processing", status: "on-hold", reason: .sampleSubOptimal, person: "SYN-001-M")]
    },
    Row("a task that is done waits for nothing", .inLaboratory, []) {
      $0.tasks = [.init(code: "sample-processing", status: "completed", reason: .awaitingSample)]
    },
    Row("cancelled", .cancelled, [.noLongerRequired]) {
      $0.events.append(.init(.cancelled, at: "2026-05-01T00:00:00Z"))
    },
    Row("authorised", .authorised, []) { $0.events.append(.init(.reportAuthorised, at: "2026-05-01T00:00:00Z")) },
    Row("reported, whatever is missing", .reported, []) {
      $0.indication = nil
      $0.events.append(.init(.reportIssued, at: "2026-05-01T00:00:00Z"))
    },
  ]

  @Test("A referral changed in one place", arguments: rows)
  func table(row: Row) throws {
    var referral = try ReferralCheckTests.trio()
    row.edit(&referral)
    let chase = ReferralChase(
      referral, directory: try ReferralCheckTests.directory(), asOf: try FHIRFixture.asOf(),
      options: .init(allowsTestNumbers: true))
    #expect(chase.stage == row.stage)
    #expect(chase.awaited.map(\.reason) == row.awaited)
    #expect(chase.identifier == "r26000000012")
  }

  @Test("The trio read from FHIR waits for the father's sample, and says so as its task does")
  func fromFHIR() throws {
    let found = try FHIRFixture.read([try FHIRFixture.tree("fhir/trio.bundle.json")])
    try #require(found.referrals.count == 1)
    let referral = found.referrals[0]
    #expect(referral.family.members.map(\.role) == [.proband, .mother, .father])
    #expect(referral.family.members.map(\.name) == ["Pia Ample", "Mia Ample", "Finn Ample"])
    #expect(referral.family.members[0].mother == "p10000000022")
    #expect(referral.samples.map(\.id) == ["SYN-S-1", "SYN-S-2"])
    #expect(
      referral.events.map(\.kind) == [
        .referralMade, .sampleCollected, .sampleReceived, .sampleCollected, .sampleReceived,
      ])
    #expect(referral.family.members.allSatisfy { $0.recordOfDiscussion?.participant == $0.id })
    let chase = ReferralChase(
      referral, directory: nil, asOf: try FHIRFixture.asOf(), options: .init(allowsTestNumbers: true))
    #expect(chase.awaited.filter { $0.person == "p10000000033" }.map(\.reason) == [.awaitingSample, .awaitingSample])
    // Labels are not in FHIR: nobody has read them.
    #expect(chase.awaited.filter { $0.reason == .noSampleProvided }.flatMap(\.codes) == [.labelMissing, .labelMissing])
  }
}
