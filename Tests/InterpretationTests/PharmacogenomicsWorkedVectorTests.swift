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
