import Foundation
import TestSupport
import Testing

@Suite("The column gvcf: where a caller could tell the reference")
struct ReferenceBlockTests {
  let folder: TemporaryFolder
  let trio: String
  /// The bases of contig 20, upper case.
  let bases: [Character]

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    let text = try Peer.run("gzip -dc '\(trio)/genome.fa.gz'", in: folder).text
    bases = Array(text.split(separator: "\n").dropFirst().prefix { !$0.hasPrefix(">") }.joined().uppercased())
    let entry =
      #"{"schema": "apus-consent/1", "participant": "S1", "form": "NGIS-ROD v4.03", "discussed": "yes", "agreed": "yes", "category": "adult", "date": "2026-03-01", "signed": true, "scope": "national-genomic-research-library"}"#
    try folder.write("[\(entry)]", to: "consent.json")
  }

  private func write(_ records: [String], sample: String = "S1", to name: String) throws {
    let header = """
      ##fileformat=VCFv4.5
      ##FILTER=<ID=LowQual,Description="l">
      ##INFO=<ID=END,Number=1,Type=Integer,Description="e">
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="g">
      ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="d">
      ##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description="m">
      ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="q">
      ##FORMAT=<ID=LEN,Number=1,Type=Integer,Description="n">
      ##contig=<ID=20,length=24000>
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t\(sample)
      """
    try folder.write(([header] + records + [""]).joined(separator: "\n"), to: name)
  }

  private func block(_ first: Int, _ last: Int, _ sample: String) -> String {
    "20\t\(first)\t.\t\(bases[first - 1])\t<NON_REF>\t.\t.\tEND=\(last)\tGT:MIN_DP:GQ\t\(sample)"
  }

  private func record(_ position: Int, _ alternates: String, filter: String = "PASS", _ sample: String) -> String {
    "20\t\(position)\t.\t\(bases[position - 1])\t\(alternates)\t50\t\(filter)\t.\tGT:DP:GQ\t\(sample)"
  }

  private func others(_ position: Int) -> [String] {
    ["A", "C", "G", "T"].filter { $0 != String(bases[position - 1]) }
  }

  @discardableResult
  private func run(_ sheet: String, _ more: String...) throws -> Command.Result {
    try folder.write(sheet, to: "s.csv")
    let result = try Command.run(
      ["run", "--samplesheet", "s.csv", "-f", "\(trio)/genome.fa.gz", "--out", "out"] + more, in: folder)
    #expect(result.code == 0, "\(result.errors)")
    return result
  }

  private func add(to base: String = "lab.kb") throws -> Command.Result {
    #expect(try Command.run(["kb", "init", base], in: folder).code == 0)
    return try Command.run(
      ["kb", "add", base, "out/C", "--consent", "consent.json", "--log-level", "info"], in: folder)
  }

  private func variants(_ question: String, in base: String = "lab.kb") throws -> [[String: Any]] {
    let result = try Command.run(["kb", "query", base, question, "--json"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    return try #require(json["variants"] as? [[String: Any]])
  }

  /// The answer about an allele that nobody carries there: AN 2 where the person is known, else unknown.
  private func isKnown(_ position: Int) throws -> Bool {
    let counts = try #require(try variants("20-\(position)-\(bases[position - 1])-\(others(position)[2])").first)
    #expect((counts["an"] as? Int == 2) == (counts["unknown"] as? Int == 0), "\(position)")
    return counts["an"] as? Int == 2
  }

  @Test("Beside a VCF: alleles of the VCF, callability of the blocks without what either could not call")
  func beside() throws {
    try write(
      [
        record(1000, others(1000)[0], "0/1:30:99"), record(3000, others(3000)[0], filter: "LowQual", "0/1:30:99"),
        record(7500, others(7500)[0], "0/0:30:99"),
      ], to: "in.vcf")
    try write(
      [
        block(501, 999, "0/0:30:60"), record(1000, "\(others(1000)[0]),<NON_REF>", filter: ".", "0/1:30:99"),
        block(1001, 2000, "0/0:10:20"), block(2001, 2500, "0/0:9:60"), block(2501, 4000, "0/0:30:60"),
        block(4001, 5000, "0/0:30:19"), block(5001, 5500, "./.:30:60"),
        record(5600, "\(others(5600)[0]),<NON_REF>", filter: ".", "0/1:30:99"),
        "20\t6001\t.\t\(bases[6000])\t<*>\t.\t.\t.\tGT:DP:GQ:LEN\t0/0:30:60:500",
      ], to: "in.g.vcf")
    try run("case,sample,vcf,gvcf,sex\nC,S1,in.vcf,in.g.vcf,female\n")
    let result = try add()
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.errors.contains("dropped=filter:1,not-carried:1 records=3 taken=1"), "\(result.errors)")
    let carried = try #require(try variants("20-1000-\(bases[999])-\(others(1000)[0])").first)
    #expect(carried["het"] as? Int == 1 && carried["an"] as? Int == 2)
    let callable = try #require(carried["callable"] as? [String: Int])
    #expect(callable == ["ac": 1, "an": 2])
    for position in [501, 999, 1001, 2000, 2501, 2999, 3001, 4000, 6001, 6500] {
      #expect(try isKnown(position), "\(position)")
    }
    // Too shallow, filtered in the VCF, of low quality, no call, between blocks, behind the last; and a reference call of
    // the VCF, where the gVCF says nothing.
    for position in [500, 2001, 2500, 3000, 4001, 5000, 5001, 5550, 6501, 7500, 20_000] {
      #expect(try !isKnown(position), "\(position)")
    }
    let page = String(decoding: try folder.read("out/C/case.html"), as: UTF8.self)
    #expect(page.contains("The gVCF has a column"))
    let before = try Command.files(below: folder("out/C"))
    let again = try run("case,sample,vcf,gvcf,sex\nC,S1,in.vcf,in.g.vcf,female\n", "--resume", "--log-level", "info")
    #expect(again.errors.contains("S1/reference-blocks"), "\(again.errors)")
    #expect(try Command.files(below: folder("out/C")) == before)
  }

  @Test("Alone: alleles and blocks; alleles beside <NON_REF> are those that a VCF of bases has")
  func alone() throws {
    // A deletion from a run of one base, written at the run's end.
    let first = (1000..<20_000).first { (place: Int) -> Bool in
      let base: Character = bases[place]
      guard base != "N", bases[place - 1] != base, bases[place + 4] != base else { return false }
      return bases[place...place + 3].allSatisfy { $0 == base }
    }
    let run = try #require(first)
    let position = run + 3
    let reference = String(bases[(run + 2)...(run + 3)])
    let alternate = String(bases[run + 2])
    func records(_ ending: String) -> [String] {
      [
        record(500, "\(others(500)[0]),\(others(500)[1])\(ending)", "1/2:30:99"),
        "20\t\(position)\t.\t\(reference)\t\(alternate)\(ending)\t50\tPASS\t.\tGT:DP:GQ\t1/1:30:99",
        record(22_000, others(22_000)[0] + ending, "0/1:9:99"),
      ]
    }
    try write(records(""), to: "in.vcf")
    try self.run("case,sample,vcf,sex\nC,S1,in.vcf,female\n")
    #expect(try add(to: "bases.kb").code == 0)
    let blocks = [block(23_001, 23_500, "0/0:30:60")]
    try write(records(",<NON_REF>") + blocks, to: "in.g.vcf")
    try self.run("case,sample,gvcf,sex\nC,S1,in.g.vcf,female\n", "--force")
    let result = try add()
    #expect(result.errors.contains("dropped=not-carried:1 records=4 taken=3"), "\(result.errors)")
    let some = try variants("20:1-24000")
    let all = try variants("20:1-24000", in: "bases.kb")
    func texts(_ rows: [[String: Any]], _ key: String) -> [String] { rows.compactMap { $0[key] as? String } }
    #expect(some.count == 4)
    #expect(texts(some, "variant") == texts(all, "variant"))
    #expect(texts(some, "vrs") == texts(all, "vrs"))
    let (before, repeated) = (String(bases[run - 1]), String(bases[run]))
    #expect(texts(some, "variant").contains("20-\(run)-\(before)\(repeated)-\(before)"))
    let counts: [Int] = some.compactMap { $0["ac"] as? Int }
    #expect(counts == [1, 1, 2, 1])
    #expect(try isKnown(23_500))
    #expect(try !isKnown(23_501))
    // Deep enough to count as callable, and not.
    let callable: [Int] = some.compactMap { ($0["callable"] as? [String: Int])?["an"] }
    #expect(callable == [2, 2, 2, 0])
  }

  @Test("A gVCF without a column of the sample holds the case; one on another reference is 65")
  func refusals() throws {
    try write([record(1000, others(1000)[0], "0/1:30:99")], to: "in.vcf")
    try write([block(501, 999, "0/0:30:60")], sample: "S2", to: "in.g.vcf")
    let sheet = "case,sample,vcf,gvcf,sex\nC,S1,in.vcf,in.g.vcf,female\n"
    #expect(try run(sheet).output.contains("HOLD"))
    #expect(try add().code == 77)
    let wrong = block(501, 999, "0/0:30:60").replacingOccurrences(
      of: "\t\(bases[500])\t", with: "\t\(others(501)[0])\t")
    try write([wrong], to: "in.g.vcf")
    let result = try Command.run(
      ["run", "--samplesheet", "s.csv", "-f", "\(trio)/genome.fa.gz", "--out", "out", "--force"], in: folder)
    #expect(result.code == 65)
    #expect(result.firstError.contains("in.g.vcf:11 "), "\(result.firstError)")
  }
}
