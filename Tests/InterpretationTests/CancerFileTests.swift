import EngineTestSupport
import Foundation
import Genomics
import TestSupport
import Testing

@testable import Interpretation

/// Files of the four layouts, rules and refusals, as `apus cancer` reads them.
@Suite struct CancerFileTests {
  static func genome() async throws -> CancerGenome {
    var random = SeededGenerator(seed: 77)
    return try await CancerGenome(&random)
  }

  static func snv(
    _ genome: CancerGenome, _ contig: String, _ position: Int, filter: String = "PASS", info: String = ".",
    format: String = "GT:AD", tumour: String = "0/1:30,10", normal: String? = "0/0:30,0", alternate: Character? = nil
  ) -> String {
    let ref = genome.base(contig, position - 1)
    let alt = alternate ?? "ACGT".first { $0 != ref } ?? "A"
    return "\(contig)\t\(position)\t.\t\(ref)\t\(alt)\t.\t\(filter)\t\(info)\t\(format)\t\(tumour)"
      + (normal.map { "\t\($0)" } ?? "")
  }

  @Test("Every allele of a file is a variant or dropped for a reason, and the two add up")
  func drops() async throws {
    let genome = try await Self.genome()
    let r = { genome.base("chr2", $0 - 1) }
    func line(_ position: Int, _ ref: String, _ alt: String, _ tumour: String = "0/1:30,10", filter: String = "PASS")
      -> String
    {
      "chr2\t\(position)\t.\t\(ref)\t\(alt)\t.\t\(filter)\t.\tGT:AD\t\(tumour)\t0/0:30,0"
    }
    let long = String((1...60).map { r(400 + $0 - 1) })
    let records = [
      Self.snv(genome, "chr2", 10), Self.snv(genome, "chr2", 20, filter: "weak"),
      Self.snv(genome, "chr2", 30, filter: "."),
      Self.snv(genome, "chr2", 40, tumour: "0/0:30,0"), line(50, "\(r(50))", "<DEL>"), line(60, "\(r(60))", "*"),
      line(70, "\(r(70))", "."), line(80, "\(r(80))", "N"), line(90, "\(r(90))", "\(r(90))"),
      line(100, "\(r(100))", "\(r(100))A"), line(400, long, "\(r(400))"), Self.snv(genome, "chr2", 500),
      Self.snv(genome, "chr2", 500),
    ]
    let found = try await genome.analyse(genome.mutect(records))
    #expect(found.counts.alleles == records.count && found.counts.records == records.count)
    #expect(found.counts.byType == ["snv": 2, "indel": 1])
    #expect(
      found.counts.dropped == [
        "filter-not-pass": 1, "filter-missing": 1, "not-called-in-tumour": 1, "structural": 1,
        "overlapping-deletion": 1,
        "reference-record": 1, "unknown-bases": 1, "equal-to-reference": 1, "not-small": 1, "duplicate-allele": 1,
      ])
  }

  @Test("An indel counts below 50 bases; the same one told at two places of a repeat counts once")
  func indels() async throws {
    let genome = try await Self.genome()
    let r = { genome.base("chr2", $0 - 1) }
    func deletion(_ position: Int, _ count: Int) -> String {
      let ref = String((0...count).map { r(position + $0) })
      return "chr2\t\(position)\t.\t\(ref)\t\(r(position))\t.\tPASS\t.\tGT:AD\t0/1:30,10\t0/0:30,0"
    }
    let sizes = try await genome.analyse(genome.mutect([deletion(100, 49), deletion(300, 50)]))
    #expect(sizes.counts.byType == ["indel": 1] && sizes.counts.dropped == ["not-small": 1])
    // A run of one base: deleting any one of it is the same change.
    let run = try #require(
      (20..<1400).first { place in (1...3).allSatisfy { r(place) == r(place + $0) } && r(place - 1) != r(place) })
    let twice = try await genome.analyse(genome.mutect([deletion(run - 1, 1), deletion(run, 1), deletion(run + 1, 1)]))
    #expect(twice.counts.byType == ["indel": 1] && twice.counts.dropped == ["duplicate-allele": 2])
    let inserted = (0...2).map {
      "chr2\t\(run + $0)\t.\t\(r(run + $0))\t\(r(run))\(r(run))\t.\tPASS\t.\tGT:AD\t0/1:30,10\t0/0:30,0"
    }
    let insertions = try await genome.analyse(genome.mutect(inserted))
    #expect(insertions.counts.byType == ["indel": 1] && insertions.counts.dropped == ["duplicate-allele": 2])
  }

  @Test("Floors of a profile drop what is below them, and what is unknown is never a pass")
  func floors() async throws {
    let genome = try await Self.genome()
    let records = [
      Self.snv(genome, "chr2", 10, tumour: "0/1:90,10", normal: "0/0:30,0"),
      Self.snv(genome, "chr2", 20, tumour: "0/1:5,5", normal: "0/0:30,0"),
      Self.snv(genome, "chr2", 30, tumour: "0/1:.", normal: "0/0:30,0"),
      Self.snv(genome, "chr2", 40, tumour: "0/1:50,50", normal: "0/0:10,10"),
      Self.snv(genome, "chr2", 50, tumour: "0/1:50,50", normal: "0/0:."),
    ]
    func dropped(_ change: (inout SomaticProfile.Somatic) -> Void) async throws -> [String: Int] {
      var profile = try SomaticProfile.shipped()
      change(&profile.somatic)
      return try await genome.analyse(genome.mutect(records)) { $0.profile = profile }.counts.dropped
    }
    #expect(try await dropped { _ in } == [:])
    #expect(
      try await dropped { $0.minimumFraction = 0.2 } == [
        "tumour-fraction-below-floor": 1, "tumour-fraction-unknown": 1,
      ])
    #expect(try await dropped { $0.minimumFraction = 0.1 } == ["tumour-fraction-unknown": 1])
    #expect(try await dropped { $0.minimumDepth = 20 } == ["tumour-depth-below-floor": 1, "tumour-depth-unknown": 1])
    #expect(
      try await dropped { $0.minimumAlternateReads = 6 } == ["tumour-reads-below-floor": 1, "tumour-reads-unknown": 1])
    #expect(
      try await dropped { $0.maximumNormalFraction = 0.02 } == [
        "normal-fraction-above-limit": 1, "normal-fraction-unknown": 1,
      ])
    #expect(try await dropped { $0.types = [.indel] } == ["type-not-listed": 5])
  }

  @Test("Of VarScan's records those with SS=2 count; Strelka2 has no genotypes and no AD")
  func callers() async throws {
    let genome = try await Self.genome()
    func vcf(_ source: String, _ formats: [String], _ records: [String]) -> String {
      let meta =
        ["##fileformat=VCFv4.1", "##source=\(source)", "##INFO=<ID=SS,Number=1,Type=String,Description=\"s\">"]
        + formats.map { "##FORMAT=<ID=\($0),Number=.,Type=String,Description=\"x\">" }
      return (meta + ["#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN\tT"] + records).joined(separator: "\n")
        + "\n"
    }
    let varscan = ["2", "1", "3", "5", nil].enumerated().map { index, status in
      Self.snv(
        genome, "chr2", 10 * (index + 1), info: status.map { "DP=80;SOMATIC;SS=\($0);SSC=40" } ?? "DP=80",
        format: "GT:GQ:DP:RD:AD:FREQ:DP4", tumour: "0/0:.:30:30:0:0%:1,2,3,4", normal: "0/1:.:40:30:10:25%:1,2,3,4")
    }
    let one = try await genome.analyse(vcf("VarScan2", ["GT", "GQ", "DP", "RD", "AD", "FREQ", "DP4"], varscan))
    #expect(one.layout.name == .varscan && one.counts.variants == 1)
    #expect(one.counts.dropped == ["caller-says-not-somatic": 3, "somatic-status-missing": 1])
    #expect(one.fractions.bins[12] == 1)
    // A tumour alone, by a command of VarScan's that has no SS: nothing says that it is somatic, and nothing else does.
    let alone = """
      ##fileformat=VCFv4.1
      ##source=VarScan2
      \(["GT", "GQ", "DP", "RD", "AD", "FREQ"].map { "##FORMAT=<ID=\($0),Number=1,Type=String,Description=\"x\">" }.joined(separator: "\n"))
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT
      \(Self.snv(genome, "chr2", 10, info: "ADP=40;HET=1", format: "GT:GQ:DP:RD:AD:FREQ", tumour: "0/1:60:40:30:10:25%", normal: nil))

      """
    let single = try await genome.analyse(alone, normal: nil)
    #expect(
      single.counts.variants == 1 && single.samples.germline == "not-subtracted" && single.fractions.bins[12] == 1)
    let status = "##INFO=<ID=SS,Number=1,Type=String,Description=\"s\">\n#CHROM"
    let declared = try await genome.analyse(alone.replacing("#CHROM", with: status), normal: nil)
    #expect(declared.counts.dropped == ["somatic-status-missing": 1])
    let ref = genome.base("chr2", 9)
    let alt = "ACGT".first { $0 != ref } ?? "A"
    func counts(_ reference: Int, _ alternate: Int) -> String {
      "50:"
        + "ACGT".map { $0 == ref ? "\(reference),99" : $0 == alt ? "\(alternate),99" : "0,0" }.joined(separator: ":")
    }
    let strelka =
      "chr2\t10\t.\t\(ref)\t\(alt)\t.\tPASS\tSOMATIC;QSS=60\tDP:AU:CU:GU:TU\t\(counts(40, 0))\t\(counts(28, 12))"
    let two = try await genome.analyse(vcf("strelka", ["DP", "AU", "CU", "GU", "TU"], [strelka]))
    #expect(two.layout.name == .strelka2 && two.counts.variants == 1 && two.fractions.bins[15] == 1)
    let indel = "chr2\t10\t.\t\(ref)\t\(ref)\(alt)\(alt)\t.\tPASS\tSOMATIC\tDP:TAR:TIR\t40:40,40:0,0\t40:28,30:12,19"
    let three = try await genome.analyse(vcf("strelka", ["DP", "TAR", "TIR"], [indel]))
    #expect(three.counts.byType == ["indel": 1] && three.fractions.bins[15] == 1)
    // These two write substitutions and indels to a file each.
    #expect(one.banners.contains { $0.contains("varscan writes") && $0.contains("no indel among 1") })
    #expect(two.banners.contains { $0.contains("strelka2 writes") && $0.contains("no indel among 1") })
    #expect(three.banners.contains { $0.contains("strelka2 writes") && $0.contains("no substitution among 1") })
    let both =
      strelka + "\n"
      + indel.replacing("chr2\t10\t", with: "chr2\t10\t")
      .replacing("DP:TAR:TIR\t40:40,40:0,0\t40:28,30:12,19", with: "TAR:TIR\t40,40:0,0\t28,30:12,19")
    let joined = try await genome.analyse(vcf("strelka", ["DP", "AU", "CU", "GU", "TU", "TAR", "TIR"], [both]))
    #expect(joined.counts.byType == ["snv": 1, "indel": 1] && joined.fractions.bins[15] == 2)
    #expect(!joined.banners.contains { $0.contains("writes substitutions") })
    #expect(try await genome.analyse(genome.mutect([Self.snv(genome, "chr2", 10)])).banners.isEmpty)
  }

  @Test("Tumour and normal that look exchanged are warned of, by their reads and by the header")
  func exchanged() async throws {
    let genome = try await Self.genome()
    let records = (1...30).map { Self.snv(genome, "chr2", 20 * $0, tumour: "0/0:30,0", normal: "0/1:30,10") }
    let found = try await genome.analyse(genome.mutect(records))
    #expect(found.banners.contains { $0.contains("look exchanged: 30 of 30") })
    #expect(found.counts.dropped == ["not-called-in-tumour": 30])
    let right = (1...30).map { Self.snv(genome, "chr2", 20 * $0) }
    #expect(try await genome.analyse(genome.mutect(right)).banners.isEmpty)
    let few = Array(records.prefix(19))
    #expect(try await genome.analyse(genome.mutect(few)).banners.isEmpty)
    for meta in ["##normal_sample=T", "##tumor_sample=N"] {
      let named = try await genome.analyse(genome.mutect(right, meta: [meta]))
      #expect(named.banners.contains { $0.contains("The header calls the sample") })
    }
    #expect(
      try await genome.analyse(genome.mutect(right, meta: ["##tumor_sample=T", "##normal_sample=N"])).banners.isEmpty)
  }

  @Test("A sample that is not in the file, REF of another genome, another contig and records out of order are refused")
  func refused() async throws {
    let genome = try await Self.genome()
    let good = genome.mutect([Self.snv(genome, "chr2", 10)])
    func refusal(_ vcf: String, normal: String? = "N", _ change: (inout TumourInput) -> Void = { _ in }) async
      -> InputError?
    {
      do {
        _ = try await genome.analyse(vcf, normal: normal, change)
        return nil
      } catch { return error as? InputError }
    }
    #expect(await refusal(good) == nil)
    #expect(await refusal(good) { $0.tumour = "X" }?.reason.contains("--tumour") == true)
    #expect(await refusal(good, normal: "X")?.reason.contains("--normal") == true)
    #expect(await refusal(good, normal: "T")?.kind == .mismatch)
    let ref = genome.base("chr2", 9)
    let others = "ACGT".filter { $0 != ref }.map { String($0) }
    let wrong = genome.mutect(["chr2\t10\t.\t\(others[0])\t\(others[1])\t.\tPASS\t.\tGT:AD\t0/1:3,3\t0/0:3,0"])
    #expect(await refusal(wrong)?.reason.contains("REF is not what the FASTA has at chr2:10") == true)
    #expect(await refusal(good.replacing("chr2\t10", with: "2\t10"))?.reason.contains("named chr2") == true)
    #expect(await refusal(good.replacing("ID=chr2,length=4000", with: "ID=chr2,length=4001"))?.kind == .mismatch)
    let unsorted = genome.mutect([Self.snv(genome, "chr2", 20), Self.snv(genome, "chr2", 10)])
    #expect(await refusal(unsorted)?.reason.contains("out of order") == true)
    let end = genome.mutect(["chr2\t4002\t.\tA\tC\t.\tPASS\t.\tGT:AD\t0/1:3,3\t0/0:3,0"])
    #expect(await refusal(end) != nil)
  }

  @Test("A file without read counts is read by the user's word alone, and its fractions are unknown")
  func noCounts() async throws {
    let genome = try await Self.genome()
    let vcf = """
      ##fileformat=VCFv4.2
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="g">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT\tN
      \(Self.snv(genome, "chr2", 10, format: "GT", tumour: "0/1", normal: "0/0"))

      """
    await #expect(throws: InputError.self) { try await genome.analyse(vcf) }
    let found = try await genome.analyse(vcf) { $0.layout = SomaticLayout.none }
    #expect(found.counts.variants == 1 && found.catalogue.total == 1 && found.fractions.unknown == 1)
    #expect(found.purity.unknown == .noFractions)
    #expect(found.caseSummary.first { $0.id == "low-fractions" }?.state == .unknown)
  }
}
