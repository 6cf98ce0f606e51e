import Foundation
import TestSupport
import Testing

/// Docs/assurance: what it says of tests and risks is held against the sources.
@Suite("Assurance: hazards, requirements and the tests that they name")
struct AssuranceTests {
  private static let root = Command.package + "/Docs/assurance"

  /// A table's rows by the names of its columns.
  private func table(_ name: String) throws -> [[String: String]] {
    let text = String(decoding: try readFile("\(Self.root)/\(name)"), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let columns = try #require(lines.first).split(separator: "\t").map(String.init)
    return try lines.dropFirst().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count == columns.count, "\(name): \(line.prefix(40))")
      return Dictionary(uniqueKeysWithValues: zip(columns, fields))
    }
  }

  /// Every test of the package: `Suite.function`, and `Suite` alone.
  private static func tests() throws -> Set<String> {
    var tests: Set<String> = []
    let type = try Regex<(Substring, Substring)>(
      #"^ {0,2}(?:@Suite(?:\(.*\))? +)?(?:(?:public|package|private|fileprivate|final) +)*(?:struct|class|actor|enum|extension) +(\w+)"#
    )
    let function = try Regex<(Substring, Substring)>(#"\bfunc +(\w+|`[^`]+`) *[(<]"#)
    for path in try FileManager.default.subpathsOfDirectory(atPath: Command.package + "/Tests")
    where path.hasSuffix(".swift") {
      let text = String(decoding: try readFile("\(Command.package)/Tests/\(path)"), as: UTF8.self)
      var (suite, isTest) = ("", false)
      for line in text.split(separator: "\n") {
        if let found = try type.firstMatch(in: line)?.output.1, !line.hasPrefix("  ") || found.hasSuffix("Tests") {
          suite = String(found)
        }
        if line.drop(while: { $0 == " " }).hasPrefix("@Test") { isTest = true }
        if isTest, let found = try function.firstMatch(in: line)?.output.1 {
          tests.formUnion([suite, "\(suite).\(found)"])
          isTest = false
        }
      }
    }
    return tests
  }

  private static let notTested = "not tested: "

  @Test("Every test that is named exists, and what has none says why")
  func named() throws {
    let tests = try Self.tests()
    // The reader itself finds tests of every spelling.
    #expect(tests.count > 1000 && tests.contains("AssuranceTests.named"))
    #expect(tests.contains("SplitTests.`GT: another alternate becomes missing, never reference`"))
    #expect(!tests.contains("AssuranceTests.table") && !tests.contains("AssuranceTests.absent"))
    for (name, column) in [("hazards.tsv", "evidence"), ("requirements.tsv", "tests")] {
      for row in try table(name) {
        let id = try #require(row["id"])
        let told = try #require(row[column])
        if told.hasPrefix(Self.notTested) {
          #expect(name == "requirements.tsv" && told.count > Self.notTested.count, "\(id)")
          continue
        }
        let cited = told.split(separator: " | ").map(String.init)
        #expect(!cited.isEmpty, "\(id) names no test")
        for test in cited { #expect(tests.contains(test), "\(id) names \(test), which is no test") }
      }
    }
  }

  @Test("Numbers are given once; hazards are twenty at least, requirements sixty")
  func numbers() throws {
    let (hazards, requirements) = (try table("hazards.tsv"), try table("requirements.tsv"))
    #expect(hazards.count >= 20 && requirements.count >= 60)
    for rows in [hazards, requirements] { #expect(Set(rows.compactMap { $0["id"] }).count == rows.count) }
    for row in hazards { for (column, value) in row { #expect(!value.isEmpty, "\(row["id"] ?? ""): \(column)") } }
    for row in requirements { #expect(row["id"]?.wholeMatch(of: /R-[A-Z]+-\d\d/) != nil) }
    #expect(hazards.allSatisfy { ["open", "transferred in part"].contains($0["status"]) })
  }

  @Test("Risks follow from severity and likelihood by DCB0129's matrix, and no control makes a risk greater")
  func risks() throws {
    let severities = ["Minor", "Significant", "Considerable", "Major", "Catastrophic"]
    // Rows of the matrix, by likelihood.
    let matrix = [
      "Very high": [3, 4, 4, 5, 5], "High": [2, 3, 3, 4, 5], "Medium": [2, 2, 3, 3, 4], "Low": [1, 2, 2, 3, 4],
      "Very low": [1, 1, 2, 2, 3],
    ]
    for row in try table("hazards.tsv") {
      let id = try #require(row["id"])
      var risks: [Int] = []
      for prefix in ["", "residual-"] {
        let severity = try #require(severities.firstIndex(of: row["\(prefix)severity"] ?? ""), "\(id)")
        let likelihoods = try #require(matrix[row["\(prefix)likelihood"] ?? ""], "\(id)")
        #expect(row["\(prefix)risk"] == "\(likelihoods[severity])", "\(id) \(prefix)risk")
        risks.append(likelihoods[severity])
      }
      #expect(risks[1] <= risks[0] && risks[1] <= 3, "\(id)")
    }
  }

  @Test("The pages are what the tables give", .enabled(if: Peer.has("python3")))
  func pages() throws {
    let folder = try TemporaryFolder()
    let outcome = try Peer.outcome("python3 '\(Command.package)/Scripts/assurance' --check", in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }
}
