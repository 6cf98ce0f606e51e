/// How alike two persons' genotypes are, in somalier's terms (Pedersen et al. 2020, Genome Medicine 12:62).
public struct Relatedness: Sendable, Equatable {
  /// What two samples' genotypes are evidence of.
  public enum Evidence: String, Sendable, Hashable, CaseIterable {
    /// One person twice, or identical twins.
    case identical = "identical"
    /// A parent and a child.
    case parentChild = "parent-child"
    /// Children of the same parents.
    case siblings = "siblings"
    /// Related in another way, or in one that these sites do not tell.
    case related = "related"
    /// Distantly related or not at all.
    case undetermined = "undetermined"
    /// Not closely related.
    case unrelated = "unrelated"
    /// Too few sites.
    case unknown = "unknown"
  }

  /// Sites with a genotype in both.
  public var sites = 0
  /// Sites homozygous for different alleles.
  public var ibs0 = 0
  /// Sites with the same genotype.
  public var ibs2 = 0
  /// Heterozygous sites of the first, of the second, of both, among those in both.
  public var heterozygous = (0, 0, 0)
  /// Sites homozygous for the alternate allele, likewise.
  public var homozygousAlternate = (0, 0, 0)

  /// Sites with a genotype in both below which nothing is told.
  public static let leastSites = 1000
  /// Heterozygous sites of either below which nothing is told.
  public static let leastHeterozygous = 100

  /// Compares genotypes of the same sites (`0`, `1`, `2`, `.`).
  public init(_ a: String, _ b: String) {
    for (a, b) in zip(a.utf8, b.utf8) {
      guard a != UInt8(ascii: "."), b != UInt8(ascii: ".") else { continue }
      let (x, y) = (a - UInt8(ascii: "0"), b - UInt8(ascii: "0"))
      sites += 1
      if x == y { ibs2 += 1 }
      if x != y, x != 1, y != 1 { ibs0 += 1 }
      heterozygous.0 += x == 1 ? 1 : 0
      heterozygous.1 += y == 1 ? 1 : 0
      heterozygous.2 += x == 1 && y == 1 ? 1 : 0
      homozygousAlternate.0 += x == 2 ? 1 : 0
      homozygousAlternate.1 += y == 2 ? 1 : 0
      homozygousAlternate.2 += x == 2 && y == 2 ? 1 : 0
    }
  }

  /// (shared heterozygotes − 2 IBS0) / the fewer heterozygotes of the two; nil where there are none. Twice the kinship
  /// coefficient, in expectation.
  public var relatedness: Double? { Self.share(heterozygous, ibs0) }

  /// The same over homozygous alternates.
  public var homozygousConcordance: Double? { Self.share(homozygousAlternate, ibs0) }

  private static func share(_ counts: (Int, Int, Int), _ ibs0: Int) -> Double? {
    let least = min(counts.0, counts.1)
    return least == 0 ? nil : Double(counts.2 - 2 * ibs0) / Double(least)
  }

  /// What they are evidence of, by the limits of reference/interpretation.md 8.
  public var evidence: Evidence {
    guard sites >= Self.leastSites, min(heterozygous.0, heterozygous.1) >= Self.leastHeterozygous, let relatedness,
      ibs2 > 0
    else { return .unknown }
    let ratio = Double(ibs0) / Double(ibs2)
    if relatedness > 0.96, ratio < 0.005 { return .identical }
    if (0.4...0.6).contains(relatedness), ratio < 0.005 { return .parentChild }
    if (0.38...0.62).contains(relatedness), (0.015...0.052).contains(ratio) { return .siblings }
    if relatedness > 0.2 { return .related }
    return relatedness > 0.05 ? .undetermined : .unrelated
  }

  /// Whether two are equal in every count.
  public static func == (a: Self, b: Self) -> Bool {
    a.sites == b.sites && a.ibs0 == b.ibs0 && a.ibs2 == b.ibs2 && a.heterozygous == b.heterozygous
      && a.homozygousAlternate == b.homozygousAlternate
  }
}
