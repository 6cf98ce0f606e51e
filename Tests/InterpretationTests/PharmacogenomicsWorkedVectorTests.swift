import Genomics
import Testing

@testable import Interpretation

/// The worked example of PharmCAT's Named Allele Matcher 101 (reference/interpretation.md 10.1).
@Suite("Pharmacogenomics: the worked vector of the published matcher")
struct PharmacogenomicsWorkedVectorTests {
  static func definition() throws -> GeneDefinition {
    try .small(
      alternates: ["T", "T", "C", "A", "G"],
      rows: [("*1", "CCTGA"), ("*2", "T..A."), ("*3", "...A."), ("*4", ".T..."), ("*5", "T....")])
  }

  static func calls(missing: Int? = nil) -> [PositionCall] {
    let copies = [["C", "T"], ["C", "C"], ["T", "T"], ["A", "G"], ["A", "A"]]
    return copies.enumerated().map { index, copies in
      index + 1 == missing
        ? PositionCall(state: .notInFile)
        : PositionCall(state: .calledVariant, copies: copies, evidence: .record)
    }
  }

  @Test(
    "Every diplotype has the published score",
    arguments: [
      (nil, [("*1/*2", 7), ("*3/*5", 2)]), (5, [("*1/*2", 6), ("*3/*5", 2)]), (1, [("*1/*2", 5), ("*1/*3", 5)]),
    ] as [(Int?, [(String, Int)])])
  func vector(missing: Int?, expected: [(String, Int)]) throws {
    let caller = GeneCaller(
      definition: try Self.definition(), phenotypes: nil, exemption: DefinitionExemption(),
      undocumentedIsReference: false, dpyd: .builtIn)
    let result = caller.result(Self.calls(missing: missing), extra: [], panel: nil)
    let best = expected.filter { $0.1 == expected[0].1 }
    #expect(result.diplotypes.map(\.name) == best.map(\.0))
    #expect((result.diplotypes + result.otherDiplotypes).map(\.name) == expected.map(\.0))
    #expect((result.diplotypes + result.otherDiplotypes).map(\.score) == expected.map(\.1))
    #expect(result.allelesNotTested == (missing == 1 ? ["*5"] : []))
  }

  @Test("Phase that is known excludes the diplotypes that it contradicts")
  func phased() throws {
    let matcher = NamedAlleleMatcher(definition: try Self.definition(), undocumentedIsReference: false)
    var calls = Self.calls()
    calls[0].phase = .phased(set: nil)
    calls[3].phase = .phased(set: nil)
    // C|T with A|G: the copy with C has A, the one with T has G.
    #expect(try matcher.match(calls).matches.map { $0.alleles.map(\.allele.name) } == [["*3", "*5"]])
    calls[3].copies = ["G", "A"]
    #expect(try matcher.match(calls).matches.map { $0.alleles.map(\.allele.name) } == [["*1", "*2"]])
    // Two sets tell nothing of one another.
    calls[3].phase = .phased(set: "7")
    #expect(try matcher.match(calls).matches.count == 2)
  }

  /// The case of PharmCAT's own test of wobble scoring: with \*12's own position not called, \*2 and \*12 differ by
  /// letters for several bases alone.
  static func wobbles() throws -> GeneDefinition {
    try .small(
      alternates: ["G", "A", "T", "C", "T"],
      rows: [("*1", "CGCGC"), ("*2", "GA.S."), ("*12", "GAY.T")])
  }

  @Test(
    "A letter for several bases is scored only where the sample does not have REF",
    arguments: [
      // REF at both letters: neither counts, and the two are as good.
      ("C", "G", ["*1/*2", "*1/*12"], 6), ("C", "C", ["*1/*2"], 7), ("T", "G", ["*1/*12"], 7),
    ])
  func wobble(third: String, fourth: String, names: [String], score: Int) throws {
    let matcher = NamedAlleleMatcher(definition: try Self.wobbles(), undocumentedIsReference: false)
    // Phased; the last position, which defines *12, is not called.
    let copies = [["C", "G"], ["G", "A"], ["C", third], ["G", fourth]]
    let calls =
      copies.map { pair in
        PositionCall(
          state: pair[0] == pair[1] ? .calledReference : .calledVariant, copies: pair, phase: .phased(set: nil),
          evidence: .record)
      } + [PositionCall(state: .notInFile)]
    let outcome = try matcher.match(calls)
    let best = outcome.matches.filter { $0.score == outcome.matches[0].score }
    #expect(best.map { $0.alleles.map(\.allele.name).joined(separator: "/") } == names)
    #expect(outcome.matches[0].score == score)
  }

  @Test("Of letters for several bases without phase, the best assignment tells the score")
  func unphasedWobble() throws {
    let matcher = NamedAlleleMatcher(
      definition: try .small(alternates: ["T", "A"], rows: [("*1", "CG"), ("*2", "TR"), ("*3", ".A")]),
      undocumentedIsReference: false)
    let call = { (copies: [String]) in PositionCall(state: .calledVariant, copies: copies, evidence: .record) }
    // C/T and G/A: *2 is T with G or A. With *1 on C and G, its R is A and counts; with *3 it is G and does not.
    let outcome = try matcher.match([call(["C", "T"]), call(["G", "A"])])
    let found = outcome.matches.map { ($0.alleles.map(\.allele.name).joined(separator: "/"), $0.score) }
    #expect(found.map(\.0) == ["*1/*2", "*2/*3"] && found.map(\.1) == [4, 2])
    // Two copies of *2: one R is REF.
    let both = try matcher.match([call(["T", "T"]), call(["G", "A"])])
    #expect(both.matches.map(\.score) == [3])
  }

  @Test("Seventy heterozygous positions without phase are matched and not enumerated")
  func manyBlocks() throws {
    let count = 70
    let definition = try GeneDefinition.small(
      alternates: Array(repeating: "T", count: count),
      rows: [("*1", String(repeating: "C", count: count)), ("*2", String(repeating: "T", count: count))])
    let calls = (0..<count).map { _ in
      PositionCall(state: .calledVariant, copies: ["C", "T"], evidence: .record)
    }
    let outcome = try NamedAlleleMatcher(definition: definition, undocumentedIsReference: false).match(calls)
    #expect(outcome.matches.map(\.score) == [140])
    #expect(outcome.strands.assignments == "2^69")
  }
}
