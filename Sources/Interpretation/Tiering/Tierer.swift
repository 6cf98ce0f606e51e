public import Genomics

/// Gives tiers to a family's variants by a profile and panels: evidence with its reasons, never a diagnosis.
public struct Tierer: Sendable {
  let profile: TieringProfile
  let panels: PanelIndex
  let family: Family
  let homozygosity: Double?

  /// - Parameters:
  ///   - assembly: the calls' assembly, nil where it is neither: Ensembl's identifiers and coordinates of panels are told apart by it.
  ///   - homozygosity: the fraction of the autosomes in runs of homozygosity; nil where not measured.
  public init(
    profile: TieringProfile, panels: PanelSet, family: Family, assembly: Assembly?, homozygosity: Double? = nil
  ) {
    self.profile = profile
    self.panels = PanelIndex(panels, assembly: assembly)
    self.family = family
    self.homozygosity = homozygosity
  }

  /// Tiers of a case; nil for a class of variants of which nothing was supplied.
  /// - Parameter candidates: each with one call a member of the family.
  public func tier(
    _ candidates: [CandidateVariant], structural: [StructuralCandidate]? = nil, repeats: [RepeatCandidate]? = nil,
    isodisomy: [UPDSegment]? = nil
  ) -> TieringResult {
    TieringResult(
      profile: .init(id: profile.id, release: profile.release, digest: profile.digest, unsourced: []), panels: [],
      banners: [], impossibleModes: [], variants: [], structural: [], repeats: [], counts: [:], notSupplied: [])
  }
}
