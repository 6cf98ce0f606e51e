import Alignments
import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@Suite struct SitePanelTests {
  static let head = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"

  private func panel(_ text: String) async throws -> SitePanel {
    let folder = try ScratchFolder()
    return try await readSitePanel(
      InputFile(path: try folder.write(text, "s.vcf")), resources: RunResources(threads: 2))
  }

  private func refusal(_ body: () async throws -> Void) async -> InputError? {
    do { try await body() } catch { return error as? InputError }
    return nil
  }

  @Test func `common single-base variants with AF are sites, in the chromosomes' order`() async throws {
    let panel = try await panel(
      Self.head + """
        chrX\t50\t.\tA\tG\t.\tPASS\tAF=0.5
        chr10\t9\t.\tA\tG\t.\tPASS\tAC=3;AF=1e-2;AFX=3
        chr2\t7\t.\tc\tt\t.\t.\tAF=0.25
        chr2\t5\t.\tC\tT\t.\t.\tAF=0.5
        chr2\t8\t.\tC\tT,G\t.\t.\tAF=0.5,0.1
        chr2\t9\t.\tC\tCT\t.\t.\tAF=0.5
        chr2\t10\t.\tC\tT\t.\tq10\tAF=0.5
        chr2\t11\t.\tC\tT\t.\t.\tAF_nfe=0.5
        chr2\t12\t.\tC\tT\t.\t.\tAF=.
        chr2\t13\t.\tC\tT\t.\t.\tAF=0.2
        chr2\t13\t.\tC\tG\t.\t.\tAF=0.1

        """)
    #expect(panel.contigs.map(\.name) == ["chr2", "chr10", "chrX"])
    #expect(panel.contigs.map { $0.sites.map(\.position) } == [[4, 6], [8], [49]])
    #expect(panel.contigs.map(\.firstIndex) == [0, 2, 3])
    #expect(panel.contigs[0].sites[1] == SitePanel.Site(position: 6, reference: 1, alternate: 3, frequency: 0.25))
    #expect(
      panel.leftOut == [
        "sites-left-out-not-biallelic-single-base": 2, "sites-left-out-filtered": 1, "sites-left-out-without-AF": 2,
        "sites-left-out-several-at-one-place": 2,
      ])
  }

  @Test func `the digest is of places and alleles, not of names, order and frequencies`() async throws {
    let a = try await panel(Self.head + "chr1\t5\t.\tA\tC\t.\t.\tAF=0.5\nchr2\t5\t.\tA\tC\t.\t.\tAF=0.5\n")
    let b = try await panel(Self.head + "2\t5\trs1\tA\tC\t.\t.\tAF=0.1\n1\t5\t.\tA\tC\t.\t.\tAF=0.5\n")
    let c = try await panel(Self.head + "chr1\t5\t.\tA\tC\t.\t.\tAF=0.5\nchr2\t5\t.\tA\tG\t.\t.\tAF=0.5\n")
    #expect(a.digest == b.digest && a.digest != c.digest)
    #expect(a.digest.utf8.count == 64)
  }

  @Test(arguments: [
    ("chr1\t5\t.\tA\tAC\t.\t.\tAF=0.5\n", InputError.Kind.empty),
    ("chr1\t5\t.\tA\tC\t.\t.\tAF=1.5\n", .malformed), ("chr1\t5\t.\tA\tC\t.\t.\tAF=nan\n", .malformed),
    ("chr1\t5\t.\tA\tC\t.\t.\tAF=0.1,0.2\n", .malformed), ("chr1\t0\t.\tA\tC\t.\t.\tAF=0.1\n", .malformed),
    ("chr1\t5\t.\tA\tC\t.\t.\tAF=0.1\n1\t5\t.\tA\tC\t.\t.\tAF=0.1\n", .malformed),
  ])
  func `what is no panel is refused`(text: String, kind: InputError.Kind) async {
    #expect(await refusal { _ = try await panel(Self.head + text) }?.kind == kind)
  }

  static let sam = "@SQ\tSN:chr1\tLN:1000\nr\t0\tchr1\t10\t60\t1M\t*\t0\t0\tA\tI\n"

  @Test(arguments: [
    ("1\t5\t.\tA\tC\t.\t.\tAF=0.5\n", "", "is named chr1"),
    ("chr1\t1001\t.\tA\tC\t.\t.\tAF=0.5\n", "", "behind the 1000 bases"),
    ("chr7\t5\t.\tA\tC\t.\t.\tAF=0.5\n", "", "no contig of the sites"),
    ("chr1\t5\t.\tA\tC\t.\t.\tAF=0.5\n", "##contig=<ID=chr1,length=999>\n", "999 bases long"),
  ])
  func `sites that cannot be the file's are refused before it is read`(
    record: String, contigLine: String, reason: String
  ) async throws {
    let folder = try ScratchFolder()
    let bam = try folder.write(Self.sam, "in.sam")
    let vcf = try folder.write(Self.head.replacing("#CHROM", with: contigLine + "#CHROM") + record, "s.vcf")
    let refused = await refusal { _ = try await check(bam, sites: vcf) }
    #expect(refused?.kind == .mismatch && refused?.reason.contains(reason) == true, "\(String(describing: refused))")
  }

  @Test func `REF is held against the reference where there is one, against the reads where not`() async throws {
    let folder = try ScratchFolder()
    let bam = try folder.write(Self.sam, "in.sam")
    let fasta = try folder.write(">chr1\n" + String(repeating: "ACGT", count: 250) + "\n", "r.fa")
    let good = try folder.write(Self.head + "chr1\t5\t.\tA\tC\t.\t.\tAF=0.5\n", "good.vcf")
    let bad = try folder.write(Self.head + "chr1\t6\t.\tA\tC\t.\t.\tAF=0.5\n", "bad.vcf")
    #expect(await refusal { _ = try await check(bam, sites: good, reference: fasta) } == nil)
    #expect(await refusal { _ = try await check(bam, sites: bad, reference: fasta) }?.kind == .mismatch)

    var people = SimulatedPeople(seed: 5, sites: 300)
    let reads = try folder.write(people.sam(people.person()), "people.sam")
    let other: [Character: Character] = ["A": "C", "C": "G", "G": "T", "T": "A"]
    for index in people.sites.indices {
      people.sites[index].reference = other[people.sites[index].reference] ?? "N"
      people.sites[index].alternate = other[people.sites[index].alternate] ?? "N"
    }
    let sites = try folder.write(people.vcf, "other.vcf")
    let refused = await refusal { _ = try await check(reads, sites: sites) }
    #expect(refused?.kind == .mismatch && refused?.reason.contains("neither REF nor ALT") == true)
  }
}
