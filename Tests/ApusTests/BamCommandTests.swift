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
        "o.mosdepth.summary.txt", "o.per-base.bed.gz", "o.qc.html", "o.qc.json", "o.quantized.bed.gz",
        "o.regions.bed.gz",
        "o.sex.tsv", "o.stats.txt", "o.thresholds.bed.gz",
      ])
    // Any output that exists is refused before anything is written.
    try FileManager.default.removeItem(atPath: folder("o.qc.json"))
    #expect(try Command.run(["bam"] + arguments, in: folder).code == 73)
    #expect(try !names("o.").contains("o.qc.json"))
  }

  @Test("Every output that exists is refused before the alignments are read")
  func refusedEarly() throws {
    // Half a file: reading it is 65, and it is not read.
    let whole = try readFile("\(trio)/SYN-001-P.bam")
    try folder.write(whole.prefix(whole.count / 2), to: "cut.bam")
    for suffix in [".flagstat.txt", ".stats.txt", ".sex.tsv", ".insert_size_metrics.txt", ".qc.html", ".verdict.json"] {
      try folder.write("kept", to: "o\(suffix)")
      let result = try run("cut.bam", "--out-prefix", "o", "--policy", "ga4gh-wgs")
      #expect(result.code == 73, "\(suffix): \(result.errors)")
      #expect(result.firstError.contains("o\(suffix)"))
      #expect(try folder.read("o\(suffix)") == Array("kept".utf8))
      try FileManager.default.removeItem(atPath: folder("o\(suffix)"))
    }
    #expect(try run("cut.bam", "--out-prefix", "o", "--policy", "ga4gh-wgs").code == 65)
    #expect(try names("o.").isEmpty)
  }

  private func matches(_ prefix: String) throws -> Double? {
    let json = try JSONSerialization.jsonObject(with: Data(try folder.read("\(prefix).qc.json"))) as? [String: Any]
    let metrics = try #require(json?["metrics"] as? [[String: Any]])
    let metric = try #require(metrics.first { $0["id"] as? String == "input.md5_matches" })
    return metric["value"] as? Double
  }

  @Test("The MD5 that alignments were delivered with is held against them", .enabled(if: Peer.has("md5sum")))
  func checksum() throws {
    try FileManager.default.copyItem(atPath: "\(trio)/SYN-001-P.bam", toPath: folder("in.bam"))
    #expect(try run("in.bam", "--out-prefix", "a", "--collect", "flagstat").code == 0)
    #expect(try matches("a") == nil)
    try Peer.run("md5sum in.bam > in.bam.md5", in: folder)
    #expect(try run("in.bam", "--out-prefix", "b", "--collect", "flagstat").code == 0)
    #expect(try matches("b") == 1)
    try FileManager.default.moveItem(atPath: folder("in.bam.md5"), toPath: folder("in.md5"))
    #expect(try run("in.bam", "--out-prefix", "c", "--collect", "flagstat").code == 0)
    #expect(try matches("c") == 1)
    try folder.write("00000000000000000000000000000000  in.bam\n", to: "in.bam.md5")
    let other = try run("in.bam", "--out-prefix", "d", "--collect", "flagstat")
    #expect(other.code == 65)
    #expect(other.firstError.contains("in.bam.md5 has 00000000"), "\(other.firstError)")
    try folder.write("nothing of the kind\n", to: "in.bam.md5")
    #expect(try run("in.bam", "--out-prefix", "d", "--collect", "flagstat").code == 65)
    #expect(try names("d.").isEmpty)
  }

  @Test("The page shows figures, depth, insert sizes, and the exons with their gaps")
  func page() throws {
    try folder.write("gene\treason\tsource\treference\nSYNA\tmade <up>\tus\tSOP 1\n", to: "d.tsv")
    let result = try run(
      "\(trio)/SYN-001-P.bam", "--out-prefix", "o", "-f", "\(trio)/genome.fa.gz", "--genes", "\(trio)/genes.gff3",
      "--difficult-genes", "d.tsv", "--policy", "gel-newborn")
    #expect(result.code == 0, "\(result.errors)")
    let page = String(decoding: try folder.read("o.qc.html"), as: UTF8.self)
    for words in [
      "Alignments of o", "Depth of coverage", "Reads by GC of the reference", "Insert sizes of pairs that face inwards",
      "Exons and their gaps", "Metrics and their definitions", "Policy",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains("<up>"))
    // A drawing for each transcript.
    let exons = String(decoding: try folder.read("o.exons.tsv"), as: UTF8.self).split(separator: "\n").dropFirst(2)
    let transcripts = Set(exons.map { $0.split(separator: "\t")[4] })
    #expect(!transcripts.isEmpty)
    for transcript in transcripts { #expect(page.contains(", \(transcript)"), "\(transcript)") }
    let gaps = String(decoding: try folder.read("o.gaps.tsv"), as: UTF8.self)
    #expect(gaps.contains("difficult-genes=sha256:"))
  }

  @Test("--panel, --clinvar and --difficult-genes are for --genes")
  func gapOptions() throws {
    for option in ["--panel", "--clinvar", "--difficult-genes"] {
      #expect(try run("\(trio)/SYN-001-P.bam", "--out-prefix", "o", option, "x").code == 64, "\(option)")
    }
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
