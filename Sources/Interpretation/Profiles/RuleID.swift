/// Every rule that a trace may name. A profile tells the source of each: one that is missing is refused.
public enum RuleID: String, Sendable, Hashable, CaseIterable {
  case filterPass = "filter-pass"
  case place
  case impact
  case biotype
  case anyTranscript = "any-transcript"
  case frequency
  case frequencyOfX = "frequency-x"
  case panelGreen = "panel-green"
  case panelMode = "panel-mode"
  case mendelian
  case simpleRecessive = "segregation.SimpleRecessive"
  case compoundHeterozygous = "segregation.CompoundHeterozygous"
  case uniparentalIsodisomy = "segregation.UniparentalIsodisomy"
  case inheritedAutosomalDominant = "segregation.InheritedAutosomalDominant"
  case paternallyImprinted = "segregation.InheritedAutosomalDominantPaternallyImprinted"
  case maternallyImprinted = "segregation.InheritedAutosomalDominantMaternallyImprinted"
  case deNovo = "segregation.deNovo"
  case xLinkedSimpleRecessive = "segregation.XLinkedSimpleRecessive"
  case xLinkedCompoundHeterozygous = "segregation.XLinkedCompoundHeterozygous"
  case xLinkedMonoallelic = "segregation.XLinkedMonoallelic"
  case mitochondrialGenome = "segregation.MitochondrialGenome"
  case deNovoQuality = "de-novo.quality"
  case deNovoMosaicism = "de-novo.parental-reads"
  case mitochondrialLevel = "mitochondrial.level"
  case knownSignificance = "known.significance"
  case knownReviewStatus = "known.review-status"
  case knownMatch = "known.match"
  case knownFrequency = "known.frequency"
  case tier1HighImpact = "tier1.high-impact"
  case tier1DeNovoModerate = "tier1.de-novo-moderate"
  case tier1DeNovoNonCoding = "tier1.de-novo-non-coding"
  case tier1Known = "tier1.known"
  case tier2Moderate = "tier2.moderate"
  case tier2NonCoding = "tier2.non-coding"
  case tier3Impact = "tier3.impact"
  case tier3Known = "tier3.known"
  case pairAcross = "pair.across-classes"
  case copyNumberFilter = "cnv.filter"
  case copyNumberPlace = "cnv.place"
  case copyNumberLength = "cnv.length"
  case copyNumberCallers = "cnv.two-callers"
  case copyNumberFrequency = "cnv.frequency"
  case copyNumberRegion = "cnv.region"
  case copyNumberRegionBelow = "cnv.region-below-overlap"
  case copyNumberGene = "cnv.gene"
  case copyNumberNull = "cnv.null"
  case repeatFilter = "str.filter"
  case repeatLocus = "str.locus"
  case repeatTier1 = "str.tier1"
  case repeatTier2 = "str.tier2"
  case repeatSegregation = "str.segregation"

  /// The rule of a filter of segregation.
  public init(_ filter: SegregationFilter) {
    switch filter {
    case .simpleRecessive: self = .simpleRecessive
    case .compoundHeterozygous: self = .compoundHeterozygous
    case .uniparentalIsodisomy: self = .uniparentalIsodisomy
    case .inheritedAutosomalDominant: self = .inheritedAutosomalDominant
    case .inheritedAutosomalDominantPaternallyImprinted: self = .paternallyImprinted
    case .inheritedAutosomalDominantMaternallyImprinted: self = .maternallyImprinted
    case .deNovo: self = .deNovo
    case .xLinkedSimpleRecessive: self = .xLinkedSimpleRecessive
    case .xLinkedCompoundHeterozygous: self = .xLinkedCompoundHeterozygous
    case .xLinkedMonoallelic: self = .xLinkedMonoallelic
    case .mitochondrialGenome: self = .mitochondrialGenome
    }
  }
}

extension TieringProfile {
  /// A line of a trace.
  func line(
    _ rule: RuleID, _ outcome: RuleOutcome, _ value: String, _ threshold: String, person: String? = nil,
    data: String? = nil, source: Rule? = nil
  ) -> TraceLine {
    // Reading a profile refuses one that lacks a rule.
    let told = source ?? rules[rule.rawValue] ?? Rule(source: "the profile does not tell", mark: .notEstablished)
    return TraceLine(
      rule: rule.rawValue, outcome: outcome, value: value, threshold: threshold, person: person,
      source: told.source, mark: told.mark, data: data)
  }

  /// What of the profile is not from a confirmed source, sorted.
  public var unsourced: [String] {
    var told = rules.filter { $0.value.mark.isFlagged }.map { "\($0.key) (\($0.value.mark.rawValue))" }
    told += impacts.filter { $0.rule.mark.isFlagged }.map {
      "impact \($0.impact.rawValue) \($0.term) (\($0.rule.mark.rawValue))"
    }
    told += frequencies.filter { $0.rule.mark.isFlagged }.map { "frequency \($0.id) (\($0.rule.mark.rawValue))" }
    return told.sorted()
  }
}
