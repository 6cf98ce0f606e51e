import GenomicFiles
import Genomics
import Interpretation
import TestSupport
import Testing

/// Two variants of one gene and what comes of them as a pair.
struct PairCase: CustomTestStringConvertible, Sendable {
  var what: String
  var family: Family
  var first: [PersonCall]
  var second: [PersonCall]
  var complete: Bool
  var incomplete: Bool
  var isPossible: Bool
  var label: NearMiss.Label?
  var place: CandidateVariant.Place

  var testDescription: String { what }

  init(
    _ what: String, _ family: Family, _ first: [PersonCall], _ second: [PersonCall], _ complete: Bool,
    _ incomplete: Bool? = nil, possible: Bool = false, label: NearMiss.Label? = nil,
    at place: CandidateVariant.Place = .autosome
  ) {
    self.what = what
    self.family = family
    self.first = first
    self.second = second
    self.complete = complete
    self.incomplete = incomplete ?? complete
    self.isPossible = possible
    self.label = label
    self.place = place
  }
}

struct SegregationPairTests {
  static func calls(_ genotypes: String) -> [PersonCall] { SegregationTests.calls(genotypes) }

  static let cases: [PairCase] = [
    .init("trio, one from each parent", Families.trio(), calls("0/1 0/1 0/0"), calls("0/1 0/0 0/1"), true),
    .init(
      "trio, both from the mother", Families.trio(), calls("0/1 0/0 0/1"), calls("0/1 0/0 0/1"), false,
      label: .pairInCis),
    .init(
      "one in both parents", Families.trio(), calls("0/1 0/1 0/1"), calls("0/1 0/0 0/1"), false,
      label: .singleHeterozygote),
    .init(
      "one in neither parent", Families.trio(), calls("0/1 0/0 0/0"), calls("0/1 0/0 0/1"), false,
      label: .pairWithDeNovo),
    .init(
      "father missing at both, mother has one", Families.trio(), calls("0/1 ./. 0/0"), calls("0/1 ./. 0/1"), true,
      possible: true),
    .init(
      "father missing, mother has neither", Families.trio(), calls("0/1 ./. 0/0"), calls("0/1 ./. 0/0"), false,
      label: .pairInCis),
    .init(
      "affected father has both, one is also the mother's: told by no parent", Families.trio(father: .affected),
      calls("0/1 0/1 0/0"), calls("0/1 0/1 0/1"), false, label: .singleHeterozygote),
    .init(
      "affected father homozygous for one", Families.trio(father: .affected), calls("0/1 1/1 0/0"),
      calls("0/1 0/0 0/1"), true),
    .init(
      "healthy father homozygous for one", Families.trio(), calls("0/1 1/1 0/0"), calls("0/1 0/0 0/1"), false,
      label: .singleHeterozygote),
    .init(
      "healthy sibling has both", Families.quad(sibling: .unaffected), calls("0/1 0/1 0/0 0/1"),
      calls("0/1 0/0 0/1 0/1"), false, true),
    .init(
      "healthy sibling has one", Families.quad(sibling: .unaffected), calls("0/1 0/1 0/0 0/1"),
      calls("0/1 0/0 0/1 0/0"), true),
    .init(
      "affected sibling has one", Families.quad(sibling: .affected), calls("0/1 0/1 0/0 0/1"), calls("0/1 0/0 0/1 0/0"),
      false, label: .singleHeterozygote),
    .init(
      "affected sibling has both", Families.quad(sibling: .affected), calls("0/1 0/1 0/0 0/1"),
      calls("0/1 0/0 0/1 0/1"), true),
    .init(
      "affected sibling missing", Families.quad(sibling: .affected), calls("0/1 0/1 0/0 ./."), calls("0/1 0/0 0/1 0/1"),
      true),
    .init("singleton, no phase", Families.singleton(), calls("0/1"), calls("0/1"), true, possible: true),
    .init(
      "singleton, cis in one phase set", Families.singleton(), [call("0|1", ps: 7)], [call("0|1", ps: 7)], false,
      label: .pairInCis),
    .init("singleton, trans in one phase set", Families.singleton(), [call("0|1", ps: 7)], [call("1|0", ps: 7)], true),
    .init(
      "singleton, two phase sets", Families.singleton(), [call("0|1", ps: 7)], [call("0|1", ps: 8)], true,
      possible: true),
    .init("one half homozygous", Families.singleton(), calls("0/1"), calls("1/1"), false),
    .init("proband missing at one", Families.singleton(), calls("0/1"), calls("./."), false),
    .init("girl, one from each parent, on X", Families.trio(), calls("0/1 1 0/0"), calls("0/1 0 0/1"), true, at: .x),
    .init(
      "girl, both from the mother, on X", Families.trio(), calls("0/1 0 0/1"), calls("0/1 0 0/1"), false,
      label: .pairInCis, at: .x),
    .init(
      "girl, copies of X not measured", Families.trio(x: false), calls("0/1 1 0/0"), calls("0/1 0 0/1"), false,
      label: .xCopiesUnmeasured, at: .x),
    .init(
      "boy with two calls of two copies, on X", Families.singleton(x: 1, sex: .male), calls("0/1"), calls("0/1"), false,
      at: .x),
  ]

  @Test(arguments: cases)
  func pairAnswersAsItsSourceSays(_ given: PairCase) throws {
    let mode = given.place == .x ? Mode.xBiallelic : Mode.biallelic
    let variants = [
      try candidate(given.first, position: 100, place: given.place),
      try candidate(given.second, position: 200, place: given.place),
    ]
    let result = try tierer(given.family, mode: mode).tier(variants)
    let first = try #require(result.variants.first)
    let pairs = first.tiers.filter { $0.filter == .compoundHeterozygous || $0.filter == .xLinkedCompoundHeterozygous }
    #expect(pairs.contains { $0.penetrance == .complete } == given.complete, "\(first.filters)")
    #expect(!pairs.isEmpty == given.incomplete, "\(first.filters)")
    #expect(pairs.allSatisfy { $0.isPossible == given.isPossible && $0.partners.count == 1 })
    if let label = given.label {
      #expect((first.nearMisses + first.warnings).contains { $0.label == label }, "\(first)")
    }
    if given.isPossible { #expect(first.warnings.contains { $0.label == .pairPhaseUnknown }) }
  }

  @Test("Any number of threads gives the same result, whatever the order of candidates")
  func threads() async throws {
    var random = SplitMix64()
    let words = ["0/0", "0/1", "1/1", "./."]
    for _ in 0..<30 {
      let variants = try (1...Int.random(in: 1...40, using: &random)).map { position in
        let calls = (0..<3).map { _ in words.randomElement(using: &random) ?? "./." }.joined(separator: " ")
        return try candidate(Self.calls(calls), position: position)
      }
      let tierer = try tierer(Families.trio(), mode: Mode.biallelic)
      let result = tierer.tier(variants)
      for threads in [1, 2, 3, 7] {
        let shuffled = variants.shuffled(using: &random)
        #expect(try await tierer.tier(shuffled, resources: RunResources(threads: threads)) == result)
      }
    }
  }

  @Test func aPairLiesInOneTranscript() throws {
    let trio = Families.trio()
    let one = try candidate(
      Self.calls("0/1 0/1 0/0"), position: 1, transcripts: [transcript("GENE1", .frameshift, id: "ENST_A.1")])
    let other = try candidate(
      Self.calls("0/1 0/0 0/1"), position: 2, transcripts: [transcript("GENE1", .frameshift, id: "ENST_B.1")])
    let result = try tierer(trio, mode: Mode.biallelic).tier([one, other])
    #expect(result.variants.allSatisfy { $0.tiers.isEmpty })
    // The newborn guide pairs by gene.
    let newborn = try tierer(Families.singleton(), mode: Mode.biallelic, profile: "gel-newborn").tier([
      try candidate(Self.calls("0/1"), position: 1, transcripts: [transcript("GENE1", .frameshift, id: "ENST_A.1")]),
      try candidate(Self.calls("0/1"), position: 2, transcripts: [transcript("GENE1", .frameshift, id: "ENST_B.1")]),
    ])
    #expect(newborn.variants.map(\.highest) == [.tier1, .tier1])
  }

  @Test func twoAllelesOfOneGenotypeAreInTrans() throws {
    var first = try candidate([call("1/2")])
    var second = try candidate([call("2/1")])
    first.alternate = "C"
    second.alternate = "T"
    let result = try tierer(Families.singleton(), mode: Mode.biallelic).tier([first, second])
    #expect(result.variants.map { $0.tiers.map(\.isPossible) } == [[false], [false]])
  }

  @Test func aPartnerThatIsTooFrequentMakesNoPair() throws {
    let trio = Families.trio()
    let common = try frequencies(.value(0.011, alleleNumber: 1000))
    let result = try tierer(trio, mode: Mode.biallelic).tier([
      try candidate(Self.calls("0/1 0/1 0/0"), position: 1),
      try candidate(Self.calls("0/1 0/0 0/1"), position: 2, frequencies: common),
    ])
    #expect(result.variants.allSatisfy { $0.tiers.isEmpty })
    #expect(result.variants[0].nearMisses.map(\.label) == [.singleHeterozygote])
    #expect(result.variants[1].nearMisses.map(\.label) == [.frequencyExceeded])
  }

  /// Generation Study, mode of inheritance.
  @Test(arguments: [
    ("monoallelic, heterozygote", Mode.notImprinted, "0/1", 2, CandidateVariant.Place.autosome, Tier?.some(.tier1)),
    ("monoallelic, homozygote", Mode.notImprinted, "1/1", 2, .autosome, .tier1),
    ("biallelic, heterozygote", Mode.biallelic, "0/1", 2, .autosome, nil),
    ("biallelic, homozygote", Mode.biallelic, "1/1", 2, .autosome, .tier1),
    ("X-linked monoallelic, girl", Mode.xMonoallelic, "0/1", 2, .x, .tier1),
    ("X-linked biallelic, girl with one", Mode.xBiallelic, "0/1", 2, .x, .tier1),
    ("X-linked biallelic, boy", Mode.xBiallelic, "1", 1, .x, .tier1),
    ("proband missing", Mode.notImprinted, "./.", 2, .autosome, nil),
  ])
  func newbornRulesAskOnePerson(
    _ what: String, _ mode: String, _ genotype: String, _ copies: Int, _ place: CandidateVariant.Place, _ tier: Tier?
  ) throws {
    let family = Families.singleton(x: copies)
    let result = try tierer(family, mode: mode, profile: "gel-newborn").tier([
      try candidate([call(genotype)], place: place)
    ])
    let found = try #require(result.variants.first)
    // TierUp's row: the monoallelic mode of X takes genes that are biallelic in females.
    if mode == Mode.xBiallelic, genotype == "0/1" {
      #expect(found.tiers.map(\.filter) == [.xLinkedMonoallelic])
    }
    #expect(found.highest == tier)
  }

  @Test(arguments: [("0|1", "1|0", false), ("0|1", "0|1", false), ("0/1", "0/1", true), ("0/1", "1/1", true)])
  func newbornPairsShareNoPhaseGroup(_ first: String, _ second: String, _ isPair: Bool) throws {
    let result = try tierer(Families.singleton(), mode: Mode.biallelic, profile: "gel-newborn").tier([
      try candidate([call(first, ps: first.contains("|") ? 5 : nil)], position: 1),
      try candidate([call(second, ps: second.contains("|") ? 5 : nil)], position: 2),
    ])
    #expect(result.variants[0].tiers.contains { $0.filter == .compoundHeterozygous } == isPair)
  }
}
