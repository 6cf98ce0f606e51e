import Genomics

/// Counts a site's alleles group by group and makes their labels and figures.
struct ReleaseTally {
  let plan: ReleasePlan
  let people: [StoredPerson]
  let strictest: DisclosureRule
  /// The dimension whose strata are shown beside everybody; nil for none.
  let shownDimension: String?

  /// The label of a group, and its place in the groups of its kind of site.
  struct Told {
    var group: Int
    var label: GroupLabel
  }

  /// Whether groups by sex are counted at the site.
  static func isBySex(_ kind: SiteKind) -> Bool { kind == .x || kind == .y }

  func groups(_ kind: SiteKind) -> [ReleasePlan.Group] { Self.isBySex(kind) ? plan.sexes : plan.wholes }

  /// The copies that people of a group have; nil for people who have none.
  func ploidy(_ kind: SiteKind, _ group: ReleasePlan.Group) -> Int? {
    switch (kind, group.key.sex) {
    case (.diploid, _): 2
    case (.mitochondrial, _): 1
    case (.y, .female): nil
    case (.y, _), (.x, .male): 1
    case (.x, _): 2
    }
  }

  /// The counts of one allele in every group.
  func counts(_ site: StoredSite, _ allele: Int, _ kind: SiteKind, _ covered: (Int) -> Bool) -> [GroupCounts] {
    let groups = groups(kind)
    let isBySex = Self.isBySex(kind)
    var tallies = [AlleleCounts](repeating: AlleleCounts(), count: groups.count)
    var hasOther = [Bool](repeating: false, count: groups.count)
    var own: [Int: AlleleGenotype] = [:]
    var atSite: [Int: [AlleleGenotype]] = [:]
    for (index, one) in site.alleles.enumerated() {
      for (person, genotype) in one.carriers {
        atSite[person, default: []].append(genotype)
        if index == allele {
          own[person] = genotype
        } else if genotype.copies > 0, let place = plan.places[person] {
          hasOther[isBySex ? place.sex : place.whole] = true
        }
      }
    }
    for (index, person) in people.enumerated() {
      guard let place = plan.places[index] else { continue }
      tallies[isBySex ? place.sex : place.whole].count(
        kind, person.sex, genotype: own[index], atSite: atSite[index] ?? [], isCovered: covered(index))
    }
    return zip(groups, zip(tallies, hasOther)).map { group, counted in
      let (tally, hasOther) = counted
      let ploidy = ploidy(kind, group) ?? 0
      return GroupCounts(
        people: ploidy == 0 ? 0 : group.people, known: tally.people,
        carriers: tally.het + tally.hom + tally.hemi + tally.partial, het: tally.het, hom: tally.hom,
        copies: min(tally.ac, ploidy * tally.people), isOnlyAllele: !hasOther)
    }
  }

  /// The labels of every group.
  /// - Parameter earlier: what the ledger keeps of a group's label, and whether it keeps anything of the group's site.
  func labels(
    _ counts: [GroupCounts], _ kind: SiteKind, earlier: (Int) -> (own: GroupLabel?, site: GroupLabel?)
  ) -> [Told] {
    groups(kind).enumerated().compactMap { index, group in
      guard let ploidy = ploidy(kind, group) else { return nil }
      if group.earlierPeople == nil || (group.step == 0 && group.left == 0) {
        return Told(group: index, label: group.rule.label(of: counts[index], ploidy: ploidy))
      }
      let kept = earlier(index)
      var label = GroupLabel(known: 0...group.people, isWellKnown: false, allele: .untold)
      // The site is as well known for every allele of it.
      if let site = kept.site {
        label = site
        label.allele = .untold
      }
      if let own = kept.own { label = own }
      guard group.left > 0 else { return Told(group: index, label: label) }
      return Told(
        group: index,
        label: group.rule.label(
          after: label, copies: counts[index].copies, people: group.people, left: group.left, ploidy: ploidy))
    }
  }

  /// The figures of everybody and, where they are shown, of each stratum; nil where nothing is listed.
  func strata(_ labels: [Told], _ kind: SiteKind) -> [ReleaseRow.Stratum]? {
    let groups = groups(kind)
    var all = GroupFigures()
    var parts: [String: GroupFigures] = [:]
    for told in labels {
      let group = groups[told.group]
      let figures = GroupFigures(
        told.label, rule: group.rule, strictest: strictest, people: group.people,
        ploidy: ploidy(kind, group) ?? 0, isHemizygous: (kind == .x && group.key.sex == .male) || kind == .y)
      all.add(figures)
      parts[group.key.stratum, default: GroupFigures()].add(figures)
    }
    guard all.isListed else { return nil }
    var rows = [ReleaseRow.Stratum(dimension: "all", stratum: "all", figures: all)]
    if let shownDimension {
      rows += parts.sorted { $0.key < $1.key }.map {
        ReleaseRow.Stratum(dimension: shownDimension, stratum: $0.key, figures: $0.value)
      }
    }
    return rows
  }
}
