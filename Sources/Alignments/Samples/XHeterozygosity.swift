public import GenomicFiles

/// Genotypes at sites of X outside of the pseudoautosomal regions: one copy of X shows no heterozygote.
///
/// Limits are somalier's (reference/interpretation.md 8).
public struct XHeterozygosity: Sendable, Equatable {
  /// What the genotypes are evidence of.
  public enum Evidence: String, Sendable {
    /// Heterozygotes over homozygous alternates above 0.4.
    case severalCopies = "several-copies"
    /// Below 0.05.
    case oneCopy = "one-copy"
    /// Between.
    case unclear = "unclear"
    /// Fewer than 20 informative sites, or no homozygous alternate among them.
    case unknown = "unknown"
  }

  /// Sites with genotype 0, 1 and 2.
  public var genotypes = [0, 0, 0]

  /// Heterozygous and homozygous alternate sites below which nothing is told.
  public static let leastSites = 20

  /// Nothing seen.
  public init() {}

  /// The genotypes of a pass.
  public init(_ counts: SiteCounts, _ header: SAMHeader) {
    var genotypes = [0, 0, 0]
    counts.forEachSite(header) { _, _, place, alleles in
      if place == .onlyX, let genotype = alleles.genotype { genotypes[genotype] += 1 }
    }
    self.genotypes = genotypes
  }

  /// The informative sites.
  public var sites: Int { genotypes[1] + genotypes[2] }

  /// Heterozygotes over homozygous alternates; nil where unknown.
  public var ratio: Double? {
    sites >= Self.leastSites && genotypes[2] > 0 ? Double(genotypes[1]) / Double(genotypes[2]) : nil
  }

  /// What the ratio is evidence of.
  public var evidence: Evidence {
    guard let ratio else { return .unknown }
    if ratio > 0.4 { return .severalCopies }
    return ratio < 0.05 ? .oneCopy : .unclear
  }

  /// Whether the evidence speaks against a number of copies of X.
  public func contradicts(copies: Double) -> Bool {
    switch evidence {
    case .severalCopies: copies < 1.5
    // Two copies of one parent's X are without heterozygotes too, but depth alone should not carry a karyotype then.
    case .oneCopy: copies >= 1.5
    case .unclear, .unknown: false
    }
  }
}
