import EngineTestSupport
import Foundation
import Testing

@testable import Service

@Suite("A report as FHIR DiagnosticReport (reference/service.md 7)")
struct FHIRReportTests {
  static func report() -> ReportForFHIR {
    var report = ReportForFHIR(
      id: "SYN-001-draft-1", identifier: .init(system: "https://example.org/Id/report", value: "SYN-001/1"),
      status: .preliminary, issued: "2026-11-22T10:00:00+00:00",
      subject: [.init(system: "https://fhir.nhs.uk/Id/nhs-number", value: "9990001006")], performerODS: "699M0",
      specimens: [.init(system: "https://example.org/Id/specimenId", value: "SYN-S-1")], assembly: .grch38,
      conclusion: "One variant met the criteria in the regions assessed.")
    var variant = ReportForFHIR.Variant(contig: "20", position: 10_658_574, reference: "TC", alternate: "T")
    (variant.geneID, variant.geneSymbol, variant.transcript) = ("HGNC:6188", "JAG1", "NM_000214.3")
    (variant.codingHGVS, variant.zygosity, variant.depth) = ("NM_000214.3:c.1del", .heterozygous, 31)
    variant.evidence = ["Tier 1 (synthetic profile)"]
    report.variants = [variant]
    report.recommendedActions = ["Parental samples"]
    report.study = "Whole genome sequencing"
    report.order = "SYN0001"
    return report
  }

  private func object(_ report: ReportForFHIR) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try report.file())) as? [String: Any])
  }

  private static func codes(_ concepts: Any?) -> [String] {
    ((concepts as? [[String: Any]]) ?? [concepts as? [String: Any] ?? [:]])
      .flatMap { $0["coding"] as? [[String: Any]] ?? [] }.compactMap { $0["code"] as? String }
  }

  @Test("Profiles, category GE, report code, variant by 69548-6, caveat at the end of the conclusion")
  func structure() throws {
    let body = try object(Self.report())
    #expect(body["resourceType"] as? String == "DiagnosticReport")
    #expect(body["status"] as? String == "preliminary")
    #expect(Self.codes(body["category"]).first == "GE")
    #expect(Self.codes(body["code"]) == ["51969-4", "1054161000000101"])
    #expect((body["conclusion"] as? String)?.hasSuffix(ReportForFHIR.caveat) ?? false)
    let profiles = (body["meta"] as? [String: Any])?["profile"] as? [String]
    #expect(profiles?.first == "http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-report")
    let contained = try #require(body["contained"] as? [[String: Any]])
    #expect(contained.map { $0["resourceType"] as? String } == ["Observation", "Task", "Procedure"])
    let observation = contained[0]
    #expect(Self.codes(observation["code"]) == ["69548-6"])
    #expect(Self.codes(observation["category"]) == ["laboratory", "GE"])
    #expect(observation["status"] as? String == "preliminary")
    let components = try #require(observation["component"] as? [[String: Any]])
    let byCode = Dictionary(uniqueKeysWithValues: components.map { (Self.codes($0["code"])[0], $0) })
    #expect(Self.codes(byCode["48018-6"]?["valueCodeableConcept"]) == ["HGNC:6188"])
    #expect(Self.codes(byCode["53034-5"]?["valueCodeableConcept"]) == ["LA6706-1"])
    #expect(byCode["69547-8"]?["valueString"] as? String == "TC")
    let range = byCode["81254-5"]?["valueRange"] as? [String: [String: Int]]
    #expect(range?["low"]?["value"] == 10_658_574)
    #expect(range?["high"]?["value"] == 10_658_575)
  }

  @Test("Every contained resource is referred to, and every local reference is contained (R4 dom-3)")
  func references() throws {
    let body = try object(Self.report())
    let ids = Set((body["contained"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
    var found: Set<String> = []
    func collect(_ value: Any) {
      if let object = value as? [String: Any] {
        if let reference = object["reference"] as? String, reference.hasPrefix("#") {
          found.insert(String(reference.dropFirst()))
        }
        object.values.forEach(collect)
      } else if let list = value as? [Any] {
        list.forEach(collect)
      }
    }
    collect(body)
    #expect(found == ids)
    #expect(ids == ["variant-1", "action-1", "study"])
  }

  @Test("Equal reports give equal bytes")
  func deterministic() throws { #expect(try Self.report().file() == Self.report().file()) }

  @Test("A report without variants names none, and says what the caller concluded")
  func without() throws {
    var report = Self.report()
    report.variants = []
    report.conclusion = "No variant met the criteria in the regions assessed."
    let body = try object(report)
    #expect(body["result"] == nil)
    #expect(
      body["conclusion"] as? String == "No variant met the criteria in the regions assessed. \(ReportForFHIR.caveat)")
  }

  @Test("An amended report says what it replaces and why")
  func amended() throws {
    var report = Self.report()
    (report.status, report.authoriser) = (.amended, "A. Scientist")
    #expect(throws: ReportForFHIRError.self) { try report.file() }
    (report.replaces, report.amendmentReason) = (
      .init(system: "https://example.org/Id/report", value: "SYN-001/0"), "a new classification"
    )
    let extensions = try #require(try object(report)["extension"] as? [[String: Any]])
    #expect(extensions.contains { ($0["url"] as? String)?.hasSuffix("diagnosticReport-replaces") ?? false })
    #expect(String(decoding: try report.file(), as: UTF8.self).contains("Amended: a new classification"))
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var edit: @Sendable (inout ReportForFHIR) -> Void
    init(_ name: String, _ edit: @escaping @Sendable (inout ReportForFHIR) -> Void) {
      (testDescription, self.edit) = (name, edit)
    }
  }

  static let refused: [Row] = [
    Row("no id") { $0.id = "" }, Row("an NHS number as id") { $0.id = "9434765919" },
    Row("id with a blank") { $0.id = "a b" },
    Row("issued without a zone") { $0.issued = "2026-11-22T10:00:00" }, Row("no subject") { $0.subject = [] },
    Row("an invalid number") { $0.subject[0].value = "9990001007" },
    Row("a number of the deny-list") { $0.subject[0].value = "9999999999" },
    Row("no specimen") { $0.specimens = [] }, Row("no laboratory") { $0.performerODS = "" },
    Row("final without an authoriser") { $0.status = .final },
    Row("final with a blank one") { ($0.status, $0.authoriser) = (.final, " ") },
    Row("position 0") { $0.variants[0].position = 0 }, Row("symbolic allele") { $0.variants[0].alternate = "<DEL>" },
    Row("negative") { $0.conclusion = "The result is NEGATIVE." }, Row("normal in a note") { $0.notes = ["normal"] },
    Row("normal in evidence") { $0.variants[0].evidence = ["normal-allele"] },
  ]

  @Test("What cannot stand is refused", arguments: refused)
  func refusal(row: Row) throws {
    var report = Self.report()
    row.edit(&report)
    let error = #expect(throws: ReportForFHIRError.self) { try report.file() }
    #expect(!(error?.description.contains("9990001007") ?? true))
  }

  @Test("abnormal is another word than normal")
  func words() { #expect(!ReportForFHIR.isUnsafe("abnormality of the eye")) }

  /// Whether NHS England's examples are at hand.
  static let examplesAreThere = FHIRFixture.examples != nil

  @Test(
    "It has what every genomic example report has, under the same names and of the same types",
    .enabled(if: examplesAreThere))
  func examples() throws {
    let folder = try #require(FHIRFixture.examples).appendingPathComponent("DiagnosticReport")
    let own = try object(Self.report())
    var known: [String: Set<String>] = [:]
    var common: Set<String>?
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let data = try Data(contentsOf: folder.appendingPathComponent(name))
      let body = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      for (key, value) in body { known[key, default: []].insert(Self.kind(value)) }
      if Self.codes(body["category"]).contains("GE") {
        common = common.map { $0.intersection(body.keys) } ?? Set(body.keys)
      }
    }
    // Every element that all genomic examples have, but for the scanned form that they present.
    let needed = try #require(common).subtracting(["presentedForm", "conclusionCode"])
    #expect(needed.isSubset(of: own.keys), "\(needed.subtracting(own.keys))")
    for (key, value) in own { if let kinds = known[key] { #expect(kinds.contains(Self.kind(value)), "\(key)") } }
  }

  private static func kind(_ value: Any) -> String {
    switch value {
    case is [Any]: "array"
    case is [String: Any]: "object"
    case is String: "string"
    default: "other"
    }
  }
}
