import Foundation
import TestSupport
import Testing

/// `apus vcf check` from the command line.
@Suite struct VcfCheckTests {
  private static let header =
    "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"

  @Test("Problems go to standard output, a line each; errors end with 65, warnings only with --strict")
  func codes() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.header + "1\t1\t.\tA\tC\t.\t.\t.\n", to: "good.vcf")
    try folder.write(Self.header + "1\t1\t.\tA\tC\t.\t.\tZZ=1\n", to: "odd.vcf")
    try folder.write(Self.header + "1\t1\t.\tA\tR\t.\t.\t.\n1\t2\t.\tA\tR\t.\t.\t.\n", to: "bad.vcf")
    func run(_ arguments: String...) throws -> Command.Result {
      try Command.run(["vcf", "check"] + arguments, in: folder)
    }
    let good = try run("good.vcf")
    #expect(good.code == 0 && good.output.isEmpty && good.errors.isEmpty)
    let odd = try run("odd.vcf")
    #expect(odd.code == 0)
    #expect(
      odd.output
        == "odd.vcf:4: warning info-undeclared INFO/ZZ: the header does not declare the key (VCF 4.2 section 1.2.2)\n")
    #expect(try run("odd.vcf", "--strict").code == 65)
    let bad = try run("good.vcf", "bad.vcf", "odd.vcf", "--limit", "1", "--json", "c.json")
    #expect(bad.code == 65 && bad.firstError.hasPrefix("apus: error: bad.vcf: 2 errors in 1 of 3 files; "))
    #expect(
      bad.output.contains("bad.vcf:4: error alt-syntax ALT: ")
        && bad.output.contains("bad.vcf: error alt-syntax: 1 more\n"))
    let json = try #require(try JSONSerialization.jsonObject(with: Data(try folder.read("c.json"))) as? [String: Any])
    let files = try #require(json["files"] as? [[String: Any]])
    #expect(files.map { $0["errors"] as? Int } == [0, 2, 0] && files.map { $0["warnings"] as? Int } == [0, 0, 1])
    #expect((files[1]["problems"] as? [[String: Any]])?.map { $0["line"] as? Int } == [4, 5])
    #expect(files[1]["version"] as? String == "VCFv4.2")
    #expect(try run("good.vcf", "--json", "c.json").code == 73)
    #expect(try run("none.vcf").code == 66)
    #expect(try run("good.vcf", "good.vcf").code == 64)
  }

  @Test("Process holds what it reads to its version: errors are listed and leave no output, warnings are counted")
  func process() throws {
    let folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    let (vcf, fasta) = (trio + "/SYN-001-P.vcf.gz", trio + "/genome.fa.gz")
    func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }
    #expect(try run("cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache").code == 0)
    let text = try Command.run(["vcf", "filter", vcf, "-i", "POS>0"], in: folder).output
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let first = try #require(lines.firstIndex { !$0.hasPrefix("#") })
    func process(_ name: String, _ arguments: String...) throws -> Command.Result {
      try Command.run(
        ["vcf", "process", name, "-f", fasta, "-c", "c.cache", "-o", "o.vcf"] + arguments, in: folder)
    }
    func edit(_ line: Int, _ column: Int, _ text: String) {
      var columns = lines[line].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      columns[column] = text
      lines[line] = columns.joined(separator: "\t")
    }
    edit(first, 7, "ODD=1")
    try folder.write(lines.joined(separator: "\n"), to: "odd.vcf")
    let odd = try process("odd.vcf", "--json", "o.json")
    #expect(odd.code == 0 && odd.errors.contains("info-undeclared count=1"), "\(odd.errors)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(try folder.read("o.json"))) as? [String: Any])
    let check = try #require(json["check"] as? [String: Any])
    #expect(check["errors"] as? Int == 0 && check["version"] as? String != nil)
    #expect((check["kinds"] as? [[String: Any]])?.contains { $0["code"] as? String == "info-undeclared" } == true)
    let strict = try process("odd.vcf", "--strict", "--force", "--json", "s.json")
    #expect(strict.code == 65 && strict.errors.contains("odd.vcf:\(first + 1): error info-undeclared INFO/ODD: "))
    #expect(try process("odd.vcf", "--strict", "--no-check", "--force").code == 64)

    edit(first, 5, "-1")
    try folder.write(lines.joined(separator: "\n"), to: "bad.vcf")
    try FileManager.default.removeItem(atPath: folder("o.vcf"))
    let bad = try process("bad.vcf", "--json", "b.json")
    #expect(bad.code == 65 && bad.errors.contains("bad.vcf:\(first + 1): error qual-negative QUAL: "))
    #expect(bad.errors.contains("\napus: error: bad.vcf: 1 error against VCF "))
    #expect(bad.errors.contains("info-undeclared") && bad.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder("o.vcf")))
    #expect(!FileManager.default.fileExists(atPath: folder("b.json")))
    let fields = try process("bad.vcf", "--log-format", "json").errors
    #expect(fields.contains("\"code\":\"qual-negative\"") && fields.contains("\"line\":\(first + 1)"))
    #expect(try process("bad.vcf", "--no-check").code == 0)
  }
}
