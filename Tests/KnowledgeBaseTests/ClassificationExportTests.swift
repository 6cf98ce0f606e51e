import Foundation
import GenomicFiles
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("The laboratory's own VCF of classifications")
struct ClassificationExportTests {
  let folder: TemporaryFolder
  let resources = RunResources(threads: 2)
  init() throws { folder = try TemporaryFolder() }

  private func base(_ purpose: KnowledgeBase.Purpose, _ name: String = "kb") throws -> KnowledgeBase {
    var random = SplitMix64(seed: 5)
    let base = try KnowledgeBase.create(path: folder(name), purpose: purpose)
    _ = try base.add([try Generated.contribution("A", key: base.key, using: &random)])
    return base
  }

  private func event(
    _ contig: String, _ start: Int, _ alternate: String, _ name: String, _ day: String,
    laboratory: String = "699M0", kind: ClassificationEvent.Kind = .germline, criteria: [String] = []
  ) throws -> ClassificationEvent.Entry {
    ClassificationEvent.Entry(
      event: ClassificationEvent(
        contig: contig, start: start, reference: "A", alternate: alternate, kind: kind, classification: name,
        date: try Generated.day(day), revision: 0, criteria: criteria, laboratory: laboratory, versions: [:], id: nil),
      participant: "A")
  }

  @Test(
    "Latest, totals and history by the East hub's names, in order, with an index; of either purpose",
    .enabled(if: Peer.has("bcftools", "tabix")), arguments: KnowledgeBase.Purpose.allCases)
  func fields(purpose: KnowledgeBase.Purpose) async throws {
    let base = try base(purpose)
    _ = try base.classify([
      try event("MT", 70, "G", "Benign", "2024-02-03"),
      try event("1", 500, "G", "Likely_pathogenic", "2025-02-03", criteria: ["PVS1", "PM2;x"]),
      try event("1", 500, "G", "Uncertain_significance", "2023-02-03", laboratory: "Lab, one|two"),
      try event("1", 500, "G", "Uncertain_significance", "2022-02-03"),
      try event("1", 500, "G", "Oncogenic", "2026-02-03", kind: .oncogenicity),
      try event("1", 500, "C", "Benign", "2025-02-03"), try event("1", 500, "C", "Pathogenic", "2025-02-03"),
      try event("1", 99, "T", "Benign", "2021-02-03"),
    ])
    let made = try await base.exportClassifications(to: folder("c.vcf.gz"), resources: resources)
    #expect(made == KnowledgeBase.ClassificationExport(alleles: 4, events: 8))
    let format =
      "'%CHROM %POS %REF %ALT %LATEST_GERMLINE %LATEST_ONCOGENICITY %LATEST_DATE %TOTAL_GERMLINE %TOTAL_ONCOGENICITY %CONTESTED\\n'"
    let found = try Peer.run("bcftools query -f \(format) c.vcf.gz", in: folder)
    #expect(found.errors.isEmpty)
    #expect(
      found.text == """
        1 100 A T Benign . 2021-02-03 Benign(1) . .
        1 501 A C Pathogenic . 2025-02-03 Pathogenic(1)|Benign(1) . germline
        1 501 A G Likely_pathogenic Oncogenic 2026-02-03 Likely_pathogenic(1)|Uncertain_significance(2) Oncogenic(1) .
        MT 71 A G Benign . 2024-02-03 Benign(1) . .

        """)
    let history = try Peer.run("bcftools query -r 1:501 -f '%ALT %HISTORY\\n' c.vcf.gz | grep ^G", in: folder)
    #expect(
      history.text == """
        G 2026-02-03|0|oncogenicity|Oncogenic|699M0|,2025-02-03|0|germline|Likely_pathogenic|699M0|PVS1&PM2%3Bx,\
        2023-02-03|0|germline|Uncertain_significance|Lab%2C_one%7Ctwo|,2022-02-03|0|germline|Uncertain_significance|699M0|

        """)
    #expect(try Peer.run("tabix c.vcf.gz MT:71-71 | wc -l", in: folder).text.contains("1"))
    #expect(try !Peer.run("zcat c.vcf.gz", in: folder).text.contains("SAMPLE_ID"))
    // Nobody's pseudonym: that of the person whom all events are of.
    let pseudonym = base.key.pseudonym(of: "A").text
    #expect(try !Peer.run("zcat c.vcf.gz", in: folder).text.contains(pseudonym))
  }

  @Test("As many records and events as were added, in the same bytes whatever their order; an existing file is refused")
  func random() async throws {
    var random = SplitMix64()
    var entries: [ClassificationEvent.Entry] = []
    for _ in 0..<300 {
      let kind = random.pick(ClassificationEvent.Kind.allCases)
      entries.append(
        try event(
          random.pick(Generated.names), random.int(0...20), random.pick(["C", "G"]),
          random.pick(ClassificationEvent.classes(of: kind)), "20\(random.int(10...25))-01-02", kind: kind))
    }
    var made: Set<[UInt8]> = []
    for name in ["a", "b"] {
      let base = try base(.research, name)
      _ = try base.classify(entries.shuffled(using: &random))
      let summary = try await base.exportClassifications(to: folder("\(name).vcf.gz"), resources: resources)
      #expect(summary.events == Set(entries.map(\.event)).count)
      #expect(
        summary.alleles == Set(entries.map { "\($0.event.contig) \($0.event.start) \($0.event.alternate)" }).count)
      made.insert(try folder.read("\(name).vcf.gz"))
      await #expect(throws: OutputError.self) {
        try await base.exportClassifications(to: folder("\(name).vcf.gz"), resources: resources)
      }
    }
    #expect(made.count == 1)
    let empty = try KnowledgeBase.create(path: folder("empty"), purpose: .research)
    let error = await #expect(throws: KnowledgeBaseError.self) {
      try await empty.exportClassifications(to: folder("none.vcf.gz"), resources: resources)
    }
    #expect(error?.kind == .configuration)
    #expect(try folder.names.filter { $0.hasPrefix("none") } == [])
  }
}
