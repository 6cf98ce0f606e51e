/// What one site tells of whose copies the proband has.
///
/// With both parents, as `upd` (github.com/bjhall/upd) has it, after King et al. 2014 (UPDio, Genome Res 24:673): a
/// homozygote of the allele that one parent, homozygous of the other allele, cannot have given has both copies from the
/// other parent; a heterozygote of two opposite homozygotes has one from each.
enum InheritanceSite: Sendable, Hashable {
  /// Nothing is the father's.
  case maternal
  /// Nothing is the mother's.
  case paternal
  /// One copy from each.
  case biparental
  /// The only parent at hand gave nothing.
  case excluded
  /// The only parent at hand, a homozygote, may have given a copy: what a contradiction is counted against.
  case compatible

  /// - Returns: nil where the site tells nothing; so do genotypes that no two parents could give.
  init?(_ site: SiteGenotypes, father: Bool, mother: Bool) {
    switch (father, mother) {
    case (true, true): self.init(trio: site)
    case (true, false): self.init(duo: site, parent: site.father)
    case (false, true): self.init(duo: site, parent: site.mother)
    case (false, false): return nil
    }
  }

  private init?(trio site: SiteGenotypes) {
    let (father, mother) = (site.father, site.mother)
    guard father != .unknown, mother != .unknown else { return nil }
    if site.proband == .heterozygous {
      guard let other = father.opposite, mother == other else { return nil }
      self = .biparental
      return
    }
    guard let opposite = site.proband.opposite else { return nil }
    switch (father == opposite, mother == opposite) {
    case (true, false): self = .maternal
    case (false, true): self = .paternal
    // A contradiction of another kind, or none.
    case (true, true), (false, false): return nil
    }
  }

  private init?(duo site: SiteGenotypes, parent: SiteGenotypes.Genotype) {
    guard parent.isHomozygous, site.proband != .unknown else { return nil }
    self = site.proband == parent.opposite ? .excluded : .compatible
  }
}
