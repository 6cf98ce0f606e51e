import Foundation
import TestSupport
import Testing

@Suite("apus selftest")
struct SelftestTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func selftest(_ more: String...) throws -> Command.Result {
    try Command.run(["selftest"] + more, in: folder)
  }

  private func record(_ name: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(try folder.read(name))) as? [String: Any])
  }

  /// Checks by their numbers.
  private func checks(_ record: [String: Any]) throws -> [String: [String: Any]] {
    let checks = try #require(record["checks"] as? [[String: Any]])
    return Dictionary(checks.compactMap { check in (check["id"] as? String).map { ($0, check) } }) { first, _ in first }
  }

  @Test("A built binary passes with nothing but itself, and leaves nothing but what was asked for")
  func passes() throws {
    let result = try selftest("--json", "a.json", "--digests", "a.tsv", "--threads", "3")
    #expect(result.code == 0, "\(result.errors)\(result.output)")
    let lines = result.output.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    #expect(lines.contains { $0[0] == "htslib" } && lines.contains { $0[0] == "SQLite" })
    let rows = lines.filter { $0[0] == "PASS" || $0[0] == "FAIL" }
    #expect(rows.allSatisfy { $0.count == 5 && $0[0] == "PASS" && $0[3] == $0[4] })
    let record = try record("a.json")
    let checks = try checks(record)
    #expect(checks.count == rows.count && checks.count >= 40)
    for id in [
      "I-02", "I-03", "R-03", "V-01", "V-04", "T-01", "T-04", "N-01", "N-02", "P-01", "P-04", "K-01", "K-04", "D-tiers",
    ] {
      #expect(checks[id]?["passed"] as? Bool == true, "\(id)")
    }
    #expect(record["schema"] as? String == "apus-selftest/1" && record["passed"] as? Bool == true)
    #expect(record["moment"] == nil && record["digestsFrom"] as? String == "built in")
    let text = String(decoding: try folder.read("a.json"), as: UTF8.self)
    #expect(!text.contains(folder.path) && !text.contains(FileManager.default.temporaryDirectory.path))
    // Nothing is left beside what was asked for.
    #expect(try folder.names == ["a.json", "a.tsv"])
    #expect(try selftest("--json", "a.json").code == 73)
  }

  @Test("A digest that is not the accepted one fails with 70, and the check is named")
  func plantedDigest() throws {
    let list = try selftest("--digests", "found.tsv", "--out", "kept")
    #expect(list.code == 0, "\(list.errors)")
    #expect(FileManager.default.fileExists(atPath: folder("kept/many/SELF/case.html")))
    #expect(try selftest("--out", "kept").code == 73)
    let found = String(decoding: try folder.read("found.tsv"), as: UTF8.self)
    let line = try #require(found.split(separator: "\n").first { $0.hasPrefix("tiers\t") })
    let wrong = "tiers\t" + String(repeating: "0", count: 64)
    // An output that the list names and that there is not fails too.
    let digest = String(repeating: "a", count: 64)
    try folder.write(found.replacing(line, with: wrong) + "no-such-output\t\(digest)\n", to: "wrong.tsv")
    let result = try selftest("--expected", "wrong.tsv", "--json", "b.json", "--stamp")
    #expect(result.code == 70)
    #expect(
      result.firstError.contains("2 of ") && result.firstError.contains("D-tiers, D-no-such-output"), "\(result.errors)"
    )
    #expect(result.output.contains("FAIL\tD-tiers\t"))
    let record = try record("b.json")
    #expect(record["passed"] as? Bool == false && record["digestsFrom"] as? String == "wrong.tsv")
    let failed = try checks(record).filter { $0.value["passed"] as? Bool == false }
    #expect(Set(failed.keys) == ["D-tiers", "D-no-such-output"])
    #expect(failed["D-tiers"]?["expected"] as? String == String(repeating: "0", count: 64))
    #expect((record["moment"] as? String)?.hasSuffix("+00:00") == true)
  }

  @Test("With TestData the trio goes the whole way too, on a copy, and is held against the list beside it")
  func data() throws {
    let data = testData("trio")
    let before = try FileManager.default.contentsOfDirectory(atPath: data).sorted()
    let result = try selftest("--data", Command.package + "/TestData", "--json", "d.json")
    #expect(result.code == 0, "\(result.errors)\(result.output)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: data).sorted() == before)
    let checks = try checks(try record("d.json"))
    #expect(checks.keys.filter { $0.hasPrefix("D-data/") }.count == 18)
    #expect(checks["D-data/SYN-001-P/variants"]?["passed"] as? Bool == true)
    #expect(try selftest("--data", "missing").code == 66)
  }

  @Test("A laboratory's own list of digests is read, and what is none is refused")
  func ownList() throws {
    let digest = String(repeating: "a", count: 64)
    for (name, text) in [
      ("short", "tiers\tabc\n"), ("twice", "tiers\t\(digest)\ntiers\t\(digest)\n"), ("empty", ""),
      ("plain", "tiers \(digest)\n"),
    ] {
      try folder.write(text, to: name)
      let result = try selftest("--expected", name)
      #expect(result.code == 65 && result.firstError.contains(name), "\(name): \(result.errors)")
    }
    #expect(try selftest("--expected", "missing").code == 66)
  }
}
