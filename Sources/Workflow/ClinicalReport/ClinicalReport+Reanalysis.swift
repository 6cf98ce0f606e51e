extension ClinicalReport {
  /// The report with other tiers: an amended draft where this one is authorised, else this draft made again. What the
  /// raw data told (verdicts, gaps, holds) and what the referral told stay as they are.
  func retiered(_ tiering: CaseTiering, _ panels: CasePanels, reason: String) throws -> ClinicalReport {
    var draft = ClinicalReport(id: id)
    draft.holds = holds
    draft.asOf = asOf
    draft.patient = patient
    draft.specimens = specimens
    draft.referral = referral
    draft.turnaround = turnaround
    draft.verdicts = verdicts
    draft.gaps = gaps
    draft.exchange = exchange
    draft.take(tiering)
    draft.classes = Self.classes(tiering)
    draft.panels = Self.panels(panels)
    draft.method = Self.method(tiering)
    draft.limitations = Self.limitations(tiering, lookedForGaps: !limitations.contains(Self.withoutGaps))
    let tiers = Self.provenance(tiering)
    draft.provenance =
      versions().sorted { $0.key < $1.key }.map { Field("Version of \($0.key)", $0.value) }
      + provenance.filter { $0.label.hasPrefix("Assembly") } + tiers
      + provenance.filter { field in
        !field.label.hasPrefix("Version of ") && !field.label.hasPrefix("Assembly")
          && !tiers.contains { $0.label == field.label }
      }
    return try draft.following(self, reason: reason)
  }
}
