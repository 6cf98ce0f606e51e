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
}
