import EngineTestSupport
import Foundation
import Genomics
import Testing

@testable import Service

@Suite("The test directory from the East GLH's JSON")
struct DirectoryEastImportTests {
  private static func raw(_ version: String) throws -> (bytes: [UInt8], entries: [[String: Any]]) {
    let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.path("directory/rare-disease-v\(version).json")))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return (Array(data), try #require(root["indications"] as? [[String: Any]]))
  }

  private static func imported(_ bytes: [UInt8]) throws -> TestDirectory {
    try DirectoryImport(path: "east.json", sha256: "0").read(bytes)
  }

  @Test(
    "Versions 4, 5 and 5.1 give 277, 285 and 287 tests, each as Foundation reads it", .enabled(if: SharedData.isThere),
    arguments: [("4", 277), ("5", 285), ("5.1", 287)])
  func real(version: String, count: Int) throws {
    let (bytes, entries) = try Self.raw(version)
    let directory = try Self.imported(bytes)
    #expect(directory.version == version)
    #expect(directory.kind == .rareDisease)
    #expect(directory.tests.count == count)
    #expect(entries.count == count)
    for entry in entries {
      let code = try #require(entry["code"] as? String)
      let test = try #require(directory.test(code: code))
      #expect(test.targetsAsWritten == entry["original_targets"] as? String)
      #expect(test.methodAsWritten == entry["test_method"] as? String)
      #expect(test.changes == entry["changes"] as? String)
      #expect(test.fields == ["gemini_name": entry["gemini_name"] as? String])
      // The file's own panels and HGNC identifiers, which another program found in the same cell.
      let ids = (entry["panels"] as? [Any] ?? []).map { $0 as? String }
      #expect(test.panels == ids.compactMap { $0 }.filter { !$0.hasPrefix("HGNC:") }, "\(code)")
      let genes = test.targets.compactMap { if case .gene(_, let hgnc) = $0 { hgnc ?? "none" } else { nil } }
      #expect(genes == ids.filter { $0?.hasPrefix("HGNC:") ?? true }.map { $0 ?? "none" }, "\(code)")
    }
    let text = directory.tests.filter { !$0.otherTargets.isEmpty }.map(\.code.description)
    #expect(text.contains("R14.1") && text.contains("R89.3"), "prose is kept to be read")
    #expect(directory.notes.filter { $0.code == "gene-not-found-by-source" }.count == 1)
    #expect(!directory.notes.contains { $0.code.hasSuffix("differ-from-targets") || $0.code == "no-target" })
    #expect(try TestDirectory(json: directory.json, file: "D.json") == directory)
  }

  private static func entry(_ more: String = "", code: String = "R1.1", method: String = "WGS") -> String {
    #"{"name": "A", "code": "\#(code)", "gemini_name": null, "test_method": "\#(method)", "panels": ["3"], "original_targets": "Stickler syndrome (3)", "changes": NaN\#(more)}"#
  }

  private static func file(_ entries: String, head: String = #""td_source": "directory-v6.xlsx", "#) -> [UInt8] {
    Array("{\(head)\"indications\": [\(entries)]}".utf8)
  }

  @Test("What Python writes for an empty cell is no value, and a field that is not known is kept and told")
  func tolerant() throws {
    let directory = try Self.imported(Self.file(Self.entry(#", "specialism": "Eyes", "extra": null"#)))
    let test = try #require(directory.tests.first)
    #expect(directory.version == "6")
    #expect(test.changes == nil)
    #expect(test.fields == ["specialism": "Eyes"])
    #expect(
      directory.notes.filter { $0.code == "unknown-field" }.map(\.place)
        == ["$.indications[0].specialism", "$.indications[0].extra"])
  }

  @Test(
    "What cannot be meant is an error that names its path",
    arguments: [
      (file(entry(method: "WES or Enormous panel")), "$.indications[0].test_method", "not in test-methods"),
      (file(entry() + "," + entry(code: "149.1")), "$.indications[1].code", "no test code"),
      (file(entry(code: "R149")), "$.indications[0].code", "no test code"),
      (file(entry() + "," + entry(method: "WES")), "$.indications[1]", "stands at $.indications[0] too"),
      (file(entry(#", "panels": ["4"]"#)), "$.indications[0]", "stands twice"),
      (file(entry(#", "extra": {"a": 1}"#)), "$.indications[0].extra", "not known"),
      (file(#"{"name": "A", "code": "R1.1"}"#), "$.indications[0]", "test_method"),
      (file(#"{"name": "A", "code": 1.1, "test_method": "WGS"}"#), "$.indications[0].code", "text is expected"),
      (file(entry().replacing("[\"3\"]", with: "[\"three\"]")), "$.indications[0].panels[0]", "neither"),
      (file(entry().replacing("\"A\"", with: "\" \"")), "$.indications[0].name", "no name"),
      (Array("{}".utf8), "$", "indications"), (file(""), "no tests", "no tests"),
      (file(entry() + "," + entry(code: "M1.1"), head: ""), "neither", "which directory"),
    ])
  func refused(bytes: [UInt8], place: String, what: String) throws {
    let error = try #require(throws: InputError.self) { try Self.imported(bytes) }
    #expect(error.reason.contains(place), "\(error)")
    #expect(error.reason.contains(what), "\(error)")
  }

  @Test("The same test twice with the same contents is one, and told")
  func repeated() throws {
    let directory = try Self.imported(Self.file(Self.entry() + "," + Self.entry()))
    #expect(directory.tests.count == 1)
    #expect(directory.notes.first { $0.code == "repeated-test" }?.place == "$.indications[1]")
  }

  @Test("A file whose panels are not those of its targets keeps both, and tells it")
  func disagreement() throws {
    let panels = try Self.imported(Self.file(Self.entry().replacing("[\"3\"]", with: "[\"3\", \"4\"]")))
    #expect(panels.tests[0].panels == ["3", "4"])
    #expect(panels.notes.contains { $0.code == "panels-differ-from-targets" })
    let genes = try Self.imported(Self.file(Self.entry().replacing("[\"3\"]", with: "[\"3\", \"HGNC:4\"]")))
    #expect(genes.tests[0].otherTargets == ["HGNC:4"])
    #expect(genes.notes.contains { $0.code == "genes-differ-from-targets" })
  }

  @Test(
    "A changed file is an error or a directory that reads back", .enabled(if: SharedData.isThere), arguments: seeds(10))
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let original = try Self.raw("5.1").bytes
    var refused = 0
    for _ in 0..<20 {
      var bytes = original
      for _ in 0...random.int(0...2) {
        let place = random.int(0...bytes.count - 1)
        switch random.int(0...2) {
        case 0: bytes[place] = UInt8(random.int(0...255))
        case 1: bytes.remove(at: place)
        default:
          bytes.insert(contentsOf: Array(random.pick(["\"", "{", "]", ",", "null", "\\u", "1"]).utf8), at: place)
        }
      }
      do throws(InputError) {
        let directory = try DirectoryImport(path: "east-v5.1.json", sha256: "0").read(bytes)
        #expect(try TestDirectory(json: directory.json, file: "D.json") == directory)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}

@Suite("JSON that loses nothing")
struct DirectoryJSONTests {
  @Test(
    "Documents that are not JSON, or say one thing twice, are refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{a:1}", "[01]", "[1.]", "[1e]", "[-]", "tru", "nul", "NaN",
      "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "[1] 2", "{\"a\":1,\"a\":1}",
      "{\"a\":{\"b\":1,\"b\":2}}", "\"\\u12g4\"", "\"\\u+123\"", "{\"a\"}", "[\"a\"", "'a'", "\"a",
    ])
  func refused(text: String) {
    #expect(throws: InputError.self) { try JSONTree(parsing: Array(text.utf8), path: "f") }
  }

  @Test("Depth is limited, bytes that are no UTF-8 are refused, a byte-order mark is not")
  func limits() throws {
    let deep = Array(String(repeating: "[", count: 100_000).utf8)
    #expect(throws: InputError.self) { try JSONTree(parsing: deep, path: "f") }
    #expect(throws: InputError.self) { try JSONTree(parsing: [0x22, 0xFF, 0x22], path: "f") }
    #expect(try JSONTree(parsing: [0xEF, 0xBB, 0xBF, 0x31], path: "f") == .number("1"))
    #expect(try JSONTree(parsing: Array("NaN".utf8), path: "f", acceptsNaN: true) == .null)
    #expect(try JSONTree(parsing: Array(#""\ud83e\uddec\u00e9\n""#.utf8), path: "f") == .string("🧬é\n"))
  }

  @Test("What is read is what Foundation reads", arguments: seeds(40))
  func againstFoundation(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let value = Self.value(&random, depth: 0)
      let data = try JSONSerialization.data(withJSONObject: [value], options: random.oneIn(2) ? [.prettyPrinted] : [])
      guard case .array(let trees) = try JSONTree(parsing: Array(data), path: "f") else {
        Issue.record("no list")
        return
      }
      #expect(NSArray(array: [Self.foundation(trees[0])]).isEqual(NSArray(array: [value])))
      // A broken document that is taken must be one to Foundation too.
      var broken = Array(data)
      let byte = UInt8(random.int(0x20...0x7E))
      // An exponent may make a number that is JSON and no Double, which Foundation refuses; here numbers stay text.
      if byte | 0x20 != UInt8(ascii: "e") { broken[random.int(0...broken.count - 1)] = byte }
      if (try? JSONTree(parsing: broken, path: "f")) != nil {
        #expect(
          (try? JSONSerialization.jsonObject(with: Data(broken), options: [.fragmentsAllowed])) != nil,
          "\(String(decoding: broken, as: UTF8.self))")
      }
    }
  }

  private static func value(_ random: inout SeededGenerator, depth: Int) -> Any {
    switch random.int(0...(depth > 3 ? 4 : 6)) {
    case 0: NSNull()
    case 1: random.oneIn(2)
    case 2: random.int(-1_000_000...1_000_000)
    case 3: Double(random.int(-4000...4000)) / 16
    case 4: random.text("aé🧬\"\\/\n\t\u{1}\u{7f} ", random.int(0...8))
    case 5: (0..<random.int(0...4)).map { _ in value(&random, depth: depth + 1) }
    default:
      Dictionary(
        (0..<random.int(0...4)).map { ("k\($0)\(random.text("ab", 2))", value(&random, depth: depth + 1)) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  private static func foundation(_ tree: JSONTree) -> Any {
    switch tree {
    case .null: NSNull()
    case .bool(let flag): flag
    case .number(let digits): Double(digits) ?? 0
    case .string(let text): text
    case .array(let values): values.map(foundation)
    case .object(let members): Dictionary(uniqueKeysWithValues: members.map { ($0.name, foundation($0.value)) })
    }
  }
}
