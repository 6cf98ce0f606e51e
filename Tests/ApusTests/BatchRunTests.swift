import Foundation
import TestSupport
import Testing

@Suite("Many cases")
struct BatchRunTests {
  let folder: TemporaryFolder
  let trio: String
  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
  }

  private func run(_ more: [String], sheet: String, threads: String = "2") throws -> Command.Result {
    try Command.run(
      [
        "run", "--samplesheet", sheet, "-f", "\(trio)/genome.fa.gz", "--out", folder("out"), "--threads", threads,
      ] + more, in: folder)
  }

  /// A sheet of cases of one person each, by their rows after the case's name.
  private func sheet(_ rows: [String], header: String = "case,sample,vcf,sex,urgency") throws -> String {
    try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: "trio/many.csv")
  }

  private func batch() throws -> [String: String] {
    let json = try JSONSerialization.jsonObject(with: Data(try readFile(folder("out/batch.json")))) as? [String: Any]
    let cases = try #require(json?["cases"] as? [[String: Any]])
    return Dictionary(
      cases.map { ($0["case"] as? String ?? "", $0["state"] as? String ?? "") }, uniquingKeysWith: { first, _ in first }
    )
  }

  @Test("The urgent start first: by the sheet, else by the referral, and else in the sheet's order")
  func urgentFirst() throws {
    let referral = try String(decoding: readFile(testData("case/referral.json")), as: UTF8.self)
    let urgent = referral.replacingOccurrences(of: #""urgency": "routine""#, with: #""urgency": "urgent""#)
    try folder.write(urgent, to: "trio/urgent.json")
    #expect(urgent.contains(#""urgency": "urgent""#))
    let sheet = try sheet(
      [
        "A,SYN-001-P,SYN-001-P.vcf.gz,male,,", "B,SYN-001-M,SYN-001-M.vcf.gz,female,,urgent.json",
        "C,SYN-001-F,SYN-001-F.vcf.gz,male,stat,", "D,SYN-001-P,SYN-001-P.vcf.gz,male,routine,urgent.json",
      ], header: "case,sample,vcf,sex,urgency,referral")
    // Memory for one case at a time, so that starts are in a row.
    let estimate = try run(["--estimate"], sheet: sheet, threads: "1")
    #expect(estimate.code == 0, "\(estimate.errors)")
    let lines = estimate.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(lines.map { $0[1] } == ["urgency", "routine", "urgent", "stat", "routine"])
    let memory = try #require(lines.dropFirst().compactMap { Int($0[5]) }.max())
    let result = try run(
      ["--log-level", "info", "--memory", "\(memory + 1)M", "--test-numbers"], sheet: sheet, threads: "1")
    let started = result.errors.split(separator: "\n").filter { $0.contains("started unit=") }.compactMap {
      $0.split(separator: "=").last
    }
    #expect(started == ["SYN-001-F/variants", "SYN-001-M/variants", "SYN-001-P/variants", "SYN-001-P/variants"])
    #expect(try batch().count == 4)
  }

  @Test("Jobs of one case each, side by side, then the report of all; what was not run is pending")
  func oneCaseAJob() throws {
    let sheet = try sheet([
      "A,SYN-001-P,SYN-001-P.vcf.gz,male,", "B,SYN-001-M,SYN-001-M.vcf.gz,female,",
      "C,SYN-001-F,SYN-001-F.vcf.gz,male,",
    ])
    let first = try run(["--case", "A", "--resume"], sheet: sheet)
    #expect(first.code == 0 && first.output == "READY\t\(folder("out"))/A/case.html\n", "\(first.errors)")
    #expect(try run(["--case", "B"], sheet: sheet).code == 0)
    #expect(!FileManager.default.fileExists(atPath: folder("out/batch.json")))
    let report = try run(["--report-only"], sheet: sheet)
    #expect(report.code == 0 && report.output.contains("READY\t2\n") && report.output.contains("PENDING\t1\n"))
    #expect(try batch() == ["A": "READY", "B": "READY", "C": "PENDING"])
    #expect(try run(["--only-failed"], sheet: sheet).output.hasPrefix("READY\t\(folder("out"))/C/"))
    #expect(try batch() == ["A": "READY", "B": "READY", "C": "READY"])
    let apart = try readFile(folder("out/batch.html"))
    try FileManager.default.removeItem(atPath: folder("out"))
    #expect(try run([], sheet: sheet).code == 0)
    // The same page, whether the cases ran in one process or in three.
    #expect(try readFile(folder("out/batch.html")) == apart)
    #expect(try run(["--case", "X"], sheet: sheet).code == 64)
  }

  @Test("--only-failed keeps what the report told of the others, and an interrupted case is not told as done")
  func onlyFailed() throws {
    let sheet = try sheet(["A,SYN-001-P,cut.vcf.gz,male,", "B,SYN-001-M,SYN-001-M.vcf.gz,female,"])
    let whole = try readFile("\(trio)/SYN-001-P.vcf.gz")
    try folder.write(whole.prefix(whole.count / 2), to: "trio/cut.vcf.gz")
    #expect(try run([], sheet: sheet).code == 65)
    #expect(try batch() == ["A": "FAILED", "B": "READY"])
    let outcome = String(decoding: try readFile(folder("out/A/outcome.json")), as: UTF8.self)
    #expect(outcome.contains("input-truncated") && outcome.contains("apus-outcome/1"))
    try folder.write(whole, to: "trio/cut.vcf.gz")
    let again = try run(["--only-failed", "--log-level", "info"], sheet: sheet)
    #expect(again.code == 0 && !again.errors.contains("SYN-001-M"), "\(again.errors)")
    #expect(try batch() == ["A": "READY", "B": "READY"])
    // A damaged outcome is none; what batch.json told before does not stand in for it.
    try folder.write("{", to: "out/B/outcome.json")
    #expect(try run(["--report-only"], sheet: sheet).code == 0)
    #expect(try batch() == ["A": "READY", "B": "PENDING"])
  }

  @Test("A case that needs more than a given --memory fails with 75, and the others run")
  func memory() throws {
    let sheet = try sheet(["A,SYN-001-P,SYN-001-P.vcf.gz,male,"])
    let result = try run(["--memory", "1M"], sheet: sheet)
    #expect(result.code == 75 && result.errors.contains("--memory"), "\(result.errors)")
    #expect(try batch() == ["A": "FAILED"])
    #expect(try run(["--memory", "64G", "--only-failed"], sheet: sheet).code == 0)
  }

  @Test("Sixty cases need no more descriptors than two")
  func descriptors() throws {
    let people = [("P", "male"), ("M", "female"), ("F", "male")]
    func rows(_ count: Int) -> [String] {
      (0..<count).map { index in
        let (person, sex) = people[index % 3]
        return "C\(index),SYN-001-\(person),SYN-001-\(person).bam,SYN-001-\(person).vcf.gz,\(sex)"
      }
    }
    let apus = "'\(Command.path)' run --samplesheet many.csv -f genome.fa.gz --threads 2"
    func peak(_ count: Int, limit: Int) throws -> Int32 {
      _ = try sheet(rows(count), header: "case,sample,bam,vcf,sex")
      return try Peer.outcome(
        "cd trio && ulimit -n \(limit) && \(apus) --out ../out\(count)-\(limit)", in: folder
      ).code
    }
    // The fewest that two cases run with, in steps of 8; a leak of one in two cases would be seen.
    let least = try #require(try stride(from: 16, through: 256, by: 8).first { try peak(2, limit: $0) == 0 })
    #expect(try peak(60, limit: least + 16) == 0)
  }
}
