import Foundation
import TestSupport
import Testing

/// Kinds of stored cases, and of what they are tiered by anew.
@Suite("apus reanalyse: kinds of cases") struct ReanalyseCaseTests {
  private let folder: TemporaryFolder
  private let trio: String

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    try cache("old", "Uncertain_significance")
    try cache("new", "Pathogenic")
    try folder.write(try readFile(testData("case/panel.json")), to: "p.json")
    try folder.write(Self.header(["SYN-001-P", "SYN-001-M", "SYN-001-F"]) + Self.joint, to: "joint.vcf")
  }

  private static func header(_ samples: [String]) -> String {
    var text = "##fileformat=VCFv4.2\n"
    for (key, number) in [("GT", "1"), ("AD", "R"), ("DP", "1"), ("GQ", "1"), ("MIN_DP", "1"), ("CN", "1")] {
      text += "##FORMAT=<ID=\(key),Number=\(number),Type=\(key == "GT" ? "String" : "Integer"),Description=\"d\">\n"
    }
    for key in ["REPCN", "REPCI"] { text += "##FORMAT=<ID=\(key),Number=1,Type=String,Description=\"d\">\n" }
    for key in ["REPID", "VARID"] { text += "##INFO=<ID=\(key),Number=1,Type=String,Description=\"d\">\n" }
    text += "##INFO=<ID=END,Number=1,Type=Integer,Description=\"e\">\n"
    text += "##contig=<ID=20,length=24000>\n##contig=<ID=X,length=5000>\n"
    return text + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t\(samples.joined(separator: "\t"))\n"
  }

  private static let joint: String = {
    let (carrier, other, both) = ("0/1:15,15:30:60", "0/0:30,0:30:60", "1/1:0,30:30:60")
    return [
      ("2260\t.\tA\tT", [carrier, other, other]), ("2920\t.\tG\tT", [carrier, other, other]),
      ("11032\t.\tAT\tA", [carrier, carrier, other]), ("11641\t.\tC\tG", [carrier, other, carrier]),
      ("15487\t.\tG\tT", [both, carrier, carrier]),
    ].map { "20\t\($0.0)\t50\tPASS\t.\tGT:AD:DP:GQ\t\($0.1.joined(separator: "\t"))\n" }.joined()
  }()

  /// A cache that has the allele in the intron in that class.
  private func cache(_ name: String, _ significance: String) throws {
    var text = "##fileformat=VCFv4.2\n##contig=<ID=20,length=24000>\n"
    for key in ["CLNSIG", "CLNREVSTAT"] { text += "##INFO=<ID=\(key),Number=.,Type=String,Description=\"d\">\n" }
    text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    text += "20\t2260\t.\tA\tT\t.\t.\tCLNSIG=\(significance);CLNREVSTAT=reviewed_by_expert_panel\n"
    try folder.write(text, to: "\(name).vcf")
    try apus(
      "cache", "build", "-f", trio + "/genome.fa.gz", "-g", trio + "/genes.gff3", "--source",
      "ClinVar=\(name).vcf:CLNSIG,CLNREVSTAT", "-o", "\(name).cache")
  }

  @discardableResult
  private func apus(_ arguments: String..., code: Int32 = 0) throws -> Command.Result {
    try apus(arguments, code: code)
  }

  @discardableResult
  private func apus(_ arguments: [String], code: Int32 = 0) throws -> Command.Result {
    let result = try Command.run(arguments, in: folder)
    #expect(result.code == code, "\(arguments.joined(separator: " ")): \(result.errors)")
    return result
  }

  private static let people = [
    ("P", "male,germline,proband,yes,SYN-001-F,SYN-001-M"), ("M", "female,germline,mother,no,,"),
    ("F", "male,germline,father,no,,"),
  ]

  /// Runs a case whose people have the files of those columns.
  private func runCase(
    _ out: String, cache: String = "old.cache", columns: String = "vcf", _ files: (String) -> String,
    _ more: [String] = ["--tier-panel", "p.json"]
  ) throws {
    var sheet = "case,sample,\(columns),sex,status,role,affected,father,mother\n"
    for (name, rest) in Self.people { sheet += "SYN-001,SYN-001-\(name),\(files(name)),\(rest)\n" }
    try folder.write(sheet, to: "sheet.csv")
    try apus(["run", "--samplesheet", "sheet.csv", "-f", trio + "/genome.fa.gz", "-c", cache, "--out", out] + more)
  }

  private func json(_ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try folder.read(name))) as? [String: Any])
  }

  /// The case's part of the summary of tiering it again.
  private func reanalyse(_ more: [String], code: Int32 = 0) throws -> [String: Any] {
    try apus(["reanalyse", "out/SYN-001", "-o", "changes.json", "--force"] + more, code: code)
    return try #require((try json("changes.json")["cases"] as? [[String: Any]])?.first)
  }

  @Test("Another profile tiers the case as running it again does")
  func profile() throws {
    let joint = { (_: String) in "joint.vcf" }
    try runCase("out", joint)
    try runCase("again", joint, ["--tier-panel", "p.json", "--profile", "gel-newborn"])
    let one = try reanalyse(["-c", "old.cache", "--profile", "gel-newborn"])
    #expect(one["path"] as? String == "calls" && one["state"] as? String == "changed")
    #expect((one["now"] as? [String: Any]).flatMap { $0["profile"] as? String }?.hasPrefix("gel-newborn ") == true)
    for file in ["tiers.json", "interpretation.json", "candidates.txt"] {
      #expect(try folder.read("out/SYN-001/\(file)") == folder.read("again/SYN-001/\(file)"), "\(file)")
    }
  }

  @Test("A case of gVCFs is read whole, and tiered as running it again does")
  func referenceBlocks() throws {
    for (place, name) in ["P", "M", "F"].enumerated() {
      var text = Self.header(["SYN-001-\(name)"])
      var next = 1
      for line in Self.joint.split(separator: "\n") {
        let columns = line.split(separator: "\t").map(String.init)
        guard let position = Int(columns[1]), !columns[9 + place].hasPrefix("0/0") else { continue }
        text += "20\t\(next)\t.\tN\t<NON_REF>\t.\t.\tEND=\(position - 1)\tGT:DP:GQ:MIN_DP\t0/0:30:60:25\n"
        let fields = columns[9 + place].split(separator: ":")
        text += "20\t\(position)\t.\t\(columns[3])\t\(columns[4]),<NON_REF>\t50\tPASS\t.\tGT:AD:DP:GQ\t"
        text += "\(fields[0]):\(fields[1]),0:\(fields[2]):\(fields[3])\n"
        next = position + columns[3].utf8.count
      }
      text += "20\t\(next)\t.\tN\t<NON_REF>\t.\t.\tEND=24000\tGT:DP:GQ:MIN_DP\t0/0:30:60:25\n"
      // REF of a block is its first base.
      let bases = try Peer.run("gzip -dc '\(trio)/genome.fa.gz'", in: folder).text.split(separator: "\n").dropFirst()
        .prefix { !$0.hasPrefix(">") }.joined().uppercased()
      let letters = Array(bases)
      try folder.write(
        text.split(separator: "\n").map { line -> String in
          var columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
          guard columns.count > 4, columns[3] == "N", let position = Int(columns[1]) else { return String(line) }
          columns[3] = String(letters[position - 1])
          return columns.joined(separator: "\t")
        }.joined(separator: "\n") + "\n", to: "\(name).g.vcf")
    }
    let own = { (name: String) in "\(name).g.vcf" }
    try runCase("out", columns: "gvcf", own)
    try runCase("again", cache: "new.cache", columns: "gvcf", own)
    let one = try reanalyse(["-c", "new.cache"])
    #expect(one["path"] as? String == "calls" && one["state"] as? String == "changed")
    let changes = try #require(one["changes"] as? [[String: Any]])
    #expect(changes.contains { $0["variant"] as? String == "20-2260-A-T" })
    #expect(try folder.read("out/SYN-001/tiers.json") == folder.read("again/SYN-001/tiers.json"))
  }

  @Test("A case with copy numbers and repeats keeps them, and is tiered as running it again does")
  func otherFiles() throws {
    func line(_ position: Int, _ alternate: String, _ info: String, _ format: String, _ call: String) -> String {
      "20\t\(position)\t.\tN\t\(alternate)\t50\tPASS\t\(info)\t\(format)\t\(call)\n"
    }
    let header = Self.header(["SYN-001-P"])
    try folder.write(header + line(2000, "<DEL>", "END=9000", "GT:CN", "0/1:1"), to: "cnv.vcf")
    try folder.write(header + line(2100, "<DEL>", "END=8900", "GT", "0/1"), to: "sv.vcf")
    try folder.write(
      header + line(3000, "<STR30>", "END=3060;REPID=HTT;VARID=HTT", "GT:REPCN:REPCI", "0/1:17/40:17-17/38-45"),
      to: "str.vcf")
    let files = { (name: String) in name == "P" ? "joint.vcf,cnv.vcf,sv.vcf,str.vcf" : "joint.vcf,,," }
    let columns = "vcf,cnv_vcf,sv_vcf,str_vcf"
    try runCase("out", columns: columns, files)
    try runCase("again", cache: "new.cache", columns: columns, files)
    for name in ["cnv.vcf", "sv.vcf", "str.vcf", "joint.vcf", "sheet.csv"] {
      try FileManager.default.removeItem(atPath: folder(name))
    }
    let structural = try #require(try json("out/SYN-001/tiers.json")["structural"] as? [[String: Any]])
    #expect(structural.count == 1)
    let one = try reanalyse(["-c", "new.cache"])
    #expect(one["path"] as? String == "candidates" && one["state"] as? String == "changed")
    #expect(try folder.read("out/SYN-001/tiers.json") == folder.read("again/SYN-001/tiers.json"))
    // And so from the calls.
    try FileManager.default.removeItem(atPath: folder("old.cache"))
    try runCase("whole", cache: "new.cache") { _ in "trio/SYN-001-P.vcf.gz" }
    #expect(try reanalyse(["-c", "new.cache"])["path"] as? String == "nothing")
  }

  @Test("A directory's new version gives a referred case the panels that its test now has")
  func directory() throws {
    let files = testData("case")
    let text = String(decoding: try readFile("\(files)/directory.east.json"), as: UTF8.self)
    try folder.write(text, to: "d9.east.json")
    try folder.write(
      text.replacing("version-9", with: "version-10").replacing("\"99010\"", with: "\"99011\"")
        .replacing("(99010)", with: "(99011)"), to: "d10.east.json")
    for version in ["9", "10"] { try apus("directory", "import", "d\(version).east.json", "-o", "d\(version).json") }
    let panel = String(decoding: try readFile("\(files)/panel.json"), as: UTF8.self)
    try folder.write(panel.replacing("99010", with: "99011").replacing("SYN1", with: "SYN9"), to: "p11.json")
    try folder.write(try readFile("\(files)/referral.json"), to: "referral.json")
    var sheet = "case,sample,vcf,sex,status,role,affected,father,mother,referral\n"
    for (name, rest) in Self.people {
      sheet += "SYN-001,SYN-001-\(name),joint.vcf,\(rest),\(name == "P" ? "referral.json" : "")\n"
    }
    try folder.write(sheet, to: "sheet.csv")
    try apus(
      "run", "--samplesheet", "sheet.csv", "-f", trio + "/genome.fa.gz", "-c", "old.cache", "--directory", "d9.json",
      "--tier-panel", "p.json", "--test-numbers", "--as-of", "2026-03-10T09:00:00+00:00", "--out", "out")
    // The same version asks for the same panels.
    #expect(try reanalyse(["-c", "old.cache", "--directory", "d9.json"])["path"] as? String == "nothing")
    let one = try reanalyse(["-c", "old.cache", "--directory", "d10.json", "--panel", "p11.json"])
    #expect(one["state"] as? String == "changed")
    func panels(_ key: String) -> [String] { (one[key] as? [String: Any])?["panels"] as? [String] ?? [] }
    #expect(panels("before").contains { $0.contains("99010") } && !panels("before").contains { $0.contains("99011") })
    #expect(panels("now").contains { $0.contains("99011") } && !panels("now").contains { $0.contains("99010") })
    // SYN1 is not on it.
    let changes = try #require(one["changes"] as? [[String: Any]])
    let fallen = try #require(changes.first { $0["variant"] as? String == "20-2920-G-T" })
    #expect(fallen["from"] as? String == "TIER1" && fallen["to"] as? String != "TIER1")
    // A directory without the test refuses the case and leaves it.
    try folder.write(text.replacing("R901.1", with: "R903.1"), to: "other.east.json")
    try apus("directory", "import", "other.east.json", "-o", "other.json")
    let before = try Command.files(below: folder("out"))
    #expect(try reanalyse(["-c", "old.cache", "--directory", "other.json"], code: 65)["state"] as? String == "failed")
    #expect(try Command.files(below: folder("out")) == before)
  }

  @Test(
    "Calls, candidates or an index with other bytes of the same number are refused, and the case is left",
    arguments: ["variants.vcf.gz", "candidates.txt", "alleles.idx"])
  func otherBytes(name: String) throws {
    try runCase("out") { _ in "joint.vcf" }
    let path = "out/SYN-001/\(name)"
    var bytes = try folder.read(path)
    // Of calls the header's compressed time, which nothing else would notice.
    let place = name.hasSuffix(".gz") ? 4 : bytes.count - 2
    bytes[place] ^= 1
    try folder.write(bytes, to: path)
    let before = try Command.files(below: folder("out"))
    // All calls are read where the old cache is gone.
    if name.hasSuffix(".gz") { try FileManager.default.removeItem(atPath: folder("old.cache")) }
    let one = try reanalyse(["-c", "new.cache"], code: 65)
    #expect((one["failure"] as? String)?.contains(name) == true, "\(one["failure"] ?? "")")
    #expect(try Command.files(below: folder("out")) == before)
  }
}
