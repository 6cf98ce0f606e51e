import Genomics
import Interpretation
import Testing

/// One case of one filter: who has which genotype, and what the two passes answer.
struct FilterCase: CustomTestStringConvertible, Sendable {
  var what: String
  var filter: SegregationFilter
  var family: Family
  var calls: [PersonCall]
  var complete: RuleOutcome
  var incomplete: RuleOutcome
  var person: String?
  var place = CandidateVariant.Place.autosome
  var segments: [UPDSegment]? = []

  var testDescription: String { "\(filter.rawValue): \(what)" }

  init(
    _ filter: SegregationFilter, _ what: String, _ family: Family, _ calls: [PersonCall], _ complete: RuleOutcome,
    _ incomplete: RuleOutcome? = nil, by person: String? = nil, at place: CandidateVariant.Place = .autosome,
    segments: [UPDSegment]? = []
  ) {
    self.what = what
    self.filter = filter
    self.family = family
    self.calls = calls
    self.complete = complete
    self.incomplete = incomplete ?? complete
    self.person = person
    self.place = place
    self.segments = segments
  }
}

/// Upon OpenCB's and GENMOD's rules and proposals of Apus: the profile names which (`segregation.*`).
struct SegregationTests {
  static func calls(_ genotypes: String) -> [PersonCall] { genotypes.split(separator: " ").map { call(String($0)) } }

  static let segment = UPDSegment(
    region: Region(contig: "20", start: ZeroBasedPosition(0), end: ZeroBasedPosition(5000)), kind: .isodisomy)

  static let autosomal: [FilterCase] = [
    .init(.simpleRecessive, "trio, both parents carry", Families.trio(), calls("1/1 0/1 0/1"), .pass),
    .init(.simpleRecessive, "singleton", Families.singleton(), calls("1/1"), .pass),
    .init(.simpleRecessive, "heterozygous proband", Families.trio(), calls("0/1 0/1 0/0"), .fail, by: "P"),
    .init(.simpleRecessive, "proband missing", Families.trio(), calls("./. 0/1 0/1"), .unknown, by: "P"),
    .init(.simpleRecessive, "proband half missing", Families.trio(), calls("./1 0/1 0/1"), .unknown, by: "P"),
    .init(.simpleRecessive, "another allele beside it is no homozygote", Families.singleton(), calls("1/2"), .fail),
    .init(.simpleRecessive, "healthy homozygous father", Families.trio(), calls("1/1 1/1 0/1"), .fail, .pass, by: "F"),
    .init(.simpleRecessive, "homozygous father, affected", Families.trio(father: .affected), calls("1/1 1/1 0/1"), .pass),
    .init(.simpleRecessive, "father missing is left out", Families.trio(), calls("1/1 ./. 0/1"), .pass),
    .init(.simpleRecessive, "not reachable from a parent without it", Families.trio(), calls("1/1 0/1 0/0"), .fail, by: "P"),
    .init(.simpleRecessive, "half-missing parent leaves it reachable", Families.trio(), calls("1/1 0/1 ./0"), .pass),
    .init(.simpleRecessive, "affected sibling with one", Families.quad(sibling: .affected), calls("1/1 0/1 0/1 0/1"), .fail, by: "S"),
    .init(.simpleRecessive, "healthy sibling with two", Families.quad(sibling: .unaffected), calls("1/1 0/1 0/1 1/1"), .fail, .pass, by: "S"),
    .init(.simpleRecessive, "sibling of unknown affection with two", Families.quad(sibling: .unknown), calls("1/1 0/1 0/1 1/1"), .pass),
    .init(.simpleRecessive, "consanguineous: one parent absent", Families.duo(), calls("1/1 0/1"), .pass),
    .init(.simpleRecessive, "pseudoautosomal", Families.trio(), calls("1/1 0/1 0/1"), .pass, at: .pseudoautosomal),

    .init(.inheritedAutosomalDominant, "from an affected father", Families.trio(father: .affected), calls("0/1 0/1 0/0"), .pass),
    .init(.inheritedAutosomalDominant, "homozygote of two affected", Families.trio(father: .affected, mother: .affected), calls("1/1 0/1 0/1"), .pass),
    .init(.inheritedAutosomalDominant, "healthy carrier", Families.trio(), calls("0/1 0/1 0/0"), .fail, .pass, by: "F"),
    .init(.inheritedAutosomalDominant, "affected father without it", Families.trio(father: .affected), calls("0/1 0/0 0/1"), .fail, by: "F"),
    .init(.inheritedAutosomalDominant, "affected father missing is left out", Families.trio(father: .affected), calls("0/1 ./. 0/0"), .pass),
    .init(.inheritedAutosomalDominant, "in neither parent: not inherited", Families.trio(), calls("0/1 0/0 0/0"), .fail, by: "P"),
    .init(.inheritedAutosomalDominant, "proband missing", Families.trio(father: .affected), calls("./. 0/1 0/0"), .unknown, by: "P"),
    .init(.inheritedAutosomalDominant, "proband without it", Families.trio(father: .affected), calls("0/0 0/1 0/0"), .fail, by: "P"),
    .init(.inheritedAutosomalDominant, "singleton", Families.singleton(), calls("0/1"), .pass),
    .init(.inheritedAutosomalDominant, "duo with a healthy mother without it", Families.duo(), calls("0/1 0/0"), .pass),

    .init(.deNovo, "trio", Families.trio(), calls("0/1 0/0 0/0"), .pass),
    .init(.deNovo, "homozygous proband of two references", Families.trio(), calls("1/1 0/0 0/0"), .pass),
    .init(.deNovo, "inherited", Families.trio(), calls("0/1 0/1 0/0"), .fail, by: "F"),
    .init(.deNovo, "homozygote with one carrier parent", Families.trio(), calls("1/1 0/1 0/0"), .fail, by: "F"),
    .init(.deNovo, "parent missing", Families.trio(), calls("0/1 0/0 ./."), .unknown, by: "M"),
    .init(.deNovo, "duo", Families.duo(), calls("0/1 0/0"), .unknown),
    .init(.deNovo, "singleton", Families.singleton(), calls("0/1"), .unknown),
    .init(.deNovo, "parent without a record", Families.trio(), [call("0/1"), .unknown, call("0/0")], .unknown, by: "F"),
    .init(.deNovo, "shallow parent", Families.trio(), [call("0/1"), call("0/0", dp: 9), call("0/0")], .unknown, by: "F"),
    .init(.deNovo, "doubtful parent", Families.trio(), [call("0/1"), call("0/0"), call("0/0", gq: 19)], .unknown, by: "M"),
    .init(.deNovo, "depth not told", Families.trio(), [call("0/1", dp: nil), call("0/0"), call("0/0")], .unknown, by: "P"),
    .init(.deNovo, "reference by depth of reads", Families.trio(), [call("0/1"), call("0/0", gq: nil, evidence: .depth), call("0/0")], .pass),
    .init(.deNovo, "reference by a block without GQ", Families.trio(), [call("0/1"), call("0/0", gq: nil, evidence: .referenceBlock), call("0/0")], .unknown, by: "F"),

    .init(.uniparentalIsodisomy, "one carrier, in a segment", Families.trio(), calls("1/1 0/1 0/0"), .pass, segments: [segment]),
    .init(.uniparentalIsodisomy, "no segment here", Families.trio(), calls("1/1 0/1 0/0"), .fail, segments: []),
    .init(.uniparentalIsodisomy, "no segments supplied", Families.trio(), calls("1/1 0/1 0/0"), .unknown, segments: nil),
    .init(.uniparentalIsodisomy, "both parents carry", Families.trio(), calls("1/1 0/1 0/1"), .fail, segments: [segment]),
    .init(.uniparentalIsodisomy, "parent missing", Families.trio(), calls("1/1 0/1 ./."), .unknown, segments: [segment]),
    .init(.uniparentalIsodisomy, "heterozygote", Families.trio(), calls("0/1 0/1 0/0"), .fail, by: "P", segments: [segment]),

    .init(.inheritedAutosomalDominantPaternallyImprinted, "from the mother", Families.trio(mother: .affected), calls("0/1 0/0 0/1"), .pass),
    .init(.inheritedAutosomalDominantPaternallyImprinted, "from a healthy mother, who may have it from her father", Families.trio(), calls("0/1 0/0 0/1"), .pass),
    .init(.inheritedAutosomalDominantPaternallyImprinted, "from the father", Families.trio(), calls("0/1 0/1 0/0"), .fail, by: "P"),
    .init(.inheritedAutosomalDominantPaternallyImprinted, "in both parents", Families.trio(), calls("0/1 0/1 0/1"), .unknown, by: "P"),
    .init(.inheritedAutosomalDominantPaternallyImprinted, "mother missing", Families.trio(), calls("0/1 0/0 ./."), .pass),
    .init(.inheritedAutosomalDominantPaternallyImprinted, "singleton", Families.singleton(), calls("0/1"), .unknown, by: "P"),
    .init(.inheritedAutosomalDominantPaternallyImprinted, "healthy sibling has it from the mother", Families.quad(sibling: .unaffected), calls("0/1 0/0 0/1 0/1"), .fail, by: "S"),
    .init(.inheritedAutosomalDominantMaternallyImprinted, "from the father", Families.trio(), calls("0/1 0/1 0/0"), .pass),
    .init(.inheritedAutosomalDominantMaternallyImprinted, "from the mother", Families.trio(), calls("0/1 0/0 0/1"), .fail, by: "P"),
    .init(.inheritedAutosomalDominantMaternallyImprinted, "healthy homozygous father", Families.trio(), calls("0/1 1/1 0/0"), .fail, by: "F"),
    .init(.inheritedAutosomalDominantMaternallyImprinted, "proband missing", Families.trio(), calls("./. 0/1 0/0"), .unknown, by: "P"),
  ]

  static let others: [FilterCase] = [
    .init(.xLinkedSimpleRecessive, "boy of a carrier", Families.trio(sex: .male), calls("1 0 0/1"), .pass, at: .x),
    .init(.xLinkedSimpleRecessive, "boy whose caller writes two copies", Families.trio(sex: .male), calls("1/1 0/0 0/1"), .pass, at: .x),
    .init(.xLinkedSimpleRecessive, "girl with two, father has it and is healthy", Families.trio(), calls("1/1 1 0/1"), .fail, .pass, by: "F", at: .x),
    .init(.xLinkedSimpleRecessive, "girl with one", Families.trio(), calls("0/1 0 0/1"), .fail, by: "P", at: .x),
    .init(.xLinkedSimpleRecessive, "boy's mother has it not", Families.trio(sex: .male), calls("1 1 0/0"), .fail, by: "F", at: .x),
    .init(.xLinkedSimpleRecessive, "copies not measured", Families.trio(sex: .male, x: false), calls("1 0 0/1"), .unknown, by: "P", at: .x),
    .init(.xLinkedSimpleRecessive, "a heterozygote on one X", Families.trio(sex: .male), calls("0/1 0 0/1"), .unknown, by: "P", at: .x),
    .init(.xLinkedSimpleRecessive, "healthy brother has it", Families.quad(sibling: .unaffected, sex: .male, siblingSex: .male), calls("1 0 0/1 1"), .fail, .pass, by: "S", at: .x),
    .init(.xLinkedMonoallelic, "girl of an affected mother", Families.trio(mother: .affected), calls("0/1 0 0/1"), .pass, at: .x),
    .init(.xLinkedMonoallelic, "healthy mother carries", Families.trio(), calls("0/1 0 0/1"), .fail, .pass, by: "M", at: .x),
    .init(.xLinkedMonoallelic, "affected mother missing", Families.trio(mother: .affected), calls("0/1 0 ./."), .pass, at: .x),
    .init(.xLinkedMonoallelic, "copies not measured", Families.trio(mother: .affected, x: false), calls("0/1 0 0/1"), .unknown, at: .x),
    .init(.xLinkedMonoallelic, "proband missing", Families.singleton(x: 2), calls("./."), .unknown, by: "P", at: .x),
    .init(.deNovo, "boy, on X", Families.trio(sex: .male), calls("1 0 0/0"), .pass, at: .x),
    .init(.deNovo, "on X, copies not measured", Families.trio(sex: .male, x: false), calls("1 0 0/0"), .unknown, by: "P", at: .x),
    .init(.mitochondrialGenome, "healthy mother without it", Families.duo(), [call("0/1", dp: 1000, ad: 400), call("0", dp: 1000, ad: 0)], .pass, at: .mitochondrial),
    .init(.mitochondrialGenome, "healthy mother with it", Families.duo(), [call("0/1", dp: 1000, ad: 400), call("0/1", dp: 1000, ad: 60)], .fail, .pass, by: "M", at: .mitochondrial),
    .init(.mitochondrialGenome, "affected mother without it", Families.duo(mother: .affected), [call("1", dp: 1000, ad: 999), call("0", dp: 1000, ad: 0)], .fail, by: "M", at: .mitochondrial),
    .init(.mitochondrialGenome, "below the least level", Families.singleton(), [call("0/1", dp: 1000, ad: 49)], .fail, by: "P", at: .mitochondrial),
    .init(.mitochondrialGenome, "too shallow", Families.singleton(), [call("0/1", dp: 99, ad: 60)], .unknown, by: "P", at: .mitochondrial),
    .init(.mitochondrialGenome, "level not told", Families.singleton(), [call("1", dp: 1000)], .unknown, by: "P", at: .mitochondrial),
    .init(.mitochondrialGenome, "mother missing is left out", Families.duo(), [call("1", dp: 1000, ad: 999), .unknown], .pass, at: .mitochondrial),
    .init(.mitochondrialGenome, "the father is not asked", Families.trio(), [call("1", dp: 1000, ad: 999), call("1", dp: 1000, ad: 999), call("0", dp: 1000, ad: 0)], .pass, at: .mitochondrial),
  ]

  /// What the public interface tells of a filter: a variant that matters in a gene of no mode keeps every answer.
  static func answers(
    _ family: Family, _ candidates: [CandidateVariant], segments: [UPDSegment]? = [], mode: String = "",
    profile: String = "gel-nembus-draft"
  ) throws -> [FilterAnswer] {
    let result = try tierer(family, mode: mode, profile: profile).tier(candidates, isodisomy: segments)
    return result.variants.first?.filters ?? []
  }

  @Test(arguments: autosomal + others)
  func filterAnswersAsItsSourceSays(_ given: FilterCase) throws {
    // Proband rows without the allele are no candidates: they are counted, and asked of the filters below alone.
    let variant = try candidate(given.calls, place: given.place)
    let result = try tierer(given.family, mode: "").tier([variant], isodisomy: given.segments)
    guard let answers = result.variants.first?.filters else {
      #expect(given.complete == .fail)
      #expect(result.counts["untiered.proband-without-it"] == 1)
      return
    }
    let found = answers.filter { $0.filter == given.filter }
    #expect(found.map(\.outcome) == [given.complete, given.incomplete], "\(found)")
    if let person = given.person { #expect(found.first?.person == person, "\(found)") }
    let rule = try TieringProfile.named("gel-nembus-draft").rules[RuleID(given.filter).rawValue]
    #expect(rule?.source.isEmpty == false)
  }

  @Test func everyFilterHasAPassingAFailingAndAnUnknownCase() {
    let cases = Self.autosomal + Self.others
    for filter in SegregationFilter.allCases where !filter.isOfPairs {
      let outcomes = Set(cases.filter { $0.filter == filter }.map(\.complete))
      #expect(outcomes == [.pass, .fail, .unknown], "\(filter)")
    }
  }

  @Test func aModeThatThePedigreeExcludesIsToldWithTheRelatives() throws {
    let told = try tierer(Families.trio()).tier([]).impossibleModes
    let dominant = try #require(told.first { $0.filter == .inheritedAutosomalDominant })
    #expect(dominant.penetrance == .complete)
    #expect(dominant.reason == "mode impossible: P, affected, has as parents F, unaffected, and M, unaffected")
    #expect(!told.contains { $0.filter == .simpleRecessive })
    #expect(!told.contains { $0.penetrance == .incomplete })
    // An affected parent makes it possible again.
    let affected = try tierer(Families.trio(father: .affected)).tier([]).impossibleModes
    #expect(!affected.contains { $0.filter == .inheritedAutosomalDominant })
  }

  @Test func aRelativeLeftOutIsListed() throws {
    let variant = try candidate(Self.calls("1/1 ./. 0/1"))
    let answers = try Self.answers(Families.trio(), [variant])
    let recessive = try #require(answers.first { $0.filter == .simpleRecessive })
    #expect(recessive.ignored == ["F"])
  }
}
