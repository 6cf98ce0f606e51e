import Foundation
import TestSupport
import Testing

@Suite("From a referral to a report, on the synthetic trio")
struct CaseReportTests {
  let folder: TemporaryFolder
  let trio: String
  let files: String
  static let moment = "2026-03-10T09:00:00+00:00"

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    files = testData("case")
    try apus(
      "cache", "build", "-f", "\(trio)/genome.fa.gz", "-g", "\(trio)/genes.gff3", "-o", folder("trio.cache"))
    try apus("directory", "import", "\(files)/directory.east.json", "-o", folder("directory.json"))
  }

  @discardableResult
  private func apus(_ arguments: String..., code: Int32 = 0) throws -> Command.Result {
    let result = try Command.run(arguments, in: folder)
    #expect(result.code == code, "\(arguments.joined(separator: " ")): \(result.errors)")
    return result
  }

  /// Writes a referral with an edit, and a sheet that names it.
  private func sheet(_ edit: (inout [String: Any]) -> Void = { _ in }) throws -> String {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(files)/referral.json"))
    var referral = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    edit(&referral)
    try JSONSerialization.data(withJSONObject: referral).write(to: URL(fileURLWithPath: "\(trio)/referral.json"))
    let text = String(decoding: try readFile("\(trio)/samplesheet.csv"), as: UTF8.self)
    var lines = text.split(separator: "\n").map(String.init)
    lines[0] += ",referral"
    for index in 1..<lines.count { lines[index] += index == 1 ? ",referral.json" : "," }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: "\(trio)/referred.csv"))
    return "\(trio)/referred.csv"
  }

  private func run(_ sheet: String, _ out: String, _ more: [String] = [], panels: Bool = true) throws -> Command.Result {
    try Command.run(
      [
        "run", "--samplesheet", sheet, "-f", "\(trio)/genome.fa.gz", "-c", folder("trio.cache"), "--directory",
        folder("directory.json"), "--test-numbers", "--as-of", Self.moment, "--out", folder(out),
      ] + (panels ? ["--panel", "\(files)/panel.json"] : []) + more, in: folder)
  }

  private func json(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder(path)))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func text(_ path: String) throws -> String { String(decoding: try readFile(folder(path)), as: UTF8.self) }

  @Test("A trio's planted variants stand in the report with their tiers, and the report says what it is")
  func report() throws {
    let result = try run(sheet(), "out")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("READY"), "\(result.output)")
    let report = try json("out/SYN-001/report.json")
    #expect(report["status"] as? String == "draft" && report["version"] as? Int == 1)
    let findings = try #require(report["findings"] as? [[String: Any]])
    let variants = findings.compactMap { $0["variant"] as? String }
    for planted in ["20:11032 AT>A", "20:11641 C>G", "20:15487 G>T"] {
      #expect(variants.contains(planted), "\(variants)")
    }
    let page = try text("out/SYN-001/report.html")
    for words in [
      "Decision support, not an authorised report.", "DRAFT", "Pat Ample", "R901.1 Synthetic disorder", "not supplied",
      "Copy numbers", "Near misses", "Turnaround",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    let tiers = try json("out/SYN-001/tiers.json")
    #expect(tiers["schema"] as? String == "apus-tiers/1")
    #expect(try text("out/batch.html").contains("Turnaround"))
    #expect(try text("out/turnaround.csv").contains("TESTREPORT"))
    // Neither identifiers of the patient nor findings stand where they must not.
    let logged = result.errors + result.output + (try Command.files(below: folder("out")).keys.joined())
    for secret in ["Ample", "999000", "2018-05-05", "15487"] { #expect(!logged.contains(secret), "\(secret)") }
  }

  @Test("No report calls a result negative or normal")
  func safeWords() throws {
    #expect(try run(sheet(), "out").code == 0)
    #expect(try run(sheet(), "none", panels: false).code == 0)
    for path in [
      "out/SYN-001/report.html", "out/SYN-001/report.json", "out/SYN-001/tiers.json", "out/SYN-001/case.html",
      "out/batch.html", "none/SYN-001/report.html", "none/SYN-001/report.json",
    ] {
      let words = Set(try text(path).lowercased().split { !$0.isLetter })
      #expect(!words.contains("negative"), "\(path)")
      let isPage = path.hasSuffix(".html")
      // Style sheets have a property of that value.
      #expect(isPage || !words.contains("normal"), "\(path)")
    }
  }

  @Test("De novo needs both parents' reference: depth of their alignments tells it")
  func deNovo() throws {
    #expect(try run(sheet(), "out").code == 0)
    let report = try json("out/SYN-001/report.json")
    let findings = try #require(report["findings"] as? [[String: Any]])
    let deNovo = findings.first { $0["variant"] as? String == "20:2920 G>T" }
    #expect((deNovo?["basis"] as? [String])?.contains("deNovo") == true, "\(String(describing: deNovo))")
    // Without alignments nothing tells of the parents.
    let lines = String(decoding: try readFile("\(trio)/referred.csv"), as: UTF8.self)
    let bare = lines.replacing("SYN-001-M.bam", with: "").replacing("SYN-001-F.bam", with: "")
    try Data(bare.utf8).write(to: URL(fileURLWithPath: "\(trio)/bare.csv"))
    #expect(try run("\(trio)/bare.csv", "bare").code == 0)
    let other = try json("bare/SYN-001/report.json")
    let basis = (other["findings"] as? [[String: Any]] ?? []).first { $0["variant"] as? String == "20:2920 G>T" }
    #expect((basis?["basis"] as? [String])?.contains("deNovo") != true)
    #expect(try text("bare/SYN-001/tiers.json").contains("de-novo-not-assessable"))
  }

  @Test("A referral that is not acceptable holds the case, with its reasons, and the report cannot be authorised")
  func held() throws {
    let sheet = try sheet { $0["test"] = ["code": "R999.9", "directoryVersion": "9"] }
    let result = try run(sheet, "out")
    #expect(result.output.contains("HOLD"))
    let report = try json("out/SYN-001/report.json")
    let holds = try #require(report["holds"] as? [String])
    #expect(holds.contains { $0.contains("test-code-not-in-directory-version") }, "\(holds)")
    #expect(try text("out/SYN-001/report.html").contains("PROVISIONAL"))
    try apus("case", "report", folder("out/SYN-001"), "--final", "--by", "A. Scientist", code: 77)
    try apus("case", "release", folder("out/SYN-001"), "--by", "A. Scientist", "--reason", "known to the service")
    try apus("case", "report", folder("out/SYN-001"), "--final", "--by", "A. Scientist")
    #expect(try json("out/SYN-001/report.json")["status"] as? String == "final")
  }

  @Test("A panel of the test that is not given holds the case")
  func panelMissing() throws {
    let panel = try String(contentsOfFile: "\(files)/panel.json", encoding: .utf8)
    try folder.write(panel.replacing("99010", with: "99011"), to: "other.json")
    let result = try run(sheet(), "out", ["--panel", folder("other.json")], panels: false)
    #expect(result.output.contains("HOLD"))
    #expect(try text("out/SYN-001/report.json").contains("not given: panel 99010"))
  }

  @Test("A test of genes is tiered by a panel of these genes, and says so")
  func genes() throws {
    let sheet = try sheet {
      $0["test"] = ["code": "R902.1", "directoryVersion": "9"]
      $0["samples"] = ($0["samples"] as? [[String: Any]])?.map { sample in
        var sample = sample
        var label = sample["label"] as? [String: Any]
        label?["testCode"] = "R902.1"
        sample["label"] = label
        return sample
      }
    }
    let result = try run(sheet, "out")
    #expect(result.code == 0, "\(result.errors)")
    let report = try text("out/SYN-001/report.json")
    #expect(report.contains("Genes of R902.1 in the test directory"))
    #expect(report.contains("20:11032 AT>A") && !report.contains("\"20:15487 G>T\",\"tier\":\"TIER1"))
  }

  @Test("Authorised versions stay; the same result keeps them, another one begins an amended draft")
  func versions() throws {
    let sheet = try sheet()
    #expect(try run(sheet, "out").code == 0)
    let path = folder("out/SYN-001")
    try apus("case", "report", path, "--final", "--by", "A. Scientist")
    let first = try readFile(folder("out/SYN-001/report.v1.json"))
    #expect(try readFile(folder("out/SYN-001/report.json")) == first)
    // Twice is a mistake.
    try apus("case", "report", path, "--final", "--by", "A. Scientist", code: 64)
    // Run again with the same result.
    #expect(try run(sheet, "out", ["--resume"]).code == 0)
    #expect(try readFile(folder("out/SYN-001/report.json")) == first)
    // With another panel the result differs.
    let panel = try String(contentsOfFile: "\(files)/panel.json", encoding: .utf8)
    try folder.write(panel.replacing("\"1.2\"", with: "\"1.3\"").replacing("SYN4", with: "SYN9"), to: "newer.json")
    #expect(try run(sheet, "out", ["--resume", "--panel", folder("newer.json")], panels: false).code == 0)
    let draft = try json("out/SYN-001/report.json")
    #expect(draft["status"] as? String == "amended-draft" && draft["version"] as? Int == 2)
    #expect(draft["supersedes"] as? Int == 1)
    try apus("case", "report", path, "--final", "--by", "B. Scientist")
    #expect(try json("out/SYN-001/report.v2.json")["status"] as? String == "amended")
    #expect(try readFile(folder("out/SYN-001/report.v1.json")) == first)
    try apus("case", "report", path, "--amend", "--reason", "a relative was tested")
    #expect(try json("out/SYN-001/report.json")["version"] as? Int == 3)
  }

  @Test("The same bytes at any thread count")
  func sameBytes() throws {
    let sheet = try sheet()
    #expect(try run(sheet, "a", ["--threads", "1"]).code == 0)
    let reference = try Command.files(below: folder("a"))
    for (threads, batch) in [("2", "1M"), ("7", "4K")] {
      #expect(try run(sheet, "b\(threads)", ["--threads", threads, "--batch-size", batch]).code == 0)
      let files = try Command.files(below: folder("b\(threads)"))
      #expect(Set(files.keys) == Set(reference.keys))
      for (path, bytes) in files where bytes != reference[path] { Issue.record("\(path) differs at \(threads) threads") }
    }
  }
}
