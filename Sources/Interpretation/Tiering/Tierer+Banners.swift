import Genomics

extension Tierer {
  /// The panels with their ratings, and what could not be read of them.
  var appliedPanels: [TieringResult.AppliedPanel] {
    panels.panels.panels.map { panel in
      var genes: [String: Int] = [:]
      for rating in PanelRating.allCases { genes[rating.rawValue] = panel.genes.count { $0.rating == rating } }
      return TieringResult.AppliedPanel(
        panel: panel.identity, signOff: panel.signOff, genes: genes,
        faults: panels.panels.faults.filter { $0.panel == panel.identity })
    }
  }

  /// Classes of variants of which nothing was supplied.
  func notSupplied(structural: Bool, repeats: Bool, isodisomy: Bool) -> [String] {
    [
      (structural, "copy numbers"), (repeats, "short tandem repeats"),
      (isodisomy, "segments of uniparental disomy"),
    ].filter { !$0.0 }.map(\.1)
  }

  /// What a person must read before the tiers.
  func banners(_ candidates: [CandidateVariant]) -> [String] {
    var banners = frequencyBanners(candidates)
    if candidates.contains(where: { $0.known == nil }) {
      banners.append(
        "Variants were not looked up in a source of known variants: the rule of known (likely) pathogenic variants is"
          + " unknown there.")
    }
    let unmeasured = family.members.filter { member in
      switch member.xCopies {
      case .measured(1), .measured(2): false
      case .measured, .unmeasured: true
      }
    }.map(\.name).sorted()
    if !unmeasured.isEmpty {
      banners.append(
        "Copies of X are not measured, or neither one nor two, of \(unmeasured.joined(separator: ", ")):"
          + " modes of X are unknown where they count.")
    }
    let proband = family.members[family.proband]
    if profile.segregation == .family, proband.father == nil || proband.mother == nil {
      banners.append("A parent of the proband is not at hand: de novo is not assessable.")
    }
    if proband.affection != .affected {
      banners.append(
        "The pedigree has the proband as \(proband.affection.rawValue): tiers take the proband as affected.")
    }
    for panel in panels.panels.panels {
      let name = "Panel \(panel.identity.id) \(panel.identity.name) \(panel.identity.version)"
      switch panel.signOff {
      case .signedOff: break
      case .otherVersion(let version, let date):
        banners.append("\(name) is not the version that is signed off: \(version), on \(date).")
      case .notTold: banners.append("\(name) is not told to be signed off.")
      }
    }
    if !panels.panels.faults.isEmpty {
      banners.append("\(panels.panels.faults.count) entries of the panels could not be read in full: see the panels.")
    }
    if panels.panels.panels.isEmpty { banners.append("No panel was applied: every gene counts as outside.") }
    if let homozygosity, homozygosity >= profile.homozygosityWarning {
      banners.append(
        "Runs of homozygosity cover \(decimal(homozygosity)) of the autosomes (warning from"
          + " \(decimal(profile.homozygosityWarning)), a limit of Apus): the parents may be related.")
    }
    if homozygosity == nil, let origin = family.origin { banners += origin.banners }
    if !profile.unsourced.isEmpty {
      banners.append(
        "Profile \(profile.id): \(profile.unsourced.count) rules are not from a confirmed source (N, P): see the profile."
      )
    }
    return banners
  }

  private func frequencyBanners(_ candidates: [CandidateVariant]) -> [String] {
    // Nothing was asked and nobody tells: nothing is known to be missing.
    if loaded == nil, candidates.isEmpty { return [] }
    let loaded = loaded ?? candidates.reduce(into: Set<FrequencyKey>()) { $0.formUnion($1.frequencies.keys) }
    return profile.frequencies.compactMap { dataset in
      let missing = dataset.rows.map(\.population).filter { !loaded.contains(FrequencyKey(dataset.id, $0)) }
      if missing.isEmpty { return nil }
      let what = missing.count == dataset.rows.count ? "" : " (\(missing.joined(separator: ", ")))"
      return "\(dataset.title)\(what) is not loaded: its limits are unknown, and tiers that rest on them provisional."
    }
  }
}
