import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@testable import Alignments

/// Parts merge into what the whole gives, however the records were split.
@Suite struct SamtoolsMergeTests {
  /// Every batch of a file, in order.
  private func batches(_ path: String, batchBytes: Int) async throws -> (header: SAMHeader, batches: [AlignmentBatch]) {
    let resources = RunResources(threads: 1, batchBytes: batchBytes)
    return try await withChunks(of: InputFile(path: path), endOfFile: .required, resources: resources) { source in
      let reader = try await AlignmentReader(source)
      var batches: [AlignmentBatch] = []
      while let work = try await reader.next() { batches.append(try work.decode()) }
      return (reader.header, batches)
    }
  }

  @Test(arguments: seeds(3))
  func `records split at random and merged in any order are the whole`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    var edges = BaseEdges()
    // Of forms of barcodes the file's first leads, which only batches know.
    edges.barcodes = false
    edges.longest = 3000
    let folder = try ScratchFolder()
    let path = try folder.write(generator.basesFile(600, edges).text, "in.sam")
    let batches = try await batches(path, batchBytes: 16 << 10).batches
    var whole = SamtoolsStats()
    for batch in batches { whole.add(batch) }
    for count in [1, 2, 5] {
      var parts = Array(repeating: SamtoolsStats(), count: count)
      for batch in batches {
        batch.forEachRecord { _, record in parts[generator.random.int(0...(count - 1))].add(record) }
      }
      parts.shuffle(using: &generator.random)
      var merged = SamtoolsStats()
      for part in parts { merged.merge(part) }
      #expect(merged == whole, "\(count) parts")
    }
  }

  @Test(arguments: seeds(3))
  func `batches with barcodes merged in any order are the whole`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let folder = try ScratchFolder()
    let path = try folder.write(generator.basesFile(600).text, "in.sam")
    let batches = try await batches(path, batchBytes: 8 << 10).batches
    var whole = SamtoolsStats()
    for batch in batches { whole.add(batch) }
    var merged = SamtoolsStats()
    for batch in batches.shuffled(using: &generator.random) {
      var part = SamtoolsStats()
      part.add(batch)
      merged.merge(part)
    }
    #expect(batches.count > 5)
    #expect(merged == whole)
  }

  @Test(arguments: seeds(3), [false, true])
  func `contigs split at random and merged in any order are the whole`(seed: UInt64, hasReference: Bool) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.basesFile(1500)
    let folder = try ScratchFolder()
    let (header, batches) = try await batches(try folder.write(file.text, "in.sam"), batchBytes: 16 << 10)
    let setting = CollectorSetting(header: header, hasReference: hasReference)
    let bases = file.contigs.indices.map { index in
      ContigBases(contig: index, bytes: Array(generator.random.text("ACGTN", file.contigs[index].length).utf8))
    }
    func collect<C: CoordinateCollector>(_ type: C.Type, _ contigs: [Int]) throws -> C {
      var collector = try #require(C(setting))
      for contig in contigs {
        collector.begin(contig, bases: hasReference ? bases[contig] : nil)
        for batch in batches {
          for run in ContigRuns(batch).runs where run.contig == contig {
            collector.add(AlignmentSlice(batch: batch, records: run.records, contig: contig))
          }
        }
      }
      collector.finish()
      return collector
    }
    func merged<C: CoordinateCollector>(_ type: C.Type) throws -> (whole: C, merged: C) {
      var parts = [[Int]](repeating: [], count: 3)
      for contig in file.contigs.indices { parts[generator.random.int(0...2)].append(contig) }
      var collected = try parts.map { try collect(type, $0) }
      collected.shuffle(using: &generator.random)
      var total = collected.removeFirst()
      for part in collected { total.merge(part) }
      return (try collect(type, Array(file.contigs.indices)), total)
    }
    let walks = try merged(SamtoolsStatsWalk.self)
    #expect(walks.merged.coverage == walks.whole.coverage)
    #expect(walks.merged.mismatches == walks.whole.mismatches)
    #expect(walks.merged.gcDepth.rows(averageLength: 100) == walks.whole.gcDepth.rows(averageLength: 100))
    #expect(walks.whole.coverage.contains { $0 > 0 })
    #expect((walks.whole.mismatches != nil) == hasReference)
    let coverages = try merged(SamtoolsCoverage.self)
    #expect(coverages.merged.contigs == coverages.whole.contigs)
    #expect(coverages.whole.contigs.count == file.contigs.count)
  }

  @Test func `counts beyond 32 bits, values beyond 63 and rows far apart are kept`() {
    var table = CycleTable(width: 64)
    for _ in 0..<3 { table.withRead(length: 2) { $0[64 + 5] &+= 1 } }
    var other = CycleTable(width: 64)
    other.widen()
    other.withRead(length: 3000) { $0[2999 * 256 + 200] &+= 1 }
    table.merge(other)
    #expect(table[1, 5] == 3 && table[2999, 200] == 1 && table[0, 5] == 0 && table[4000, 1] == 0)
    // Each doubling doubles the count: 3 × 2^32 is more than a cell holds.
    for _ in 0..<32 { table.merge(table) }
    #expect(table[1, 5] == 3 << 32 && table[2999, 200] == 1 << 32)
    var more = CycleTable(width: 64)
    more.withRead(length: 2) { $0[64 + 5] &+= 1 }
    more.merge(table)
    table.withRead(length: 1) { $0[0] &+= 1 }
    #expect(more[1, 5] == 3 << 32 + 1 && table[0, 0] == 1)
  }

  @Test(arguments: [false, true], [5, 6])
  func `cycles beyond the last that is told are counted in sums alone`(isReverse: Bool, length: Int) {
    let qualities: [UInt8] = [10, 20, 30, 40, 50, 60]
    var counts = QualityCycles(mostCycles: 3)
    qualities.prefix(length).withUnsafeBytes { counts.add($0, isReverse: isReverse) }
    let inOrder = isReverse ? qualities.prefix(length).reversed() : Array(qualities.prefix(length))
    var rows: [Int?] = []
    counts.forEachRow(4) { _, row in rows.append(row.firstIndex(of: 1)) }
    #expect(rows == inOrder.prefix(3).map { Int($0) } + [nil])
    #expect(counts.histogram.indices.filter { counts.histogram[$0] == 1 } == qualities.prefix(length).map { Int($0) })
    var bases = BaseCycles(mostCycles: 3)
    // A C G T N =, two a byte.
    let packed: [UInt8] = [0x12, 0x48, 0xF0]
    packed.withUnsafeBytes { bases.add($0, length: length, isReverse: isReverse) }
    let letters: [BaseCounts] = [
      BaseCounts(a: 1), BaseCounts(c: 1), BaseCounts(g: 1), BaseCounts(t: 1), BaseCounts(n: 1), BaseCounts(other: 1),
    ]
    let read = isReverse ? letters.prefix(length).reversed() : Array(letters.prefix(length))
    #expect((0..<4).map { bases[$0] } == read.prefix(3) + [BaseCounts()])
  }
}
