import EngineTestSupport
import Foundation
import GenomicFiles
import Reads
import Testing

/// Equality with fastp's `before_filtering`. fastp 0.23.2, `-A -Q -L -G`.
@Suite(.enabled(if: SharedData.isThere && Peer.areInstalled("fastp")))
struct FastpTests {
  struct Report: Decodable {
    struct Summary: Decodable { var before_filtering: Stage }
    struct Stage: Decodable {
      var total_reads, total_bases, q20_bases, q30_bases, read1_mean_length: Int
      var read2_mean_length: Int?
      var q20_rate, q30_rate, gc_content: Double
    }
    struct File: Decodable {
      var total_reads, total_bases, q20_bases, q30_bases, total_cycles: Int
      var quality_curves, content_curves: [String: [Double]]
    }
    var summary: Summary
    var read1_before_filtering: File
    var read2_before_filtering: File?
  }

  @Test(arguments: [
    ["fastq/ERR127302/ERR127302_1_subset.fastq.gz", "fastq/ERR127302/ERR127302_2_subset.fastq.gz"],
    ["na12878/NA12878_R1.fastq.gz", "na12878/NA12878_R2.fastq.gz"], ["na12878/NA12878_R1.fastq.gz"],
  ])
  func `totals and curves of real reads are fastp's`(names: [String]) async throws {
    let paths = names.map(SharedData.path)
    let folder = try ScratchFolder()
    var arguments = [
      "-A", "-Q", "-L", "-G", "--json", folder.path("f.json"), "--html", folder.path("f.html"), "-i", paths[0],
    ]
    if paths.count == 2 { arguments += ["-I", paths[1]] }
    #expect(try Peer.run("fastp", arguments).status == 0)
    let theirs = try JSONDecoder().decode(Report.self, from: folder.bytes(of: "f.json"))
    let result = try await process(paths[0], paths.count == 2 ? paths[1] : nil)
    let ours = ReadMetrics(result.summary, command: "test")
    let (a, b) = (ours.summary.before_filtering, theirs.summary.before_filtering)
    #expect(a.total_reads == b.total_reads)
    #expect(a.total_bases == b.total_bases)
    #expect(a.q20_bases == b.q20_bases)
    #expect(a.q30_bases == b.q30_bases)
    #expect(a.read1_mean_length == b.read1_mean_length)
    #expect(a.read2_mean_length == b.read2_mean_length)
    // fastp prints six significant digits.
    #expect(abs(a.gc_content - b.gc_content) < 1e-5)
    #expect(abs(a.q20_rate - b.q20_rate) < 1e-5)
    #expect(abs(a.q30_rate - b.q30_rate) < 1e-5)
    try expectEqual(ours.read1_before_filtering, theirs.read1_before_filtering)
    #expect((ours.read2_before_filtering == nil) == (theirs.read2_before_filtering == nil))
    if let a = ours.read2_before_filtering, let b = theirs.read2_before_filtering { try expectEqual(a, b) }
  }

  private func expectEqual(_ ours: ReadMetrics.File, _ theirs: Report.File) throws {
    #expect(ours.total_reads == theirs.total_reads)
    #expect(ours.total_bases == theirs.total_bases)
    #expect(ours.q20_bases == theirs.q20_bases)
    #expect(ours.q30_bases == theirs.q30_bases)
    #expect(ours.total_cycles == theirs.total_cycles)
    let pairs =
      [(ours.quality_curves["mean"], theirs.quality_curves["mean"], 1e-3)]
      + ["A", "C", "G", "T", "N", "GC"].map { (ours.content_curves[$0], theirs.content_curves[$0], 1e-5) }
    for (a, b, tolerance) in pairs {
      let (a, b) = (try #require(a), try #require(b))
      #expect(a.count == b.count)
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < tolerance })
    }
  }
}
