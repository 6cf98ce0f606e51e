import Foundation
import TestSupport
import Testing

@Suite("apus directory on the committed synthetic workbooks")
struct DirectoryCommandTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let fixtures = Command.package + "/TestData/directory"

  private func directory(_ arguments: String...) throws -> Command.Result {
    try Command.run(["directory"] + arguments, in: folder)
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let result = try Command.run(["directory"] + arguments + ["--json"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  private func codes(_ list: Any?) -> [String] {
    (list as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
  }

  @Test("import says what it read and what is odd, writes the same bytes again, and leaves what exists alone")
  func imports() throws {
    let file = "\(Self.fixtures)/rare-disease-v9.2.xlsx"
    let result = try directory("import", file, "-o", "D.json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "imported\trare-disease\tversion 9.2\t7 tests\t5 clinical indications\n")
    for note in ["hidden-row", "hidden-column", "merged-cells", "target-as-text"] {
      #expect(result.errors.contains(note))
    }
    let bytes = try folder.read("D.json")
    #expect(try directory("import", file, "-o", "D.json").code == 73)
    #expect(try directory("import", file, "-o", "D.json", "--force").code == 0)
    #expect(try folder.read("D.json") == bytes)
    let piped = try directory("import", file, "-o", "-", "--log-level", "error")
    #expect(Array(piped.output.utf8) == bytes)
    let root = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(root["schema"] as? String == "apus-test-directory/1")
    #expect((root["indications"] as? [Any])?.count == 7)
    let sum = try Peer.outcome("sha256sum '\(file)'", in: folder).text.prefix(64)
    #expect((root["source"] as? [String: Any])?["sha256"] as? String == String(sum))
    #expect(!String(decoding: bytes, as: UTF8.self).contains(Command.package), "no folder of this machine is kept")
  }

  @Test("A workbook that cannot be meant is 65, names the cell and leaves nothing; a missing one is 66")
  func refused() throws {
    let result = try directory("import", "\(Self.fixtures)/dirty-method-v1.xlsx", "-o", "D.json")
    #expect(result.code == 65)
    #expect(result.firstError.contains("R&ID indications!E4"))
    #expect(result.firstError.hasPrefix("apus: error: "))
    #expect(try directory("import", "none.xlsx", "-o", "D.json").code == 66)
    #expect(try directory("import", "none.xlsx", "-o", "D.json", "--kind", "x").code == 64)
    #expect(try directory("import", "none.xlsx", "-o", "D.json", "--published", "10/07/2026").code == 64)
    #expect(try folder.names == [])
    try folder.write("own/1\n", to: "m.tsv")
    #expect(
      try directory("import", "\(Self.fixtures)/dirty-method-v1.xlsx", "-o", "D.json", "--methods", "m.tsv").code == 65)
    try folder.write(
      "id\tgroup\tname\taliases\tsource\nwes-enormous\tpanel\tWES or Enormous panel\t\tlocal\n", to: "m.tsv")
    let own = try directory(
      "import", "\(Self.fixtures)/dirty-method-v1.xlsx", "-o", "D.json", "--methods", "m.tsv")
    #expect(own.code == 0, "\(own.errors)")
    #expect(codes(try json("search", "D.json", "--method", "WES or Enormous panel")["tests"]) == ["R902.1"])
  }

  @Test("search and show find a test by its words and codes")
  func searchAndShow() throws {
    #expect(try directory("import", "\(Self.fixtures)/rare-disease-v9.2.xlsx", "-o", "D.json").code == 0)
    #expect(codes(try json("search", "D.json", "obesity")["tests"]) == ["R901.1", "R901.2"])
    #expect(
      codes(try json("search", "D.json", "--method", "Small panel", "--specialty", "cancer")["tests"]) == ["R904.1"])
    #expect(codes(try json("search", "D.json", "nothing")["tests"]) == [])
    #expect(try directory("search", "D.json").code == 64)
    #expect(try directory("search", "D.json", "--method", "Magic").code == 64)
    let show = try directory("show", "D.json", "r901.1")
    #expect(show.output.contains("eligibility\tBMI of 3 SD above the mean & onset before 5 years\n"))
    #expect(show.output.contains("panel\t130 Severe early-onset obesity\n"))
    #expect(codes(try json("show", "D.json", "R904")["tests"]) == ["R904.1", "R904.4"])
    #expect(try directory("show", "D.json", "R904.4").output.contains("not in the imported file"))
    for code in ["R999", "R904.9", "obesity"] { #expect(try directory("show", "D.json", code).code == 64) }
    #expect(try directory("show", "none.json", "R904").code == 66)
    try folder.write("{}", to: "bad.json")
    #expect(try directory("show", "bad.json", "R904").code == 65)
  }

  @Test("diff lists what differs, and the cases whose test vanished or changed")
  func diff() throws {
    func east(_ tests: [(code: String, name: String, method: String, target: String)], _ name: String) throws {
      let entries = tests.map {
        #"{"name": "\#($0.name)", "code": "\#($0.code)", "test_method": "\#($0.method)", "panels": null, "original_targets": "\#($0.target)", "changes": null}"#
      }
      try folder.write(
        #"{"td_source": "\#(name).xlsx", "indications": [\#(entries.joined(separator: ","))]}"#, to: "\(name).json")
      let result = try directory("import", "\(name).json", "-o", "D-\(name).json")
      #expect(result.code == 0, "\(result.errors)")
    }
    try east(
      [
        ("R1.1", "A", "WGS", "TP53"), ("R2.1", "B", "WES", "ATM"), ("R3.1", "C", "WGS", "RB1"),
        ("R4.1", "D", "WGS", "VHL"),
        ("R5.1", "E", "small panel", "Eyes (5)"),
      ], "rare-v1")
    try east(
      [
        ("R1.1", "A", "WGS", "TP53"), ("R2.1", "B", "WGS", "ATM"), ("R4.1", "D2", "WGS", "VHL; FH"),
        ("R5.1", "E", "Small panel", "Structural eyes (5)"), ("R6.1", "F", "WGS", "APC"),
      ], "rare-v2")
    for (name, text) in [
      ("c1", #"{"test": {"code": "R1.1", "directoryVersion": "1"}}"#),
      ("c2", #"{"test": {"code": "R2.1", "directoryVersion": "1"}}"#),
      ("deep/er/c3", #"{"test": {"code": "R3.1", "directoryVersion": "1"}}"#), ("c4", #"{"test": {"code": "R99.1"}}"#),
      ("c5", "{}"), ("c6", #"{"test": {"code": "R5.1"}}"#),
    ] {
      try FileManager.default.createDirectory(atPath: folder("cases/\(name)"), withIntermediateDirectories: true)
      try folder.write(text, to: "cases/\(name)/referral.json")
    }
    let answer = try json("diff", "D-rare-v1.json", "D-rare-v2.json", "--cases", "cases")
    #expect(codes(answer["added"]) == ["R6.1"])
    #expect(codes(answer["removed"]) == ["R3.1"])
    #expect(codes(answer["renamed"]) == ["R4.1"])
    #expect(codes(answer["methodChanged"]) == ["R2.1"])
    #expect(codes(answer["targetsChanged"]) == ["R4.1"])
    #expect(codes(answer["methodSpelling"]) == ["R5.1"])
    #expect(codes(answer["targetSpelling"]) == ["R5.1"])
    let cases = try #require(answer["cases"] as? [String: Any])
    #expect(cases["read"] as? Int == 6)
    let affected = (cases["affected"] as? [[String: Any]] ?? []).map {
      "\($0["file"] as? String ?? "") \($0["effect"] as? String ?? "")"
    }
    #expect(
      affected == [
        "cases/c2/referral.json changed", "cases/c4/referral.json unknown-code", "cases/c5/referral.json no-code",
        "cases/deep/er/c3/referral.json vanished",
      ])
    let table = try directory("diff", "D-rare-v1.json", "D-rare-v2.json")
    #expect(table.output.contains("method\tR2.1\tWES\tWGS\n"))
    #expect(!table.output.contains("referrals read"))
    try folder.write("{", to: "cases/c1/referral.json")
    #expect(try directory("diff", "D-rare-v1.json", "D-rare-v2.json", "--cases", "cases").code == 65)
    #expect(try directory("diff", "D-rare-v1.json", "D-rare-v2.json", "--cases", "none").code == 66)
  }

  @Test("Real versions give 277, 285 and 287 tests", .enabled(if: SharedData.has("directory")))
  func real() throws {
    for (version, count) in [("4", 277), ("5", 285), ("5.1", 287)] {
      let file = SharedData.path("directory/rare-disease-v\(version).json")
      let result = try directory("import", file, "-o", "D\(version).json")
      #expect(result.output.contains("version \(version)\t\(count) tests"), "\(result.errors)")
    }
    #expect(codes(try json("diff", "D5.json", "D5.1.json")["added"]) == ["R444.1", "R444.2"])
  }
}
