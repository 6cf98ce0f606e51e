import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing

@testable import Variants

@Suite struct StatsReportTests {
  static let header = """
    ##fileformat=VCFv4.2
    ##FILTER=<ID=q10,Description="low">
    ##contig=<ID=1,length=249250621>
    ##contig=<ID=X,length=155270560>
    ##contig=<ID=Y,length=59373566>
    ##contig=<ID=MT,length=16569>
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="gt">
    ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="dp">

    """

  /// A file of lines `CHROM POS REF ALT FILTER FORMAT samples…`.
  static func vcf(_ samples: [String], _ lines: [String]) -> String {
    let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + samples.joined(separator: "\t") + "\n"
    return header + columns
      + lines.map { line in
        let words = line.split(separator: " ").map(String.init)
        return (words[0..<2] + ["."] + words[2..<4] + [".", words[4], "."] + words[5...]).joined(separator: "\t") + "\n"
      }.joined()
  }

  static let trio = try? Pedigree([
    Pedigree.Individual(family: "f", name: "C", father: "F", mother: "M", sex: .male),
    Pedigree.Individual(family: "f", name: "F", sex: .male), Pedigree.Individual(family: "f", name: "M", sex: .female),
  ])

  @Test(.enabled(if: SharedData.isThere && Peer.areInstalled("bcftools")))
  func `a real trio's errors are as many as bcftools finds`() async throws {
    let path = SharedData.path("trio/CEUTrio-merged-indels-snps.vcf")
    let ped = try await readPED(
      InputFile(path: SharedData.path("trio/NA12878.ped")), resources: RunResources(threads: 1, batchBytes: 1 << 20))
    // Without Y, which bcftools expects of a daughter too.
    let folder = try ScratchFolder()
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("Y\t") }
    let withoutY = try folder.write(lines.joined(separator: "\n") + "\n", "in.vcf")
    let stats = try await variantStats(withoutY) { $0.pedigree = ped }
    let counts = try #require(stats.report().trios.first).counts
    let peer = try Peer.output("bcftools", "+mendelian", "-m", "c", "-t", "NA12892,NA12891,NA12878", withoutY)
    let numbers = (peer.text + peer.errors).split(separator: "\n").first { !$0.hasPrefix("#") }?.split(separator: "\t")
    let theirs = try #require(numbers).prefix(3).compactMap { Int($0) }
    #expect([counts.consistent, counts.inconsistent, counts.skipped] == theirs)
    let classes = counts.alleleInNeitherParent + counts.noAlleleFromFather + counts.noAlleleFromMother
    #expect(classes == counts.inconsistent)
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: seeds(3))
  func `generated trios' errors are as many as bcftools finds`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let lines = (1...800).map { position in
      let calls = (0..<3).map { member in
        // Where nothing is known of both parents, bcftools finds the child consistent; so the mother is called.
        let text = (0..<2).map { _ in member < 2 && random.oneIn(12) ? "." : "\(random.int(0...2))" }
        // A father of another ploidy can give any allele; a child of another ploidy is skipped.
        return member < 2 && random.oneIn(10)
          ? "\(random.int(0...2))" : text.joined(separator: random.pick(["/", "|"]))
      }
      return "1 \(position) A C,G PASS GT " + calls.joined(separator: " ")
    }
    let folder = try ScratchFolder()
    let path = try folder.write(Self.vcf(["C", "F", "M"], lines), "in.vcf")
    let stats = try await variantStats(path) { $0.pedigree = Self.trio }
    let counts = try #require(stats.report().trios.first).counts
    let peer = try Peer.output("bcftools", "+mendelian", "-m", "c", "-t", "M,F,C", path)
    let numbers = (peer.text + peer.errors).split(separator: "\n").first { $0.hasSuffix("M,F,C") }
    let theirs = try #require(numbers).split(separator: "\t").prefix(3).compactMap { Int($0) }
    #expect([counts.consistent, counts.inconsistent, counts.skipped] == theirs)
  }

  @Test func `a son has his X from his mother, his Y from his father, and mitochondria from his mother`() async throws {
    let text = Self.vcf(
      ["C", "F", "M"],
      [
        // Pseudoautosomal: as an autosome.
        "X 60001 A C PASS GT 0/1 1/1 0/0",
        "X 5000000 A C PASS GT 1 0 0/1", "X 5000001 A C PASS GT 1 1 0/0", "X 5000002 A C PASS GT 0/1 0 0/1",
        "X 5000003 A C PASS GT . 0 0/1", "X 5000004 A C PASS GT 1/1 0 1/1",
        "Y 5000000 A C PASS GT 1 1 .", "Y 5000001 A C PASS GT 1 0 .",
        "MT 100 A C PASS GT 1 0 1", "MT 101 A C PASS GT 1 1 0",
      ])
    let folder = try ScratchFolder()
    let stats = try await variantStats(try folder.write(text, "in.vcf")) { $0.pedigree = Self.trio }
    let report = stats.report()
    let counts = try #require(report.trios.first).counts
    #expect(counts.consistent == 5 && counts.skipped == 2)
    #expect(counts.noAlleleFromMother == 2 && counts.noAlleleFromFather == 1 && counts.inconsistent == 3)
    // Outside the pseudoautosomal regions the son's one call of two alleles stands out, and the father's none.
    #expect(report.maleX.map(\.sample) == ["C", "F"])
    #expect(report.maleX.map(\.called) == [4, 5] && report.maleX.map(\.heterozygous) == [1, 0])
  }

  @Test func `the GA4GH's metrics are of PASS records on autosomes, a sample's own`() async throws {
    let long = String(repeating: "A", count: 51)
    let text = Self.vcf(
      ["A", "B"],
      [
        "1 10 A G PASS GT:DP 0/1:10 0/0:4", "1 20 A G PASS GT:DP 1/1:20 0|1:.", "1 30 A C PASS GT:DP 0/1:. 1/1:6",
        "1 40 A G q10 GT 0/1 0/1", "X 10 A G PASS GT 0/1 0/1",
        // Common bases around an SNV: bcftools asks their first bases, which are the same.
        "1 50 AC AT PASS GT 0/1 0/0",
        "1 60 A AT PASS GT 0/1 1/1", "1 70 AT A PASS GT 1/1 0/1", "1 80 A \(long) PASS GT 0/1 0/1",
        "1 90 A G,AT PASS GT 1/2 ./2", "1 100 A <NON_REF> PASS GT 0/0 0/0",
      ])
    let folder = try ScratchFolder()
    let report = try await variantStats(try folder.write(text, "in.vcf")).report()
    #expect(report.all.records == 11 && report.pass.records == 10 && report.recordsRead == 11)
    let first = report.ga4gh[0]
    #expect(first.sample == "A" && first.count_snvs == 5 && first.count_insertions == 2 && first.count_deletions == 1)
    #expect(first.ratio_heterozygous_homzygous_snv == 4 && first.ratio_insertion_deletion == 2)
    // The multi-allelic record is left out.
    #expect(first.ratio_transitions_transversions_snv == 3)
    let second = report.ga4gh[1]
    #expect(second.count_snvs == 2 && second.ratio_heterozygous_homzygous_snv == 1)
    #expect(report.samples[1].all.partlyMissing == 1)
    #expect(report.samples.map(\.meanDepth) == [15, 5])
    #expect(report.contigs.map(\.contig) == ["1", "X"] && report.contigs[0].all.snvs == 6)
    #expect(report.pass.insertions == 2 && report.pass.longInsertions == 1 && report.pass.noAlternate == 1)
  }

  @Test func `a sample's depth is its own where bcftools takes another's`() async throws {
    let text = Self.vcf(["A", "B"], ["1 10 A G PASS GT:DP 0/1:10 0/0:4"])
    let folder = try ScratchFolder()
    let stats = try await variantStats(try folder.write(text, "in.vcf")) { $0.samples = .named(["B"]) }
    #expect(stats.report().samples.map(\.meanDepth) == [4])
    #expect(stats.text(file: "x").contains("PSC\t0\tB\t1\t0\t0\t0\t0\t0\t10.0\t"))
  }

  @Test func `regions count their own records, overlapping ones both`() async throws {
    let text = Self.vcf(["A"], (1...9).map { "1 \(10 * $0) A G PASS GT 0/1" })
    let folder = try ScratchFolder()
    let stats = try await variantStats(try folder.write(text, "in.vcf")) {
      $0.targets = [
        StatsEqualityTests.region(9, 30), StatsEqualityTests.region(25, 60), StatsEqualityTests.region(200, 300),
      ]
    }
    let report = stats.report()
    #expect(report.all.records == 6 && report.recordsRead == 9)
    #expect(report.regions.map(\.all.records) == [3, 4] && report.regions.map(\.start) == [9, 25])
  }

  @Test(arguments: [
    ("1 10 A G PASS GT 0/2", "allele 2"), ("1 10 A G PASS GT 0/x", "no genotype"),
    ("1 10 A G PASS GT 0//1", "no genotype"),
    ("1 10 A . PASS GT 0/1", "allele 1"),
  ])
  func `a genotype that is none is refused with its line`(line: String, reason: String) async throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Self.vcf(["A"], ["1 5 A G PASS GT 0/1", line]), "in.vcf")
    let error = await #expect(throws: InputError.self) { try await variantStats(path) }
    #expect(error?.description.contains(reason) == true && error?.location.record == 11)
  }

  @Test func `a phase mark before the first allele is read, where bcftools stops`() async throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Self.vcf(["A"], ["1 5 A G PASS GT /0|1", "1 6 A G PASS GT |1"]), "in.vcf")
    let sample = try await variantStats(path).report().samples[0].all
    #expect(sample.heterozygous == 1 && sample.haploidAlternate == 1)
  }

  @Test func `missing samples and tags are refused`() async throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Self.vcf(["A"], ["1 5 A G PASS GT 0/1"]), "in.vcf")
    await #expect(throws: InputError.self) { try await variantStats(path) { $0.samples = .named(["B"]) } }
    await #expect(throws: InputError.self) { try await variantStats(path) { $0.frequencyTag = "AF" } }
  }
}
