/// A copy number with what pairs ask of it.
struct StructuralWork: Sendable {
  var result: TieredStructural
  /// Green genes that give it tier A, by `Tierer.key`.
  var tierAGenes: Set<String>
  /// Rules that could not be asked.
  var provisional: [String]

  /// Adds a pair with a small variant.
  mutating func addPair(_ partner: String, gene: GeneView, profile: TieringProfile) {
    result.tiers.append(
      .across(.tierA, partner, gene: gene, penetrance: .complete, provisional: provisional, profile: profile))
  }
}

extension TierEvent {
  /// A pair of two classes of variants.
  static func across(
    _ tier: Tier, _ partner: String, gene: GeneView, penetrance: Penetrance, provisional: [String],
    profile: TieringProfile
  ) -> TierEvent {
    TierEvent(
      tier: tier, rule: RuleID.pairAcross.rawValue, gene: gene.symbol, transcripts: [], term: nil,
      panels: gene.greens.map { PanelHit($0) }, mode: .biallelic, filter: .compoundHeterozygous,
      penetrance: penetrance, isPossible: true, partners: [partner], provisional: provisional,
      trace: [
        profile.line(.pairAcross, .pass, "with \(partner), phase unknown", "a second variant in a biallelic green gene")
      ])
  }
}
