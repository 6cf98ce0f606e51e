import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Alignments

@Suite struct GapsTests {
  /// Exons as a GFF3 of one gene.
  private func genes(_ exons: [(String, Int, Int)], gene: String = "G", strand: String = "+") -> String {
    let contig = exons.first?.0 ?? "c"
    var text = "##gff-version 3\n"
    text += "\(contig)\t.\tgene\t1\t100\t.\t\(strand)\t.\tID=gene:\(gene);Name=\(gene)\n"
    text +=
      "\(contig)\t.\tmRNA\t1\t100\t.\t\(strand)\t.\tID=transcript:T;Parent=gene:\(gene);transcript_id=T;version=2\n"
    for (contig, start, end) in exons {
      text += "\(contig)\t.\texon\t\(start + 1)\t\(end)\t.\t\(strand)\t.\tParent=transcript:T\n"
      text += "\(contig)\t.\tCDS\t\(start + 1)\t\(end)\t.\t\(strand)\t0\tParent=transcript:T\n"
    }
    return text
  }

  private func gaps(
    _ file: SAMFile, _ gff: String, panel: PanelGenes? = nil, clinvar: String? = nil, threads: Int = 2,
    batchBytes: Int = 1 << 20, qualities: ((SAMLine) -> String)? = nil
  ) async throws -> (GapsCollector, AlignmentResult) {
    let folder = try ScratchFolder()
    var text = file.text
    if let qualities {
      let head = text.split(separator: "\n").filter { $0.hasPrefix("@") }
      let lines = file.lines.map { String($0.text.dropLast()) + qualities($0) }
      text = (head.map(String.init) + lines).joined(separator: "\n") + "\n"
    }
    var job = AlignmentJob(input: InputFile(path: try folder.write(text, "in.sam")))
    job.collect = ["gaps"]
    let resources = RunResources(threads: threads, batchBytes: batchBytes)
    let models = try await readExonModels(
      InputFile(path: try folder.write(gff, "genes.gff3")), panel: panel, resources: resources)
    var options = GapOptions(models: models, panel: panel)
    if let clinvar {
      options.sites = try await readClinVarSites(
        InputFile(path: try folder.write(clinvar, "clinvar.vcf")), in: models, resources: resources)
    }
    job.options.gaps = options
    let result = try await processAlignments(job, resources: resources)
    return (try #require(result[GapsCollector.self]), result)
  }

  /// A quality string: `qualities` Phred 30, or low where asked.
  private func quality(_ line: SAMLine, low: Range<Int> = 0..<0) -> String {
    let bases = line.operations.filter { "MIS=X".contains($0.code) }.reduce(0) { $0 + $1.length }
    guard bases > 0, bases <= 1000 else { return "*" }
    return String((0..<bases).map { low.contains($0) ? "+" : "?" })
  }

  private func reads(
    _ count: Int, at position: Int, _ cigar: String, flag: Int = 0, quality: Int = 60, name: String = "r"
  )
    -> [SAMLine]
  {
    (0..<count).map {
      var line = SAMLine(name: "\(name)\($0)", flag: flag, contig: "c", position: position, cigar: cigar)
      line.quality = quality
      return line
    }
  }

  @Test func `a deleted exon is a gap of exactly its bases`() async throws {
    // Reads over both neighbours, and some across the deletion.
    var lines = reads(25, at: 101, "100M") + reads(25, at: 151, "50M200D50M") + reads(25, at: 401, "100M")
    lines += reads(3, at: 221, "20M", quality: 0, name: "m")
    var file = SAMFile(contigs: [("c", 1000)], lines: lines)
    file.sort()
    let (found, result) = try await gaps(
      file, genes([("c", 120, 180), ("c", 220, 280), ("c", 420, 480)], strand: "-"),
      clinvar: "##fileformat=VCFv4.2\n##contig=<ID=c>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        + "c\t220\tbefore\tA\tC\t.\t.\tCLNSIG=Pathogenic\nc\t221\tin\tA\tC\t.\t.\tX=1;CLNSIG=Pathogenic/Likely_pathogenic\n"
        + "c\t222\tbenign\tA\tC\t.\t.\tCLNSIG=Benign\nc\t280\tlast\tA\tC\t.\t.\tCLNSIG=Likely_pathogenic|risk_factor\n"
        + "c\t281\tbehind\tA\tC\t.\t.\tCLNSIG=Pathogenic\n")
    #expect(found.found.map(\.exon.number) == [3, 2, 1])
    #expect(found.found.map { $0.gaps.map(\.places) } == [[], [220..<280], []])
    let gap = try #require(found.found[1].gaps.first)
    #expect(gap.reason == .noReads)
    #expect(gap.bases == [.fewReads: 20, .noReads: 40])
    #expect(gap.sites?.map(\.id) == ["in", "last"])
    #expect(found.found[1].exon.transcript == "T.2")
    let section = try #require(AlignmentMetrics(result).exonGaps)
    #expect(section.gaps.map { [$0.start, $0.end] } == [[220, 280]])
    #expect(section.genes.map(\.gapBases) == [60])
    #expect(section.genes.first?.percentAtLeast["20"] == 100 * 120.0 / 180)
    #expect(
      found.gapTable.contains(
        "c\t220\t280\t60\tgap\tG\tT.2\t2\t60\t0\t0.00\tno-reads\tfew-reads:20,no-reads:40\t2:in,last\t.\n"))
  }

  @Test(arguments: GapReason.allCases)
  func `each reason is told`(reason: GapReason) async throws {
    var lines = reads(15, at: 101, "100M")
    var low: Set<String> = []
    switch reason {
    case .mappingQuality: lines += reads(5, at: 101, "100M", quality: 19, name: "x")
    case .baseQuality:
      lines += reads(5, at: 101, "100M", name: "x")
      low = Set((0..<5).map { "x\($0)" })
    case .duplicates: lines += reads(5, at: 101, "100M", flag: 0x400, name: "x")
    case .overlap:
      for number in 0..<5 {
        for flag in [0x63, 0x93] {
          lines.append(
            SAMLine(
              name: "r\(number)", flag: flag, contig: "c", position: 101, cigar: "100M", mateContig: "c",
              matePosition: 101))
        }
      }
      lines.removeFirst(5)
    case .clipping: lines += reads(3, at: 201, "100S10M", name: "x") + reads(2, at: 91, "10M100S", name: "y")
    case .qualityFail: lines += reads(5, at: 101, "100M", flag: 0x200, name: "x")
    case .several:
      lines += reads(3, at: 101, "100M", flag: 0x400, name: "x") + reads(3, at: 101, "100M", quality: 0, name: "y")
    case .fewReads: lines += reads(4, at: 101, "100M", flag: 0x400, name: "x")
    case .noReads: lines = reads(1, at: 301, "10M")
    }
    var file = SAMFile(contigs: [("c", 1000)], lines: lines)
    file.sort()
    let (found, _) = try await gaps(
      file, genes([("c", 110, 190)]), qualities: { quality($0, low: low.contains($0.name) ? 0..<1000 : 0..<0) })
    let gap = try #require(found.found.first?.gaps.first)
    #expect(gap.places == 110..<190)
    #expect(gap.reason == reason)
    #expect(gap.bases == [reason: 80])
    #expect(gap.minimum == (reason == .noReads ? 0 : 15))
  }

  @Test(arguments: seeds(6))
  func `exons, gaps and reasons are what the definition counts, base by base`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    var file = generator.file(wild: generator.random.pick([0, 300]), pairs: generator.random.pick([50, 1500]))
    // Enough depth for both sides of the threshold on the short contigs.
    for number in 0..<600 {
      let contig = generator.random.pick(["c2", "c1", "last"])
      var line = SAMLine(
        name: "d\(number)", flag: generator.random.pick([0, 0, 0, 0x10, 0x400, 0x200, 0x800]), contig: contig,
        position: generator.random.int(1...(contig == "last" ? 40 : 250)), cigar: generator.cigar(longest: 100))
      line.quality = generator.random.pick([60, 60, 60, 20, 19])
      file.lines.append(line)
    }
    file.sort()
    var text = "##gff-version 3\n"
    for number in 0..<generator.random.int(1...25) {
      let (contig, length) = generator.random.pick(file.contigs.map { ($0.name, $0.length) })
      let id = "t\(number)"
      text += "\(contig)\t.\tgene\t1\t\(length)\t.\t+\t.\tID=g\(number / 2)x\(contig);Name=G\(number / 2)x\(contig)\n"
      text += "\(contig)\t.\tmRNA\t1\t\(length)\t.\t+\t.\tID=\(id);Parent=g\(number / 2)x\(contig)\n"
      for _ in 0..<generator.random.int(1...4) {
        let start = generator.random.int(0...(min(length, 5000) - 1))
        let end = min(length, start + generator.random.int(1...200))
        text += "\(contig)\t.\texon\t\(start + 1)\t\(end)\t.\t+\t.\tParent=\(id)\n"
      }
    }
    var strings: [Int: String] = [:]
    var next = 0
    for (index, line) in file.lines.enumerated() {
      let bases = quality(line)
      strings[index] =
        bases == "*" ? bases : String(bases.map { _ in generator.random.pick(["?", "?", "5", "4", "+"]) })
    }
    let (found, _) = try await gaps(file, text) { _ in
      next += 1
      return strings[next - 1] ?? "*"
    }
    let oracle = NaiveGaps(file, strings.mapValues { Array($0.utf8) })
    #expect(!found.found.isEmpty)
    for exon in found.found {
      let counts = oracle.counts[exon.contig]
      let depth = exon.exon.places.map { counts[$0][0] }
      #expect(exon.depthSum == depth.reduce(0, +))
      #expect(exon.minimum == depth.min())
      #expect(exon.basesAtLeast == [10, 20, 30, 50, 100].map { limit in depth.filter { $0 >= limit }.count })
      let low = exon.exon.places.filter { counts[$0][0] < 20 }
      #expect(exon.gaps.flatMap { Array($0.places) } == low)
      for (a, b) in zip(exon.gaps, exon.gaps.dropFirst()) { #expect(a.places.upperBound < b.places.lowerBound) }
      for gap in exon.gaps {
        var reasons: [GapReason: Int] = [:]
        for place in gap.places { reasons[oracle.reason(exon.contig, place), default: 0] += 1 }
        #expect(gap.bases == reasons)
      }
    }
  }

  @Test(arguments: seeds(2))
  func `the same at any threads and batch size, and contigs merged are the whole`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.file(wild: 500, pairs: 1500)
    var gff = "##gff-version 3\n"
    for (name, length) in file.contigs {
      gff += "\(name)\t.\tmRNA\t1\t\(length)\t.\t-\t.\tID=\(name)\n"
      for start in stride(from: 0, to: min(length, 3000), by: 300) {
        gff += "\(name)\t.\texon\t\(start + 1)\t\(min(length, start + 200))\t.\t-\t.\tParent=\(name)\n"
      }
    }
    let (expected, result) = try await gaps(file, gff, threads: 1)
    for (threads, batchBytes) in [(1, 4096), (2, 64 << 10), (7, 4096)] {
      let (found, _) = try await gaps(file, gff, threads: threads, batchBytes: batchBytes)
      #expect(found.gapTable == expected.gapTable)
      #expect(found.exonTable == expected.exonTable)
    }
    let folder = try ScratchFolder()
    let (header, slices) = try await contigSlices(try folder.write(file.text, "in.sam"))
    var options = AlignmentOptions()
    options.gaps = expected.options
    var parts = try (0..<2).map { part in
      var collector = try #require(GapsCollector(CollectorSetting(header: header, options: options)))
      _ = collect(&collector, file.contigs.indices.filter { $0 % 2 == part }, slices)
      return collector
    }
    parts[1].merge(parts[0])
    #expect(parts[1].gapTable == expected.gapTable)
    #expect(parts[1].exonTable == expected.exonTable)
    #expect(ExonGaps(parts[1]) == AlignmentMetrics(result).exonGaps)
  }

  @Test func `a difficult gene is told of where it is deep`() async throws {
    let file = SAMFile(contigs: [("c", 1000)], lines: reads(30, at: 101, "100M"))
    let (found, result) = try await gaps(file, genes([("c", 110, 190)], gene: "SMN1"))
    #expect(found.found.first?.gaps.isEmpty == true)
    #expect(
      found.gapTable.contains("c\t110\t190\t80\trisk\tSMN1\tT.2\t1\t80\t30\t30.00\tmis-mapping-risk\t.\t.\tcopy SMN2 (")
    )
    #expect(AlignmentMetrics(result).exonGaps?.genes.first?.misMappingRisk == "copy SMN2")
  }

  @Test func `a panel chooses genes, and says which were not assessed`() async throws {
    let file = SAMFile(contigs: [("c", 1000)], lines: reads(30, at: 101, "100M"))
    let panel = PanelGenes(name: "p", version: "1.0", symbols: ["B", "ABSENT"])
    let gff =
      genes([("c", 110, 190)], gene: "A")
      + genes([("c", 110, 150)], gene: "B").dropFirst(16)
      .replacing("transcript:T", with: "transcript:U")
    let (found, result) = try await gaps(file, gff, panel: panel)
    #expect(found.found.map(\.exon.places) == [110..<150])
    #expect(AlignmentMetrics(result).exonGaps?.genesNotAssessed == ["ABSENT"])
    #expect(result.report.warnings["genes-not-assessed"] == 1)
  }

  @Test(.enabled(if: SharedData.isThere))
  func `a panel's green genes are read from PanelApp's JSON`() async throws {
    let resources = RunResources(threads: 1)
    let path = SharedData.path("panelapp/842-cardiac-arrhythmias-v13.4.json")
    let panel = try await readPanelGenes(path, resources: resources)
    #expect(panel.version == "13.4")
    #expect(panel.symbols.contains("KCNQ1") && panel.entry(["HGNC:6294"]) == "KCNQ1")
    let other = SharedData.path("panelapp/signed-off-example.json")
    let error = await #expect(throws: InputError.self) { try await readPanelGenes(other, resources: resources) }
    #expect(error?.kind == .malformed)
  }

  @Test(arguments: ["chrc\t.\texon\t1\t10", "c\t.\texon\t990\t1001", "d\t.\texon\t1\t10"])
  func `models of another assembly are refused`(line: String) async throws {
    let file = SAMFile(contigs: [("c", 1000)], lines: [])
    let contig = line.split(separator: "\t")[0]
    let gff = "##gff-version 3\n\(contig)\t.\tmRNA\t1\t9\t.\t+\t.\tID=t\n\(line)\t.\t+\t.\tParent=t\n"
    let error = await #expect(throws: InputError.self) { try await self.gaps(file, gff) }
    #expect(error?.kind == .mismatch)
  }
}
