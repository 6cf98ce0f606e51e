/// Tiers of a case, with everything that they rest on. The same for any order of candidates.
public struct TieringResult: Sendable, Hashable, Codable {
  /// The profile, and what of it is not from a confirmed source.
  public struct Profile: Sendable, Hashable, Codable {
    /// Its identifier.
    public var id: String
    /// Its release.
    public var release: String
    /// SHA-256 of its text.
    public var digest: String
    /// Rules that are not from a confirmed source: flagged in every result.
    public var unsourced: [String]
  }

  /// A panel that was applied.
  public struct AppliedPanel: Sendable, Hashable, Codable {
    /// Which.
    public var panel: Panel.Identity
    /// Whether its version is signed off.
    public var signOff: Panel.SignOff
    /// Green, amber and red genes.
    public var genes: [String: Int]
    /// Entries with a fault.
    public var faults: [PanelSet.Fault]
  }

  /// The profile.
  public var profile: Profile
  /// The panels.
  public var panels: [AppliedPanel]
  /// What a person must read first: datasets that are not loaded, X copies that were not measured …
  public var banners: [String]
  /// Filters that no genotypes of this family could pass, and whose affection excludes them.
  public var impossibleModes: [FilterAnswer]
  /// Small variants that have a tier or a near miss, by place.
  public var variants: [TieredVariant]
  /// Copy numbers, by place.
  public var structural: [TieredStructural]
  /// Short tandem repeats, by locus.
  public var repeats: [TieredRepeat]
  /// How many small variants had which end: tiers, provisional tiers, near misses, and reasons for no tier.
  public var counts: [String: Int]
  /// Classes of variants of which nothing was supplied.
  public var notSupplied: [String]
}

/// A copy number and its tiers.
public struct TieredStructural: Sendable, Hashable, Codable {
  /// Its name.
  public var id: String
  /// `contig:first-last`, counted from 1.
  public var region: String
  /// Which way.
  public var kind: StructuralCandidate.Kind
  /// Every tier that applies, the highest first.
  public var tiers: [TierEvent]
  /// The highest; nil where there is none.
  public var highest: Tier?
  /// What was asked.
  public var trace: [TraceLine]
  /// Why it has no (higher) tier.
  public var nearMisses: [NearMiss]
  /// Flags of the record.
  public var flags: [String]
}

/// A short tandem repeat and its tiers.
public struct TieredRepeat: Sendable, Hashable, Codable {
  /// The locus.
  public var locus: String
  /// The proband's alleles.
  public var alleles: [RepeatCandidate.Allele]
  /// Every tier that applies, the highest first.
  public var tiers: [TierEvent]
  /// The highest under complete penetrance; nil where there is none.
  public var highest: Tier?
  /// The highest under either penetrance; nil where there is none.
  public var highestIncomplete: Tier?
  /// What was asked.
  public var trace: [TraceLine]
  /// Why it has no (higher) tier.
  public var nearMisses: [NearMiss]
}
