import Foundation
import Service
import Testing

@testable import Workflow

@Suite("The report of a case as a value")
struct ClinicalReportTests {
  static func report() -> ClinicalReport {
    var report = ClinicalReport(id: "C1")
    report.summary = ["1 variant meets the criteria of a tier that is shown."]
    report.exchange.subject = [.init("https://fhir.nhs.uk/Id/nhs-number", "9434765919")]
    report.exchange.specimens = [.init("urn:apus:sample", "LP1")]
    report.exchange.laboratory = "699M0"
    report.exchange.assembly = "GRCh38"
    report.findings = [
      .init(
        tier: "TIER1", gene: "JAG1", variant: "20:10 A>G", names: [], consequence: "stop_gained", genotypes: [],
        basis: ["tier1.high-impact"], notes: [], evidence: [],
        allele: .init(
          contig: "20", position: 10, reference: "A", alternate: "G", hgnc: "HGNC:6188", transcript: nil, hgvsc: nil,
          hgvsp: nil, copies: [1, 2], depth: 30))
    ]
    return report
  }

  @Test("A DiagnosticReport has the status, the variant and its zygosity")
  func fhir() throws {
    let files = try Self.report().files(issued: "2026-03-10T09:00:00+00:00")
    let bytes = try #require(files.first { $0.name == "report.fhir.json" }?.bytes)
    let json = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(json["resourceType"] as? String == "DiagnosticReport" && json["status"] as? String == "preliminary")
    let text = String(decoding: bytes, as: UTF8.self)
    for word in ["HGNC:6188", "Heterozygous", "Decision support, not an authorised report.", "9434765919"] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("What keeps a DiagnosticReport from being written is told", arguments: ["laboratory", "assembly", "subject"])
  func notWritten(field: String) throws {
    var report = Self.report()
    switch field {
    case "laboratory": report.exchange.laboratory = nil
    case "assembly": report.exchange.assembly = nil
    default: report.exchange.subject = []
    }
    let files = try report.files(issued: "2026-03-10T09:00:00+00:00")
    #expect(!files.contains { $0.name == "report.fhir.json" })
    let json = String(decoding: try #require(files.first { $0.name == "report.json" }).bytes, as: UTF8.self)
    #expect(json.contains("notWritten"))
  }

  @Test("An authorised report stays where the result is the same, and is followed by an amended draft where it differs")
  func following() throws {
    let day = try #require(CalendarDate("2026-03-10"))
    let final = try Self.report().authorised(by: "A. Scientist", on: day, isReleased: false)
    #expect(try Self.report().following(final, reason: "why") == final)
    var other = Self.report()
    other.findings = []
    let draft = try other.following(final, reason: "why")
    #expect(draft.status == .amendedDraft && draft.version == 2 && draft.supersedes == 1 && draft.reason == "why")
    #expect(draft.authoriser == nil && draft.findings.isEmpty)
  }
}
