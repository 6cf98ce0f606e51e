import Alignments
import EngineTestSupport
import GenomicFiles
import Testing

@Suite struct SamtoolsMetricsTests {
  private func metrics(_ file: SAMFile) async throws -> [String: Double?] {
    let folder = try ScratchFolder()
    let result = try await process(try folder.write(file.text, "in.sam"), ["stats"])
    return Dictionary(uniqueKeysWithValues: result.report.metrics.map { ($0.id, $0.value) })
  }

  @Test(arguments: seeds(3))
  func `shares and yield are of primary records without the QC-fail flag`(seed: UInt64) async throws {
    var generator = SAMGenerator(seed: seed)
    let file = generator.basesFile(800)
    let passed = file.lines.filter { $0.flag & 0xB00 == 0 }
    let yield = passed.filter { $0.qualities != "*" }.reduce(0) { $0 + $1.qualities.utf8.count { $0 >= 33 + 30 } }
    let metrics = try await metrics(file)
    #expect(metrics["yield_bp_q30"] == Double(yield))
    #expect(metrics["bases.q30_yield"] == Double(yield))
    func percent(_ isCounted: (SAMLine) -> Bool) -> Double {
      100 * Double(passed.count(where: isCounted)) / Double(passed.count)
    }
    #expect(metrics["pct_reads_mapped"] == percent { $0.flag & 4 == 0 })
    #expect(metrics["pct_reads_properly_paired"] == percent { $0.flag & 0xF == 3 })
    #expect(metrics["reads.proper_pct_of_all"] == percent { $0.flag & 0xF == 3 })
  }

  @Test func `without NM the error rate is unknown, with it a share of the CIGAR's bases`() async throws {
    var line = SAMLine(name: "r", flag: 0, contig: "c", position: 1, cigar: "10M2I5D3S")
    #expect(try await metrics(SAMFile(contigs: [("c", 100)], lines: [line]))["error.nm_rate"] == .some(nil))
    line.tags = ["NM:i:3"]
    #expect(try await metrics(SAMFile(contigs: [("c", 100)], lines: [line]))["error.nm_rate"] == 0.25)
    line.tags = ["NM:i:0"]
    #expect(try await metrics(SAMFile(contigs: [("c", 100)], lines: [line]))["error.nm_rate"] == 0)
  }

  @Test func `GA4GH's insert size leaves QC-failed reads out, samtools' does not`() async throws {
    func pair(_ name: String, _ size: Int, failed: Bool) -> [SAMLine] {
      [99, 147].map { flag in
        var line = SAMLine(name: name, flag: flag | (failed ? 0x200 : 0), contig: "c", position: 10, cigar: "10M")
        (line.mateContig, line.matePosition) = ("c", 10)
        line.templateLength = flag == 99 ? size : -size
        return line
      }
    }
    let lines = pair("a", 300, failed: false) + pair("b", 500, failed: true)
    let found = try await metrics(SAMFile(contigs: [("c", 1000)], lines: lines))
    #expect(found["insert.mean"] == 400 && found["insert.sd"] == 100)
    #expect(found["mean_insert_size"] == 300 && found["insert_size_std_deviation"] == 0)
    let none = try await metrics(SAMFile(contigs: [("c", 1000)], lines: []))
    for id in ["insert.mean", "insert.sd", "mean_insert_size", "insert_size_std_deviation", "pct_reads_mapped"] {
      #expect(none[id] == .some(nil), "\(id)")
    }
  }
}
