#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// Reads and alignments, by figures that follow from how they were made.
extension Selftest {
  mutating func checkReads() throws {
    let (reads, bases) = (SelftestFiles.reads, SelftestFiles.readBases)
    let title = "reads and bases are counted"
    if try done("R-01", title, ["fastq", "-i", "R1.fastq", "-I", "R2.fastq", "--json", "reads.json"]) {
      let told = try? JSONDecoder().decode(FastqSummary.self, from: Data(text("reads.json").utf8)).summary
        .before_filtering
      hold(
        "R-01", title, expected: "\(reads) reads, \(bases) bases",
        found: "\(told?.total_reads ?? -1) reads, \(told?.total_bases ?? -1) bases")
    }
    guard try done("R-02", "alignments are counted", ["bam", "SELF-C.sam", "--out-prefix", "bam", "-f", "genome.fa"])
    else { return }
    let flagstat = text("bam.flagstat.txt").split(separator: "\n").map(String.init)
    let wanted = ["in total", "mapped (", "properly paired ("]
    let counts = wanted.map { words in
      flagstat.first { $0.contains(words) }?.split(separator: " ").first.map(String.init)
    }
    hold(
      "R-02", "alignments are counted: all, mapped, in proper pairs", expected: "\(reads), \(reads), \(reads)",
      found: counts.map { $0 ?? "none" }.joined(separator: ", "))
    // contig, first, last, reads, bases with depth, their share, mean depth.
    let row = text("bam.coverage.txt").split(separator: "\n").first { $0.hasPrefix("20\t") }
    let fields = (row ?? "").split(separator: "\t").map(String.init)
    let mean = fields.count > 6 ? Double(fields[6]) ?? -1 : -1
    let depth = Double(bases) / Double(SelftestGenome.length)
    hold(
      "R-03", "depth is counted: reads, covered bases, and the mean to six digits",
      expected: "\(reads), \(SelftestGenome.length), \(Self.six(depth))",
      found: fields.count > 6 ? "\(fields[3]), \(fields[4]), \(Self.six(mean))" : "no row of the contig")
    for name in ["flagstat", "idxstats", "stats", "coverage"] {
      note("alignments-\(name)", lines: text("bam.\(name).txt"))
    }
    note("alignments-depth", lines: text("bam.mosdepth.summary.txt"))
  }

  /// To five places, which are six digits of a depth below ten.
  private static func six(_ value: Double) -> String {
    let scaled = Int((value * 100_000).rounded())
    let places = String(scaled % 100_000)
    return "\(scaled / 100_000).\(String(repeating: "0", count: 5 - places.count))\(places)"
  }

  private struct FastqSummary: Decodable {
    struct Summary: Decodable { var before_filtering: Counts }
    struct Counts: Decodable {
      var total_reads: Int
      var total_bases: Int
    }
    var summary: Summary
  }
}
