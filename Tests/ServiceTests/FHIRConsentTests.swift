import EngineTestSupport
import Testing

@testable import Service

@Suite("A choice read from FHIR: default deny (reference/service.md 4.2)")
struct FHIRConsentTests {
  struct Fixture: Sendable, CustomTestStringConvertible {
    var testDescription: String { name }
    var name: String
    var reasons: [DenialReason]
    /// Whether a record is written: not where none could hold why it denies.
    var writes = true
    init(_ name: String, _ reasons: [DenialReason], writes: Bool = true) {
      (self.name, self.reasons, self.writes) = (name, reasons, writes)
    }
  }

  static let fixtures: [Fixture] = [
    Fixture("yes", []), Fixture("remote", []), Fixture("guardian", []), Fixture("ultra-rapid", []),
    Fixture("no", [.notAgreed]), Fixture("not-discussed", [.notDiscussed]),
    Fixture("contradiction", [.contradictionQuarantine]), Fixture("withdrawal", [.withdrawn]),
    Fixture("unknown-form", [.formUnknown]),
    Fixture("assent", [.formUnknown, .unread, .assentIsNotConsent, .dateMissing, .categoryMissing, .notSigned]),
    Fixture("consultee", [.formUnknown, .unread, .dateMissing, .categoryMissing, .notSigned]),
  ]

  @Test("The forms of TestData/fhir", arguments: fixtures)
  func fixture(row: Fixture) throws {
    let found = try FHIRFixture.read([try FHIRFixture.tree("fhir/\(row.name).json")])
    try #require(found.readings.count == 1)
    let reading = found.readings[0]
    #expect(denials(reading.decision) == row.reasons)
    #expect((reading.record != nil) == row.writes)
    // What is written decides as what was read.
    let register = try register(found)
    #expect(register.decision(participant: reading.participant, today: try FHIRFixture.asOf().day) == reading.decision)
  }

  private func denials(_ decision: ConsentDecision) -> [DenialReason] {
    switch decision {
    case .permit: []
    case .deny(let reasons): reasons
    }
  }

  private func register(_ found: FHIRImport) throws -> ConsentRegister {
    var register = ConsentRegister()
    try register.add(try ConsentRecord.parse(ConsentRecord.file(found.records), path: "written"), path: "written")
    return register
  }

  @Test("A number of the test range is a person in test mode alone")
  func testRange() throws {
    let found = try FHIRFixture.read([try FHIRFixture.tree("fhir/yes.json")], testNumbers: false)
    #expect(denials(found.readings[0].decision) == [.participantNotUsable])
    #expect(found.records.isEmpty)
  }

  /// A change of the yes form, with what it must give.
  struct Mutation: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var path: [String]
    var value: String?
    var reasons: [DenialReason]
    init(_ name: String, _ path: [String], _ value: String?, _ reasons: [DenialReason]) {
      (testDescription, self.path, self.value, self.reasons) = (name, path, value, reasons)
    }
  }

  private static let a = ["@researchConfirmation1", "answer"]
  private static let b = ["@researchConfirmation2", "answer"]

  static let responses: [Mutation] = [
    Mutation("status in progress", ["status"], #""in-progress""#, [.formNotCompleted]),
    Mutation("status entered in error", ["status"], #""entered-in-error""#, [.formNotCompleted]),
    Mutation("status stopped", ["status"], #""stopped""#, [.formNotCompleted]),
    Mutation("no status", ["status"], nil, [.formNotCompleted]),
    Mutation("status of no string", ["status"], "true", [.formNotCompleted]),
    Mutation("amended is whole", ["status"], #""amended""#, []),
    Mutation(
      "form without a version", ["questionnaire"], #""https://fhir.nhs.uk/Questionnaire/NGIS-ROD""#, [.formUnknown]),
    Mutation(
      "form of another version", ["questionnaire"], #""https://fhir.nhs.uk/Questionnaire/NGIS-ROD|4.04""#,
      [.formUnknown]),
    Mutation(
      "version 4.030", ["questionnaire"], #""https://fhir.nhs.uk/Questionnaire/NGIS-ROD|4.030""#, [.formUnknown]),
    Mutation(
      "another questionnaire of that version", ["questionnaire"], #""https://fhir.nhs.uk/Questionnaire/Diet|4.03""#,
      [.formUnknown]),
    Mutation("no questionnaire", ["questionnaire"], nil, [.formUnknown]),
    Mutation(
      "the form's name with v", ["questionnaire"], #""https://fhir.nhs.uk/Questionnaire/01-NGIS-ROD|v4.03""#, []),
    Mutation(
      "the guide's own questionnaire, whose version is not the form's", ["questionnaire"],
      #""https://fhir.nhs.uk/Questionnaire/NHSDigital-Questionnaire-Genomics-Example|0.1.0""#, [.formUnknown]),
    Mutation(
      "an assent form with A and B", ["questionnaire"],
      #""https://fhir.nhs.uk/Questionnaire/YoungPersonAssentForm|4.03""#,
      [.formUnknown, .unread, .assentIsNotConsent]),
    Mutation("A false", a, #"[{"valueBoolean": false}]"#, [.contradictionQuarantine]),
    Mutation("A missing", a, "[]", [.unread]),
    Mutation("A in words", a, #"[{"valueString": "Yes"}]"#, [.unread]),
    Mutation("A as the text true", a, #"[{"valueString": "true"}]"#, [.unread]),
    Mutation("A as a number", a, #"[{"valueInteger": 1}]"#, [.unread]),
    Mutation(
      "A of HL7's table", a,
      #"[{"valueCoding": {"system": "http://terminology.hl7.org/CodeSystem/v2-0136", "code": "Y"}}]"#, []),
    Mutation(
      "A of another table", a, #"[{"valueCoding": {"system": "http://example.org/yes", "code": "Y"}}]"#, [.unread]),
    Mutation("A twice, alike", a, #"[{"valueBoolean": true}, {"valueBoolean": true}]"#, [.unread]),
    Mutation(
      "A yes and no", a, #"[{"valueBoolean": true}, {"valueBoolean": false}]"#, [.unread, .contradictionQuarantine]),
    Mutation("A absent for a reason", a, #"[{"valueBoolean": true, "_valueBoolean": {"extension": []}}]"#, [.unread]),
    Mutation("A with two values", a, #"[{"valueBoolean": true, "valueString": "no"}]"#, [.unread]),
    Mutation("A of no array", a, #"{"valueBoolean": true}"#, [.unread, .notUnderstood]),
    Mutation("B false", b, #"[{"valueBoolean": false}]"#, [.notAgreed]),
    Mutation("B missing", b, "[]", [.unread]),
    Mutation("B assent in words", b, #"[{"valueString": "assent"}]"#, [.unread]),
    Mutation("B no in words", b, #"[{"valueString": " No "}]"#, [.notAgreed]),
    Mutation("B is null", b, #"[{"valueBoolean": null}]"#, [.unread]),
    Mutation("no category", ["@patientCategory", "answer"], "[]", [.categoryMissing]),
    Mutation(
      "category of another table", ["@patientCategory", "answer", "0", "valueCoding", "system"],
      #""http://example.org""#,
      [.categoryMissing]),
    Mutation(
      "category not known", ["@patientCategory", "answer", "0", "valueCoding", "code"], #""ChildAssent""#,
      [.categoryUnknown]),
    Mutation(
      "no date", ["@datePatientCompletedForm", "answer"], "[]", []),
    Mutation(
      "date of a year", ["@datePatientCompletedForm", "answer", "0", "valueDateTime"], #""2026""#, [.dateUnreadable]),
    Mutation(
      "date that is none", ["@datePatientCompletedForm", "answer", "0", "valueDateTime"], #""last week""#,
      [.dateUnreadable]),
    Mutation(
      "no such day", ["@datePatientCompletedForm", "answer", "0", "valueDateTime"], #""2026-02-30""#, [.dateUnreadable]),
    Mutation(
      "date in the future", ["@datePatientCompletedForm", "answer", "0", "valueDateTime"], #""2026-11-23""#,
      [.dateInFuture]),
    Mutation(
      "clinician's date in the future", ["@datehealthcareProfessionalCompletedForm", "answer", "0", "valueDateTime"],
      #""2027-01-01""#, [.dateInFuture]),
    Mutation("no signature", ["@patientSignature", "answer"], "[]", [.notSigned]),
    Mutation("signature NA", ["@patientSignature", "answer", "0", "valueString"], #""NA""#, [.notSigned]),
    Mutation("signature blank", ["@patientSignature", "answer", "0", "valueString"], #""  ""#, [.notSigned]),
    Mutation(
      "signed by nobody for somebody", ["@isRespondentAttorney", "answer", "0", "valueBoolean"], "true", [.notSigned]),
    Mutation(
      "another person's number on the form", ["@nhs_Number", "answer", "0", "valueString"], #""9434765919""#,
      [.otherParticipant]),
    Mutation(
      "an invalid number on the form", ["@nhs_Number", "answer", "0", "valueString"], #""9990001007""#,
      [.otherParticipant, .participantNotUsable]),
    Mutation("a postcode on the form", ["@nhs_Number", "answer", "0", "valueString"], #""ZZ99 3VZ""#, []),
    Mutation("the number with spaces", ["@nhs_Number", "answer", "0", "valueString"], #""999 000 1006""#, []),
    Mutation(
      "the person's number is not valid", ["subject", "identifier", "value"], #""9990001007""#,
      [.otherParticipant, .participantNotUsable]),
    Mutation(
      "the person's number is on the deny-list", ["subject", "identifier", "value"], #""2222222222""#,
      [.otherParticipant, .participantNotUsable]),
    Mutation("no person's number", ["subject", "identifier"], nil, [.otherParticipant, .participantNotUsable]),
    Mutation(
      "a modifier that is not understood", ["modifierExtension"], #"[{"url": "http://example.org/not"}]"#,
      [.notUnderstood]),
    Mutation("implicit rules", ["implicitRules"], #""http://example.org/rules""#, [.notUnderstood]),
    Mutation("items of no array", ["item"], "{}", [.formUnknown]),
    Mutation(
      "says that it withdraws", ["@isRespondentAttorney"],
      #"{"linkId": "researchWithdrawal", "answer": [{"valueBoolean": true}]}"#, [.withdrawn]),
    Mutation(
      "says that it does not withdraw", ["@isRespondentAttorney"],
      #"{"linkId": "researchWithdrawal", "answer": [{"valueBoolean": false}]}"#, []),
  ]

  @Test("A response changed in one place", arguments: responses)
  func response(row: Mutation) throws {
    let form = try FHIRFixture.tree("fhir/yes.json")
    let changed = form.setting(row.path, try row.value.map { try JSONTree.parsed($0) })
    let expected = row.testDescription == "no date" ? [] : row.reasons
    let found = try FHIRFixture.read([changed])
    if row.testDescription == "items of no array" {
      // Without items it is no form at all, and so no permission.
      #expect(found.readings.isEmpty)
      #expect(found.outcomes[0].verdict == .refused)
      return
    }
    try #require(found.readings.count == 1)
    #expect(denials(found.readings[0].decision) == expected)
    if !expected.isEmpty {
      #expect(try register(found).decision(participant: "person-1", today: try FHIRFixture.asOf().day) != .deny([]))
      if case .permit = try register(found).decision(participant: "person-1", today: try FHIRFixture.asOf().day) {
        Issue.record("the record that was written permits what was denied")
      }
    }
  }

  static let consents: [Mutation] = [
    Mutation("proposed", ["status"], #""proposed""#, [.formNotCompleted]),
    Mutation("draft", ["status"], #""draft""#, [.formNotCompleted]),
    Mutation("status missing", ["status"], nil, [.formNotCompleted]),
    Mutation("entered in error", ["status"], #""entered-in-error""#, [.formNotCompleted]),
    Mutation("inactive", ["status"], #""inactive""#, [.withdrawn]),
    Mutation("rejected", ["status"], #""rejected""#, [.withdrawn]),
    Mutation("no patient", ["patient"], nil, [.otherParticipant]),
    Mutation(
      "another patient", ["patient"],
      #"{"identifier": {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990001375"}}"#, [.otherParticipant]),
    Mutation("no scope", ["scope"], nil, [.scope]),
    Mutation("scope of treatment", ["scope", "coding", "0", "code"], #""treatment""#, [.scope]),
    Mutation("permits nothing", ["provision", "type"], #""deny""#, [.unread, .notAgreed, .withdrawn]),
    Mutation("type not known", ["provision", "type"], #""perhaps""#, [.unread, .notUnderstood]),
    Mutation("no type", ["provision", "type"], nil, [.unread]),
    Mutation("purpose of treatment", ["provision", "purpose", "0", "code"], #""TREAT""#, [.unread]),
    Mutation(
      "purpose of another system", ["provision", "purpose", "0", "system"], #""http://example.org""#, [.unread]),
    Mutation(
      "a further purpose", ["provision", "purpose"],
      #"[{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "POPHLTH"}, {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HRESCH"}]"#,
      []),
    Mutation(
      "one document", ["provision", "data"],
      #"[{"meaning": "instance", "reference": {"reference": "DocumentReference/one"}}]"#, [.scope]),
    Mutation(
      "one order", ["provision", "data"],
      #"[{"meaning": "instance", "reference": {"reference": "ServiceRequest/one"}}]"#, [.scope]),
    Mutation("data of no reference", ["provision", "data"], "[{}]", [.scope]),
    Mutation("one class", ["provision", "class"], #"[{"code": "DocumentReference"}]"#, [.scope]),
    Mutation("one actor", ["provision", "actor"], "[{}]", [.scope]),
    Mutation("an exception", ["provision", "provision"], #"[{"type": "deny"}]"#, [.scope]),
    Mutation("one code", ["provision", "code"], #"[{"text": "DPYD"}]"#, [.scope]),
    Mutation("expired", ["provision", "period"], #"{"end": "2026-11-21"}"#, [.expired]),
    Mutation("ends today", ["provision", "period"], #"{"end": "2026-11-22"}"#, []),
    Mutation("ends today at nine", ["provision", "period"], #"{"end": "2026-11-22T09:00:00Z"}"#, [.expired]),
    Mutation("ends in a year's midst", ["provision", "period"], #"{"end": "2027"}"#, [.dateUnreadable]),
    Mutation("begins tomorrow", ["provision", "period"], #"{"start": "2026-11-23"}"#, [.dateInFuture]),
    Mutation("begins at no time", ["provision", "period"], #"{"start": 5}"#, [.dateUnreadable]),
    Mutation("of tomorrow", ["dateTime"], #""2026-11-23""#, [.dateInFuture]),
    Mutation("of no day", ["dateTime"], #""2026-13""#, [.dateUnreadable]),
    Mutation("not verified", ["verification"], #"[{"verified": false}]"#, [.notSigned]),
    Mutation("modifier", ["provision", "modifierExtension"], "[{}]", [.notUnderstood]),
    Mutation(
      "its form is not at hand", ["sourceReference", "reference"], #""QuestionnaireResponse/other""#,
      [.formUnknown, .categoryMissing, .notSigned]),
    Mutation("its form is a scan", ["sourceReference"], nil, [.formUnknown, .categoryMissing, .notSigned]),
    Mutation(
      "assent by its policy", ["policy"], #"[{"uri": "https://www.england.nhs.uk/young-persons-assent-form.pdf"}]"#,
      [.unread, .assentIsNotConsent]),
  ]

  @Test("A Consent whose provision is the choice, changed in one place", arguments: consents)
  func consent(row: Mutation) throws {
    let bundle = try FHIRFixture.tree("fhir/ultra-rapid.json")
    let changed = bundle.setting(["entry", "0", "resource"] + row.path, try row.value.map { try JSONTree.parsed($0) })
    let found = try FHIRFixture.read([changed])
    let outcome = try #require(found.outcomes.first { $0.type == "Consent" })
    #expect(outcome.codes == row.reasons.map(\.rawValue))
    for reading in found.readings {
      if case .permit = reading.decision { #expect(row.reasons.isEmpty) }
    }
    if row.reasons.isEmpty { #expect(found.records.count == 1) }
  }

  @Test("Of two forms the newer holds; of two of one day that differ, none; one without a day denies")
  func several() throws {
    let yes = try FHIRFixture.tree("fhir/yes.json")
    func dated(_ form: JSONTree, _ day: String, id: String) -> JSONTree {
      ["@datePatientCompletedForm", "@datehealthcareProfessionalCompletedForm"].reduce(form) {
        $0.setting([$1, "answer", "0", "valueDateTime"], .string(day))
      }.setting(["id"], .string(id))
    }
    let no = yes.setting(["@researchConfirmation2", "answer", "0", "valueBoolean"], .bool(false))
    let rows: [([JSONTree], [DenialReason])] = [
      ([dated(yes, "2026-01-01", id: "a"), dated(no, "2026-02-01", id: "b")], [.notAgreed]),
      ([dated(no, "2026-01-01", id: "a"), dated(yes, "2026-02-01", id: "b")], []),
      ([dated(no, "2026-01-01", id: "a"), dated(yes, "2026-01-01", id: "b")], [.notAgreed, .contradictionQuarantine]),
      ([dated(yes, "2026-01-01", id: "a"), dated(yes, "2026-01-01", id: "b")], []),
      // One identifier, two contents: neither is believed.
      ([dated(yes, "2026-01-01", id: "a"), dated(yes, "2026-02-01", id: "a")], [.contradictionQuarantine]),
    ]
    for (forms, reasons) in rows {
      for order in [forms, forms.reversed()] {
        #expect(denials(try FHIRFixture.read(order).readings[0].decision) == reasons)
      }
    }
    let undated = ["@datePatientCompletedForm", "@datehealthcareProfessionalCompletedForm"].reduce(no) {
      $0.setting([$1, "answer"], .array([]))
    }.setting(["id"], .string("c"))
    #expect(
      denials(try FHIRFixture.read([dated(yes, "2026-02-01", id: "a"), undated]).readings[0].decision).contains(
        .notAgreed))
  }

  @Test(
    "A withdrawal older than the choice leaves it; of the same day, later or of no day takes it back",
    arguments: [
      ("2026-03-01", true), ("2026-03-02", false), ("2026-03-03", false), ("2026", false), ("", false),
    ])
  func withdrawal(day: String, stands: Bool) throws {
    let bundle = try FHIRFixture.tree("fhir/withdrawal.json")
    var changed = bundle.setting(
      ["entry", "1", "resource", "@withdrawalDate", "answer", "0", "valueDate"], .string(day))
    if day.isEmpty { changed = changed.setting(["entry", "1", "resource", "authored"], nil) }
    if day == "2026" { changed = changed.setting(["entry", "1", "resource", "authored"], nil) }
    let found = try FHIRFixture.read([changed])
    #expect(denials(found.readings[0].decision) == (stands ? [] : [.withdrawn]))
    #expect(found.records.count == 1)
  }

  @Test("A form that another person's Consent points to still says no for its own person")
  func borrowedForm() throws {
    let yes = try FHIRFixture.tree("fhir/yes.json")
    let no = yes.setting(["@researchConfirmation2", "answer", "0", "valueBoolean"], .bool(false))
      .setting(["id"], .string("rod-no")).setting(
        ["@datePatientCompletedForm", "answer", "0", "valueDateTime"], .string("2026-04-01"))
    let other = try JSONTree.parsed(
      #"{"resourceType": "Consent", "status": "active", "scope": {"coding": [{"code": "research"}]}, "patient": {"identifier": {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990001375"}}, "sourceReference": {"reference": "QuestionnaireResponse/rod-no"}}"#
    )
    let found = try FHIRFixture.read([yes, no, other])
    #expect(found.readings.map { denials($0.decision).contains(.notAgreed) } == [true, true])
    #expect(denials(found.readings[1].decision).contains(.otherParticipant))
  }

  @Test("A young person's no beside a guardian's yes is for a person to look at")
  func dissent() throws {
    let guardian = try FHIRFixture.tree("fhir/guardian.json")
    let assent = try FHIRFixture.tree("fhir/assent.json")
    #expect(denials(try FHIRFixture.read([guardian, assent]).readings[0].decision).isEmpty)
    let dissent = assent.setting(["@consentQuestion5", "answer", "0", "valueBoolean"], .bool(false))
    #expect(denials(try FHIRFixture.read([guardian, dissent]).readings[0].decision) == [.contradictionQuarantine])
  }

  @Test("A form that says yes and no under one name is refused, not read")
  func duplicateNames() {
    let text = #"{"resourceType": "QuestionnaireResponse", "status": "completed", "status": "draft"}"#
    #expect(throws: (any Error).self) {
      try FHIRImport(files: [("f.json", Array(text.utf8))], asOf: try FHIRFixture.asOf())
    }
  }

  @Test("Each person of a trio follows their own form; names come from the table, then from the CIP-API identifier")
  func trio() throws {
    let table = try FHIRImport.participants(try FHIRFixture.bytes("fhir/participants.tsv"), path: "participants.tsv")
    let bundle = try FHIRFixture.read([try FHIRFixture.tree("fhir/trio.bundle.json")], participants: table)
    #expect(bundle.readings.map(\.participant) == ["SYN-001-P", "SYN-001-M", "SYN-001-F"])
    #expect(bundle.readings.map { denials($0.decision) } == [[], [], [.notAgreed]])
    let lines = try FHIRImport(
      files: [("trio.ndjson", try FHIRFixture.bytes("fhir/trio.ndjson"))], asOf: try FHIRFixture.asOf(),
      options: .init(participants: table, allowsTestNumbers: true))
    #expect(lines.readings == bundle.readings)
    #expect(lines.referrals == bundle.referrals)
    let unnamed = try FHIRFixture.read([try FHIRFixture.tree("fhir/trio.bundle.json")])
    #expect(unnamed.readings.map(\.participant) == ["p10000000011", "p10000000022", "p10000000033"])
  }
}
