import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Alignments

/// Runs the collectors with a reference.
func process(
  _ path: String, reference: String?, threads: Int = 2, batchBytes: Int = 1 << 20, collect: Set<String>? = nil
) async throws -> AlignmentResult {
  var job = AlignmentJob(input: InputFile(path: path))
  job.collect = collect
  let resources = RunResources(threads: threads, batchBytes: batchBytes)
  if let reference { job.reference = try FASTAReference(path: reference, registry: resources.outputs) }
  return try await processAlignments(job, resources: resources)
}

/// Random alignments of every kind; some with places deeper than Picard's cap.
func pairedAlignments(_ seed: UInt64) -> PairedAlignments {
  var file = PairedAlignments(seed: seed, depth: [0, 3, 12, 40][Int(seed % 4)])
  if seed % 3 == 0 { file.addPile(contig: 0, at: 2500, pairs: 420) }
  if seed % 5 == 0 { file.addPile(contig: 1, at: 300, pairs: 160) }
  return file
}

/// More reads at one place than Picard takes in (LOCUS_ACCUMULATION_CAP), and some behind them: SAM and FASTA text.
let crowdedPlace: (sam: String, fasta: String) = {
  var text = "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr1\tLN:300\n"
  var number = 0
  for (start, count) in [(101, 100_005), (102, 3), (103, 2), (111, 3), (112, 3), (113, 1)] {
    for _ in 0..<count {
      text += "r\(number)\t99\tchr1\t\(start)\t60\t10M\t=\t\(start + 50)\t60\tACGTACGTAC\tIIIIIIIIII\n"
      number += 1
    }
  }
  return (text, ">chr1\n" + String(repeating: "ACGTA", count: 60) + "\n")
}()

@Suite struct CoverageDefinitionTests {
  static let collect: Set = ["wgs", "gc-bias", "insert-size", "reads"]

  @Test(arguments: seeds(12))
  func `every definition counts what a base-by-base count does`(seed: UInt64) async throws {
    let file = pairedAlignments(seed)
    let folder = try ScratchFolder()
    let result = try await process(
      try folder.write(file.text, "in.sam"), reference: try folder.write(file.fasta, "r.fa"), collect: Self.collect)
    let naive = NaiveCoverage(file)
    let coverage = try #require(result[CoverageDefinitions.self])
    var all = CoverageCounts()
    var autosomes = CoverageCounts()
    for (contig, counts) in zip(file.contigs, naive.counts) {
      all += counts
      if ["chr1", "chr2", "chr3"].contains(contig.name) { autosomes += counts }
    }
    #expect(coverage.all == all)
    #expect(coverage.autosomes == autosomes)
    #expect(coverage.q30Overlap == naive.q30Overlap)
    let yield = result.report.metrics.first { $0.id == "bases.q30_yield_nodup" }
    #expect(yield?.value == Double(naive.q30 - naive.q30Overlap))
    let gc = NaiveGC(file)
    let bias = try #require(result[GCBias.self])
    #expect(bias.windows == gc.windows)
    #expect(bias.reads == gc.reads)
    #expect(bias.bases == gc.bases)
    #expect(bias.errors == gc.errors)
  }

  @Test(arguments: seeds(3))
  func `files and metrics are the same at any number of threads and size of batch`(seed: UInt64) async throws {
    let file = pairedAlignments(seed)
    let folder = try ScratchFolder()
    let sam = try folder.write(file.text, "in.sam")
    let fasta = try folder.write(file.fasta, "r.fa")
    var reports: [CollectorReport] = []
    for (threads, batchBytes) in [(1, 1 << 20), (2, 4096), (7, 9001)] {
      reports.append(
        try await process(sam, reference: fasta, threads: threads, batchBytes: batchBytes, collect: Self.collect).report
      )
    }
    for report in reports.dropFirst() {
      #expect(report.files == reports[0].files)
      #expect(report.metrics == reports[0].metrics)
      #expect(report.warnings == reports[0].warnings)
    }
  }

  @Test(arguments: seeds(4))
  func `contigs counted apart add up to all of them`(seed: UInt64) async throws {
    let file = pairedAlignments(seed)
    let folder = try ScratchFolder()
    let sam = try folder.write(file.text, "in.sam")
    let resources = RunResources(threads: 1, batchBytes: 8192)
    let (header, batches) = try await withChunks(
      of: InputFile(path: sam), endOfFile: .required, resources: resources
    ) { source in
      let reader = try await AlignmentReader(source)
      var batches: [AlignmentBatch] = []
      while let work = try await reader.next() { batches.append(try work.decode()) }
      return (reader.header, batches)
    }
    let setting = CollectorSetting(header: header, hasReference: true)
    var random = SeededGenerator(seed: seed)
    let owners = file.contigs.map { _ in random.int(0...2) }
    func count<C: CoordinateCollector>(_ type: C.Type, _ isMine: (Int) -> Bool) throws -> C {
      var collector = try #require(type.init(setting))
      for contig in file.contigs.indices where isMine(contig) {
        let bases = Array(String(decoding: file.contigs[contig].bases, as: UTF8.self).uppercased().utf8)
        collector.begin(contig, bases: ContigBases(contig: contig, bytes: bases))
        for batch in batches {
          for run in ContigRuns(batch).runs where run.contig == contig {
            collector.add(AlignmentSlice(batch: batch, records: run.records, contig: contig))
          }
        }
      }
      collector.finish()
      return collector
    }
    func expectSum<C: CoordinateCollector & Equatable>(_ type: C.Type) throws {
      var sum = try count(type) { owners[$0] == 2 }
      sum.merge(try count(type) { owners[$0] == 0 })
      sum.merge(try count(type) { owners[$0] == 1 })
      #expect(sum == (try count(type) { _ in true }))
    }
    try expectSum(CoverageDefinitions.self)
    try expectSum(GCBias.self)

    func expectRecordSum<C: RecordCollector & Equatable>(_ type: C.Type) throws {
      var parts = try (0..<3).map { _ in try #require(type.init(setting)) }
      var whole = try #require(type.init(setting))
      for batch in batches {
        batch.forEachRecord { _, record in
          parts[random.int(0...2)].add(record)
          whole.add(record)
        }
      }
      parts[1].merge(parts[2])
      parts[1].merge(parts[0])
      #expect(parts[1] == whole)
    }
    try expectRecordSum(YieldReads.self)
    try expectRecordSum(ReadDefinitions.self)
    try expectRecordSum(InsertSizes.self)
    try expectRecordSum(GCBiasReads.self)
  }

  private static let needReference = [
    "cov.ga4gh.mean", "cov.ga4gh.pct15", "cov.ga4gh.mad", "cov.gel_rd.pct15", "cov.gel_nb.pct15", "gc.at_dropout",
    "gc.gc_dropout",
  ]

  @Test func `without a reference coverage is unknown, not 0, and a warning says so`() async throws {
    let file = PairedAlignments(seed: 1, depth: 3)
    let folder = try ScratchFolder()
    let report = try await process(
      try folder.write(file.text, "in.sam"), reference: nil, collect: Self.collect
    ).report
    for id in Self.needReference { #expect(report.metrics.contains { $0.id == id && $0.value == nil }, "\(id)") }
    #expect(report.metrics.first { $0.id == "bases.q30_yield_nodup" }?.value != nil)
    #expect(report.unknowns["coverage-unknown-without-reference"] == 1)
    #expect(report.unknowns["gc-bias-unknown-without-reference"] == 1)
    #expect(report.files.map(\.suffix) == [".insert_size_metrics.txt"])
  }

  @Test func `without coordinate order coverage is unknown, not 0, and a warning says so`() async throws {
    var file = PairedAlignments(seed: 2, depth: 3)
    file.lines.swapAt(0, 40)
    let folder = try ScratchFolder()
    let report = try await process(
      try folder.write(file.text, "in.sam"), reference: try folder.write(file.fasta, "r.fa"), collect: Self.collect
    ).report
    for id in Self.needReference + ["bases.q30_yield_nodup"] {
      #expect(report.metrics.contains { $0.id == id && $0.value == nil }, "\(id)")
    }
    #expect(report.metrics.first { $0.id == "insert.median" }?.value != nil)
    #expect(report.unknowns["coverage-unknown-not-coordinate-sorted"] == 1)
  }

  @Test func `a contig that the reference lacks makes unknown what it belongs to`() async throws {
    var file = PairedAlignments(seed: 3, depth: 3)
    let folder = try ScratchFolder()
    let sam = try folder.write(file.text, "in.sam")
    file.contigs.removeAll { $0.name == "chrX" }
    let report = try await process(sam, reference: try folder.write(file.fasta, "r.fa"), collect: Self.collect).report
    let value = { (id: String) in report.metrics.first { $0.id == id }?.value }
    #expect(value("cov.ga4gh.mean") != nil && value("cov.gel_nb.pct15") != nil)
    #expect(value("cov.gel_rd.pct15") == nil && value("gc.at_dropout") == nil)
    #expect(report.unknowns["coverage-unknown-contigs-not-in-reference"] == 1)
    #expect(report.files.map(\.suffix) == [".insert_size_metrics.txt"])
  }

  @Test func `records without bases count where no quality is asked for`() async throws {
    let lines = (0..<20).map { "r\($0)\t0\tchr1\t11\t60\t10M\t*\t0\t0\t*\t*" }
    let text = "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr1\tLN:200\n" + lines.map { $0 + "\n" }.joined()
    let folder = try ScratchFolder()
    let fasta = try folder.write(">chr1\n" + String(repeating: "ACGT", count: 50) + "\n", "r.fa")
    let report = try await process(try folder.write(text, "in.sam"), reference: fasta, collect: Self.collect).report
    let value = { (id: String) in report.metrics.first { $0.id == id }?.value }
    #expect(value("cov.gel_rd.pct15") == 5)
    #expect(value("cov.ga4gh.mean") == 0)
    #expect(value("gc.at_dropout") == nil)
    #expect(value("clip.soft_pct") == nil && value("reads.chimeric_pct") == nil)
  }

  @Test func `without mapped records nothing is covered and the rest is unknown`() async throws {
    let file = PairedAlignments(seed: 4, depth: 0)
    let folder = try ScratchFolder()
    let report = try await process(
      try folder.write(file.text, "in.sam"), reference: try folder.write(file.fasta, "r.fa"), collect: Self.collect
    ).report
    let value = { (id: String) in report.metrics.first { $0.id == id }?.value }
    #expect(value("cov.ga4gh.mean") == 0 && value("cov.gel_rd.pct15") == 0 && value("cov.ga4gh.mad") == 0)
    #expect(value("insert.median") == nil && value("gc.gc_dropout") == nil)
    #expect(report.unknowns["gc-bias-unknown-no-mapped-records"] == 1)
    #expect(report.unknowns["insert-size-unknown-no-inward-pairs"] == 1)
    #expect(report.files.map(\.suffix) == [".wgs_metrics.txt"])
  }

  @Test func `reads beyond a hundred thousand at one place are left out`() async throws {
    let folder = try ScratchFolder()
    let result = try await process(
      try folder.write(crowdedPlace.sam, "in.sam"), reference: try folder.write(crowdedPlace.fasta, "r.fa"),
      collect: ["wgs"])
    let counts = try #require(result[CoverageDefinitions.self]).all
    #expect(counts.depths[250] == 10)
    #expect(counts.capped == 10 * (100_000 - 250))
    // What begins behind the crowd counts: three reads from 112 on, one from 113 on.
    #expect(counts.depths[3] == 1 && counts.depths[4] == 9 && counts.depths[1] == 1)
  }

  @Test func `autosomes are known by either way of naming`() {
    let autosomes = ["chr1", "chr22", "1", "22", "chr9"]
    let others = ["chr0", "chr23", "chrX", "X", "chr1_alt", "MT", "01", "chr", "", "+1", "chrUn", "NC_000001.11"]
    #expect(autosomes.allSatisfy(CoverageDefinitions.isAutosome))
    #expect(!others.contains(where: CoverageDefinitions.isAutosome))
  }
}
