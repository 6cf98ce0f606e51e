import Foundation
import TestSupport
import Testing

@Suite("apus bam")
struct BamCommandTests {
  let folder: TemporaryFolder
  let trio: String

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
  }

  private func run(_ arguments: String...) throws -> Command.Result {
    try Command.run(["bam"] + arguments, in: folder)
  }

  private func names(_ prefix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(prefix) }.sorted()
  }

  @Test("Targets, bases, bins and exons are written, and all are there or none")
  func outputs() throws {
    try folder.write("20\t100\t200\tone\n20\t50\t150\n", to: "t.bed")
    let arguments = [
      "\(trio)/SYN-001-P.bam", "--out-prefix", "o", "--targets", "t.bed", "--per-base", "--quantize", "0:1:20:",
      "--genes", "\(trio)/genes.gff3",
    ]
    #expect(try Command.run(["bam"] + arguments, in: folder).code == 0)
    #expect(
      try names("o.") == [
        "o.coverage.txt", "o.exons.tsv", "o.flagstat.txt", "o.gaps.tsv", "o.idxstats.txt",
        "o.insert_size_metrics.txt", "o.mosdepth.global.dist.txt", "o.mosdepth.region.dist.txt",
        "o.mosdepth.summary.txt", "o.per-base.bed.gz", "o.qc.json", "o.quantized.bed.gz", "o.regions.bed.gz",
        "o.sex.tsv", "o.stats.txt", "o.thresholds.bed.gz",
      ])
    // Any output that exists is refused before anything is written.
    try FileManager.default.removeItem(atPath: folder("o.qc.json"))
    #expect(try Command.run(["bam"] + arguments, in: folder).code == 73)
    #expect(try !names("o.").contains("o.qc.json"))
  }

  @Test("Targets and genes of another assembly are 65 and leave nothing")
  func otherAssembly() throws {
    try folder.write("chr20\t100\t200\n", to: "t.bed")
    let targets = try run("\(trio)/SYN-001-P.bam", "--out-prefix", "o", "--targets", "t.bed")
    #expect(targets.code == 65)
    #expect(targets.firstError.contains("t.bed") && targets.firstError.contains("there it is 20"))
    try folder.write(
      "##gff-version 3\nchr20\t.\tmRNA\t1\t9\t.\t+\t.\tID=t\nchr20\t.\texon\t1\t9\t.\t+\t.\tParent=t\n",
      to: "g.gff3")
    #expect(try run("\(trio)/SYN-001-P.bam", "--out-prefix", "o", "--genes", "g.gff3").code == 65)
    #expect(try names("o.").isEmpty)
  }
}
