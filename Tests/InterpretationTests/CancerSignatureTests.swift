import EngineTestSupport
import Foundation
import Genomics
import Testing
import TestSupport

@testable import Interpretation

@Suite struct CancerSignatureTests {
  static func rules() throws -> SomaticProfile.Signatures { try SomaticProfile.shipped().signatures }

  /// A table of random signatures: each has a few large classes, as real ones do.
  static func table(_ count: Int, _ random: inout SeededGenerator) -> SignatureTable {
    var text = "Type\t" + (1...count).map { "G\($0)" }.joined(separator: "\t") + "\n"
    let columns = (0..<count).map { _ in
      let raw = (0..<96).map { _ in
        let one = Double.random(in: 0...1, using: &random)
        return one * one * one * one * one * one
      }
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum }
    }
    for (row, label) in SubstitutionClass.labels.enumerated() {
      text += label + "\t" + columns.map { String($0[row]) }.joined(separator: "\t") + "\n"
    }
    do { return try SignatureTable(text: Array(text.utf8), path: "planted.tsv") } catch {
      preconditionFailure("\(error)")
    }
  }

  /// A Poisson number by adding exponential ones: another way than the fit's own.
  static func poisson(_ mean: Double, _ random: inout SeededGenerator) -> Int {
    var time = 0.0
    var count = -1
    while time < mean {
      time -= log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random))
      count += 1
    }
    return max(0, count)
  }

  @Test("Planted exposures lie in their intervals, all of a case at once, in 90 of 100 cases at least")
  func recovery() throws {
    var rules = try Self.rules()
    rules.replicates = 300
    var cases = 0
    var exposures = (inside: 0, all: 0)
    for seed in 0..<100 {
      var random = SeededGenerator(seed: UInt64(7000 + seed))
      let table = Self.table(random.int(5...12), &random)
      let planted = Array(table.names.indices.shuffled(using: &random).prefix(random.int(2...4)))
      let size = Double(random.int(400...4000))
      let weights = planted.map { _ in Double.random(in: 0.2...1, using: &random) }
      let truth = weights.map { $0 / weights.reduce(0, +) * size }
      let catalogue = (0..<96).map { row in
        Self.poisson(zip(planted, truth).reduce(0) { $0 + table.columns[$1.0][row] * $1.1 }, &random)
      }
      let fit = SignatureFit(catalogue, table, sparse: false, rules)
      #expect(fit.refused == nil && fit.exposures.count == table.names.count)
      let inside = zip(planted, truth).count { signature, value in
        let found = fit.exposures[signature]
        return found.low <= value && value <= found.high
      }
      exposures.inside += inside
      exposures.all += planted.count
      if inside == planted.count { cases += 1 }
    }
    print("planted exposures: all in \(cases) of 100 cases; \(exposures.inside) of \(exposures.all) one by one")
    #expect(cases >= 90)
  }

  @Test("An interval is no wider than it has to be: without noise it is narrow, and a signature that is not there low")
  func width() throws {
    var random = SeededGenerator(seed: 3)
    let table = Self.table(6, &random)
    let catalogue = table.columns[2].map { Int(($0 * 20_000).rounded()) }
    let fit = SignatureFit(catalogue, table, sparse: false, try Self.rules())
    #expect(abs(fit.exposures[2].exposure - 20_000) < 100)
    #expect(fit.exposures[2].high - fit.exposures[2].low < 2_500)
    #expect(fit.exposures.enumerated().allSatisfy { $0.offset == 2 || $0.element.high < 1_500 })
    #expect((fit.cosine ?? 0) > 0.9999)
  }

  @Test("The sparse mode keeps the planted signatures and drops what they do not need")
  func sparse() throws {
    var random = SeededGenerator(seed: 11)
    let table = Self.table(20, &random)
    let catalogue = (0..<96).map { row in
      Self.poisson(3000 * table.columns[4][row] + 2000 * table.columns[9][row], &random)
    }
    let full = SignatureFit(catalogue, table, sparse: false, try Self.rules())
    let fit = SignatureFit(catalogue, table, sparse: true, try Self.rules())
    #expect(fit.exposures.map(\.signature) == ["G5", "G10"])
    #expect(full.exposures.count { $0.exposure > 0 } > 2)
    #expect(fit.exposures.allSatisfy { $0.support == 1 })
    #expect(abs(fit.exposures.map(\.fraction).reduce(0, +) - 1) < 1e-12)
  }

  @Test("The same catalogue gives the same fit, and another seed other intervals but the same exposures")
  func deterministic() throws {
    var random = SeededGenerator(seed: 5)
    let table = Self.table(8, &random)
    let catalogue = (0..<96).map { _ in random.int(0...40) }
    var rules = try Self.rules()
    rules.leastCosine = 0
    rules.replicates = 100
    let one = SignatureFit(catalogue, table, sparse: false, rules)
    #expect(one == SignatureFit(catalogue, table, sparse: false, rules))
    rules.seed += 1
    let other = SignatureFit(catalogue, table, sparse: false, rules)
    #expect(other.exposures.map(\.exposure) == one.exposures.map(\.exposure))
    #expect(other.exposures.map(\.high) != one.exposures.map(\.high))
  }

  @Test("Below 50 substitutions, and below a cosine similarity of 0.85, nothing is told")
  func refusals() throws {
    var random = SeededGenerator(seed: 9)
    let table = Self.table(3, &random)
    let rules = try Self.rules()
    var few = [Int](repeating: 0, count: 96)
    few[0] = 49
    #expect(SignatureFit(few, table, sparse: false, rules).refused == .tooFewVariants)
    few[0] = 50
    let poor = SignatureFit(few, table, sparse: false, rules)
    #expect(poor.refused == .poorFit && poor.exposures.isEmpty && (poor.cosine ?? 1) < 0.85)
    #expect(SignatureFit([Int](repeating: 0, count: 96), table, sparse: true, rules).refused == .tooFewVariants)
  }

  @Test("A table is read with its classes in any order, and named by its version or its file")
  func order() throws {
    var random = SeededGenerator(seed: 2)
    var lines = SubstitutionClass.labels.map { "\($0)\t\(1.0 / 96)" }
    lines.shuffle(using: &random)
    let text = "# a comment\nType\tS1\r\n" + lines.joined(separator: "\r\n") + "\r\n"
    let table = try SignatureTable(text: Array(text.utf8), path: "a/COSMIC_v3.4_SBS_GRCh37.txt")
    #expect(table.names == ["S1"] && table.version == "COSMIC_v3.4_SBS_GRCh37" && table.namedAssembly == .grch37)
    #expect(table.columns[0].allSatisfy { $0 == 1.0 / 96 })
    #expect(try SignatureTable(text: Array(text.utf8), path: "t", version: "mine 2").version == "mine 2")
  }

  @Test(
    "What is no table of signatures is refused",
    arguments: [
      ("", "no header"), ("Type\n", "no header"), ("Type\tA\tA\n", "two have one"),
      ("Type\tA\nA[C>A]Z\t1\n", "none of the 96"),
      ("Type\tA\nA[C>A]A\t1\nA[C>A]A\t0\n", "twice"), ("Type\tA\nA[C>A]A\t-1\n", "no share"),
      ("Type\tA\nA[C>A]A\tx\n", "no share"), ("Type\tA\nA[C>A]A\t1\t2\n", "columns"),
      ("Type\tA\nA[C>A]A\t1\n", "missing"),
    ])
  func refused(_ text: String, _ words: String) throws {
    let error = #expect(throws: InputError.self) { try SignatureTable(text: Array(text.utf8), path: "t.tsv") }
    #expect(error?.reason.contains(words) == true, "\(String(describing: error))")
  }

  @Test("Columns that do not sum to 1, such as counts, are refused")
  func counts() throws {
    let text = "Type\tA\n" + SubstitutionClass.labels.map { "\($0)\t2" }.joined(separator: "\n")
    let error = #expect(throws: InputError.self) { try SignatureTable(text: Array(text.utf8), path: "t.tsv") }
    #expect(error?.reason.contains("sums to 192") == true)
  }

  @Test("COSMIC's own table is read", .enabled(if: TestSupport.SharedData.has("somatic/COSMIC_v3.4_SBS_GRCh37.txt")))
  func cosmic() throws {
    let table = try SignatureTable(file: TestSupport.SharedData.path("somatic/COSMIC_v3.4_SBS_GRCh37.txt"))
    #expect(table.names.count == 86 && table.names.first == "SBS1" && table.namedAssembly == .grch37)
    // SBS1 is told by C>T before G.
    let largest = table.columns[0].enumerated().max { $0.element < $1.element }?.offset
    #expect(largest.map { SubstitutionClass.labels[$0] } == "A[C>T]G")
  }
}
