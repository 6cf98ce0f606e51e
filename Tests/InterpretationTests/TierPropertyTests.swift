import EngineTestSupport
import Genomics
import Interpretation
import Testing

/// What must hold of any family.
struct TierPropertyTests {
  static let genes = ["MONO", "BI", "BOTH", "OUT"]

  static func panels() throws -> PanelSet {
    try PanelText(genes: [
      PanelText.gene("MONO", Mode.notImprinted), PanelText.gene("BI", Mode.biallelic),
      PanelText.gene("BOTH", Mode.both), PanelText.gene("MAT", Mode.maternallyImprinted),
    ]).read()
  }

  static func candidates(_ people: [OraclePerson], _ random: inout SeededGenerator) throws -> [CandidateVariant] {
    try (1...12).map { position in
      let genotypes = OracleFamily.genotypes(people, onX: false, &random)
      return try candidate(
        genotypes.map { call($0) }, position: position, gene: random.pick(genes),
        effect: random.pick([.frameshift, .missense, .synonymous]),
        frequencies: random.oneIn(6) ? [:] : try frequencies(random.oneIn(5) ? .value(0.005, alleleNumber: 9) : .absent)
      )
    }
  }

  static func result(_ family: Family, _ candidates: [CandidateVariant]) throws -> TieringResult {
    Tierer(profile: try .named("gel-nembus-draft"), panels: try panels(), family: family, assembly: .grch38)
      .tier(candidates, isodisomy: [])
  }

  @Test(arguments: seeds(40))
  func theOrderOfCandidatesAndOfMembersDoesNotMatter(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let people = OracleFamily.draw(&random)
    let family = OracleFamily.family(people)
    let candidates = try Self.candidates(people, &random)
    let result = try Self.result(family, candidates)
    #expect(try Self.result(family, candidates.shuffled(using: &random)) == result)
    let order = Array(people.indices).shuffled(using: &random)
    let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var members = order.map { family.members[$0] }
    for index in members.indices {
      members[index].father = members[index].father.flatMap { place[$0] }
      members[index].mother = members[index].mother.flatMap { place[$0] }
    }
    let other = Family(members, proband: place[0] ?? 0)
    let moved = candidates.map { candidate in
      var moved = candidate
      moved.calls = order.map { candidate.calls[$0] }
      return moved
    }
    #expect(try Self.result(other, moved) == result)
  }

  @Test(arguments: seeds(40))
  func anUnaffectedRelativeWithoutGenotypesAddsNoTier(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let people = OracleFamily.draw(&random)
    let family = OracleFamily.family(people)
    let candidates = try Self.candidates(people, &random)
    let before = try Self.result(family, candidates)
    var larger = family
    larger.members.append(
      Family.Member(
        "Z", sex: .male, affection: .unaffected, father: family.members[0].father, mother: family.members[0].mother,
        xCopies: .measured(1)))
    if family.members[0].father == nil, random.oneIn(2) { larger.members[0].father = larger.members.count - 1 }
    let after = try Self.result(
      larger,
      candidates.map { candidate in
        var candidate = candidate
        candidate.calls.append(.unknown)
        return candidate
      })
    func tiers(_ result: TieringResult) -> Set<String> {
      Set(
        result.variants.flatMap { variant in
          variant.tiers.map {
            "\(variant.position) \($0.rule) \($0.gene) \(String(describing: $0.filter)) \($0.penetrance)"
          }
        })
    }
    #expect(tiers(after).isSubset(of: tiers(before)), "seed \(seed)")
  }
}
