import EngineTestSupport
import Foundation
import Testing

@testable import Service

@Suite("What differs between versions of the directory")
struct DirectoryDifferenceTests {
  /// Works on the raw files and shares nothing with the importer: methods by what is left of their letters, targets by
  /// the numbers in brackets or, where there are none, by the words between separators.
  private static let script = #"""
    import json, re, sys
    def read(path):
        return {i["code"]: i for i in json.load(open(path))["indications"]}
    def method(text):
        return re.sub(r"[^a-z0-9<>=()]", "", text.lower()).replace("penel", "panel")
    def targets(text):
        ids = re.findall(r"\((\d+)\)", text)
        return set(ids) if ids else {t.strip() for t in re.split(r"[;,\n]|\band\b", text)} - {""}
    old, new = read(sys.argv[1]), read(sys.argv[2])
    for code in sorted(set(new) - set(old)): print("added", code)
    for code in sorted(set(old) - set(new)): print("removed", code)
    for code in sorted(set(old) & set(new)):
        a, b = old[code], new[code]
        if " ".join(a["name"].split()) != " ".join(b["name"].split()): print("renamed", code)
        if method(a["test_method"]) != method(b["test_method"]): print("method", code)
        if targets(a["original_targets"]) != targets(b["original_targets"]): print("targets", code)
    """#

  @Test(
    "Real versions differ exactly as an independent script finds",
    .enabled(if: SharedData.isThere && Peer.areInstalled("python3")),
    arguments: [("4", "5", 8), ("5", "5.1", 2), ("4", "5.1", 10), ("5.1", "4", 0), ("5", "5", 0)])
  func real(old: String, new: String, added: Int) throws {
    let paths = [old, new].map { SharedData.path("directory/rare-disease-v\($0).json") }
    let versions = try paths.map { path in
      try DirectoryImport(path: path, sha256: "0").read(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    }
    let difference = DirectoryDifference(from: versions[0], to: versions[1])
    var found = difference.added.map { "added \($0.code)" } + difference.removed.map { "removed \($0.code)" }
    for change in difference.changes {
      switch change.aspect {
      case .renamed: found.append("renamed \(change.code)")
      case .method: found.append("method \(change.code)")
      case .targets: found.append("targets \(change.code)")
      case .methodSpelling, .targetSpelling, .testName, .specialty, .eligibility, .commissioning: break
      }
    }
    let folder = try ScratchFolder()
    let script = try folder.write(Self.script, "diff.py")
    let truth = try Peer.output("python3", script, paths[0], paths[1]).lines
    #expect(found.sorted() == truth.sorted())
    #expect(difference.added.count == added)
    #expect(old == new || !truth.isEmpty)
  }

  @Test(
    "The same panel under another name is another way of writing, not another target", .enabled(if: SharedData.isThere))
  func spelling() throws {
    let versions = try ["4", "5"].map { version in
      let path = SharedData.path("directory/rare-disease-v\(version).json")
      return try DirectoryImport(path: path, sha256: "0").read(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    }
    let difference = DirectoryDifference(from: versions[0], to: versions[1])
    #expect(difference.changes.filter { $0.aspect == .targetSpelling }.map(\.code.description) == ["R359.1"])
    #expect(try difference.changes(of: #require(TestCode("R359.1"))).isEmpty)
    #expect(try difference.changes(of: #require(TestCode("R216.1"))).map(\.aspect) == [.method, .targets])
  }

  private static func directory(_ tests: [DirectoryTest]) -> TestDirectory {
    TestDirectory(
      version: "1", kind: .rareDisease, published: nil, effectiveFrom: nil,
      source: .init(file: "f", sha256: "0", form: .eastJSON, told: [:]), methods: "m", tests: tests, notes: [])
  }

  private static func test(_ number: Int, _ random: inout SeededGenerator) throws -> DirectoryTest {
    let cell = random.pick(["BRCA1; BRCA2", "Hearing loss (126)", "Relevant panel"])
    return DirectoryTest(
      code: try #require(TestCode("R\(number).1")), name: "Name \(random.int(0...99))", testName: nil,
      method: random.pick(TestMethods.builtIn.all), methodAsWritten: "x", targetsAsWritten: cell,
      targets: TestTarget.targets(of: cell), specialty: nil, eligibility: "E", commissioning: nil, changes: nil,
      fields: [:], place: "p", isHidden: false)
  }

  @Test("Every change that was made is listed, and nothing else", arguments: seeds(40))
  func property(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let old = try (1...random.int(1...60)).map { try Self.test($0, &random) }
    var new: [DirectoryTest] = []
    var truth: Set<String> = []
    for var test in old {
      if random.oneIn(6) {
        truth.insert("removed \(test.code)")
        continue
      }
      if random.oneIn(5) {
        test.name += " changed"
        truth.insert("renamed \(test.code)")
      }
      if random.oneIn(5) {
        let before = test.method
        test.method = try #require(TestMethods.builtIn.all.first { $0 != before })
        truth.insert("method \(test.code)")
      }
      if random.oneIn(5) {
        test.targetsAsWritten += "; TP53"
        test.targets = TestTarget.targets(of: test.targetsAsWritten)
        truth.insert("targets \(test.code)")
      } else if random.oneIn(5) {
        test.targetsAsWritten += " "
        truth.insert("target-spelling \(test.code)")
      }
      if random.oneIn(5) {
        test.eligibility = random.oneIn(2) ? nil : "F"
        truth.insert("eligibility \(test.code)")
      }
      new.append(test)
    }
    for number in 100..<100 + random.int(0...5) {
      new.append(try Self.test(number, &random))
      truth.insert("added R\(number).1")
    }
    new.shuffle(using: &random)
    let difference = DirectoryDifference(from: Self.directory(old), to: Self.directory(new))
    let found =
      difference.added.map { "added \($0.code)" } + difference.removed.map { "removed \($0.code)" }
      + difference.changes.map { "\($0.aspect.rawValue) \($0.code)" }
    #expect(found.count == Set(found).count)
    #expect(Set(found) == truth)
  }

  @Test("What a change means for an order")
  func orders() throws {
    var random = SeededGenerator(seed: 1)
    let tests = try (1...4).map { try Self.test($0, &random) }
    var changed = tests[1]
    changed.name += " changed"
    let old = Self.directory([tests[0], tests[1], tests[2]])
    let new = Self.directory([tests[0], changed, tests[3]])
    let difference = DirectoryDifference(from: old, to: new)
    for (code, effect) in [
      (#""R1.1""#, "unchanged"), (#""r2.1 ""#, "changed"), (#""R3.1""#, "vanished"), (#""R4.1""#, "appeared"),
      (#""R5.1""#, "unknown-code"), ("null", "no-code"), (#""carrier""#, "no-code"),
    ] {
      let text = #"{"testCode": \#(code), "directoryVersion": "5", "nested": {"testCode": "R1.1"}}"#
      let order = try OrderedTest(referral: Array(text.utf8), file: "referral.json")
      #expect(order.effect(of: difference, from: old, to: new).word == effect, "\(code)")
      #expect(order.directoryVersion == "5")
    }
    let nested = #"{"schema": "apus-referral/1", "test": {"code": "R3.1", "directoryVersion": "5", "package": null}}"#
    let order = try OrderedTest(referral: Array(nested.utf8), file: "r")
    #expect(order.effect(of: difference, from: old, to: new) == .vanished && order.directoryVersion == "5")
    let two = #"{"testCode": "R1.1", "test": {"code": "R3.1"}}"#
    #expect(throws: (any Error).self) { try OrderedTest(referral: Array(two.utf8), file: "r") }
    #expect(throws: (any Error).self) { try OrderedTest(referral: Array(#"{"testCode": 4}"#.utf8), file: "r") }
    #expect(throws: (any Error).self) { try OrderedTest(referral: Array("[]".utf8), file: "r") }
  }

  @Test("Search: every word must stand somewhere, in either case; method and specialty narrow it")
  func search() throws {
    let directory = try DirectoryFixtures.directory("rare-disease-v9.2.xlsx")
    func codes(_ words: [String], _ method: String? = nil, _ specialty: String? = nil) -> [String] {
      directory.search(words, method: method.flatMap { TestMethods.builtIn.method(spelled: $0) }, specialty: specialty)
        .map(\.code.description)
    }
    #expect(codes(["OBESITY"]) == ["R901.1", "R901.2"])
    #expect(codes(["obesity", "mc4r"]) == ["R901.2"])
    #expect(codes(["obesity mc4r"]) == ["R901.2"])
    #expect(codes(["obesity", "brca1"]) == [])
    #expect(codes(["480"]) == ["R903.1"])
    #expect(codes([], "small panel") == ["R903.1", "R904.1"])
    #expect(codes([], nil, "endocrin") == ["R901.1", "R901.2", "R903.1"])
    #expect(codes(["synthetic"], "WGS", "core") == ["R905.1"])
    #expect(codes(["15", "mm"]) == ["R902.1"], "eligibility is searched")
  }
}
