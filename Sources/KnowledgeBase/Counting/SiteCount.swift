import Genomics

/// Counts everybody at a site. Who has no record there is counted once, for all of its alleles.
struct SiteCount {
  private let site: StoredSite
  private let kind: SiteKind
  private let people: [StoredPerson]
  private let sexes: [Sex]
  private let dimension: String?
  /// Who carries anything here: by place in the list of people, with all genotypes of the site.
  private var carriers: [(person: Int, genotypes: [AlleleGenotype], isCovered: Bool)] = []
  private var others = AlleleCounts()
  private var strata: [String: AlleleCounts] = [:]

  /// - Parameters:
  ///   - dimension: what is counted in strata, too; nil for none.
  ///   - covered: whether somebody's callable stretches cover the site, by place in the list of people.
  init(_ site: StoredSite, _ roster: Roster, _ dimension: String?, covered: (Int) -> Bool) {
    self.site = site
    self.dimension = dimension
    people = roster.people
    sexes = roster.sexes
    kind = SiteKind(contig: site.contig, position: site.start)
    // By person: those of each allele ascend.
    let atSite =
      site.alleles.count == 1
      ? site.alleles[0].carriers : site.alleles.flatMap(\.carriers).sorted { $0.person < $1.person }
    var next = 0
    for (index, sex) in sexes.enumerated() {
      let isCovered = covered(index)
      var genotypes: [AlleleGenotype] = []
      while next < atSite.count, atSite[next].person == index {
        genotypes.append(atSite[next].genotype)
        next += 1
      }
      if !genotypes.isEmpty {
        carriers.append((index, genotypes, isCovered))
        continue
      }
      others.count(kind, sex, genotype: nil, atSite: [], isCovered: isCovered)
      guard let dimension else { continue }
      for stratum in people[index].strata(of: dimension) {
        strata[stratum, default: AlleleCounts()].count(
          kind, sex, genotype: nil, atSite: [], isCovered: isCovered)
      }
    }
  }

  /// What is counted as seen from one of the site's alleles, or from one that nobody carries.
  func answer(_ allele: StoredAllele) -> KnowledgeBase.Answer {
    var (counts, strata) = (others, self.strata)
    var next = 0
    for carrier in carriers {
      let sex = sexes[carrier.person]
      // Both lists ascend.
      while next < allele.carriers.count, allele.carriers[next].person < carrier.person { next += 1 }
      let own =
        next < allele.carriers.count && allele.carriers[next].person == carrier.person
        ? allele.carriers[next].genotype : nil
      counts.count(kind, sex, genotype: own, atSite: carrier.genotypes, isCovered: carrier.isCovered)
      for stratum in dimension.map(people[carrier.person].strata) ?? [] {
        strata[stratum, default: AlleleCounts()].count(
          kind, sex, genotype: own, atSite: carrier.genotypes, isCovered: carrier.isCovered)
      }
    }
    return KnowledgeBase.Answer(
      contig: site.contig.name, position: ZeroBasedPosition(site.start).oneBased, reference: allele.reference,
      alternate: allele.alternate, vrs: allele.vrs, counts: counts,
      strata: strata.sorted { $0.key < $1.key }.map { KnowledgeBase.Stratum(name: $0.key, counts: $0.value) })
  }
}
