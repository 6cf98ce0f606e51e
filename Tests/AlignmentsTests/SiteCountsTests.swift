import Alignments
import EngineTestSupport
import GenomicFiles
import Testing

@Suite struct SiteCountsTests {
  /// Sites at every third base or so, as a VCF and as places.
  private func sites(_ generator: inout PileGenerator) -> (vcf: String, places: [(contig: Int, position: Int)]) {
    var text = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    var places: [(contig: Int, position: Int)] = []
    // Read bases are A in half of the cases, so that REF A and ALT C hold for enough of them.
    for contig in [0, 1, 3] {
      for position in 0..<generator.contigs[contig].1 where generator.random.oneIn(3) {
        text += "\(generator.contigs[contig].0)\t\(position + 1)\t.\tA\tC\t.\t.\tAF=0.3\n"
        places.append((contig, position))
      }
    }
    return (text, places)
  }

  private func process(_ text: String, _ panel: SitePanel, threads: Int = 2, batchBytes: Int = 1 << 20) async throws
    -> AlignmentResult
  {
    let folder = try ScratchFolder()
    var job = AlignmentJob(input: InputFile(path: try folder.write(text, "in.sam")))
    job.collect = [SiteCounts.name]
    job.options.samples.sites = panel
    return try await processAlignments(job, resources: RunResources(threads: threads, batchBytes: batchBytes))
  }

  private func panel(_ text: String) async throws -> SitePanel {
    let folder = try ScratchFolder()
    return try await readSitePanel(
      InputFile(path: try folder.write(text, "s.vcf")), resources: RunResources(threads: 2))
  }

  @Test(arguments: seeds(6), [4096, 1 << 20])
  func `bases at sites are what the definition counts`(seed: UInt64, batchBytes: Int) async throws {
    var generator = PileGenerator(random: SeededGenerator(seed: seed))
    let (vcf, places) = sites(&generator)
    var reads = generator.reads(generator.random.pick([1, 40, 150]))
    // Few third alleles, or the file would be refused for them.
    for index in reads.indices {
      reads[index].bases = reads[index].bases.map { "GT".contains($0) && !generator.random.oneIn(4) ? "A" : $0 }
    }
    let result = try await process(generator.text(reads), try await panel(vcf), batchBytes: batchBytes)
    let counts = try #require(result[SiteCounts.self])
    let naive = NaiveSiteCounts.counts(reads, places)
    #expect(counts.panel.count == places.count)
    for (index, expected) in naive.enumerated() where counts.bases(at: index) != expected {
      Issue.record("site \(places[index]): \(counts.bases(at: index)), not \(expected)")
    }
  }

  @Test(arguments: seeds(2))
  func `parts by contig add up, and bytes are the same at every number of threads`(seed: UInt64) async throws {
    var people = SimulatedPeople(
      seed: seed, sites: 1500, contigs: [("chr1", 500_000), ("chr2", 500_000), ("chrX", 500_000)])
    let text = people.sam(people.person(), depth: 12)
    let panel = try await panel(people.vcf)
    let whole = try await process(text, panel)
    var sum: SiteCounts?
    for contig in people.contigs.reversed() {
      let part = text.split(separator: "\n").filter { $0.hasPrefix("@") || $0.contains("\t\(contig.name)\t") }
      let counts = try #require(try await process(part.joined(separator: "\n") + "\n", panel)[SiteCounts.self])
      if sum == nil { sum = counts } else { sum?.merge(counts) }
    }
    let expected = try #require(whole[SiteCounts.self])
    let merged = try #require(sum)
    for site in 0..<panel.count { #expect(merged.bases(at: site) == expected.bases(at: site)) }
    for threads in [1, 7] {
      let other = try await process(text, panel, threads: threads, batchBytes: 8192)
      #expect(other.report.files == whole.report.files)
      #expect(other.report.metrics == whole.report.metrics)
    }
  }

  @Test func `without sites nothing is collected, and a file without order tells nothing`() async throws {
    var people = SimulatedPeople(seed: 1, sites: 200)
    let folder = try ScratchFolder()
    let text = people.sam(people.person(), depth: 8)
    #expect(try await check(try folder.write(text, "in.sam"))[SiteCounts.self] == nil)
    let lines = text.split(separator: "\n")
    let turned = lines.filter { $0.hasPrefix("@") } + lines.filter { !$0.hasPrefix("@") }.reversed()
    let result = try await check(
      try folder.write(turned.joined(separator: "\n") + "\n", "turned.sam"),
      sites: try folder.write(people.vcf, "s.vcf"))
    #expect(result[SiteCounts.self] == nil && result.text(".fingerprint") == nil)
  }

  @Test func `limits of a genotype hold at every depth`() {
    func genotype(_ reference: Int, _ alternate: Int, _ third: Int = 0) -> Int? {
      SiteCounts.Alleles(reference: reference, alternate: alternate, third: third).genotype
    }
    #expect(genotype(30, 0) == 0 && genotype(0, 30) == 2 && genotype(15, 15) == 1)
    #expect(genotype(7, 0) == 0 && genotype(6, 0) == nil)
    #expect(genotype(7, 3) == 1 && genotype(3, 7) == 1 && genotype(8, 2) == nil)
    // Strange bases of errors and of a little contamination do not make homozygous sites unknown.
    #expect(genotype(29, 1) == 0 && genotype(26, 4) == 0 && genotype(25, 5) == nil && genotype(4, 26) == 2)
    // Few bases could be of a heterozygote.
    #expect(genotype(8, 1) == nil && genotype(9, 1) == nil && genotype(12, 1) == 0)
    #expect(genotype(24, 0, 1) == 0 && genotype(23, 0, 1) == nil)
  }

  @Test(.enabled(if: SharedData.isThere && Peer.areInstalled("gzip")))
  func `a real BAM's genotypes at its own calls are the caller's`() async throws {
    let calls = try Peer.output("gzip", "-dc", SharedData.path("na12878/NA12878.called.vcf.gz")).lines
      .filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t").map(String.init) }
      .filter { $0[3].count == 1 && $0[4].count == 1 }
    var text = "##fileformat=VCFv4.2\n##contig=<ID=20,length=63025520>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    for call in calls { text += call[..<5].joined(separator: "\t") + "\t.\t.\tAF=0.3\n" }
    let folder = try ScratchFolder()
    let result = try await check(
      SharedData.path("na12878/NA12878.bam"), sites: try folder.write(text, "s.vcf"),
      genotypes: SharedData.path("na12878/NA12878.called.vcf.gz"))
    let counts = try #require(result[SiteCounts.self])
    let concordance = try #require(counts.concordance(result.header))
    #expect(calls.count > 15 && concordance.sites > calls.count / 2)
    #expect(concordance.same == concordance.sites)
    // A region of one chromosome says nothing of contamination, agreement or sex.
    #expect(concordance.evidence == .unknown)
    #expect(result.report.metrics.allSatisfy { $0.id != "contam.fraction" || $0.value == nil })
    #expect(result.text(".sex.tsv")?.contains("karyotype\tunknown\t") == true)
  }
}
