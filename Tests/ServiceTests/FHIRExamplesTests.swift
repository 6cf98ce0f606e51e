import EngineTestSupport
import Foundation
import Testing

@testable import Service

/// Whether NHS England's examples are at hand; says so where they are not.
private let examplesAreThere: Bool = {
  if FHIRFixture.examples == nil { print("SKIPPED: a test needs nhs-fhir of the shared data, which is not there") }
  return FHIRFixture.examples != nil
}()

@Suite("NHS England's FHIR examples: each is read or refused, and none permits", .enabled(if: examplesAreThere))
struct FHIRExamplesTests {
  private static func files(_ kind: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = try #require(FHIRFixture.examples).appendingPathComponent(kind)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      ($0, Array(try Data(contentsOf: folder.appendingPathComponent($0))))
    }
  }

  private static func read(_ file: (name: String, bytes: [UInt8])) throws -> FHIRImport {
    // In test mode: strictness about the test range must not be what denies.
    try FHIRImport(
      files: [(file.name, file.bytes)], asOf: try FHIRFixture.asOf(), options: .init(allowsTestNumbers: true))
  }

  /// What each Consent must give, and why.
  private static let consents: [String: (reasons: [DenialReason], note: String)] = [
    // The form that they point to is not in the file: A and B are unread, and nothing tells form, date, category, signature.
    "Consent-RoD-PheobeSmitham-Example.json": (unread, "form-not-at-hand"),
    "Consent-RoD-PheobeSmithamFather-Example.json": (unread, "form-not-at-hand"),
    // Her number fails modulus 11 besides.
    "Consent-RoD-PheobeSmithamMother-Example.json": ([.participantNotUsable] + unread, "form-not-at-hand"),
    // It says of no patient whose it is.
    "Consent-RoDAvailable-Example.json": ([.participantNotUsable] + unread, "form-not-at-hand"),
    // A scan, or a link to one, without A and B transcribed.
    "Consent-RoD-PheobeSmithamAttachmentData-Example.json": (unread, "form-is-a-scan"),
    "Consent-RoD-PheobeSmithamAttachmentURL-Example.json": (unread, "form-is-a-scan"),
    // A young person's assent, which its policy names.
    "Consent-RoD-PheobeSmithamYoungPersonAssentForm-Example.json": (assent, "form-not-at-hand"),
    "Consent-RoDYoungPersonAssentFormAvailable-Example.json": (assent, "form-not-at-hand"),
    // Proposed: the form is to follow; of no patient.
    "Consent-RoDToFollow-Example.json": (
      [.participantNotUsable, .formUnknown, .unread, .formNotCompleted, .dateMissing, .categoryMissing, .notSigned],
      "no-form"
    ),
    // The ultra-rapid form: the provision is a yes, but form version, category and signature are not told.
    "Consent-UGRConsentForResearch-Example.json": (
      [.formUnknown, .categoryMissing, .notSigned], "choice-by-provision"
    ),
    // The same, and it names one document only.
    "Consent-UGRGenomicData-Example.json": (
      [.formUnknown, .categoryMissing, .notSigned, .scope], "choice-by-provision"
    ),
    // A scan of the consent to cancer genomes of 2022, of number 9999999999, which is nobody's.
    "UKCore-Consent-MichaelJonesConsent-Example-minimal.json": (
      [.participantNotUsable, .formUnknown, .unread, .categoryMissing, .notSigned], "form-is-a-scan"
    ),
    // The same with a provision that has expired and is narrowed to actors, classes and one test.
    "UKCore-Consent-MichaelJonesConsent-Example.json": (
      [.participantNotUsable, .formUnknown, .unread, .categoryMissing, .notSigned, .scope, .expired], "form-is-a-scan"
    ),
  ]
  private static let unread: [DenialReason] = [.formUnknown, .unread, .dateMissing, .categoryMissing, .notSigned]
  private static let assent: [DenialReason] = [
    .formUnknown, .unread, .assentIsNotConsent, .dateMissing, .categoryMissing, .notSigned,
  ]

  @Test("Every Consent, by name, is denied for its own reasons")
  func consent() throws {
    let files = try Self.files("Consent")
    #expect(Set(files.map(\.name)) == Set(Self.consents.keys))
    for file in files {
      let expected = try #require(Self.consents[file.name])
      let found = try Self.read(file)
      #expect(found.outcomes.count == 1)
      #expect(found.outcomes[0].verdict == .refused, "\(file.name)")
      #expect(found.outcomes[0].codes == expected.reasons.map(\.rawValue), "\(file.name)")
      #expect(found.outcomes[0].notes.contains(expected.note), "\(file.name)")
      for reading in found.readings {
        #expect(reading.decision == .deny(expected.reasons), "\(file.name)")
      }
      // Nor does what is written permit, on any day from the form's to long after.
      for record in try ConsentRecord.parse(ConsentRecord.file(found.records), path: "c") {
        for day in ["2022-07-12", "2025-04-24", "2026-11-22", "2040-01-01"] {
          let decision = ConsentDecision(
            participant: record.participant, record: record, today: try #require(CalendarDate(day)))
          guard case .permit = decision else { continue }
          Issue.record("\(file.name): a record permits on \(day)")
        }
      }
    }
  }

  /// Modulus 11 once more, written from the page of the NHS Data Dictionary.
  private static func numberCode(_ identifier: [String: Any]?) -> String? {
    guard identifier?["system"] as? String == "https://fhir.nhs.uk/Id/nhs-number",
      let digits = (identifier?["value"] as? String)?.compactMap(\.wholeNumberValue)
    else { return nil }
    guard digits.count == 10 else { return "nhs-number-invalid-length" }
    if Set(digits).count == 1 { return "nhs-number-deny-list" }
    var sum = 0
    for (weight, digit) in zip(stride(from: 10, through: 2, by: -1), digits) { sum += weight * digit }
    var check = 11 - sum % 11
    if check == 11 { check = 0 }
    return check == digits[9] && check != 10 ? nil : "nhs-number-invalid-check"
  }

  private static func object(_ file: (name: String, bytes: [UInt8])) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any])
  }

  private static func codings(_ concept: Any?) -> [[String: Any]] {
    let concepts = (concept as? [[String: Any]]) ?? [concept as? [String: Any] ?? [:]]
    return concepts.flatMap { $0["coding"] as? [[String: Any]] ?? [] }
  }

  @Test(
    "Every ServiceRequest is a referral, but the one that was revoked; invalid numbers are quarantined, not repaired")
  func serviceRequests() throws {
    let files = try Self.files("ServiceRequest")
    #expect(files.count == 34)
    var refused = 0
    for file in files {
      let body = try Self.object(file)
      let found = try Self.read(file)
      let outcome = try #require(found.outcomes.first)
      let isRevoked = body["status"] as? String == "revoked"
      #expect((outcome.verdict == .refused) == isRevoked, "\(file.name)")
      if isRevoked {
        refused += 1
        #expect(outcome.codes == ["order-revoked"])
        continue
      }
      let code = Self.codings(body["code"]).first {
        $0["system"] as? String == "https://fhir.nhs.uk/CodeSystem/England-DigitalGenomicTestService"
      }
      let identifier = (body["subject"] as? [String: Any])?["identifier"] as? [String: Any]
      let expected = [Self.numberCode(identifier), code == nil ? "test-code-missing" : nil].compactMap { $0 }
      #expect(outcome.codes == expected, "\(file.name)")
      let referral = try #require(found.referrals.first)
      #expect(referral.test.code == code?["code"] as? String)
      #expect(referral.test.directoryVersion == (code == nil ? nil : "1.0"))
      #expect(referral.urgency?.rawValue == body["priority"] as? String)
      #expect(referral.requisition == (body["requisition"] as? [String: Any])?["value"] as? String)
      #expect(referral.family.members.count == 1)
      let isNumber = identifier?["system"] as? String == "https://fhir.nhs.uk/Id/nhs-number"
      #expect(referral.family.members[0].nhsNumber.value == (isNumber ? identifier?["value"] as? String : nil))
      #expect(!referral.events.isEmpty || referral.referredOn != nil, "\(file.name)")
      // What is written is read again as it was.
      #expect(try Referral(parsing: referral.file(), path: file.name) == referral)
    }
    #expect(refused == 1)
  }

  @Test("Every Task tells its status reason; every Specimen whether it was received")
  func tasksAndSpecimens() throws {
    let tasks = try Self.files("Task")
    #expect(tasks.count == 41)
    for file in tasks {
      let (body, outcome) = (try Self.object(file), try #require(try Self.read(file).outcomes.first))
      #expect(outcome.verdict == .read, "\(file.name)")
      let reason = Self.codings(body["statusReason"]).first?["code"] as? String
      #expect(
        outcome.codes.filter { $0.hasPrefix("status-reason") } == (reason.map { ["status-reason:\($0)"] } ?? []),
        "\(file.name)")
    }
    let specimens = try Self.files("Specimen")
    #expect(specimens.count == 18)
    for file in specimens {
      let (body, outcome) = (try Self.object(file), try #require(try Self.read(file).outcomes.first))
      #expect(outcome.verdict == .read, "\(file.name)")
      let isMissing =
        body["status"] as? String == "unavailable"
        || Self.codings(body["condition"]).contains { $0["code"] as? String == "SNR" }
      #expect(outcome.codes.contains("specimen-not-received") == isMissing, "\(file.name)")
    }
  }

  @Test("A DiagnosticReport is a result, not a referral")
  func reports() throws {
    for file in try Self.files("DiagnosticReport") {
      let outcome = try #require(try Self.read(file).outcomes.first)
      #expect(outcome.verdict == .refused)
      #expect(outcome.codes == ["a-result-not-a-referral"])
    }
  }

  @Test("All examples at once: one outcome a file, families by requisition, nobody permitted, no number or name told")
  func together() throws {
    var files: [(path: String, bytes: [UInt8])] = []
    for kind in ["Consent", "DiagnosticReport", "ServiceRequest", "Specimen", "Task"] {
      files += try Self.files(kind).map { ("\(kind)/\($0.name)", $0.bytes) }
    }
    let found = try FHIRImport(files: files, asOf: try FHIRFixture.asOf(), options: .init(allowsTestNumbers: true))
    #expect(found.outcomes.count == files.count)
    for reading in found.readings {
      guard case .permit = reading.decision else { continue }
      Issue.record("somebody is permitted")
    }
    // The trio's orders are one referral. The mother's order names the proband's Patient and the mother's number, which
    // is not valid: whose it is is not known, and she is not taken for the proband.
    let trio = try #require(found.referrals.first { $0.requisition == "RR-REQ12764" })
    #expect(trio.family.structure == .trio)
    #expect(trio.family.members.map(\.role) == [.proband, .father])
    let torn = found.outcomes.filter { $0.codes.contains("identity-conflict") }
    #expect(
      torn.map(\.file) == [
        "ServiceRequest/ServiceRequest-WGSTestOrderForm-DirectToLab-Example.json",
        "ServiceRequest/ServiceRequest-WGSTestOrderForm-TrioTestingProbandMother-Example.json",
        "ServiceRequest/ServiceRequest-WGSTestOrderFormUpdated-DirectToLab-Example.json",
      ])
    // Two files have one identifier and other contents.
    #expect(found.outcomes.filter { $0.codes.contains("resource-stands-twice") }.map(\.type) == ["Task", "Task"])
    for outcome in found.outcomes {
      let told = "\(outcome.codes) \(outcome.notes) \(outcome.participant ?? "")"
      #expect(!NHSNumber.mayStand(in: told))
      #expect(!told.lowercased().contains("smitham"))
    }
  }
}
