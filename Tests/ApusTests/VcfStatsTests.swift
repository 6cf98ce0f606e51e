import Foundation
import TestSupport
import Testing

/// `apus vcf stats` as a person runs it.
@Suite struct VcfStatsTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }

  private func data(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  @Test("Text and JSON of a sample are written, once; the text is bcftools'")
  func outputs() throws {
    let trio = try copyOfTrio(in: folder)
    let vcf = trio + "/SYN-001-P.vcf.gz"
    let fasta = trio + "/genome.fa.gz"
    let printed = try run("vcf", "stats", vcf, "-f", fasta)
    #expect(printed.code == 0 && printed.output.hasPrefix("# This file was produced by bcftools stats"))
    #expect(
      try run(
        "vcf", "stats", vcf, "-f", fasta, "-o", "o.txt", "--json", "o.json", "--ped", trio + "/SYN-001.ped"
      ).code == 0)
    #expect(String(decoding: try folder.read("o.txt"), as: UTF8.self) == printed.output)
    #expect(try run("vcf", "stats", vcf, "-o", "o.txt").code == 73)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try folder.read("o.json"))) as? [String: Any])
    #expect(json["schema"] as? String == "apus-vcf-stats/1")
    #expect(((json["ga4gh"] as? [[String: Any]])?.first?["count_snvs"] as? Int ?? 0) > 0)
    if Peer.has("bcftools") {
      let peer = try Peer.run("bcftools stats -s - -F '\(fasta)' '\(vcf)'", in: folder)
      #expect(data(printed.output) == data(peer.text))
    }
  }

  @Test("Process writes the same text in its one pass")
  func process() throws {
    let trio = try copyOfTrio(in: folder)
    let (vcf, fasta) = (trio + "/SYN-001-P.vcf.gz", trio + "/genome.fa.gz")
    #expect(try run("cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache").code == 0)
    let result = try run("vcf", "process", vcf, "-f", fasta, "-c", "c.cache", "-o", "p.vcf", "--stats", "p.txt")
    #expect(result.code == 0)
    let alone = try run("vcf", "stats", vcf, "-f", fasta).output
    #expect(String(decoding: try folder.read("p.txt"), as: UTF8.self) == alone)
  }

  @Test(
    "Options that make no sense are usage errors, and those that are not built say so",
    arguments: [
      ["-d", "0,0,1"], ["--af-bins", "0.5"], ["--af-bins", "0.5,0.1"], ["-r", "1", "-R", "b.bed"], ["-t", "1:9-5"],
      ["-e", "QUAL<3"], ["-E", "exons"], ["-u", "DP"],
    ])
  func usage(arguments: [String]) throws {
    let result = try Command.run(["vcf", "stats", "x.vcf"] + arguments, in: folder)
    #expect(result.code == 64)
    #expect(result.firstError.hasPrefix("apus: error: "))
  }

  @Test("A sample that the file lacks, and a file that is cut short, are 65")
  func refusals() throws {
    let trio = try copyOfTrio(in: folder)
    let vcf = trio + "/SYN-001-P.vcf.gz"
    #expect(try run("vcf", "stats", vcf, "-s", "nobody").code == 65)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: vcf))
    _ = try folder.write(bytes.prefix(bytes.count / 2), to: "cut.vcf.gz")
    let cut = try run("vcf", "stats", "cut.vcf.gz", "-o", "o.txt")
    #expect(cut.code == 65)
    #expect(!FileManager.default.fileExists(atPath: folder("o.txt")))
  }
}
