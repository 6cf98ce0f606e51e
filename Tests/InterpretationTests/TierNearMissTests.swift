import Foundation
import Genomics
import Interpretation
import Testing

/// What comes close is told, with its reason (reference: Tiers page, consequences; labels are Apus's).
struct TierNearMissTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("TestData/panels").path

  static func panels() throws -> PanelSet {
    try PanelSet.read(["jag1", "mkks", "signed-off"].map { "\(folder)/\($0).json" })
  }

  static func result(_ family: Family, _ candidates: [CandidateVariant]) throws -> TieringResult {
    Tierer(profile: try .named("gel-nembus-draft"), panels: try panels(), family: family, assembly: .grch38)
      .tier(candidates)
  }

  @Test func jag1AndMkksEndAsTheyShould() throws {
    let trio = Families.trio(mother: .affected)
    let calls = SegregationTests.calls("0/1 0/0 0/1")
    let result = try Self.result(
      trio,
      [
        try candidate(calls, position: 10, gene: "JAG1", effect: .frameshift),
        try candidate(calls, position: 20, gene: "JAG1", effect: .synonymous),
        try candidate(calls, position: 30, gene: "MKKS", effect: .frameshift),
      ])
    #expect(result.variants.map(\.highest) == [.tier1, nil, nil])
    #expect(result.variants.map { $0.nearMisses.map(\.label) } == [[], [.consequenceNotListed], [.singleHeterozygote]])
    #expect(result.variants[1].nearMisses[0].reason == "synonymous_variant is on no list of gel-nembus-draft")
    #expect(result.variants[2].nearMisses[0].wouldBe == .tier1)
    #expect(result.panels.map(\.panel.version) == ["1.0", "1.0"])
    #expect(result.panels.allSatisfy { $0.signOff == .signedOff("2026-01-05") })
    #expect(result.variants[0].tiers[0].panels.map(\.mode) == [Mode.notImprinted])
    #expect(!result.profile.unsourced.isEmpty)
    #expect(result.notSupplied == ["copy numbers", "short tandem repeats", "segments of uniparental disomy"])
  }

  @Test func missingInAnAffectedMemberIsWarnedOf() throws {
    let result = try Self.result(
      Families.trio(mother: .affected), [try candidate(SegregationTests.calls("0/1 0/0 ./."), gene: "JAG1")])
    #expect(result.variants[0].highest == .tier1)
    // The father's genotype is what de novo would need, too.
    #expect(result.variants[0].warnings.map(\.label) == [.missingInAffected, .deNovoNotAssessable])
  }

  @Test func aHomozygoteWithOneCarrierParentIsTold() throws {
    let result = try Self.result(
      Families.trio(), [try candidate(SegregationTests.calls("1/1 0/1 0/0"), gene: "MKKS")])
    #expect(result.variants[0].tiers.isEmpty)
    #expect(result.variants[0].nearMisses.contains { $0.label == .homozygoteOneCarrier && $0.wouldBe == .tier1 })
  }

  @Test(arguments: [(0, false), (1, true), (4, true)])
  func parentalReadsAreMosaicismPerhaps(_ reads: Int, _ isTold: Bool) throws {
    let result = try Self.result(
      Families.trio(), [try candidate([call("0/1"), call("0/0", ad: reads), call("0/0", ad: 0)], gene: "JAG1")])
    #expect(result.variants[0].tiers.contains { $0.filter == .deNovo })
    #expect(result.variants[0].warnings.contains { $0.label == .possibleMosaicism } == isTold)
    if isTold {
      #expect(result.variants[0].warnings[0].reason.hasPrefix("apparent de novo, possible mosaicism: F has"))
    }
  }

  @Test func threePeopleWithoutEachOthersRecordsGiveNoDeNovo() throws {
    let result = try Self.result(Families.trio(), [try candidate([call("0/1"), .unknown, .unknown], gene: "JAG1")])
    #expect(!result.variants[0].tiers.contains { $0.filter == .deNovo })
    // Nobody's genotype speaks against it: inherited, as far as is known.
    #expect(result.variants[0].tiers.map(\.filter) == [.inheritedAutosomalDominant])
    let missense = try Self.result(
      Families.trio(), [try candidate([call("0/1"), .unknown, .unknown], gene: "JAG1", effect: .missense)])
    #expect(missense.variants[0].highest == .tier2)
    #expect(missense.variants[0].warnings.contains { $0.label == .deNovoNotAssessable && $0.wouldBe == .tier1 })
  }

  @Test func xCopiesThatAreNotMeasuredAreNamed() throws {
    let set = try PanelText(genes: [PanelText.gene("GENE1", Mode.xBiallelic)]).read()
    let tierer = Tierer(
      profile: try .named("gel-nembus-draft"), panels: set, family: Families.trio(sex: .male, x: false),
      assembly: .grch38)
    let result = tierer.tier([try candidate(SegregationTests.calls("1 0 0/1"), place: .x)])
    #expect(result.variants[0].tiers.isEmpty)
    #expect(result.variants[0].nearMisses.map(\.label) == [.xCopiesUnmeasured])
    #expect(
      result.banners.contains { $0.hasPrefix("Copies of X are not measured, or neither one nor two, of F, M, P") })
  }

  @Test func incompletePenetranceIsKeptApart() throws {
    let result = try Self.result(
      Families.trio(), [try candidate(SegregationTests.calls("0/1 0/1 0/0"), gene: "JAG1")])
    #expect(result.variants[0].highest == nil)
    #expect(result.variants[0].highestIncomplete == .tier1)
    #expect(result.variants[0].tiers.map(\.penetrance) == [.incomplete])
    #expect(result.counts["tier-incomplete.TIER1"] == 1)
  }

  @Test func theCountsAddUp() throws {
    let calls = SegregationTests.calls("0/1 0/1 0/0")
    let result = try Self.result(
      Families.trio(),
      [
        try candidate(calls, position: 1, gene: "JAG1"), try candidate(calls, position: 2, gene: "MKKS"),
        try candidate(calls, position: 3, gene: "OTHER", effect: .intron),
        try candidate(SegregationTests.calls("0/0 0/1 0/0"), position: 4, gene: "JAG1"),
      ])
    let ends = result.counts.filter { key, _ in
      !key.hasSuffix(".provisional") && key != "candidates" && key != "with-near-miss"
    }
    #expect(ends.values.reduce(0, +) == 4, "\(result.counts)")
    #expect(result.counts["candidates"] == 4)
  }

  @Test func relatednessIsAWarningOnly() throws {
    let calls = SegregationTests.calls("1/1 0/1 0/1")
    func result(_ fraction: Double?) throws -> TieringResult {
      Tierer(
        profile: try .named("gel-nembus-draft"), panels: try Self.panels(), family: Families.trio(),
        assembly: .grch38, homozygosity: fraction
      ).tier([try candidate(calls, gene: "MKKS")])
    }
    #expect(try result(0.06).variants == (try result(nil)).variants)
    #expect(try result(0.06).banners.contains { $0.hasPrefix("Runs of homozygosity cover 0.06") })
    #expect(try !result(0.01).banners.contains { $0.hasPrefix("Runs of homozygosity") })
  }

  /// No output says what evidence cannot (DESIGN.md, decision 14).
  @Test func noTextSaysNegativeOrNormal() throws {
    var texts: [String] = []
    let encoder = JSONEncoder()
    for given in SegregationTests.autosomal + SegregationTests.others {
      let variant = try candidate(given.calls, place: given.place)
      let repeats = [RepeatCandidate(locus: "ATN1", place: .autosome, calls: [[.init(repeats: 9, lower: 9, upper: 9)]])]
      let result = try tierer(given.family, mode: "").tier(
        [variant], structural: [TierStructuralTests.loss(0..<50_000)], repeats: repeats, isodisomy: given.segments)
      texts.append(String(decoding: try encoder.encode(result), as: UTF8.self))
    }
    for name in TieringProfile.names {
      let profile = try TieringProfile.named(name)
      texts += profile.rules.values.map(\.source) + [profile.title]
    }
    texts += NearMiss.Label.allCases.map(\.rawValue)
    for text in texts {
      #expect(!text.lowercased().contains("negative"))
      #expect(!text.lowercased().contains("normal"))
    }
  }
}
