import Foundation
import TestSupport
import Testing

@Suite("apus referral on the synthetic trio")
struct ReferralCommandTests {
  let folder: TemporaryFolder
  init() throws {
    folder = try TemporaryFolder()
    for name in ["referral", "fhir"] {
      try FileManager.default.copyItem(atPath: Command.package + "/TestData/\(name)", toPath: folder(name))
    }
  }

  /// Nothing of these may be printed.
  private static let secrets = [
    "Pia", "Mia", "Finn", "Ample,", "9990001006", "9990001375", "9990002118", "2015-05-05", "1985-01-02", "1984-03-04",
  ]

  private func run(_ arguments: String...) throws -> Command.Result {
    let result = try Command.run(["referral"] + arguments, in: folder)
    for secret in Self.secrets {
      #expect(!result.output.contains(secret) && !result.errors.contains(secret), "\(secret) is printed")
    }
    return result
  }

  @Test("check: 0 where it is acceptable, 77 with every reason where it is not; research blocks nothing")
  func check() throws {
    let good = try run(
      "check", "referral/trio.json", "-d", "referral/directory.json", "--as-of", "2026-11-22", "--test-numbers")
    #expect(good.code == 0, "\(good.errors)")
    #expect(good.output.contains("research\t.\t.\tSYN-001-F\t.\tdenies: not-agreed\tblocks nothing"))
    #expect(good.output.hasSuffix("acceptable\n"))
    let strict = try run("check", "referral/trio.json", "-d", "referral/directory.json", "--as-of", "2026-11-22")
    #expect(strict.code == 77)
    #expect(strict.output.components(separatedBy: "nhs-number-test-range").count == 4)
    #expect(strict.firstError.hasPrefix("apus: error: the referral cannot be accepted for 3 reasons"))
    // Before the referral was made nothing of it had happened.
    let early = try run(
      "check", "referral/trio.json", "-d", "referral/directory.json", "--as-of", "2026-03-01", "--test-numbers",
      "--json")
    #expect(early.code == 77)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(early.output.utf8)) as? [String: Any])
    #expect(json["schema"] as? String == "apus-referral-check/1")
    #expect(json["acceptable"] as? Bool == false)
    let codes = (json["refusals"] as? [[String: Any]])?.compactMap { $0["code"] as? String } ?? []
    #expect(Set(codes) == ["record-of-discussion-in-future", "event-in-future"])
  }

  @Test("new: a skeleton with the eligibility text, which check refuses; an unknown code is a usage error")
  func new() throws {
    #expect(try run("new", "R14.1", "-d", "referral/directory.json", "-o", "new.json").code == 0)
    let text = String(decoding: try folder.read("new.json"), as: UTF8.self)
    #expect(text.contains("acutely unwell children in whom a monogenic disorder is likely"))
    #expect(try run("check", "new.json", "-d", "referral/directory.json").code == 77)
    #expect(try run("new", "R14.1", "-d", "referral/directory.json", "-o", "new.json").code == 73)
    let indication = try run("new", "R14", "-d", "referral/directory.json")
    #expect(indication.code == 64)
    #expect(indication.firstError.contains("R14.1"))
  }

  @Test("chase: what is awaited, with the order model's reason; a file that is no referral ends it with 65, told")
  func chase() throws {
    let imported = try run(
      "import", "fhir/trio.bundle.json", "--participants", "fhir/participants.tsv", "--test-numbers", "--as-of",
      "2026-11-22", "-o", "read")
    #expect(imported.code == 0, "\(imported.errors)")
    try FileManager.default.createDirectory(atPath: folder("cases"), withIntermediateDirectories: false)
    for (from, to) in [("read/referral-1.json", "cases/a.json"), ("referral/trio.json", "cases/b.json")] {
      try FileManager.default.copyItem(atPath: folder(from), toPath: folder(to))
    }
    let arguments = ["chase", "cases", "--as-of", "2026-11-22", "--test-numbers"]
    let result = try run(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("a.json\tSYN0001\tGT317\tin-laboratory\tawaiting-sample\tSYN-001-F\t.\t"))
    #expect(result.output.contains("b.json\tr26000000012\tR14.1\tin-laboratory\t.\t.\t.\tnothing is awaited"))
    try folder.write("{}", to: "cases/c.json")
    let refused = try run("chase", "cases", "--as-of", "2026-11-22", "--test-numbers", "--json")
    #expect(refused.code == 65)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(refused.output.utf8)) as? [String: Any])
    #expect((json["referrals"] as? [Any])?.count == 2)
    #expect((json["refused"] as? [[String: Any]])?.first?["file"] as? String == "c.json")
    #expect(try run("chase", "nowhere").code == 66)
  }

  @Test("import: what is written is what kb add reads; the withdrawn and the unread are denied with their reason")
  func importing() throws {
    let trio = try run(
      "read-fhir", "fhir/trio.ndjson", "--participants", "fhir/participants.tsv", "--test-numbers", "--as-of",
      "2026-11-22", "-o", "read")
    #expect(trio.code == 0, "\(trio.errors)")
    #expect(trio.output.contains("choice\t.\t.\tpermit\t.\t.\tSYN-001-P\n"))
    #expect(trio.output.contains("choice\t.\t.\tdeny\tnot-agreed\t.\tSYN-001-F\n"))
    let records = try #require(
      try JSONSerialization.jsonObject(with: Data(try folder.read("read/consent.json"))) as? [[String: Any]])
    #expect(records.map { $0["participant"] as? String } == ["SYN-001-P", "SYN-001-M", "SYN-001-F"])
    let withdrawn = try run("import", "fhir/withdrawal.json", "--test-numbers", "--as-of", "2026-11-22")
    #expect(withdrawn.output.contains("choice\t.\t.\tdeny\twithdrawn\t"))
    let strict = try run("import", "fhir/yes.json", "--as-of", "2026-11-22")
    #expect(strict.output.contains("deny\tparticipant-not-usable\tnot-written"))
    #expect(try run("import", "referral/directory.json").code == 65)
    #expect(try run("import", "nowhere.json").code == 66)
  }

  @Test("schema prints the JSON Schema")
  func schema() throws {
    let result = try run("schema")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(json["title"] as? String == "apus-referral/1")
  }
}
