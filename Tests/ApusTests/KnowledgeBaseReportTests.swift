import Foundation
import TestSupport
import Testing

@Suite("apus kb report: rejections and turnaround of referrals, with nothing small")
struct KnowledgeBaseReportTests {
  let folder: TemporaryFolder
  let trio: String

  init() throws {
    folder = try TemporaryFolder()
    trio = String(decoding: try readFile(Command.package + "/TestData/referral/trio.json"), as: UTF8.self)
    #expect(try Command.run(["kb", "init", "lab.kb"], in: folder).code == 0)
    try FileManager.default.createDirectory(atPath: folder("referrals"), withIntermediateDirectories: false)
  }

  /// A referral of a laboratory, with the days from the receipt of DNA to data; nil for data that are awaited.
  private func write(_ number: Int, _ laboratory: String, days: Int?, isRefused: Bool, to name: String? = nil) throws {
    let identifier = "r26\(String(number + 10_000_000))1"
    var text = trio.replacing(#""referral": "r26000000012""#, with: #""referral": "\#(identifier)""#)
      .replacing(
        "\"reportingLaboratory\": {\n  \"ods\": \"699M0\"",
        with: "\"reportingLaboratory\": {\n  \"ods\": \"\(laboratory)\"")
    if isRefused {
      text = text.replacing(
        #""indication": "Acutely unwell children with a likely monogenic disorder""#, with: #""indication": " ""#)
    }
    func event(_ kind: String, _ day: String) -> String {
      #"{"kind": "\#(kind)", "at": "\#(day)T12:00:00+00:00", "sample": "SYN-S-1", "laboratory": null}"#
    }
    var events = event("dna-received", "2026-04-01")
    if let days {
      events +=
        ",\n"
        + event("data-dispatched", "2026-\(days < 30 ? "04" : "05")-\(days % 30 + 1 < 10 ? "0" : "")\(days % 30 + 1)")
    }
    text = text.replacing("\"events\": [", with: "\"events\": [\n\(events),")
    try folder.write(text, to: name ?? "referrals/\(identifier).json")
  }

  private func report(_ more: [String] = [], output: String = "report.html") throws -> Command.Result {
    try Command.run(
      [
        "kb", "report", "lab.kb", "--referrals", "referrals", "-d",
        Command.package + "/TestData/referral/directory.json", "--as-of", "2026-11-22", "--test-numbers", "-o", output,
      ] + more, in: folder)
  }

  private func measures(_ name: String) throws -> [String: [String: Any]] {
    let json = try #require(try JSONSerialization.jsonObject(with: Data(try folder.read(name))) as? [String: Any])
    #expect(json["schema"] as? String == "apus-variation/1")
    let list = try #require(json["measures"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: list.map { ($0["id"] as? String ?? "", $0) })
  }

  private func box(_ measure: [String: Any]?, _ unit: String, _ field: String) -> [Int]? {
    let units = measure?["units"] as? [[String: Any]]
    return (units?.first { $0["unit"] as? String == unit }?["all"] as? [String: Any])?[field] as? [Int]
  }

  @Test("Figures by laboratory, in page, JSON and table; small laboratories together; each referral once")
  func figures() throws {
    for number in 0..<40 {
      // Twenty in time, twelve late, eight that wait still and are overdue.
      try write(number, "699M0", days: number < 20 ? 20 : number < 32 ? 50 : nil, isRefused: number % 3 == 0)
    }
    for number in 40..<60 { try write(number, "699X0", days: 10, isRefused: false) }
    for number in 60..<63 { try write(number, "RSMALL", days: 10, isRefused: true) }
    try write(0, "699M0", days: 20, isRefused: true, to: "referrals/again.json")
    let result = try report(["--json", "report.json", "--tsv", "report.tsv"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.isEmpty)
    let found = try measures("report.json")
    #expect(
      Set(found.keys) == [
        "yield", "rejected", "turnaround/wgs-42/central-wgs-a", "turnaround/wgs-42/central-wgs-b",
        "turnaround/wgs-32/central-wgs-a", "turnaround/wgs-32/central-wgs-b",
      ])
    // 40 and 14 of one indication, and of others nobody or fewer than the minimum: 0 to 7 are not told apart.
    #expect(box(found["rejected"], "699M0", "number") == [38, 49])
    #expect(box(found["rejected"], "699M0", "count") == [13, 24])
    #expect(box(found["rejected"], "699X0", "count") == [0, 14])
    #expect(box(found["rejected"], "RSMALL", "number") == nil)
    #expect(box(found["turnaround/wgs-42/central-wgs-a"], "699M0", "number") == [38, 49])
    #expect(box(found["turnaround/wgs-42/central-wgs-a"], "699M0", "count") == [18, 29])
    // The clock from data to report runs beyond its standard for the 32 whose data came.
    #expect(box(found["turnaround/wgs-42/central-wgs-b"], "699M0", "number") == [28, 39])
    let table = String(decoding: try folder.read("report.tsv"), as: UTF8.self)
    #expect(table.contains("rejected\tunit\t699M0\t*\t38\t49\t13\t24\t0.375000\t"))
    #expect(table.contains("turnaround/wgs-42/central-wgs-a\tunit\t699M0\tR14\t38\t42\t18\t22\t0.500000\t"))
    let html = String(decoding: try folder.read("report.html"), as: UTF8.self)
    #expect(html.contains("Variation by laboratory") && html.contains("indication-missing"))
    for text in [html, table, String(decoding: try folder.read("report.json"), as: UTF8.self)] {
      #expect(!text.contains("RSMALL") && !text.contains("r2610000") && !text.contains("Ample"))
    }
    #expect(!html.contains("http://") && !html.contains("https://"))
    let other = try report(["--by", "trust", "--json", "trust.json"], output: "trust.html")
    #expect(other.code == 0, "\(other.errors)")
    // 63 referrals: the one that stands in two files counts once.
    #expect(try box(measures("trust.json")["rejected"], "RR8", "number") == [63, 74])
  }

  @Test(
    "What is refused, and its code",
    arguments: [
      (["--by", "shire"], 64, "--by"), (["--minimum", "3"], 64, "minimum"), (["--policy", "none.json"], 78, "policy"),
      (["--cases", "nowhere"], 66, "folder"), (["--json", "report.html"], 64, "two outputs"),
    ])
  func refused(more: [String], code: Int32, word: String) throws {
    try write(1, "699M0", days: 10, isRefused: false)
    let result = try report(more)
    #expect(result.code == code && result.errors.contains(word), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("report.html")))
  }

  @Test("One referral in two files that differ is 65; a file that is no referral too; an output that exists 73")
  func contradictions() throws {
    try write(1, "699M0", days: 10, isRefused: false)
    #expect(try report().code == 0)
    #expect(try report().code == 73)
    try write(1, "699M0", days: 11, isRefused: false, to: "referrals/other.json")
    let twice = try report(output: "twice.html")
    #expect(twice.code == 65 && twice.errors.contains("with other content"), "\(twice.errors)")
    try folder.write("{}", to: "referrals/other.json")
    #expect(try report(output: "twice.html").code == 65)
    #expect(!FileManager.default.fileExists(atPath: folder("twice.html")))
  }
}
