import Foundation
import TestSupport
import Testing

@Suite("apus kb release, ledger and export: what is refused, and how")
struct KnowledgeBaseReleaseTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for arguments in [["research.kb"], ["clinical.kb", "--purpose", "clinical"]] {
      #expect(try Command.run(["kb", "init"] + arguments, in: folder).code == 0)
    }
  }

  @Test(
    "A release that may not be made ends with its code and one line, and leaves nothing",
    arguments: [
      (["research.kb"], 77, "holds nobody"), (["clinical.kb"], 77, "clinical"),
      (["research.kb", "--policy", "none.json"], 78, "policy"),
      (["research.kb", "--date", "2026-02-30"], 64, "--date"),
      (["none.kb"], 66, "no knowledge base"),
    ])
  func refused(arguments: [String], code: Int32, word: String) throws {
    let before = try FileManager.default.contentsOfDirectory(atPath: folder(".")).sorted()
    let result = try Command.run(["kb", "release"] + arguments + ["-o", "release"], in: folder)
    #expect(result.code == code, "\(result.errors)")
    #expect(result.errors.hasPrefix("apus: error: ") && result.errors.contains(word), "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder(".")).sorted() == before)
  }

  @Test("A base that was never released has an empty ledger, and verifies")
  func ledger() throws {
    let result = try Command.run(["kb", "ledger", "research.kb"], in: folder)
    #expect(result.code == 0 && result.output.isEmpty, "\(result.errors)")
    #expect(try Command.run(["kb", "verify", "research.kb"], in: folder).code == 0)
  }

  @Test("A lake needs duckdb, and says so")
  func lake() throws {
    let result = try Peer.outcome("PATH=/none '\(Command.path)' kb export research.kb --lake lake", in: folder)
    #expect(result.code == 69 && result.errors.contains("duckdb"), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("lake")))
  }
}
