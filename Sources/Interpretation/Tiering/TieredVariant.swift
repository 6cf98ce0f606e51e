/// A variant that has a tier or a near miss.
public struct TieredVariant: Sendable, Hashable, Codable {
  /// The contig's name, as in the reference.
  public var contig: String
  /// POS, counted from 1.
  public var position: Int
  /// REF.
  public var reference: String
  /// ALT.
  public var alternate: String
  /// Where it lies.
  public var place: CandidateVariant.Place
  /// Every tier that applies, the highest first.
  public var tiers: [TierEvent]
  /// The highest under complete penetrance; nil where there is none.
  public var highest: Tier?
  /// The highest under either penetrance; nil where there is none.
  public var highestIncomplete: Tier?
  /// Whether every event of the highest tier rests on rules that could not be asked.
  public var isProvisional: Bool
  /// What was asked of the variant, whatever the gene.
  public var trace: [TraceLine]
  /// What each filter of segregation answered.
  public var filters: [FilterAnswer]
  /// Where it came close, and why it has no (higher) tier.
  public var nearMisses: [NearMiss]
  /// Things to know of a tier that was given.
  public var warnings: [NearMiss]
}

/// Why a variant has no tier, or what to know of the tier it has.
public struct NearMiss: Sendable, Hashable, Codable {
  /// Kinds of near misses.
  public enum Label: String, Sendable, Hashable, Codable, CaseIterable {
    case singleHeterozygote = "single-heterozygote-in-biallelic-gene"
    case missingInAffected = "missing-in-affected-member"
    case homozygoteOneCarrier = "homozygote-with-one-carrier-parent"
    case consequenceNotListed = "consequence-not-listed"
    case frequencyExceeded = "frequency-exceeded"
    case modeMismatch = "mode-of-inheritance-differs"
    case modeNotUnderstood = "mode-of-inheritance-not-understood"
    case segregationFailed = "segregation-failed"
    case segregationUnknown = "segregation-unknown"
    case xCopiesUnmeasured = "x-copies-unmeasured"
    case deNovoNotAssessable = "de-novo-not-assessable"
    case possibleMosaicism = "apparent-de-novo-possible-mosaicism"
    case pairInCis = "pair-in-cis"
    case pairWithDeNovo = "pair-with-apparent-de-novo"
    case pairPhaseUnknown = "pair-phase-unknown"
    case ratingNotGreen = "rating-not-green"
    case filterNotPassed = "filter-not-passed"
    case contigNotTiered = "contig-not-tiered"
    case belowThreshold = "below-threshold"
    case thresholdMissing = "threshold-missing"
    case notOnPanel = "not-on-a-panel"
    case conditionFailed = "condition-failed"
    case knownFrequency = "known-variant-too-frequent"
  }

  /// The kind.
  public var label: Label
  /// The gene; nil where the variant as a whole is meant.
  public var gene: String?
  /// The tier that it would have but for this; nil where that is not known.
  public var wouldBe: Tier?
  /// The reason in words.
  public var reason: String
}
