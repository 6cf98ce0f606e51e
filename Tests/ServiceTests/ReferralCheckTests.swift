import EngineTestSupport
import Genomics
import Testing

@testable import Service

/// A directory that tells structures and specialties, which files of `apus-test-directory/1` need not.
private struct TellingDirectory: DirectoryLookup {
  var version = "5.1"
  var structures: [ReferralFamily.Structure] = []
  var specialties: [String] = []
  func entry(testCode: String) -> DirectoryEntry? {
    testCode == "R14.1"
      ? DirectoryEntry(
        testCode: "R14.1", name: "Acutely unwell children", method: "WGS", isWholeGenome: true, structures: structures,
        specialties: specialties) : nil
  }
  func testCodes(indication: String) -> [String] { indication == "R14" ? ["R14.1"] : [] }
}

@Suite("Whether a referral can be accepted (reference/service.md 5)")
struct ReferralCheckTests {
  static func trio() throws -> Referral {
    try Referral(parsing: try FHIRFixture.bytes("referral/trio.json"), path: "trio.json")
  }

  static func directory() throws -> ReferralDirectory {
    ReferralDirectory(try TestDirectory(json: try FHIRFixture.bytes("referral/directory.json"), file: "directory.json"))
  }

  private func check(
    _ referral: Referral, _ directory: (any DirectoryLookup)?, asOf: String = "2026-11-22"
  ) throws -> ReferralCheck {
    ReferralCheck(
      referral, directory: directory, asOf: try FHIRFixture.asOf(asOf), options: .init(allowsTestNumbers: true))
  }

  @Test("The trio of TestData is acceptable; the father's no to research is told and blocks nothing")
  func acceptable() throws {
    let check = try check(try Self.trio(), try Self.directory())
    #expect(check.isAcceptable)
    #expect(check.reasons.isEmpty)
    #expect(check.research.map(\.person) == ["SYN-001-P", "SYN-001-M", "SYN-001-F"])
    #expect(check.research.map(\.denials) == [[], [], [.notAgreed]])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var refusals: [ReferralReason.Code]
    var warnings: [ReferralReason.Code]
    var edit: @Sendable (inout Referral) -> Void
    init(
      _ name: String, _ refusals: [ReferralReason.Code], warnings: [ReferralReason.Code] = [],
      _ edit: @escaping @Sendable (inout Referral) -> Void
    ) {
      (testDescription, self.refusals, self.warnings, self.edit) = (name, refusals, warnings, edit)
    }
  }

  static let rows: [Row] = [
    // Identity.
    Row("check digit", [.nhsNumberInvalidCheck, .labelNumberDiffers]) {
      $0.family.members[0].nhsNumber.value = "9990001007"
    },
    Row("length", [.nhsNumberInvalidLength, .labelNumberDiffers]) {
      $0.family.members[0].nhsNumber.value = "999000100"
    },
    Row("deny-list", [.nhsNumberDenyList, .labelNumberDiffers]) { $0.family.members[0].nhsNumber.value = "2222222222" },
    Row("spaces are no fault", []) { $0.family.members[0].nhsNumber.value = "999 000 1006" },
    Row("no number, no reason", [.nhsNumberMissing]) { $0.family.members[0].nhsNumber.value = nil },
    Row("no number, a reason", []) { $0.family.members[0].nhsNumber = .init(nil, absentReason: "Overseas") },
    Row("no number, a blank reason", [.nhsNumberMissing]) {
      $0.family.members[0].nhsNumber = .init(nil, absentReason: " ")
    },
    Row("one number of two people", [.nhsNumberShared, .labelNumberDiffers]) {
      $0.family.members[1].nhsNumber = $0.family.members[0].nhsNumber
    },
    Row("referral identifier", [.identifierMalformed]) { $0.referral = "r123" },
    Row("patient identifier", [.identifierMalformed]) { $0.family.members[0].patientIdentifier = "q10000000011" },
    Row("a person twice", [.personTwice]) { referral in
      var again = referral.family.members[1]
      (again.role, again.nhsNumber) = (.otherRelative, .init(nil, absentReason: "x"))
      referral.family.members.append(again)
    },
    Row("no name", [.nameMissing]) { $0.family.members[0].name = "  " },
    Row("no birth date", [.birthDateMissing]) { $0.family.members[0].birthDate = nil },
    Row("birth date unreadable", [.birthDateUnreadable, .labelBirthDateDiffers]) {
      $0.family.members[0].birthDate = "05/05/2015"
    },
    Row("birth date in the future", [.birthDateInFuture, .labelBirthDateDiffers]) {
      $0.family.members[0].birthDate = "2026-11-23"
    },
    // Order.
    Row("no clinical referral", [.noClinicalReferral]) { $0.events.removeFirst() },
    Row("a day is a clinical referral too", []) {
      $0.events.removeFirst()
      $0.referredOn = "2026-03-03"
    },
    Row("no code", [.testCodeMissing, .recordNeedUnknown]) {
      $0.test.code = nil
      $0.family.members[0].recordOfDiscussion = nil
    },
    Row("a code of no form", [.testCodeUnknown, .labelTestDiffers, .labelTestDiffers, .labelTestDiffers]) {
      $0.test.code = "hearing"
    },
    Row(
      "a code that the version does not have",
      [.testCodeNotInVersion, .labelTestDiffers, .labelTestDiffers, .labelTestDiffers]
    ) { $0.test.code = "R999.1" },
    Row(
      "an indication in place of a test",
      [.testCodeNotInVersion, .labelTestDiffers, .labelTestDiffers, .labelTestDiffers]
    ) { $0.test.code = "R14" },
    Row("no version", [.directoryVersionMissing]) { $0.test.directoryVersion = nil },
    Row("another version", [.directoryVersionDiffers]) { $0.test.directoryVersion = "4" },
    Row("cancelled", [.orderCancelled]) { $0.events.append(.init(.cancelled, at: "2026-03-04T10:00:00Z")) },
    Row("a hub that nobody knows", [], warnings: [.organisationUnknown]) { $0.homeHub = .init(ods: "ZZZ", name: nil) },
    Row("an older name of a hub", []) { $0.homeHub = .init(ods: nil, name: "London North") },
    Row("no reporting laboratory", [], warnings: [.organisationMissing]) { $0.reportingLaboratory = nil },
    // Eligibility.
    Row("no indication", [.indicationMissing]) { $0.indication = "" },
    Row("a phenotype of no form", [.phenotypeMalformed]) { $0.phenotypes = [.init("HP:125")] },
    Row("urgent without a reason", [], warnings: [.urgencyReasonMissing]) { $0.urgency = .urgent },
    Row("no proband", [.probandMissing]) { $0.family.members[0].role = .sibling },
    Row("two probands", [.probandTwice, .structureDiffers]) { $0.family.members[1].role = .proband },
    Row("two mothers", [.parentTwice]) { referral in
      var second = referral.family.members[1]
      (second.id, second.nhsNumber, second.patientIdentifier) = ("M2", .init(nil, absentReason: "x"), nil)
      second.recordOfDiscussion = nil
      referral.family.members.append(second)
    },
    Row("a parent who is not there", [.parentUnknown]) { $0.family.members[0].mother = "nobody" },
    Row("a male mother", [.parentSex]) { $0.family.members[1].sex = .male },
    Row("a father by role alone, female", [.parentSex]) {
      $0.family.members[0].father = nil
      $0.family.members[2].sex = .female
    },
    Row("a parent of unknown sex", []) { $0.family.members[1].sex = .unknown },
    Row("own mother", [.ownParent]) { $0.family.members[0].mother = "SYN-001-P" },
    Row("the mother is her child's child", [.familyCycle, .familyCycle]) { $0.family.members[1].mother = "SYN-001-P" },
    Row("no role", [.roleMissing, .structureDiffers], warnings: [.parentsAbsent]) {
      $0.family.members[2].role = nil
      $0.family.members[0].father = nil
    },
    Row("a trio without the father", [.structureDiffers], warnings: [.parentsAbsent]) {
      $0.family.members.removeLast()
      $0.family.members[0].father = nil
      $0.samples.removeLast()
      $0.events.removeLast()
    },
    Row("a singleton by whole genome", [], warnings: [.parentsAbsent]) {
      $0.family.structure = .singleton
      $0.family.members.removeLast(2)
      ($0.family.members[0].father, $0.family.members[0].mother) = (nil, nil)
      $0.samples.removeLast(2)
      $0.events.removeLast(2)
    },
    // Sample.
    Row("a sample twice", [.sampleTwice]) { $0.samples.append($0.samples[0]) },
    Row("a sample of nobody", [.samplePersonUnknown]) { referral in
      referral.samples[1].person = "nobody"
      referral.family.members[1].recordOfDiscussion = nil
    },
    Row("a sample of another order", [.sampleOtherOrder]) { $0.samples[0].order = "OTHER" },
    Row("a tumour", [.sampleOriginWrong]) { $0.samples[0].origin = .solidTumour },
    Row("no proband's sample", [], warnings: [.sampleAwaited]) {
      $0.samples.removeFirst()
      $0.events.remove(at: 1)
    },
    Row("label not read", [.labelMissing]) { $0.samples[0].label = nil },
    Row("label without name", [.labelNameMissing]) { $0.samples[0].label?.name = nil },
    Row("label without birth date", [.labelBirthDateMissing]) { $0.samples[0].label?.birthDate = "" },
    Row("label without numbers", [.labelNumberMissing]) { $0.samples[0].label?.nhsNumber = nil },
    Row("label with a hospital number alone", []) {
      $0.samples[0].label?.nhsNumber = nil
      $0.samples[0].label?.hospitalNumber = "H1"
    },
    Row("label's number not valid", [.labelNumberInvalid, .labelNumberDiffers]) {
      $0.samples[0].label?.nhsNumber = "1234567890"
    },
    Row("label of somebody else", [.labelNameDiffers, .labelBirthDateDiffers, .labelNumberDiffers]) {
      $0.samples[0].label = $0.samples[1].label
    },
    Row("label's hospital number", [.labelHospitalNumberDiffers]) {
      $0.samples[0].label?.hospitalNumber = "H1"
      $0.family.members[0].hospitalNumber = "H2"
    },
    Row("label of another test", [.labelTestDiffers]) { $0.samples[0].label?.testCode = "R67.1" },
    Row("label without test", []) { $0.samples[0].label?.testCode = nil },
    // Record of Discussion.
    Row("whole genome without a Record of Discussion", [.recordMissing]) {
      $0.family.members[1].recordOfDiscussion = nil
    },
    Row("another test needs none", [.labelTestDiffers, .labelTestDiffers, .labelTestDiffers]) {
      $0.test.code = "R67.1"
      $0.family.members[1].recordOfDiscussion = nil
    },
    Row("of somebody else", [.recordOfAnother]) { $0.family.members[1].recordOfDiscussion?.participant = "SYN-001-P" },
    Row("assent", [.recordIsAssent]) { $0.family.members[0].recordOfDiscussion?.agreed = "assent" },
    Row("undated", [.recordUndated]) { $0.family.members[0].recordOfDiscussion?.date = nil },
    Row("in the future", [.recordInFuture]) { $0.family.members[0].recordOfDiscussion?.date = "2026-11-23" },
    Row("unsigned", [.recordUnsigned]) { $0.family.members[0].recordOfDiscussion?.signed = false },
    Row("a no to research is no reason", []) {
      $0.family.members[0].recordOfDiscussion?.discussed = "no"
      $0.family.members[0].recordOfDiscussion?.agreed = "no"
    },
    // Events.
    Row("a time without a zone", [.eventUnreadable]) { $0.events[1].at = "2026-03-06T12:00:00" },
    Row("in the future", [.eventInFuture]) { $0.events[1].at = "2026-11-23T00:00:00Z" },
    Row("of an unknown sample", [.eventSampleUnknown]) {
      $0.events.append(.init(.dnaReceived, at: "2026-03-07T00:00:00Z", sample: "X"))
    },
    Row("DNA before the sample", [.eventsOutOfOrder]) {
      $0.events.append(.init(.dnaReceived, at: "2026-03-06T11:59:00Z", sample: "SYN-S-1"))
    },
    Row("the same moment in another zone", []) {
      $0.events.append(.init(.dnaReceived, at: "2026-03-06T13:00:00+01:00", sample: "SYN-S-1"))
    },
    Row("report before data, three times", [.eventsOutOfOrder, .eventsOutOfOrder, .eventsOutOfOrder]) {
      $0.events.append(.init(.dataReceived, at: "2026-05-01T00:00:00Z"))
      $0.events.append(.init(.reportAuthorised, at: "2026-04-01T00:00:00Z"))
    },
    Row("received before the referral", [.sampleBeforeReferral]) { $0.events[1].at = "2026-03-03T09:59:59Z" },
    Row("stored before the referral", []) {
      $0.events[1].at = "2026-01-01T00:00:00Z"
      $0.samples[0].isStored = true
    },
    Row("received before the referral's day", [.sampleBeforeReferral]) {
      $0.events[0] = .init(.sampleReceived, at: "2026-03-02T23:00:00Z", sample: "SYN-S-1")
      $0.events.remove(at: 1)
      $0.referredOn = "2026-03-03"
    },
    Row("the referral's day is none", [.eventUnreadable]) { $0.referredOn = "3 March" },
    Row(
      "every reason is told",
      [.nhsNumberMissing, .testCodeMissing, .indicationMissing, .labelMissing, .recordUndated, .eventUnreadable]
    ) {
      $0.family.members[0].nhsNumber.value = nil
      $0.test.code = nil
      $0.indication = nil
      $0.samples[0].label = nil
      $0.family.members[0].recordOfDiscussion?.date = "x"
      $0.events[2].at = "noon"
    },
  ]

  @Test("A referral changed in one place", arguments: rows)
  func table(row: Row) throws {
    var referral = try Self.trio()
    row.edit(&referral)
    let check = try check(referral, try Self.directory())
    #expect(check.refusals.map(\.code) == row.refusals)
    #expect(check.warnings.map(\.code) == row.warnings)
    #expect(check.isAcceptable == row.refusals.isEmpty)
    // In the gates' order, each with something to say and something that reverses it.
    let gates = check.reasons.map { ReferralReason.Gate.allCases.firstIndex(of: $0.gate) ?? -1 }
    #expect(gates == gates.sorted())
    #expect(check.reasons.allSatisfy { !$0.message.isEmpty && !$0.evidence.isEmpty })
  }

  @Test("Without a directory the test is not looked up; what depends on it is unknown, not passed")
  func noDirectory() throws {
    var referral = try Self.trio()
    #expect(try check(referral, nil).warnings.map(\.code) == [.directoryNotGiven])
    #expect(try check(referral, nil).isAcceptable)
    referral.family.members[0].recordOfDiscussion = nil
    #expect(try check(referral, nil).refusals.map(\.code) == [.recordNeedUnknown])
  }

  @Test("The directory's structures and specialties, where it tells them")
  func telling() throws {
    var referral = try Self.trio()
    #expect(
      try check(referral, TellingDirectory(structures: [.trio], specialties: ["clinical genetics "])).reasons.isEmpty)
    #expect(
      try check(referral, TellingDirectory(structures: [.singleton])).refusals.map(\.code) == [.structureNotTaken])
    #expect(
      try check(referral, TellingDirectory(specialties: ["Neurology"])).refusals.map(\.code) == [
        .specialtyNotAuthorised
      ])
    referral.requester.specialty = nil
    #expect(
      try check(referral, TellingDirectory(specialties: ["Neurology"])).refusals.map(\.code) == [.specialtyMissing])
  }

  @Test("DPYD asks for the cancer, the clinician and the hospital")
  func dpyd() throws {
    var referral = try Self.trio()
    referral.test.code = "M219.3"
    for index in referral.samples.indices { referral.samples[index].label?.testCode = "M219.3" }
    referral.requester = .init()
    #expect(
      try check(referral, try Self.directory()).refusals.map(\.code) == [
        .cancerTypeMissing, .clinicianMissing, .hospitalMissing,
      ])
    referral.requester = .init(clinician: "Dr T. Est", hospital: "Synthetic Hospital")
    referral.cancerType = "colorectal"
    #expect(try check(referral, try Self.directory()).isAcceptable)
  }

  @Test("Numbers of the test range are refused where they are not allowed")
  func testRange() throws {
    let check = ReferralCheck(try Self.trio(), directory: try Self.directory(), asOf: try FHIRFixture.asOf())
    #expect(Set(check.refusals.map(\.code)) == [.nhsNumberTestOnly])
    #expect(check.refusals.count == 3)
  }

  @Test("Nothing that is told holds a name, a number or a birth date, whatever people are called", arguments: rows)
  func secrets(row: Row) throws {
    var referral = try Self.trio()
    // Somebody made the identifiers of what they should not be made of.
    referral.family.members[0].id = "Pia_Ample"
    referral.family.members[0].recordOfDiscussion?.participant = "Pia_Ample"
    referral.family.members[1].id = "9990001375"
    referral.family.members[2].id = "F-04031984"
    referral.family.members[0].mother = "9990001375"
    referral.family.members[0].father = "F-04031984"
    for (index, id) in ["Pia_Ample", "9990001375", "F-04031984"].enumerated() { referral.samples[index].person = id }
    referral.samples[0].id = "ample-blood"
    referral.events[1].sample = "ample-blood"
    referral.referral = "r9990001375"
    referral.order = "Ample1"
    row.edit(&referral)
    let asOf = try FHIRFixture.asOf()
    let check = ReferralCheck(referral, directory: try Self.directory(), asOf: asOf)
    let chase = ReferralChase(referral, directory: try Self.directory(), asOf: asOf)
    let told =
      String(decoding: check.file(source: "f"), as: UTF8.self).lowercased()
      + String(decoding: ReferralChaseList(answers: [("f", chase)], refused: []).file(), as: UTF8.self).lowercased()
    for secret in [
      "pia", "_ample", "ample-blood", "ample1", "mia", "finn", "9990001006", "9990001375", "9990002118", "999 000",
      "2015-05-05", "1985-01-02",
      "1984-03-04", "04031984", "t. est",
    ] {
      #expect(!told.contains(secret), "\(secret) is told")
    }
  }
}
