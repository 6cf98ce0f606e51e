import Annotation
import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Interpretation

private let hasGenome = SharedData.has("na12878/genes.gff3") && SharedData.has("na12878/b37.chr20.fa.gz")

/// Real genes on real sequence, with variants that are put into a person's calls.
@Suite(.enabled(if: hasGenome)) struct RealPanelsTests {
  private let folder: TemporaryFolder
  private let cache: AnnotationCache
  private let resources = RunResources(threads: 2)
  private let panelFolder = URL(fileURLWithPath: TrioCache.trio).deletingLastPathComponent().path + "/panels/"

  init() async throws {
    folder = try TemporaryFolder()
    for suffix in ["", ".fai", ".gzi"] {
      try FileManager.default.copyItem(
        atPath: SharedData.path("na12878/b37.chr20.fa.gz\(suffix)"), toPath: folder("chr20.fa.gz\(suffix)"))
    }
    try await buildCache(
      fasta: folder("chr20.fa.gz"), annotation: SharedData.path("na12878/genes.gff3"), output: folder("c.cache"),
      force: true, resources: resources)
    cache = try AnnotationCache(path: folder("c.cache"))
  }

  private func tier(_ lines: [String]) async throws -> (FamilyReading, TieringResult) {
    let contig = try #require(cache.contigs.contigs.first)
    let header =
      "##fileformat=VCFv4.2\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"G\">\n"
      + "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"A\">\n##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"D\">\n"
      + "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Q\">\n##contig=<ID=\(contig.name),length=\(contig.length ?? 0)>\n"
      + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
    let sorted = lines.sorted { position($0) < position($1) }
    try folder.write(header + sorted.joined(), to: "P.vcf")
    let profile = try TieringProfile.named("gel-nembus-draft")
    let panels = try PanelSet.read(["jag1.json", "mkks.json", "signed-off.json"].map { panelFolder + $0 })
    let assembly = cache.build.assembly.flatMap { Assembly(rawValue: $0) }
    #expect(assembly == .grch37)
    let pedigree = try Pedigree([.init(family: "1", name: "P", affection: .affected)])
    let annotator = try ConsequenceAnnotator(cache, input: "P.vcf", options: tieringOptions)
    let reading = try await readFamily(
      FamilyInput(pedigree: pedigree, pedigreePath: "ped", files: [folder("P.vcf")]), annotator: annotator,
      criteria: CandidateCriteria(profile: profile, panels: PanelIndex(panels, assembly: assembly)),
      resources: resources)
    let tierer = Tierer(
      profile: profile, panels: panels, family: reading.family, assembly: assembly, loaded: reading.loaded)
    return (reading, tierer.tier(reading.candidates))
  }

  private func position(_ line: String) -> Int { Int(line.split(separator: "\t")[1]) ?? 0 }

  private func line(_ position: Int, _ reference: String, _ alternate: String) -> String {
    vcfLine(cache.contigs.contigs[0].name, position, reference, alternate, ["0/1:20,20:40:80"])
  }

  /// The CDS of a gene, by exon, from 1.
  private func coding(_ symbol: String) throws -> [ClosedRange<Int>] {
    let lines = String(decoding: try readFile(SharedData.path("na12878/genes.gff3")), as: UTF8.self)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t") }
    func attribute(_ key: String, _ columns: [Substring]) -> String? {
      columns[8].split(separator: ";").first { $0.hasPrefix("\(key)=") }.map { String($0.dropFirst(key.count + 1)) }
    }
    let gene = try #require(lines.first { $0[2] == "gene" && attribute("Name", $0) == symbol })
    let transcripts = Set(
      lines.filter { attribute("Parent", $0) == attribute("ID", gene) }.compactMap { attribute("ID", $0) })
    return lines.filter { $0[2] == "CDS" && transcripts.contains(attribute("Parent", $0) ?? "") }
      .compactMap { columns in
        guard let first = Int(columns[3]), let last = Int(columns[4]), first <= last else { return nil }
        return first...last
      }
  }

  private func bases(_ range: ClosedRange<Int>) throws -> [UInt8] {
    try cache.bases(
      of: Region(
        contig: cache.contigs.contigs[0].name, start: ZeroBasedPosition(range.lowerBound - 1),
        end: ZeroBasedPosition(range.upperBound)))
  }

  @Test(
    "A spiked JAG1 frameshift is tier 1, a synonymous one untiered with its reason, a single MKKS heterozygote a near miss"
  )
  func spiked() async throws {
    // All changes of one base in an exon, of which a synonymous one is taken.
    let exon = try #require(try coding("JAG1").first { $0.count > 90 })
    let inside = (exon.lowerBound + 20)...(exon.lowerBound + 60)
    var lines: [String] = []
    for (offset, base) in try bases(inside).enumerated() {
      for alternate in ["A", "C", "G", "T"] where alternate.utf8.first != base {
        lines.append(line(inside.lowerBound + offset, String(decoding: [base], as: UTF8.self), alternate))
      }
    }
    let (all, _) = try await tier(lines)
    let synonymous = try #require(
      all.candidates.first { one in
        !one.transcripts.isEmpty && one.transcripts.allSatisfy { $0.terms == ["synonymous_variant"] }
      })
    #expect(synonymous.transcripts.allSatisfy { $0.symbol == "JAG1" })

    let gone = inside.upperBound + 5
    let anchor = String(decoding: try bases(gone...gone), as: UTF8.self)
    let deleted = String(decoding: try bases(gone...(gone + 1)), as: UTF8.self)
    let other = try #require(try coding("MKKS").first { $0.count > 90 })
    let place = other.lowerBound + 30
    let otherAnchor = String(decoding: try bases(place...place), as: UTF8.self)
    let otherDeleted = String(decoding: try bases(place...(place + 1)), as: UTF8.self)
    let (reading, result) = try await tier([
      line(synonymous.position, synonymous.reference, synonymous.alternate), line(gone, deleted, anchor),
      line(place, otherDeleted, otherAnchor),
    ])
    #expect(reading.candidates.count == 3)
    func variant(_ symbol: String, _ term: String) throws -> TieredVariant {
      let candidate = try #require(
        reading.candidates.first { one in one.transcripts.contains { $0.symbol == symbol && $0.terms.contains(term) } })
      return try #require(result.variants.first { $0.position == candidate.position })
    }
    let frameshift = try variant("JAG1", "frameshift_variant")
    #expect(frameshift.highest == .tier1)
    // No frequency was loaded: the tier rests on what could not be asked, and says so.
    #expect(frameshift.isProvisional && !result.banners.isEmpty)
    let silent = try variant("JAG1", "synonymous_variant")
    #expect(
      silent.tiers.isEmpty && silent.nearMisses.contains { $0.label == .consequenceNotListed && $0.gene == "JAG1" })
    let single = try variant("MKKS", "frameshift_variant")
    #expect(single.highest == nil || single.highest == .tier3)
    #expect(single.nearMisses.contains { $0.label == .singleHeterozygote && $0.gene == "MKKS" })
    let report = TierReport(reading, result, cache: cache, showsIncomplete: false)
    let text = String(decoding: try report.json(), as: UTF8.self)
    #expect(text.contains("\"TIER1\"") && text.contains("GRCh37"))
    #expect(!text.lowercased().contains("negative"))
  }
}
