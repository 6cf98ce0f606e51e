import EngineTestSupport
import Genomics
import Testing

@testable import Interpretation

/// The engine and a second reading of the rules agree on random families. Ten seeds of 12,000 families each: single
/// variants on autosomes and on X, and pairs.
struct OracleTests {
  @Test(arguments: seeds(10))
  func filtersAgreeWithASecondReadingOfTheRules(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let profile = try TieringProfile.named("gel-nembus-draft")
    var seen: Set<String> = []
    for _ in 0..<12_000 {
      let people = OracleFamily.draw(&random)
      let onX = random.oneIn(3)
      let genotypes = OracleFamily.genotypes(people, onX: onX, &random)
      let second = OracleFamily.genotypes(people, onX: onX, &random)
      let segregation = Segregation(family: OracleFamily.family(people), profile: profile, segments: [])
      let oracle = OracleRules(people, genotypes, onX: onX)
      let a = half(genotypes, onX: onX, segregation)
      let answers = segregation.answers(a.candidate, a.genotypes)
      var expected: [SegregationFilter: (String, String)] = [.deNovo: (oracle.deNovo, oracle.deNovo)]
      if onX {
        expected[.xLinkedSimpleRecessive] = oracle.recessive
        expected[.xLinkedMonoallelic] = oracle.dominant
      } else {
        expected[.simpleRecessive] = oracle.recessive
        expected[.inheritedAutosomalDominant] = oracle.dominant
        let maternal = oracle.imprinted(from: "m")
        let paternal = oracle.imprinted(from: "f")
        expected[.inheritedAutosomalDominantPaternallyImprinted] = (maternal, maternal)
        expected[.inheritedAutosomalDominantMaternallyImprinted] = (paternal, paternal)
      }
      for (filter, outcomes) in expected {
        let found = answers.filter { $0.filter == filter }.map(\.outcome.rawValue)
        try #require(
          found == [outcomes.0, outcomes.1], "seed \(seed): \(filter) \(people) \(genotypes), by the oracle \(outcomes)"
        )
        seen.insert("\(filter) \(outcomes.0)")
      }
      if onX { continue }
      let b = half(second, onX: onX, segregation)
      let pair = OraclePair(one: oracle, two: OracleRules(people, second, onX: onX))
      for penetrance in Penetrance.allCases {
        let found = segregation.pair(a, b, penetrance)
        let told = found.outcome == .pass && found.isPossible ? "possible" : found.outcome.rawValue
        let answer = pair.answer(complete: penetrance == .complete)
        try #require(
          told == answer, "seed \(seed): \(people) \(genotypes) \(second): \(found), by the oracle \(answer)")
        seen.insert("pair \(answer)")
      }
    }
    // Every answer of every filter was met, so that agreement says something.
    #expect(seen.count == 7 * 3 + 4, "\(seen.sorted())")
  }

  private func half(_ genotypes: [String], onX: Bool, _ segregation: Segregation) -> Segregation.Half {
    let candidate = CandidateVariant(
      contig: onX ? "X" : "20", position: 1, reference: "A", alternate: "G", place: onX ? .x : .autosome,
      calls: genotypes.map { call($0) })
    return Segregation.Half(candidate: candidate, genotypes: segregation.genotypes(candidate))
  }
}
