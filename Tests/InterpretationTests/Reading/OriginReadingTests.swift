import Annotation
import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Interpretation

/// Runs and disomy from files to tiers: a trio on a generated genome, of which the child has 4 Mb of the mother twice.
@Suite struct OriginReadingTests {
  private static let upd = 2_500_000...7_000_000
  private let genome: CancerGenome
  private var lines: [String] = []

  init() async throws {
    var random = SeededGenerator(seed: 11)
    let letters = Array("ACGT".utf8)
    var bases = (0..<8_000_000).map { _ in letters[Int(random.next() & 3)] }
    let small = (0..<20_000).map { _ in letters[Int(random.next() & 3)] }
    // Two genes of one exon: 100 codons each.
    let codons = ["ATG"] + Array(repeating: "CAG", count: 98) + ["TAA"]
    var genes = ["##gff-version 3"]
    let starts = [1_000_000, 5_000_000]
    for (name, start) in zip(["GENEA", "GENEB"], starts) {
      for (offset, base) in codons.joined().utf8.enumerated() { bases[start + offset] = base }
      let place = "\(start + 1)\t\(start + 300)"
      genes += [
        "1\tt\tgene\t\(place)\t.\t+\t.\tID=gene:\(name);Name=\(name);biotype=protein_coding;gene_id=\(name)",
        "1\tt\tmRNA\t\(place)\t.\t+\t.\tID=transcript:T\(name);Parent=gene:\(name);biotype=protein_coding;transcript_id=T\(name)",
        "1\tt\texon\t\(place)\t.\t+\t.\tParent=transcript:T\(name)",
        "1\tt\tCDS\t\(place)\t.\t+\t0\tParent=transcript:T\(name)",
      ]
    }
    genome = try await CancerGenome([("1", bases), ("2", small)], genes: genes.joined(separator: "\n") + "\n")
    var trio = PlantedTrio(planted: [(Self.upd, .maternalIsodisomy)], length: 8_000_000, spacing: 2000)
    trio.errorOneIn = 0
    let words: [SiteGenotypes.Genotype: String] = [.reference: "0/0", .heterozygous: "0/1", .alternate: "1|1"]
    var all: [(Int, String)] = trio.sites(&random).filter { site in
      !starts.contains { ($0...($0 + 400)).contains(site.position) }
    }.map { site in
      let reference = bases[site.position - 1]
      let alternate = Array("ACGT".utf8).first { $0 != reference } ?? reference
      let calls = [site.proband, site.father, site.mother].map { "\(words[$0] ?? "./."):\(site.depth):60" }
      return (
        site.position,
        vcfLine(
          "1", site.position, String(decoding: [reference], as: UTF8.self),
          String(decoding: [alternate], as: UTF8.self),
          format: "GT:DP:GQ", calls)
      )
    }
    // CAG to TAG: the same in both genes, homozygous with one carrier parent.
    for start in starts {
      all.append(
        (start + 31, vcfLine("1", start + 31, "C", "T", format: "GT:DP:GQ", ["1/1:30:60", "0/0:30:60", "0/1:30:60"])))
    }
    lines = all.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func header(_ samples: [String]) -> String {
    vcfHeader(samples).split(separator: "\n").filter { !$0.hasPrefix("##contig") }.map { line in
      line.hasPrefix("#CHROM")
        ? "##contig=<ID=1,length=8000000>\n##contig=<ID=2,length=20000>\n\(line)" : String(line)
    }.joined(separator: "\n") + "\n"
  }

  private func tier(_ files: [String], threads: Int = 2, batch: Int = 1 << 20) async throws -> (
    FamilyReading, TieringResult, [UInt8]
  ) {
    let profile = try TieringProfile.named("gel-nembus-draft")
    let panels = try PanelText(
      genes: [PanelText.gene("GENEA", Mode.biallelic), PanelText.gene("GENEB", Mode.biallelic)]
    ).read()
    let cache = try AnnotationCache(path: genome.folder("g.cache"))
    let reading = try await readFamily(
      FamilyInput(pedigree: try trioPedigree(), pedigreePath: "ped", files: files),
      annotator: try ConsequenceAnnotator(cache, input: files[0], options: tieringOptions),
      criteria: CandidateCriteria(profile: profile, panels: PanelIndex(panels, assembly: nil)),
      resources: RunResources(threads: threads, batchBytes: batch))
    let tierer = Tierer(
      profile: profile, panels: panels, family: reading.family, assembly: nil, loaded: reading.loaded)
    let resources = RunResources(threads: threads)
    let result = try await tierer.tier(reading.candidates, resources: resources)
    #expect(result == tierer.tier(reading.candidates))
    return (reading, result, try TierReport(reading, result, cache: cache, showsIncomplete: false).json())
  }

  @Test("A homozygote of one carrier is tiered in a segment that the genotypes show, and is a near miss outside of it")
  func segment() async throws {
    let path = try genome.folder.write(header(["P", "F", "M"]) + lines.joined(), to: "joint.vcf")
    let (reading, result, bytes) = try await tier([path])
    let origin = try #require(reading.family.origin)
    let segment = try #require(origin.segments.first)
    #expect(origin.segments.count == 1 && segment.origin == .maternal && segment.doubt == nil)
    #expect(abs(segment.region.start.value - Self.upd.lowerBound) < 100_000)
    #expect(abs(segment.region.end.value - Self.upd.upperBound) < 100_000)
    #expect(segment.parts.map(\.kind) == [.isodisomy] && segment.sitesAgainst == 0)
    #expect(result.variants.map(\.position) == [1_000_031, 5_000_031])
    let (outside, inside) = (result.variants[0], result.variants[1])
    #expect(outside.tiers.isEmpty && outside.nearMisses.contains { $0.label == .homozygoteOneCarrier })
    #expect(
      outside.filters.contains {
        $0.filter == .uniparentalIsodisomy && $0.outcome == .fail && $0.reason == "it lies in no segment of isodisomy"
      })
    #expect(inside.highest == .tier1 && inside.tiers.allSatisfy { $0.filter == .uniparentalIsodisomy })
    #expect(
      inside.tiers[0].trace.contains {
        $0.rule == "segregation.UniparentalIsodisomy"
          && $0.value.contains("\(segment.sitesFor) informative sites for it")
      })
    #expect(inside.trace.contains { $0.rule == "apus-parental-origin.run.length" && $0.outcome == .pass })
    #expect(inside.trace.contains { $0.rule == "apus-parental-origin.origin.share" && $0.outcome == .pass })
    #expect(outside.trace.contains { $0.rule == "apus-parental-origin.run.length" && $0.outcome == .fail })
    #expect(!result.notSupplied.contains("segments of uniparental disomy"))
    #expect(result.banners.contains { $0.hasPrefix("Genotypes fit uniparental disomy at 1:") })
    // The document tells it, with its thresholds and what it cannot tell.
    let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let section = try #require(document["origin"] as? [String: Any])
    let disomy = try #require(section["disomy"] as? [String: Any])
    let segments = try #require(disomy["segments"] as? [[String: Any]])
    #expect(segments.map { $0["origin"] as? String } == ["maternal"])
    #expect(segments[0]["sitesFor"] as? Int == segment.sitesFor)
    let homozygosity = try #require(section["homozygosity"] as? [String: Any])
    #expect(homozygosity["notMeasured"] as? String == "the reference has 2 of the 22 autosomes")
    #expect(homozygosity["fraction"] == nil && (homozygosity["runs"] as? [Any])?.count == 1)
    let rules = try #require(section["rules"] as? [String: Any])
    #expect((rules["thresholds"] as? [String: Any])?.count == ParentalOriginRules.ID.allCases.count)
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    #expect(!text.contains("negative") && !text.contains("normal"))
    // The same bytes at any thread count and any size of batch.
    for (threads, batch) in [(1, 4096), (4, 4096), (4, 65_536)] {
      #expect(try await tier([path], threads: threads, batch: batch).2 == bytes)
    }
  }

  @Test("Without the parents' calls in the file nothing is said of disomy, and the filter stays unknown")
  func ownFiles() async throws {
    var paths: [String] = []
    for (number, name) in ["P", "F", "M"].enumerated() {
      let own = lines.map { $0.split(separator: "\t") }.compactMap { columns -> String? in
        let call = columns[9 + number].trimmingCharacters(in: .newlines)
        // As a caller writes one person's file: no record of the reference.
        return call.hasPrefix("0/0") ? nil : (columns[..<9].map(String.init) + [call]).joined(separator: "\t") + "\n"
      }
      paths.append(try genome.folder.write(header([name]) + own.joined(), to: "\(name).own.vcf"))
    }
    let (reading, result, bytes) = try await tier(paths)
    let origin = try #require(reading.family.origin)
    #expect(origin.segments.isEmpty && origin.disomy == nil && origin.assessableOrigins.isEmpty)
    // The run is there all the same: it needs the proband alone.
    #expect(origin.runs.count == 1)
    #expect(result.notSupplied.contains("segments of uniparental disomy"))
    let inside = try #require(result.variants.first { $0.position == 5_000_031 })
    #expect(inside.filters.contains { $0.filter == .uniparentalIsodisomy && $0.outcome == .unknown })
    #expect(String(decoding: bytes, as: UTF8.self).contains("no parent's genotypes are in the proband's file"))
    // A mother in the proband's file, the father in none: what is hers cannot be shown.
    let duo = lines.map { $0.split(separator: "\t") }.map { columns in
      ([columns[0..<10].joined(separator: "\t"), columns[11].trimmingCharacters(in: .newlines)]).joined(separator: "\t")
        + "\n"
    }
    let path = try genome.folder.write(header(["P", "M"]) + duo.joined(), to: "duo.vcf")
    let (two, _, _) = try await tier([path])
    #expect(two.family.origin?.assessableOrigins == [.paternal] && two.family.origin?.segments.isEmpty == true)
  }

  @Test("Changes of one base with one alternate, passed, and with depth and quality enough count; nothing else does")
  func sites() async throws {
    let small = try #require(genome.contigs.last).bases
    func line(
      _ position: Int, beside alternates: [String] = [], filter: String = "PASS", format: String = "GT:DP:GQ",
      _ calls: [String]
    ) -> String {
      let reference = small[position - 1]
      let other = String(decoding: [Array("ACGT".utf8).first { $0 != reference } ?? 0], as: UTF8.self)
      return vcfLine(
        "2", position, String(decoding: [reference], as: UTF8.self), ([other] + alternates).joined(separator: ","),
        filter: filter, format: format, calls)
    }
    let third = { (position: Int) in
      String(decoding: [Array("TGCA".utf8).first { $0 != small[position - 1] } ?? 0], as: UTF8.self)
    }
    let text = [
      line(100, ["0/1:10:20", "0/0:10:20", "0/0:10:20"]),
      line(200, filter: ".", ["1|1:30:60", "./.:0:0", "./.:0:0"]),
      // gVCF; fields in another order, one of them alone, numbers that are not whole.
      line(300, beside: ["<NON_REF>"], ["0/1:30:60", "0/0:30:60", "0/1:30:60"]),
      line(400, format: "DP:GT:XX:GQ", ["30:0/1:a:20.5", "30:0/0:a:60", "30:0/0:a:60"]),
      line(500, format: "GT:DP", ["0/1:30", "0/0:30", "0/0:30"]),
      line(600, format: "GT:GQ", ["0/1:30", "0/0:30", "0/0:30"]),
      // The proband has the reference: it tells of the parents, and is no site of a run.
      line(700, ["0/0:30:60", "0/1:30:60", "1/1:30:60"]),
      // None of these.
      line(1000, filter: "LowQual", ["0/1:30:60", "0/0:30:60", "0/0:30:60"]),
      line(1100, ["0/1:9:60", "0/0:30:60", "0/0:30:60"]), line(1200, ["0/1:30:19", "0/0:30:60", "0/0:30:60"]),
      line(1300, ["./1:30:60", "0/0:30:60", "0/0:30:60"]), line(1400, ["1:30:60", "0/0:30:60", "0/0:30:60"]),
      line(1500, beside: [third(1500)], ["0/1:30:60", "0/2:30:60", "0/0:30:60"]),
      line(1600, format: "GT", ["0/1", "0/0", "0/0"]), line(1700, format: "GT:DP:GQ", ["0/1", "0/0", "0/0"]),
      line(1800, ["0/0:30:60", "./.:30:60", "./.:30:60"]),
    ]
    func insertion(_ position: Int) -> String {
      let reference = String(decoding: [small[position - 1]], as: UTF8.self)
      return vcfLine(
        "2", position, reference, reference + "ACGTTT", format: "GT:DP:GQ", ["0/1:30:60", "0/0:30:60", "0/0:30:60"])
    }
    let path = try genome.folder.write(
      header(["P", "F", "M"]) + text.joined() + insertion(1900), to: "sites.vcf")
    let (reading, _, _) = try await tier([path])
    let chromosome = try #require(reading.family.origin?.chromosomes.first { $0.contig == "2" })
    #expect(chromosome.sites == 6 && chromosome.heterozygousSites == 5)
    #expect(chromosome.counts == InheritanceCounts(maternal: 0, paternal: 1, biparental: 0))
    #expect(!chromosome.hasRunsAssessed && !chromosome.hasDisomyAssessed)
  }
}
