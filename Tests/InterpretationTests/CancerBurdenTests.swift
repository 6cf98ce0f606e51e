import Annotation
import EngineTestSupport
import Foundation
import GenomicFiles
import TestSupport
import Testing
import Variants

@testable import Interpretation

@Suite struct CancerBurdenTests {
  /// Every substitution of the gene and its surroundings, once.
  private static func everySubstitution(_ genome: CancerGenome) -> [String] {
    (180...1020).flatMap { position in
      let ref = genome.base("chr1", position - 1)
      return "ACGT".filter { $0 != ref }.map { CancerFileTests.snv(genome, "chr1", position, alternate: $0) }
    }
  }

  /// Alleles with one of the terms on some transcript, by annotating the whole file as `apus vcf annotate` does.
  private static func annotated(_ genome: CancerGenome, _ vcf: String, terms: [String]) async throws -> Int {
    let path = try genome.folder.write(vcf, to: "all.vcf")
    let resources = RunResources(threads: 2, batchBytes: 1 << 20)
    var job = VariantJob(
      input: InputFile(path: path),
      output: OutputPlan(path: genome.folder("all.out.vcf"), container: .plain, force: true))
    job.annotator = try await consequenceAnnotator(
      cache: genome.folder("g.cache"), reference: genome.folder("genome.fa"), input: path, resources: resources)
    let result = try await processVariants(job, reference: nil, resources: resources)
    if let pending = result.pending { _ = try await pending.commit() }
    let lines = String(decoding: try genome.folder.read("all.out.vcf"), as: UTF8.self).split(separator: "\n")
    return lines.count { line in
      guard !line.hasPrefix("#") else { return false }
      let words = Set(line.split { ",|&=;\t".contains($0) }.map(String.init))
      return terms.contains(where: words.contains)
    }
  }

  @Test("Each variant counts once whatever its transcripts, and the count is that of annotating everything")
  func everything() async throws {
    let genome = try await CancerFileTests.genome()
    let vcf = genome.mutect(Self.everySubstitution(genome))
    let found = try await genome.analyse(vcf)
    let expected = try await Self.annotated(genome, vcf, terms: found.burden.terms)
    #expect(expected > 1000 && found.burden.variants == expected)
    #expect(found.burden.perMegabase == Double(expected) / 32.61 && found.burden.megabases == 32.61)
    #expect(found.burden.byType == ["snv": expected])
    let listed = try await Self.annotated(
      genome, vcf, terms: found.burden.terms + ["splice_acceptor_variant", "splice_donor_variant"])
    // Of the splice sites' four bases, three substitutions each.
    #expect(found.variants.count == listed && listed == expected + 12)
    #expect(found.variants.allSatisfy { $0.consequences.map(\.gene) == ["G1"] })
    #expect(found.variants.allSatisfy { $0.consequences[0].transcript.hasPrefix("T2") })
  }

  @Test("Terms are the profile's: splice sites count where it says so")
  func terms() async throws {
    let genome = try await CancerFileTests.genome()
    let vcf = genome.mutect(Self.everySubstitution(genome))
    let plain = try await genome.analyse(vcf)
    let changed = try await genome.analyse(vcf) {
      $0.profile.burden.terms += $0.profile.burden.reported
    }
    #expect(try #require(changed.burden.variants) == (try #require(plain.burden.variants)) + 12)
    let synonymous = try await genome.analyse(vcf) { $0.profile.burden.terms = ["synonymous_variant"] }
    #expect(try #require(synonymous.burden.variants) > 100)
    let expected = try await Self.annotated(genome, vcf, terms: ["synonymous_variant"])
    #expect(synonymous.burden.variants == expected)
  }

  @Test("Indels in the CDS count as frameshift and in-frame, with their alleles as VCF writes them")
  func indels() async throws {
    let genome = try await CancerFileTests.genome()
    let r = { String(genome.base("chr1", $0 - 1)) }
    func line(_ position: Int, _ ref: String, _ alt: String) -> String {
      "chr1\t\(position)\t.\t\(ref)\t\(alt)\t.\tPASS\t.\tGT:AD\t0/1:30,10\t0/0:30,0"
    }
    let found = try await genome.analyse(
      genome.mutect([
        line(300, r(300), r(300) + "ACGTA"), line(350, r(350) + r(351) + r(352) + r(353), r(350)),
        line(600, r(600), r(600) + "A"),
      ]))
    #expect(found.burden.variants == 2 && found.burden.byType == ["indel": 2])
    #expect(found.variants.map { Set($0.consequences[0].terms).contains("frameshift_variant") } == [true, false])
    #expect(found.variants.allSatisfy { $0.reference.first == $0.alternate.first })
  }

  @Test("Without a normal there is no burden and no purity, and the result says why")
  func tumourOnly() async throws {
    let genome = try await CancerFileTests.genome()
    let records = [CancerFileTests.snv(genome, "chr1", 300, normal: nil)]
    let found = try await genome.analyse(genome.mutect(records, samples: ["T"]), normal: nil)
    #expect(found.burden.perMegabase == nil && found.burden.variants == nil && found.burden.refused == .noNormal)
    #expect(found.purity.unknown == .germlineNotSubtracted && found.samples.germline == "not-subtracted")
    #expect(found.banners.contains { $0.hasPrefix("Germline not subtracted") })
    let text = String(decoding: try found.json(), as: UTF8.self)
    #expect(!text.contains("perMegabase") && text.contains("\"refused\":\"germline-not-subtracted\""))
  }

  @Test("A panel and an exome have no burden without their callable size")
  func panels() async throws {
    let genome = try await CancerFileTests.genome()
    let vcf = genome.mutect([CancerFileTests.snv(genome, "chr1", 300, alternate: nil)])
    for assay in [SomaticProfile.Assay.panel, .exome] {
      let without = try await genome.analyse(vcf) { $0.profile.burden.assay = assay }
      #expect(without.burden.perMegabase == nil && without.burden.refused == .noCallableSize)
      let with = try await genome.analyse(vcf) {
        $0.profile.burden.assay = assay
        $0.profile.burden.callableSize = 500_000
      }
      let count = try #require(with.burden.variants)
      #expect(with.burden.refused == nil && with.burden.perMegabase == Double(count) / 0.5)
    }
  }

  @Test("Domains are the user's, by gene and by variant")
  func domains() async throws {
    let genome = try await CancerFileTests.genome()
    let r = { genome.base("chr1", $0 - 1) }
    let stop = CancerFileTests.snv(genome, "chr1", 968, alternate: r(968) == "A" ? "C" : "A")
    let alt = r(968) == "A" ? "C" : "A"
    let list = "domain\tgene\tvariant\nDOMAIN2\tGENEA\t.\nDOMAIN1\t.\tchr1-968-\(r(968))-\(alt)\nDOMAIN3\tOTHER\t.\n"
    let lists = try DomainLists(text: Array(list.utf8), path: "d.tsv")
    let found = try await genome.analyse(genome.mutect([stop])) { $0.domains = lists }
    #expect(found.variants.map(\.domains) == [["DOMAIN1", "DOMAIN2"]] && found.domainEntries == 3)
    #expect(found.table.contains("\tDOMAIN1;DOMAIN2\n"))
  }

  @Test(
    "What is no list of domains is refused",
    arguments: [
      "", "gene\nA\n", "domain\nDOMAIN1\n", "domain\tgene\tmore\nDOMAIN1\tA\tx\n", "domain\tgene\nDOMAIN9\tA\n",
      "domain\tgene\nDOMAIN1\t.\n", "domain\tgene\tvariant\nDOMAIN1\tA\t1-2-A-C\n",
      "domain\tvariant\nDOMAIN1\t1-x-A-C\n",
      "domain\tgene\nDOMAIN1\n", "domain\tgene\tgene\nDOMAIN1\tA\tB\n",
    ])
  func refusedDomains(_ text: String) {
    #expect(throws: (any Error).self) { try DomainLists(text: Array(text.utf8), path: "d.tsv") }
  }

  @Test("A profile is refused with a key that is unknown, missing or given twice, and with values that are none")
  func profiles() throws {
    let shipped = try SomaticProfile.shipped()
    #expect(shipped.burden.codingMegabases == 32.61 && shipped.digest.count == 64)
    let text = String(decoding: try readFile(Self.resource), as: UTF8.self)
    #expect(try SomaticProfile(json: Array(text.utf8), path: "p.json").digest == shipped.digest)
    for (old, new) in [
      ("\"requirePass\": true,", "\"requirePass\": true, \"other\": 1,"), ("\"requirePass\": true,", ""),
      ("\"longest\": 50,", "\"longest\": 50, \"longest\": 40,"), ("\"longest\": 50,", "\"longest\": 51,"),
      ("\"minimumFraction\": null,", "\"minimumFraction\": 5,"), ("\"missense_variant\"", "\"intron_variant\""),
      ("\"snv\", ", "\"snp\", "), ("\"22\"", "\"chr22\""), ("\"genome\"", "\"amplicon\""), ("32.61,", "0,"),
      ("apus-somatic-profile/1", "apus-somatic-profile/2"), ("\"mark\": \"C\"", "\"mark\": \"Z\""),
    ] {
      let changed = text.replacing(old, with: new, maxReplacements: 1)
      #expect(changed != text)
      #expect(throws: (any Error).self, "\(new)") { try SomaticProfile(json: Array(changed.utf8), path: "p.json") }
    }
  }

  private static let resource = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/Interpretation/Cancer/Data/somatic-default.json").path
}
