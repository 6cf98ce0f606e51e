import Foundation
import TestSupport
import Testing

@Suite("apus pgx")
struct PgxCommandTests {
  let folder: TemporaryFolder

  /// GRCh38's chromosome 21 has 46,709,983 bases; the definitions are the test's own.
  static let length = 46_709_983
  static let planted: [(position: Int, base: Character)] = [(10_000_001, "C"), (10_000_011, "A")]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      {"formatVersion": "2", "source": "TEST", "version": "2026-01", "gene": "TOY", "chromosome": "chr21",
       "genomeBuild": "GRCh38.p14", "variants": [
        {"chromosome": "chr21", "position": 10000001, "rsid": "rs1", "ref": "C", "alts": ["T"]},
        {"chromosome": "chr21", "position": 10000011, "rsid": "rs2", "ref": "A", "alts": ["G"]}],
       "namedAlleles": [
        {"name": "*1", "alleles": ["C", "A"], "reference": true}, {"name": "*2", "alleles": ["T", null]},
        {"name": "*3", "alleles": [null, "G"]}]}
      """, to: "TOY_translation.json")
    try FileManager.default.createDirectory(atPath: folder("definitions/alleles"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: folder("definitions/phenotypes"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: folder("TOY_translation.json"), toPath: folder("definitions/alleles/TOY_translation.json"))
    try folder.write(
      """
      {"gene": "TOY", "version": "2026-02", "haplotypes": {"*1": "Full function", "*2": "No function"},
       "diplotypes": [{"diplotypekey": {"*1": 1, "*2": 1}, "phenotype": "Slow"}]}
      """, to: "definitions/phenotypes/TOY.json")
    try folder.write(Self.vcf("S1", ["0/1"], ["0/0"]), to: "s.vcf")
  }

  static func vcf(_ samples: String, _ first: [String], _ second: [String]) -> String {
    """
    ##fileformat=VCFv4.2
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="GT">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t\(samples)
    chr21\t10000001\t.\tC\tT\t.\tPASS\t.\tGT\t\(first.joined(separator: "\t"))
    chr21\t10000011\t.\tA\tG\t.\tPASS\t.\tGT\t\(second.joined(separator: "\t"))

    """
  }

  /// A reference of one contig without known bases but where definitions have theirs.
  func reference(length: Int = PgxCommandTests.length, name: String = "chr21") throws -> String {
    var bases = [UInt8](repeating: UInt8(ascii: "N"), count: length)
    for (position, base) in Self.planted where position <= length { bases[position - 1] = base.asciiValue! }
    var text = Array(">\(name)\n".utf8)
    for start in stride(from: 0, to: length, by: 1_000_000) {
      text += bases[start..<min(length, start + 1_000_000)] + [UInt8(ascii: "\n")]
    }
    return try folder.write(text, to: "\(name)-\(length).fa")
  }

  func pgx(_ arguments: String...) throws -> Command.Result { try Command.run(["pgx"] + arguments, in: folder) }

  func json(_ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try folder.read(name))) as? [String: Any])
  }

  @Test(
    "The result names the assembly, the definitions and the diplotype; it is the same bytes again and with more threads"
  )
  func result() throws {
    let fasta = try reference()
    let run = try pgx(
      "s.vcf", "-f", fasta, "--definitions", "definitions", "-o", "a.json", "--tsv", "a.tsv", "--threads", "1")
    #expect(run.code == 0)
    #expect(run.errors.isEmpty)
    let result = try json("a.json")
    #expect(result["schema"] as? String == "apus-pgx/1")
    #expect((result["reference"] as? [String: Any])?["assembly"] as? String == "GRCh38")
    let gene = try #require((result["genes"] as? [[String: Any]])?.first)
    #expect(gene["definitionVersion"] as? String == "2026-01")
    let diplotype = try #require((gene["diplotypes"] as? [[String: Any]])?.first)
    #expect(diplotype["name"] as? String == "*1/*2")
    #expect((diplotype["phenotype"] as? [String: Any])?["text"] as? String == "Slow")
    #expect(
      (diplotype["phenotype"] as? [String: Any])?["quotedFrom"] as? String == "TEST phenotype table of TOY, 2026-02")
    // DPYD's chromosome is not in this reference: nothing is said of it.
    #expect((result["dpyd"] as? [String: Any])?["outcome"] as? String == "indeterminate")
    #expect(String(decoding: try folder.read("a.tsv"), as: UTF8.self).contains("TOY\tcalled\t*1/*2"))
    #expect(
      try pgx(
        "s.vcf", "-f", fasta, "--definitions", "definitions", "-o", "b.json", "--threads", "4", "--batch-size", "4K"
      ).code == 0)
    #expect(try folder.read("a.json") == folder.read("b.json"))
    #expect(try pgx("s.vcf", "-f", fasta, "--definitions", "definitions", "-o", "a.json").code == 73)
    #expect(try pgx("s.vcf", "-f", fasta, "--definitions", "definitions/alleles", "-o", "a.json", "--force").code == 0)
    #expect(try folder.read("a.json") == folder.read("b.json"))
  }

  @Test("A cache proves the assembly as its FASTA does")
  func cache() throws {
    let fasta = try reference()
    // A cache needs a transcript; it lies beside the definitions.
    try folder.write(
      "##gff-version 3\nchr21\tensembl\tgene\t10001\t10090\t.\t+\t.\tID=gene:ENSG1;Name=G1;biotype=lncRNA\n"
        + "chr21\tensembl\tlnc_RNA\t10001\t10090\t.\t+\t.\tID=transcript:ENST1;Parent=gene:ENSG1;biotype=lncRNA\n"
        + "chr21\tensembl\texon\t10001\t10090\t.\t+\t.\tParent=transcript:ENST1\n", to: "g.gff3")
    let built = try Command.run(["cache", "build", "-f", fasta, "-g", "g.gff3", "-o", "c.cache"], in: folder)
    try #require(built.code == 0, "\(built.errors)")
    #expect(try pgx("s.vcf", "-f", fasta, "--definitions", "definitions", "-o", "f.json").code == 0)
    let run = try pgx("s.vcf", "-c", "c.cache", "--definitions", "definitions", "-o", "c.json")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try folder.read("f.json") == folder.read("c.json"))
  }

  @Test("An assembly that is not proven is 78, names that differ are 65, and nothing is left")
  func refusals() throws {
    let short = try reference(length: 10_000_100)
    let unproven = try pgx("s.vcf", "-f", short, "--definitions", "definitions", "-o", "x.json")
    #expect(unproven.code == 78)
    #expect(unproven.firstError.contains("tell no assembly"))
    let plain = try reference(name: "21")
    let named = try pgx("s.vcf", "-f", plain, "--definitions", "definitions", "-o", "x.json")
    #expect(named.code == 65)
    let fasta = try reference()
    try folder.write(Self.vcf("S1\tS2", ["0/1", "1/1"], ["0/0", "0/0"]), to: "two.vcf")
    #expect(try pgx("two.vcf", "-f", fasta, "--definitions", "definitions", "-o", "x.json").code == 65)
    #expect(
      try pgx("two.vcf", "-f", fasta, "--definitions", "definitions", "--sample", "S3", "-o", "x.json").code == 65)
    #expect(try pgx("none.vcf", "-f", fasta, "--definitions", "definitions", "-o", "x.json").code == 66)
    #expect(try pgx("s.vcf", "-f", fasta, "--definitions", "definitions/phenotypes", "-o", "x.json").code == 78)
    try folder.write("gene\tmatch\tvalue\tdrug\ttext\n", to: "dosing.tsv")
    #expect(
      try pgx("s.vcf", "-f", fasta, "--definitions", "definitions", "--dosing", "dosing.tsv", "-o", "x.json").code == 78
    )
    #expect(try pgx("s.vcf", "--definitions", "definitions", "-o", "x.json").code == 64)
    #expect(!FileManager.default.fileExists(atPath: folder("x.json")))
    #expect(try pgx("two.vcf", "-f", fasta, "--definitions", "definitions", "--sample", "S2", "-o", "x.json").code == 0)
  }

  @Test("--help shows an example")
  func help() throws {
    let help = try pgx("--help")
    #expect(help.code == 0)
    #expect(help.output.contains("Example"))
  }
}
