public import Genomics

/// What the checks of a sample are given: contamination, sex, fingerprint, comparison with genotypes.
public struct SampleCheckOptions: Sendable, Hashable {
  /// The sites that alleles are counted at; without them contamination and the fingerprint are unknown.
  public var sites: SitePanel?
  /// The sample's genotypes at the same sites, as another file has them.
  public var genotypes: PanelGenotypes?
  /// What results call the sample; nil for the name of the one sample that the header's read groups tell.
  public var name: String?
  /// Digests of the reference's sequences by name, where they are known: pseudoautosomal regions go by them.
  public var sequences: [String: RefgetDigest] = [:]

  /// Nothing given.
  public init() {}
}
