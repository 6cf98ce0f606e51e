import Foundation
import TestSupport
import Testing

/// Text that is made to lead out of a folder, to be run by whoever opens it, or to exhaust a parser.
@Suite("Hostile text")
struct HostileTextTests {
  let folder: TemporaryFolder
  init() throws {
    folder = try TemporaryFolder()
    try folder.write(">1\n" + String(repeating: "A", count: 1000) + "\n", to: "g.fa")
    try folder.write(
      "##fileformat=VCFv4.2\n##contig=<ID=1,length=1000>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n1\t100\t.\tA\tC\t50\tPASS\t.\tGT\t0/1\n",
      to: "s.vcf")
  }

  private func run(_ sheet: String, _ more: [String] = []) throws -> Command.Result {
    try folder.write(sheet, to: "sheet.csv")
    return try Command.run(["run", "--samplesheet", "sheet.csv", "-f", "g.fa", "--out", "out"] + more, in: folder)
  }

  /// Whether a text is one line that a terminal only shows.
  private func isPlainLine(_ text: String) -> Bool {
    text.hasSuffix("\n")
      && text.dropLast().unicodeScalars.allSatisfy {
        !(0..<0x20).contains($0.value) && !(0x7F..<0xA0).contains($0.value) && !(0x202A...0x202E).contains($0.value)
      }
  }

  @Test(
    "A name that leads out of the folder, is a formula, is markup or turns the writing is refused, and nothing is made",
    arguments: [
      "../../x", "/abs", "a/b", "..", ".hidden", "-rf", "a\u{0}b", "=cmd|' /C calc'!A0", "@SUM(1)", "+1",
      "<script>alert(1)</script>", "\u{202E}txt.exe", "a\nb", "\u{1B}[31m", "C1\\x", String(repeating: "a", count: 300),
    ])
  func names(name: String) throws {
    let quoted = "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    for row in ["\(quoted),S1", "C1,\(quoted)"] {
      let result = try run("case,sample,vcf,sex\n\(row),s.vcf,female\n")
      #expect(result.code == 65 && isPlainLine(result.errors), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder("out")))
    }
  }

  @Test("What a sheet's own columns hold stands escaped in every page")
  func markup() throws {
    let result = try run(
      "case,sample,vcf,sex,x_note\nC1,S1,s.vcf,female,\"<script>alert(1)</script><img src=x onerror=alert(1)>\"\n")
    #expect(result.code == 0, "\(result.errors)")
    var pages = 0
    for (name, bytes) in try Command.files(below: folder("out")) where name.hasSuffix(".html") {
      pages += 1
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("<script>alert") && !text.contains("<img src=x"), "\(name)")
    }
    #expect(pages > 0)
  }

  @Test("What is quoted of an input cannot write to the terminal, nor make a second line")
  func terminal() throws {
    let result = try run("case,sample,vcf,sex,\"a\nb\u{1B}[31m\u{202E}c\"\nC1,S1,s.vcf,female,x\n")
    #expect(result.code == 65 && isPlainLine(result.errors), "\(result.errors.debugDescription)")
    try folder.write(
      "##fileformat=VCFv4.2\n##contig=<ID=1\u{1B}[31m,length=100>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\u{1B}[2J\t1\t.\tA\tC\t.\tPASS\t\u{202E}=3\n",
      to: "escape.vcf")
    let check = try Command.run(["vcf", "check", "escape.vcf"], in: folder)
    #expect(check.code == 65)
    #expect(!check.output.contains("\u{1B}") && !check.output.contains("\u{202E}") && check.output.contains("meta-id"))
  }

  @Test("A sheet of very many columns is refused at once, and one of many cases is read")
  func wide() throws {
    let columns = (0..<200_000).map { "x_\($0)" }.joined(separator: ",")
    let result = try run("\(columns),case,sample,vcf,sex\n")
    #expect(result.code == 65 && result.errors.contains("more than 1000 columns"), "\(result.errors)")
    let rows = (0..<20_000).map { "C\($0),S1,none.vcf,female\n" }.joined()
    let many = try run("case,sample,vcf,sex\n\(rows)")
    #expect(many.code == 66, "\(many.errors.prefix(300))")
  }

  static let deep = String(repeating: "[", count: 200_000)

  @Test(
    "JSON that is nested without end is refused wherever JSON is read",
    arguments: [
      deep, String(repeating: #"{"a":"#, count: 100_000), deep + String(repeating: "]", count: 200_000), "", "\"",
    ])
  func nested(text: String) throws {
    try folder.write(text, to: "j.json")
    try FileManager.default.createDirectory(atPath: folder("case"), withIntermediateDirectories: true)
    try folder.write(text, to: "case/case.json")
    try folder.write(text, to: "case/manifest.json")
    for arguments in [
      ["referral", "check", "j.json"], ["referral", "import", "j.json", "-o", "r.json"],
      ["directory", "show", "j.json", "R27"],
      ["fastq", "merge", "j.json", "--json", "m.json"],
      ["case", "release", "case", "--by", "A. Scientist", "--reason", "r"],
    ] {
      let result = try Command.run(arguments, in: folder)
      #expect(
        [64, 65].contains(result.code) && isPlainLine(result.errors), "\(arguments): \(result.errors.prefix(300))")
      #expect(result.errors.utf8.count < 6000, "\(arguments)")
    }
    for made in ["r.json", "m.json"] { #expect(!FileManager.default.fileExists(atPath: folder(made))) }
  }

  @Test(
    "A policy that multiplies itself, names itself, is too deep or asks for an object is refused",
    arguments: [
      "schema: &a [x,x,x,x,x,x,x,x,x]\n"
        + zip("bcdefghijkl", "abcdefghijk").map {
          "\($0): &\($0) [\(Array(repeating: "*\($1)", count: 9).joined(separator: ","))]\n"
        }
        .joined(), "a: &a [*a]\n", "a: " + deep, "a: !!python/object x\n", "a: &a\n  <<: *a\n", "a: \u{0}",
    ])
  func policies(text: String) throws {
    try folder.write(text, to: "p.yaml")
    let result = try run("case,sample,vcf,sex\nC1,S1,s.vcf,female\n", ["--policy", "p.yaml"])
    #expect(result.code == 78 && isPlainLine(result.errors), "\(result.code) \(result.errors.prefix(300))")
  }

  @Test("A file that is no base, or a base with a trap in it, is refused")
  func bases() throws {
    var random = SplitMix64()
    try folder.write(Array("SQLite format 3\u{0}".utf8) + random.letters(8000, of: "abcdefgh"), to: "random.kb")
    for path in ["random.kb", "s.vcf", "/dev/null"] {
      let result = try Command.run(["kb", "info", path], in: folder)
      #expect(result.code == 65 && isPlainLine(result.errors), "\(path): \(result.errors)")
    }
    #expect(try Command.run(["kb", "info", "."], in: folder).code == 66)
  }
}
