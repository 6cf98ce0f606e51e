import EngineTestSupport
import GenomicFiles
import Testing

@testable import Variants

/// Expressions of which the site's answer alone is worked out: the same answer as from every node's values.
struct FilterShortcutTests {
  private static func program(_ expression: String) throws -> FilterProgram {
    try VariantFilter(expression, header: #require(FilterErrorTests.header)).program
  }

  /// A comparison that a shortcut takes.
  private static func comparison(_ random: inout SeededGenerator) -> String {
    let number = random.pick(["QUAL", "INFO/DP", "INFO/MQ", "FMT/DQ", "FMT/GQ"])
    let sign = random.pick(["<", "<=", ">", ">="])
    let limit = random.pick(["0", "1", "2.5", "5", "10", "30", "1e3"])
    return random.pick([true, false]) ? "\(number)\(sign)\(limit)" : "\(limit)\(sign)\(number)"
  }

  private static func condition(_ depth: Int, _ random: inout SeededGenerator) -> String {
    guard depth > 0 else { return comparison(&random) }
    let (left, right) = (condition(depth - 1, &random), condition(depth - 1, &random))
    return "(\(left)) \(random.pick(["&&", "||", "&", "|"])) (\(right))"
  }

  @Test(arguments: [
    "QUAL>30", "30<QUAL", "QUAL>30 && FMT/GQ>20", "FMT/GQ>20 & QUAL>30", "FMT/GQ>20 || FMT/DQ<=3",
    "INFO/DP>10 && (QUAL>=30 || FMT/GQ>=20)", "INFO/DP>10 || QUAL>1", "FMT/GQ>20 & FMT/DQ>3",
    "QUAL>1 & FMT/GQ>20 & FMT/DQ>3", "FMT/AD[:0]>1",
  ])
  func `orders of one number with a constant have one`(expression: String) throws {
    #expect(FilterShortcut(try Self.program(expression)) != nil)
  }

  @Test(arguments: [
    // Missing values that count, lists, chosen samples, a field of INFO that only the whole program may leave unread.
    "FMT/GQ>20 & INFO/DP>1 & FMT/DQ>3", "(FMT/GQ>20 || FMT/DQ>2) & FMT/DQ>3", "QUAL=30", "QUAL!=30", "FMT/GQ=\".\"",
    "FMT/AD[:1]>1", "FMT/AD[:]>1", "FMT/GQ[0]>1", "XA>1",
    "QUAL>1 || INFO/DP>10", "QUAL>INFO/DP", "QUAL+1>2", "TYPE=\"snp\" && QUAL>1", "MAX(FMT/GQ)>1",
  ])
  func `others have none`(expression: String) throws {
    #expect(FilterShortcut(try Self.program(expression)) == nil)
  }

  /// `FilterRun.lines` compares both ways for every record.
  @Test(arguments: seeds(6))
  func `both ways say the same of every record`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var file = FilterFile(seed: seed, samples: [0, 1, 3][Int(seed % 3)])
    let folder = try ScratchFolder()
    let path = try folder.write(file.text(200), "in.vcf")
    let made = (0..<60).map { _ in Self.condition(random.pick([0, 1, 2]), &random) }
    let results = try await FilterRun.lines(made, path, samples: false)
    #expect(results.contains { if case .success(let lines) = $0 { !lines.isEmpty } else { false } })
  }
}
