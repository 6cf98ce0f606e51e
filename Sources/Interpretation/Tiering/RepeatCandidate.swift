/// A short tandem repeat that was genotyped.
public struct RepeatCandidate: Sendable, Hashable {
  /// One allele's length in repeats.
  public struct Allele: Sendable, Hashable, Codable {
    /// What the caller shows.
    public var repeats: Double
    /// The lower bound of the confidence interval.
    public var lower: Int
    /// The upper bound: what tiers are given by.
    public var upper: Int

    /// An allele.
    public init(repeats: Double, lower: Int, upper: Int) {
      self.repeats = repeats
      self.lower = lower
      self.upper = upper
    }
  }

  /// The locus, as the caller names it (`FXN`, `FXN_GAA`): PanelApp's name of the repeat, or the gene's symbol.
  public var locus: String
  /// `HGNC:…` of the gene, where told.
  public var hgnc: String?
  /// Where the locus lies.
  public var place: CandidateVariant.Place
  /// FILTER of the proband's record.
  public var filter: CandidateVariant.Filter
  /// One list of alleles a member of the family, in the family's order; empty where not called.
  public var calls: [[Allele]]

  /// A repeat.
  public init(
    locus: String, hgnc: String? = nil, place: CandidateVariant.Place, filter: CandidateVariant.Filter = .passed,
    calls: [[Allele]]
  ) {
    self.locus = locus
    self.hgnc = hgnc
    self.place = place
    self.filter = filter
    self.calls = calls
  }
}
