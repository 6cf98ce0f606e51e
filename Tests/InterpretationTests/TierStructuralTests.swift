import Genomics
import Interpretation
import Testing

/// Copy numbers and repeats (Rare Disease Genome Analysis Guide; OpenCB biodata for regions).
struct TierStructuralTests {
  static func loss(
    _ range: Range<Int>, kind: StructuralCandidate.Kind = .loss, gene: String = "GENE1", contig: String = "20",
    filter: CandidateVariant.Filter = .passed, others: [Range<Int>]? = nil, af: FrequencyAnswer? = .absent,
    auc: FrequencyAnswer? = .absent, biotype: String = "protein_coding"
  ) -> StructuralCandidate {
    func region(_ range: Range<Int>) -> Region {
      Region(contig: contig, start: ZeroBasedPosition(range.lowerBound), end: ZeroBasedPosition(range.upperBound))
    }
    return StructuralCandidate(
      id: "CNV1", kind: kind, region: region(range), filter: filter,
      genes: [.init(symbol: gene, gene: "ENSG_\(gene)", biotypes: [biotype])], otherCalls: others?.map(region),
      alleleFrequency: af, areaFrequency: auc)
  }

  static let region = """
    {"entity_name": "ISCA-1-Loss", "entity_type": "region", "confidence_level": "3", "verbose_name": "a region",
     "chromosome": "20", "grch37_coordinates": null, "grch38_coordinates": [100001, 200000],
     "type_of_variants": "cnv_loss", "required_overlap_percentage": 60, "mode_of_inheritance": ""}
    """

  static func tier(
    _ candidate: StructuralCandidate, small: [CandidateVariant] = [], mode: String = Mode.biallelic,
    family: Family = Families.singleton()
  ) throws -> TieringResult {
    let set = try PanelText(genes: [PanelText.gene("GENE1", mode)], regions: [region]).read()
    return Tierer(profile: try .named("gel-nembus-draft"), panels: set, family: family, assembly: .grch38)
      .tier(small, structural: [candidate])
  }

  @Test(arguments: [
    ("cnv.gene: green gene", loss(0..<50_000), Tier?.some(.tierA), 0),
    ("cnv.null: gene outside", loss(0..<50_000, gene: "OTHER"), .null, 0),
    ("cnv.biotype: no gene that counts", loss(0..<50_000, gene: "OTHER", biotype: "lncRNA"), nil, 0),
    ("cnv.length: too short", loss(0..<1_999), nil, 1),
    ("cnv.two-callers: agree", loss(0..<5_000, others: [0..<2_500]), .tierA, 0),
    ("cnv.two-callers: not of half", loss(0..<5_000, others: [0..<2_499]), nil, 0),
    ("cnv.two-callers: half of the other only", loss(0..<3_000, others: [0..<9_000]), nil, 0),
    ("cnv.two-callers: no other file", loss(0..<5_000), .tierA, 1),
    ("cnv.two-callers: above 10 kb not asked", loss(0..<10_001), .tierA, 0),
    ("cnv.filter: failed", loss(0..<50_000, filter: .failed(["cnvQual"])), nil, 0),
    ("cnv.filter: not applied", loss(0..<50_000, filter: .notApplied), .tierA, 1),
    ("cnv.place: Y", loss(0..<50_000, contig: "Y"), nil, 0),
    (
      "cnv.frequency: both above",
      loss(0..<50_000, af: .value(0.006, alleleNumber: nil), auc: .value(0.006, alleleNumber: nil)), nil, 0
    ),
    (
      "cnv.frequency: one above",
      loss(0..<50_000, af: .value(0.006, alleleNumber: nil), auc: .value(0.005, alleleNumber: nil)), .tierA, 0
    ),
    (
      "cnv.frequency: one above, the other not loaded",
      loss(0..<50_000, af: .value(0.006, alleleNumber: nil), auc: nil), .tierA, 1
    ),
    ("cnv.frequency: not loaded", loss(0..<50_000, af: nil, auc: nil), .tierA, 1),
    (
      "cnv.frequency: a gain has its own limit",
      loss(0..<50_000, kind: .gain, af: .value(0.01, alleleNumber: nil), auc: .value(0.01, alleleNumber: nil)), .tierA,
      0
    ),
    ("cnv.region: at the percentage", loss(140_000..<900_000, gene: "OTHER"), .tierA, 0),
    ("cnv.region: below it", loss(141_000..<900_000, gene: "OTHER"), .tierB, 0),
    ("cnv.region: far away gives no lower tier", loss(500_000..<900_000, gene: "OTHER"), .null, 0),
    ("cnv.region: other direction", loss(100_000..<200_000, kind: .gain, gene: "OTHER"), .null, 0),
  ])
  func copyNumberHasItsTier(_ what: String, _ given: StructuralCandidate, _ tier: Tier?, _ unknown: Int) throws {
    let found = try #require(try Self.tier(given).structural.first)
    #expect(found.highest == tier, "\(found)")
    #expect(found.trace.count { $0.outcome == .unknown } == unknown)
    if let event = found.tiers.first { #expect(event.provisional.count == unknown) }
    if tier == nil, given.genes[0].symbol == "GENE1" { #expect(found.nearMisses.map(\.label) == [.conditionFailed]) }
  }

  @Test func aTierACopyNumberPairsWithASmallVariant() throws {
    let small = try candidate([call("0/1")], effect: .missense)
    let result = try Self.tier(Self.loss(0..<50_000), small: [small])
    #expect(result.variants[0].highest == .tier2)
    #expect(result.variants[0].tiers[0].partners == ["CNV1"])
    #expect(result.variants[0].tiers[0].isPossible)
    #expect(result.structural[0].tiers.contains { $0.rule == "pair.across-classes" && $0.partners == ["20-1000-A-G"] })
    // Not in a gene that is monoallelic alone, nor with a copy number that is no tier A.
    #expect(
      try Self.tier(Self.loss(0..<50_000), small: [small], mode: Mode.notImprinted).structural[0].tiers.count == 1)
    let failed = try Self.tier(Self.loss(0..<1_000), small: [small])
    #expect(failed.variants[0].nearMisses.map(\.label) == [.singleHeterozygote])
  }

  static func locus(_ mode: String, level: String = "\"3\"", pathogenic: String = "66") -> String {
    """
    {"entity_name": "FXN_GAA", "entity_type": "str", "confidence_level": \(level), "mode_of_inheritance": "\(mode)",
     "repeated_sequence": "GAA", "chromosome": "9", "normal_repeats": 34, "pathogenic_repeats": \(pathogenic),
     "gene_data": {"gene_symbol": "FXN", "hgnc_id": "HGNC:3951"}}
    """
  }

  static func alleles(_ uppers: Int...) -> [RepeatCandidate.Allele] {
    uppers.map { .init(repeats: Double($0) - 5, lower: $0 - 10, upper: $0) }
  }

  static func repeats(
    _ calls: [[RepeatCandidate.Allele]], mode: String, family: Family = Families.singleton(), locus: String? = nil,
    small: [CandidateVariant] = [], filter: CandidateVariant.Filter = .passed, place: CandidateVariant.Place = .autosome
  ) throws -> TieringResult {
    let set = try PanelText(genes: [PanelText.gene("FXN", mode)], strs: [locus ?? Self.locus(mode)]).read()
    return Tierer(profile: try .named("gel-nembus-draft"), panels: set, family: family, assembly: .grch38)
      .tier(small, repeats: [RepeatCandidate(locus: "FXN", place: place, filter: filter, calls: calls)])
  }

  @Test(
    arguments: [
      (
        "str.tier1: at the pathogenic threshold", [alleles(66, 10)], Mode.notImprinted, Tier?.some(.tier1),
        NearMiss.Label?.none
      ),
      ("str.tier2: at the first threshold", [alleles(34, 10)], Mode.notImprinted, .tier2, nil),
      ("str.tier2: below", [alleles(33, 10)], Mode.notImprinted, nil, .belowThreshold),
      ("str.segregation: biallelic, two", [alleles(70, 66)], Mode.biallelic, .tier1, nil),
      ("str.segregation: biallelic, two at the lower", [alleles(70, 40)], Mode.biallelic, .tier2, .singleHeterozygote),
      ("str.segregation: biallelic, one", [alleles(70, 10)], Mode.biallelic, nil, .singleHeterozygote),
      ("str.locus: not called", [[]], Mode.notImprinted, nil, .segregationUnknown),
    ] as [(String, [[RepeatCandidate.Allele]], String, Tier?, NearMiss.Label?)])
  func repeatHasItsTier(
    _ what: String, _ calls: [[RepeatCandidate.Allele]], _ mode: String, _ tier: Tier?, _ label: NearMiss.Label?
  ) throws {
    let found = try Self.repeats(calls, mode: mode).repeats[0]
    // Biallelic loci go by the incomplete recessive route alone.
    #expect((mode == Mode.biallelic ? found.highestIncomplete : found.highest) == tier, "\(found)")
    if mode == Mode.biallelic { #expect(found.highest == nil) }
    #expect(found.nearMisses.map(\.label).first == label, "\(found.nearMisses)")
  }

  @Test func repeatsFollowTheFamilyThePanelAndTheFilter() throws {
    let trio = Families.trio()
    let calls = [Self.alleles(70, 10), Self.alleles(70, 12), Self.alleles(10, 10)]
    let healthy = try Self.repeats(calls, mode: Mode.notImprinted, family: trio).repeats[0]
    #expect(healthy.highest == nil)
    #expect(healthy.highestIncomplete == .tier1)
    let amber = try Self.repeats(calls, mode: Mode.notImprinted, locus: Self.locus(Mode.notImprinted, level: "2"))
    #expect(amber.repeats[0].nearMisses.map(\.label) == [.ratingNotGreen])
    let failed = try Self.repeats(calls, mode: Mode.notImprinted, filter: .failed(["LowDepth"]))
    #expect(failed.repeats[0].nearMisses.map(\.label) == [.filterNotPassed])
    let bare = try Self.repeats(
      calls, mode: Mode.notImprinted, locus: Self.locus(Mode.notImprinted, pathogenic: "null"))
    #expect(bare.repeats[0].nearMisses.map(\.label) == [.thresholdMissing])
    #expect(bare.panels[0].faults.map(\.reason) == ["a threshold is missing"])
  }

  @Test func oneExpandedAllelePairsWithASmallVariant() throws {
    let small = try candidate([call("0/1")], gene: "FXN", effect: .missense)
    let result = try Self.repeats([Self.alleles(70, 10)], mode: Mode.biallelic, small: [small])
    #expect(result.variants[0].highest == nil)
    #expect(result.variants[0].highestIncomplete == .tier2)
    #expect(result.repeats[0].highestIncomplete == .tier1)
  }
}
