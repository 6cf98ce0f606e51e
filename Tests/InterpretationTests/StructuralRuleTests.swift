import EngineTestSupport
import Genomics
import Interpretation
import Testing

/// One case of one rule of copy numbers or repeats: what is given, and whether the rule passes, fails or is unknown.
struct StructuralRuleCase: CustomTestStringConvertible, Sendable {
  enum Given: Sendable {
    case copyNumber(StructuralCandidate, region: String = TierStructuralTests.region)
    case repeats(
      [[RepeatCandidate.Allele]], mode: String = Mode.notImprinted, locus: String? = nil, family: Family? = nil,
      filter: CandidateVariant.Filter = .passed, place: CandidateVariant.Place = .autosome)
  }

  var rule: RuleID
  var what: String
  var outcome: RuleOutcome
  /// What the profile's source of the rule must name.
  var source: String
  var given: Given

  var testDescription: String { "\(rule.rawValue), \(outcome.rawValue): \(what)" }

  init(_ rule: RuleID, _ outcome: RuleOutcome, _ what: String, _ source: String, _ given: Given) {
    self.rule = rule
    self.what = what
    self.outcome = outcome
    self.source = source
    self.given = given
  }
}

private let guide = "Rare Disease Genome Analysis Guide, copy number variants"
private let strGuide = "Rare Disease Genome Analysis Guide, short tandem repeats"
private let openCB = "OpenCB biodata, TieringClinicalVariantCreator"

private func loss(
  _ range: Range<Int> = 0..<50_000, gene: String = "GENE1", contig: String = "20",
  filter: CandidateVariant.Filter = .passed, others: [Range<Int>]? = nil, af: FrequencyAnswer? = .absent,
  auc: FrequencyAnswer? = .absent, biotype: String = "protein_coding", region: String = TierStructuralTests.region
) -> StructuralRuleCase.Given {
  .copyNumber(
    TierStructuralTests.loss(
      range, gene: gene, contig: contig, filter: filter, others: others, af: af, auc: auc, biotype: biotype),
    region: region)
}

private func alleles(_ uppers: Int...) -> [RepeatCandidate.Allele] {
  uppers.map { .init(repeats: Double($0) - 5, lower: $0 - 10, upper: $0) }
}

struct StructuralRuleTests {
  private static let frequent = FrequencyAnswer.value(0.006, alleleNumber: 5415)
  private static let bareRegion = TierStructuralTests.region.replacing(
    #""required_overlap_percentage": 60"#, with: #""required_overlap_percentage": null"#)

  static let cases: [StructuralRuleCase] = [
    .init(.copyNumberFilter, .pass, "PASS", guide, loss()),
    .init(.copyNumberFilter, .fail, "another filter", guide, loss(filter: .failed(["cnvQual"]))),
    .init(.copyNumberFilter, .unknown, "no filter was applied", guide, loss(filter: .notApplied)),

    .init(.copyNumberPlace, .pass, "X", guide, loss(contig: "X")),
    .init(.copyNumberPlace, .fail, "Y", guide, loss(contig: "Y")),
    .init(.copyNumberPlace, .fail, "mitochondria", guide, loss(contig: "MT")),
    .init(.copyNumberPlace, .fail, "an alternative contig", guide, loss(contig: "chr20_KI270869v1_alt")),

    .init(.copyNumberLength, .pass, "2 kb", guide, loss(0..<2_000, others: [0..<2_000])),
    .init(.copyNumberLength, .fail, "a base less", guide, loss(0..<1_999, others: [0..<1_999])),

    .init(.copyNumberCallers, .pass, "half of each", guide, loss(0..<5_000, others: [0..<2_500])),
    .init(.copyNumberCallers, .fail, "less than half of one", guide, loss(0..<5_000, others: [0..<2_499])),
    .init(.copyNumberCallers, .fail, "the other caller has none", guide, loss(0..<10_000, others: [])),
    .init(.copyNumberCallers, .unknown, "no file of the other caller", guide, loss(0..<10_000)),

    .init(.copyNumberFrequency, .pass, "neither above", guide, loss()),
    .init(.copyNumberFrequency, .pass, "one above", guide, loss(af: frequent, auc: .value(0.005, alleleNumber: nil))),
    .init(.copyNumberFrequency, .fail, "both above", guide, loss(af: frequent, auc: frequent)),
    .init(.copyNumberFrequency, .unknown, "not loaded", guide, loss(af: nil, auc: nil)),
    .init(.copyNumberFrequency, .unknown, "one above, the other not loaded", guide, loss(af: frequent, auc: nil)),
    .init(
      .copyNumberFrequency, .unknown, "one above, the other could not be looked up", guide,
      loss(af: frequent, auc: .notLookedUp("contig"))),

    .init(.copyNumberRegion, .pass, "60 % of it", openCB, loss(140_000..<900_000, gene: "OTHER")),
    .init(.copyNumberRegion, .fail, "59 % of it", openCB, loss(141_000..<900_000, gene: "OTHER")),
    .init(
      .copyNumberRegion, .unknown, "the panel asks for no percentage", openCB,
      loss(100_000..<200_000, gene: "OTHER", region: bareRegion)),

    .init(.copyNumberRegionBelow, .pass, "59 % of it", openCB, loss(141_000..<900_000, gene: "OTHER")),
    .init(.copyNumberRegionBelow, .fail, "60 % of it", openCB, loss(140_000..<900_000, gene: "OTHER")),
    .init(.copyNumberRegionBelow, .fail, "not overlapped at all", openCB, loss(500_000..<900_000, gene: "OTHER")),
    .init(
      .copyNumberRegionBelow, .unknown, "the panel asks for no percentage", openCB,
      loss(141_000..<900_000, gene: "OTHER", region: bareRegion)),
    .init(
      .copyNumberRegionBelow, .unknown, "the frequency is not loaded", openCB,
      loss(141_000..<900_000, gene: "OTHER", af: nil, auc: nil)),

    .init(.copyNumberGene, .pass, "a green gene", guide, loss()),
    .init(.copyNumberGene, .fail, "another gene", guide, loss(gene: "OTHER")),
    .init(.copyNumberGene, .fail, "too frequent", guide, loss(af: frequent, auc: frequent)),
    .init(.copyNumberGene, .unknown, "the frequency is not loaded", guide, loss(af: nil, auc: nil)),

    .init(.copyNumberNull, .pass, "a gene of no panel", guide, loss(gene: "OTHER")),
    .init(.copyNumberNull, .fail, "a green gene", guide, loss()),
    .init(.copyNumberNull, .fail, "no gene that counts", guide, loss(gene: "OTHER", biotype: "lncRNA")),
    .init(.copyNumberNull, .unknown, "the frequency is not loaded", guide, loss(gene: "OTHER", af: nil, auc: nil)),

    .init(.repeatFilter, .pass, "PASS", strGuide, .repeats([alleles(70, 10)])),
    .init(.repeatFilter, .fail, "another filter", strGuide, .repeats([alleles(70, 10)], filter: .failed(["LowDepth"]))),
    .init(.repeatFilter, .unknown, "no filter was applied", strGuide, .repeats([alleles(70, 10)], filter: .notApplied)),

    .init(.repeatLocus, .pass, "green", strGuide, .repeats([alleles(70, 10)])),
    .init(
      .repeatLocus, .fail, "amber", strGuide,
      .repeats([alleles(70, 10)], locus: TierStructuralTests.locus(Mode.notImprinted, level: "2"))),
    .init(
      .repeatLocus, .fail, "on no panel", strGuide,
      .repeats(
        [alleles(70, 10)],
        locus: TierStructuralTests.locus(Mode.notImprinted).replacing("FXN", with: "HTT"))),

    .init(.repeatTier1, .pass, "at the pathogenic threshold", strGuide, .repeats([alleles(66, 10)])),
    .init(.repeatTier1, .fail, "one below it", strGuide, .repeats([alleles(65, 10)])),
    .init(
      .repeatTier1, .unknown, "the panel has no threshold", strGuide,
      .repeats([alleles(70, 10)], locus: TierStructuralTests.locus(Mode.notImprinted, pathogenic: "null"))),
    .init(.repeatTier1, .unknown, "not called", strGuide, .repeats([[]])),
    .init(.repeatTier1, .unknown, "no filter was applied", strGuide, .repeats([alleles(66, 10)], filter: .notApplied)),

    .init(.repeatTier2, .pass, "at the first threshold", strGuide, .repeats([alleles(34, 10)])),
    .init(.repeatTier2, .fail, "one below it", strGuide, .repeats([alleles(33, 10)])),
    .init(.repeatTier2, .fail, "at the pathogenic one: tier 1", strGuide, .repeats([alleles(66, 10)])),
    .init(
      .repeatTier2, .unknown, "the panel has no threshold", strGuide,
      .repeats([alleles(40, 10)], locus: TierStructuralTests.locus(Mode.notImprinted, pathogenic: "null"))),
    .init(.repeatTier2, .unknown, "no filter was applied", strGuide, .repeats([alleles(40, 10)], filter: .notApplied)),

    .init(
      .repeatSegregation, .pass, "from an affected father", strGuide,
      .repeats([alleles(70, 10), alleles(70, 12), alleles(10, 10)], family: Families.trio(father: .affected))),
    .init(
      .repeatSegregation, .pass, "two expanded alleles", strGuide, .repeats([alleles(70, 66)], mode: Mode.biallelic)),
    .init(
      .repeatSegregation, .fail, "an affected mother without it", strGuide,
      .repeats([alleles(70, 10), alleles(70, 12), alleles(10, 10)], family: Families.trio(mother: .affected))),
    .init(
      .repeatSegregation, .unknown, "on X, of which the copies are not measured", strGuide,
      .repeats([alleles(70, 10)], mode: Mode.xMonoallelic, place: .x)),
    .init(.repeatSegregation, .unknown, "not called", strGuide, .repeats([[]])),
  ]

  /// Rules that are asked of a record's own coordinates, or of a panel's own rating: no record and no panel lacks
  /// these, so that they are never unknown. ``rulesOfCoordinatesAreAlwaysAnswered`` holds them to it.
  static let alwaysAnswered: [RuleID] = [.copyNumberPlace, .copyNumberLength, .repeatLocus]

  private struct Found {
    var tiers: [TierEvent]
    var trace: [TraceLine]
    var nearMisses: [NearMiss]
  }

  private func found(_ given: StructuralRuleCase.Given) throws -> Found {
    switch given {
    case .copyNumber(let candidate, let region):
      let set = try PanelText(genes: [PanelText.gene("GENE1", Mode.biallelic)], regions: [region]).read()
      let result = Tierer(
        profile: try .named("gel-nembus-draft"), panels: set, family: Families.singleton(), assembly: .grch38
      ).tier([], structural: [candidate]).structural[0]
      return Found(tiers: result.tiers, trace: result.trace, nearMisses: result.nearMisses)
    case .repeats(let calls, let mode, let locus, let family, let filter, let place):
      let result = try TierStructuralTests.repeats(
        calls, mode: mode, family: family ?? Families.singleton(), locus: locus, filter: filter, place: place
      ).repeats[0]
      return Found(tiers: result.tiers, trace: result.trace, nearMisses: result.nearMisses)
    }
  }

  @Test(arguments: cases)
  func ruleAnswers(_ given: StructuralRuleCase) throws {
    let found = try found(given.given)
    let lines = found.trace + found.tiers.flatMap(\.trace)
    let events = found.tiers.filter { $0.rule == given.rule.rawValue }
    let outcomes = Set(lines.filter { $0.rule == given.rule.rawValue }.map(\.outcome))
    let rule = try #require(try TieringProfile.named("gel-nembus-draft").rules[given.rule.rawValue])
    #expect(rule.source.contains(given.source), "\(rule.source)")
    #expect(lines.filter { $0.rule == given.rule.rawValue }.allSatisfy { $0.source == rule.source })
    switch given.rule {
    case .copyNumberFilter, .copyNumberPlace, .copyNumberLength, .copyNumberCallers, .copyNumberFrequency,
      .repeatFilter, .repeatLocus:
      #expect(outcomes == [given.outcome], "\(lines)")
      switch given.outcome {
      case .pass: #expect(!found.tiers.isEmpty)
      case .fail: #expect(found.tiers.isEmpty, "a failed condition gives no tier")
      case .unknown:
        #expect(!found.tiers.isEmpty && found.tiers.allSatisfy { $0.provisional.contains(given.rule.rawValue) })
      }
    case .repeatSegregation:
      // One near miss a tier whose threshold is reached.
      let labels = Set(found.nearMisses.map(\.label))
      switch given.outcome {
      case .pass: #expect(!found.tiers.isEmpty && outcomes == [.pass])
      case .fail: #expect(found.tiers.isEmpty && labels == [.segregationFailed], "\(labels)")
      case .unknown: #expect(found.tiers.isEmpty && labels == [.segregationUnknown], "\(labels)")
      }
    default:
      switch given.outcome {
      case .pass: #expect(!events.isEmpty && events.allSatisfy { $0.provisional.isEmpty })
      case .fail: #expect(events.isEmpty, "\(events)")
      case .unknown:
        // Provisional, or not given and told why: never a pass.
        #expect(events.allSatisfy { !$0.provisional.isEmpty })
        #expect(
          !events.isEmpty
            || found.nearMisses.contains { $0.label == .thresholdMissing || $0.label == .segregationUnknown })
      }
    }
  }

  @Test func everyRuleOfCopyNumbersAndRepeatsHasThreeCases() {
    let rules = RuleID.allCases.filter { $0.rawValue.hasPrefix("cnv.") || $0.rawValue.hasPrefix("str.") }
    #expect(rules.count == 14)
    for rule in rules {
      let outcomes = Set(Self.cases.filter { $0.rule == rule }.map(\.outcome))
      #expect(outcomes == (Self.alwaysAnswered.contains(rule) ? [.pass, .fail] : [.pass, .fail, .unknown]), "\(rule)")
    }
  }

  @Test(arguments: seeds(3))
  func rulesOfCoordinatesAreAlwaysAnswered(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let start = random.int(0...300_000)
      let one = TierStructuralTests.loss(
        start..<(start + random.int(1...300_000)), kind: random.pick([.gain, .loss]),
        gene: random.pick(["GENE1", "OTHER"]), contig: random.pick(["20", "chrX", "Y", "MT", "GL000220.1", ""]),
        filter: random.pick([.passed, .failed(["a"]), .notApplied]), others: random.pick([nil, [], [0..<100_000]]),
        af: random.pick([nil, .absent, Self.frequent, .notLookedUp("a")]), auc: random.pick([nil, .absent]))
      let trace = try found(.copyNumber(one)).trace
      for rule in [RuleID.copyNumberPlace, .copyNumberLength] {
        let lines = trace.filter { $0.rule == rule.rawValue }
        #expect(lines.count == 1 && lines[0].outcome != .unknown)
        if lines[0].outcome == .fail { #expect(try found(.copyNumber(one)).tiers.isEmpty) }
      }
    }
  }
}
