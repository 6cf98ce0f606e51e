import Genomics
import Interpretation
import Testing

/// One variant and the tier that its rule gives, fails to give, or gives provisionally.
struct TierCase: CustomTestStringConvertible, Sendable {
  var rule: RuleID
  var what: String
  var outcome: RuleOutcome
  var tier: Tier?
  var family: Family = Families.trio(father: .affected)
  var mode: String = Mode.notImprinted
  var calls: [PersonCall] = SegregationTests.calls("0/1 0/1 0/0")
  var effect: Effect = .frameshift
  var gene = "GENE1"
  var biotype = "protein_coding"
  var panelBiotype = "protein_coding"
  var frequency: FrequencyAnswer? = .absent
  var known: [KnownEvidence]? = []
  var filter: CandidateVariant.Filter = .passed
  var place: CandidateVariant.Place = .autosome
  var label: NearMiss.Label?

  var testDescription: String { "\(rule.rawValue): \(what)" }
}

let deNovoCalls = SegregationTests.calls("0/1 0/0 0/0")
let pathogenic = KnownEvidence(
  source: "clinvar", match: .allele, significance: "Pathogenic", reviewStatus: "criteria_provided&_single_submitter")

struct TierRuleTests {
  static let cases: [TierCase] = [
    .init(rule: .tier1HighImpact, what: "frameshift", outcome: .pass, tier: .tier1),
    .init(
      rule: .tier1HighImpact, what: "synonymous", outcome: .fail, tier: nil, effect: .synonymous,
      label: .consequenceNotListed),
    .init(rule: .tier1HighImpact, what: "no frequency is loaded", outcome: .unknown, tier: .tier1, frequency: nil),
    .init(
      rule: .tier1HighImpact, what: "in a biotype that does not count", outcome: .fail, tier: nil,
      biotype: "retained_intron"),
    .init(
      rule: .tier1DeNovoModerate, what: "missense de novo", outcome: .pass, tier: .tier1, family: Families.trio(),
      calls: deNovoCalls, effect: .missense),
    .init(rule: .tier1DeNovoModerate, what: "inherited missense", outcome: .fail, tier: .tier2, effect: .missense),
    .init(
      rule: .tier1DeNovoModerate, what: "parents not at hand", outcome: .unknown, tier: .tier2,
      family: Families.singleton(), calls: [call("0/1")], effect: .missense, label: .deNovoNotAssessable),
    .init(
      rule: .tier1DeNovoNonCoding, what: "exon of a non-coding gene, de novo", outcome: .pass, tier: .tier1,
      family: Families.trio(), calls: deNovoCalls, effect: .exon, biotype: "lncRNA", panelBiotype: "lncRNA"),
    .init(
      rule: .tier1DeNovoNonCoding, what: "non-coding transcript of a coding gene", outcome: .fail, tier: nil,
      family: Families.trio(), calls: deNovoCalls, effect: .exon, biotype: "lncRNA"),
    .init(
      rule: .tier1DeNovoNonCoding, what: "parents not at hand", outcome: .unknown, tier: .tier2,
      family: Families.singleton(), calls: [call("0/1")], effect: .exon, biotype: "lncRNA", panelBiotype: "lncRNA",
      label: .deNovoNotAssessable),
    .init(
      rule: .tier1Known, what: "known pathogenic, synonymous and frequent", outcome: .pass, tier: .tier1,
      effect: .synonymous, frequency: .value(0.03, alleleNumber: 10000), known: [pathogenic]),
    .init(
      rule: .tier1Known, what: "custom frequency at the limit", outcome: .fail, tier: nil, effect: .synonymous,
      frequency: .value(0.05, alleleNumber: 10000), known: [pathogenic], label: .knownFrequency),
    .init(
      rule: .tier1Known, what: "custom frequency not loaded", outcome: .unknown, tier: .tier1, effect: .synonymous,
      frequency: nil, known: [pathogenic]),
    .init(rule: .tier1Known, what: "in an intron", outcome: .pass, tier: .tier1, effect: .intron, known: [pathogenic]),
    .init(rule: .tier2Moderate, what: "missense", outcome: .pass, tier: .tier2, effect: .missense),
    .init(
      rule: .tier2Moderate, what: "too frequent", outcome: .fail, tier: nil, effect: .missense,
      frequency: .value(0.11, alleleNumber: 1000), label: .frequencyExceeded),
    .init(
      rule: .tier2Moderate, what: "not looked up", outcome: .unknown, tier: .tier2, effect: .missense,
      frequency: .notLookedUp("contig")),
    .init(
      rule: .tier2NonCoding, what: "exon of a non-coding gene", outcome: .pass, tier: .tier2, effect: .exon,
      biotype: "lncRNA", panelBiotype: "lncRNA"),
    .init(
      rule: .tier2NonCoding, what: "intron of a non-coding gene", outcome: .fail, tier: nil, effect: .intron,
      biotype: "lncRNA", panelBiotype: "lncRNA"),
    .init(
      rule: .tier2NonCoding, what: "no frequency is loaded", outcome: .unknown, tier: .tier2, effect: .exon,
      biotype: "lncRNA", panelBiotype: "lncRNA", frequency: nil),
    .init(
      rule: .tier3Impact, what: "missense outside the panels", outcome: .pass, tier: .tier3, effect: .missense,
      gene: "OTHER"),
    .init(
      rule: .tier3Impact, what: "exon of a non-coding gene outside", outcome: .fail, tier: nil, effect: .exon,
      gene: "OTHER", biotype: "lncRNA"),
    .init(
      rule: .tier3Impact, what: "no frequency is loaded", outcome: .unknown, tier: .tier3, effect: .missense,
      gene: "OTHER", frequency: nil),
    .init(
      rule: .tier3Known, what: "known outside the panels", outcome: .pass, tier: .tier3, effect: .intron, gene: "OTHER",
      known: [pathogenic]),
    .init(
      rule: .tier3Known, what: "known in a non-coding gene outside", outcome: .fail, tier: nil, effect: .exon,
      gene: "OTHER", biotype: "lncRNA", known: [pathogenic]),
    .init(
      rule: .tier3Known, what: "custom frequency not loaded", outcome: .unknown, tier: .tier3, effect: .intron,
      gene: "OTHER", frequency: nil, known: [pathogenic]),
    .init(
      rule: .filterPass, what: "failed", outcome: .fail, tier: nil, filter: .failed(["LowGQ"]), label: .filterNotPassed),
    .init(rule: .filterPass, what: "no filter was applied", outcome: .unknown, tier: .tier1, filter: .notApplied),
    .init(rule: .place, what: "Y", outcome: .fail, tier: nil, place: .y, label: .contigNotTiered),
    .init(
      rule: .panelMode, what: "one heterozygote in a biallelic gene", outcome: .fail, tier: nil, mode: Mode.biallelic,
      label: .singleHeterozygote),
    .init(
      rule: .panelMode, what: "a string that is none of PanelApp", outcome: .unknown, tier: nil, mode: "DOMINANT",
      label: .modeNotUnderstood),
    .init(
      rule: .panelMode, what: "an X-linked gene on an autosome", outcome: .fail, tier: nil, mode: Mode.xMonoallelic,
      label: .modeMismatch),
    .init(
      rule: .panelMode, what: "homozygote in a monoallelic gene of healthy carriers", outcome: .fail, tier: nil,
      family: Families.trio(), mode: Mode.paternallyImprinted, calls: SegregationTests.calls("1/1 0/1 0/1"), label: nil),
  ]

  @Test(arguments: cases)
  func ruleGivesItsTier(_ given: TierCase) throws {
    let set = try PanelText(genes: [PanelText.gene("GENE1", given.mode, biotype: given.panelBiotype)]).read()
    let tierer = Tierer(
      profile: try .named("gel-nembus-draft"), panels: set, family: given.family, assembly: .grch38)
    let variant = try candidate(
      given.calls, place: given.place, filter: given.filter,
      frequencies: given.frequency.map { try frequencies($0) } ?? [:], known: given.known,
      transcripts: [transcript(given.gene, given.effect, biotype: given.biotype)])
    let result = tierer.tier([variant])
    let found = result.variants.first
    if given.what.hasPrefix("homozygote in") {
      // Both parents gave it: the maternal allele is among them.
      #expect(found?.tiers.allSatisfy { $0.filter == .inheritedAutosomalDominantPaternallyImprinted } == true)
      return
    }
    #expect(found?.highest == given.tier, "\(String(describing: found?.nearMisses))")
    let events = found?.tiers.filter { $0.rule == given.rule.rawValue } ?? []
    if given.rule.rawValue.hasPrefix("tier") {
      switch given.outcome {
      case .pass: #expect(!events.isEmpty && events.allSatisfy { $0.provisional.isEmpty })
      case .fail: #expect(events.isEmpty)
      case .unknown:
        // Provisional, or not given and told as a warning: never a pass.
        #expect(events.allSatisfy { !$0.provisional.isEmpty })
        #expect(found?.isProvisional == true || given.label != nil)
      }
    }
    if let label = given.label {
      let labels = (found?.nearMisses ?? []) + (found?.warnings ?? [])
      #expect(labels.contains { $0.label == label }, "\(labels)")
    }
    if given.filter == .notApplied { #expect(found?.isProvisional == true) }
    for event in found?.tiers ?? [] {
      #expect(event.trace.allSatisfy { !$0.source.isEmpty })
      #expect(event.trace.contains { $0.rule == event.rule })
    }
  }

  @Test func everyTierRuleHasThreeCases() {
    for rule in RuleID.allCases where rule.rawValue.hasPrefix("tier") {
      #expect(Set(Self.cases.filter { $0.rule == rule }.map(\.outcome)) == [.pass, .fail, .unknown], "\(rule)")
    }
  }

  /// Nembus page: `>` fails, a population without the allele counts as 0, one that is not loaded is unknown.
  @Test(arguments: [
    ("gnomad-exomes-2.1.1", "NFE", 0.001, RuleOutcome.pass), ("gnomad-exomes-2.1.1", "NFE", 0.0010001, .fail),
    ("gnomad-genomes-3.1.2", "AMI", 0.1, .pass), ("gnomad-genomes-3.1.2", "AMI", 0.11, .fail),
    ("gnomad-genomes-3.1.2", "ASJ", 0.003, .pass), ("gnomad-genomes-3.1.2", "SAS", 0.0021, .fail),
    ("gel-custom", "ALL", 0.001, .pass), ("gel-custom", "ALL", 0.0011, .fail),
  ])
  func dominantLimitsAreNotExceeded(_ dataset: String, _ population: String, _ value: Double, _ outcome: RuleOutcome)
    throws
  {
    var given = try frequencies()
    given[FrequencyKey(dataset, population)] = .value(value, alleleNumber: 100)
    let result = try tierer(Families.singleton()).tier([try candidate([call("0/1")], frequencies: given)])
    #expect((result.variants[0].highest != nil) == (outcome == .pass))
    let line = try #require(
      result.variants[0].trace.first { $0.rule == "frequency" && $0.value.contains("\(value) (AN 100)") })
    #expect(line.outcome == outcome)
    #expect(line.data != nil)
  }

  @Test func aFrequencyThatFailsCountsThoughAnotherDatasetIsNotLoaded() throws {
    let key = FrequencyKey("gnomad-exomes-2.1.1", "NFE")
    let result = try tierer(Families.singleton()).tier([
      try candidate([call("0/1")], frequencies: [key: .value(0.02, alleleNumber: nil)])
    ])
    #expect(result.variants[0].nearMisses.map(\.label) == [.frequencyExceeded])
    #expect(result.banners.contains { $0.hasPrefix("gnomAD genomes v3.1.2 is not loaded") })
    #expect(result.banners.contains { $0.hasPrefix("gnomAD exomes v2.1.1 (AMR") })
  }

  @Test func provisionalTiersAreCounted() throws {
    let result = try tierer(Families.singleton()).tier([try candidate([call("0/1")], frequencies: [:])])
    #expect(result.counts["tier.TIER1.provisional"] == 1)
    #expect(result.variants[0].tiers[0].provisional == ["frequency"])
    #expect(result.banners.filter { $0.contains("is not loaded") }.count == 3)
  }

  /// Criterion 6, with the wordings of ClinVar before and after 2024.
  @Test(
    arguments: [
      ("Pathogenic", "reviewed_by_expert_panel", RuleOutcome.pass),
      ("Pathogenic/Likely_pathogenic", "criteria_provided,_multiple_submitters,_no_conflicts", .pass),
      ("Likely_pathogenic&_low_penetrance", "practice_guideline", .pass),
      ("Conflicting_interpretations_of_pathogenicity", "criteria_provided&_conflicting_interpretations", .pass),
      ("Conflicting_classifications_of_pathogenicity", "criteria_provided&_conflicting_classifications", .pass),
      ("Pathogenic", "no_assertion_criteria_provided", .pass), ("Pathogenic", "no_classification_provided", .fail),
      ("Likely_benign", "reviewed_by_expert_panel", .fail), ("Uncertain_significance", "practice_guideline", .fail),
      ("Pathogenic", nil, .unknown),
    ] as [(String, String?, RuleOutcome)])
  func knownVariantsAreAskedForSignificanceAndReview(
    _ significance: String, _ status: String?, _ outcome: RuleOutcome
  ) throws {
    let entry = KnownEvidence(source: "clinvar", match: .allele, significance: significance, reviewStatus: status)
    let result = try tierer(Families.singleton()).tier([
      try candidate([call("0/1")], effect: .intron, known: [entry])
    ])
    #expect(result.variants.first?.highest == (outcome == .pass ? .tier1 : nil))
    if outcome == .pass { #expect(result.variants[0].trace.contains { $0.rule == "known.match" }) }
  }

  @Test func aMatchByProteinIsOfTheSameTranscript() throws {
    func tier(_ match: KnownEvidence.Match) throws -> Tier? {
      var own = transcript("GENE1", .missense, id: "ENST1.1")
      own.hgvsp = "ENSP1.1:p.Arg5Trp"
      let entry = KnownEvidence(
        source: "clinvar", match: match, significance: "Pathogenic", reviewStatus: "practice_guideline")
      return try tierer(Families.singleton()).tier([
        try candidate([call("0/1")], known: [entry], transcripts: [own])
      ]).variants.first?.highest
    }
    #expect(try tier(.protein(transcript: "ENST1.1", hgvsp: "ENSP1.1:p.(Arg5Trp)")) == .tier1)
    #expect(try tier(.protein(transcript: "ENST2.1", hgvsp: "p.Arg5Trp")) == .tier2)
    #expect(try tier(.protein(transcript: "ENST1.1", hgvsp: "p.Arg5Gln")) == .tier2)
  }

  @Test(
    arguments: [
      ("Pathogenic(1)|Likely_benign(1)", Tier?.some(.tier1)), ("Pathogenic(2)|Benign(1)&Likely_benign(1)", nil),
      ("Uncertain_significance(3)|Likely_benign(1)", nil), (nil, nil),
    ] as [(String?, Tier?)])
  func newbornConflictsAreCounted(_ counts: String?, _ tier: Tier?) throws {
    let entry = KnownEvidence(
      source: "clinvar", match: .allele, significance: "Conflicting_classifications_of_pathogenicity",
      reviewStatus: "criteria_provided&_conflicting_classifications", conflicting: counts)
    let result = try tierer(Families.singleton(), profile: "gel-newborn").tier([
      try candidate([call("0/1")], effect: .intron, known: [entry])
    ])
    #expect(result.variants.first?.highest == tier)
  }

  @Test func aStartLossIsHighByEitherName() throws {
    for term in ["start_lost", "initiator_codon_variant"] {
      var own = transcript("GENE1", .missense)
      own.terms = [term]
      let result = try tierer(Families.singleton()).tier([try candidate([call("0/1")], transcripts: [own])])
      #expect(result.variants[0].highest == .tier1)
      #expect(result.variants[0].tiers[0].term == "start_lost")
      #expect(result.variants[0].tiers[0].trace.contains { $0.rule == "impact" && $0.mark == .notEstablished })
    }
  }

  @Test func aGeneThatIsAmberCountsAsOutside() throws {
    let result = try tierer(Families.singleton(), level: "2").tier([try candidate([call("0/1")])])
    #expect(result.variants[0].highest == .tier3)
    #expect(result.variants[0].warnings.map(\.label) == [.ratingNotGreen])
  }

  @Test func anImprintedGeneTakesItsOwnModeAlone() throws {
    let trio = Families.trio(mother: .affected)
    let variant = try candidate(SegregationTests.calls("0/1 0/0 0/1"))
    let paternally = try tierer(trio, mode: Mode.paternallyImprinted).tier([variant]).variants[0]
    #expect(paternally.tiers.map(\.filter) == [.inheritedAutosomalDominantPaternallyImprinted])
    let maternally = try tierer(trio, mode: Mode.maternallyImprinted).tier([variant]).variants[0]
    #expect(maternally.tiers.isEmpty)
    #expect(maternally.nearMisses.map(\.label) == [.modeMismatch])
  }

  @Test func heteroplasmyIsTieredInAMitochondrialGene() throws {
    let known = try candidate(
      [call("0/1", dp: 1000, ad: 120)], gene: "MT-TL1", effect: .exon, place: .mitochondrial,
      transcripts: [transcript("MT-TL1", .exon, biotype: "Mt_tRNA")])
    let tierer = try tierer(
      Families.singleton(), mode: Mode.mitochondrial, gene: "MT-TL1", biotype: "Mt_tRNA")
    let found = tierer.tier([known]).variants[0]
    #expect(found.highest == .tier2)
    #expect(found.tiers[0].filter == .mitochondrialGenome)
    #expect(found.tiers[0].trace.contains { $0.value.contains("level 0.12 (120 of 1000 reads)") })
  }
}
