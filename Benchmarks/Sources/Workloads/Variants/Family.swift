/// A mother, a father and their child with phased haplotypes over one site list.
public struct Family: Sendable {
  /// `SYN-001`.
  public var name: String
  /// The child's sex.
  public var childSex: Sex
  /// Per contig of the genome, ascending, footprints disjoint. Every site is carried by somebody.
  public var sites: [[Site]]
  /// What the truth file names; `Site.planted` points here.
  public var planted: [PlantedVariant]

  /// The sex of a member.
  public func sex(_ member: FamilyMember) -> Sex {
    switch member {
    case .mother: .female
    case .father: .male
    case .child: childSex
    }
  }

  /// Draws a family. `genes` may be empty; then nothing is planted.
  public static func synthesise(
    name: String, genome: Genome, genes: [Gene], childSex: Sex, seed: UInt64,
    options: VariationOptions = VariationOptions()
  ) throws(WorkloadError) -> Family {
    let planted =
      genes.isEmpty
      ? [] : try PlantedVariant.choose(genome: genome, genes: genes, childSex: childSex, seed: seed)
    var family = Family(name: name, childSex: childSex, sites: [], planted: planted)
    for (index, contig) in genome.contigs.enumerated() {
      var fixed: [Site] = []
      for (number, variant) in planted.enumerated() where variant.site.contig == index {
        var site = variant.site
        site.planted = number
        fixed.append(site)
      }
      fixed.sort { $0.position < $1.position }
      family.sites.append(
        sites(
          contig, index: index, fixed: fixed, childSex: childSex, options: options,
          SeededGenerator(seed: seed, stream: "sites", index: UInt64(index))))
    }
    return family
  }

  static func sites(
    _ contig: Contig, index: Int, fixed: [Site], childSex: Sex, options: VariationOptions, _ generator: SeededGenerator
  ) -> [Site] {
    var draw = SiteSynthesis(contig: contig, index: index, options: options, random: generator, free: 0)
    var inheritance = Transmission(contig: contig, childSex: childSex)
    var sites: [Site] = []
    var pending = fixed[...]
    for run in contig.known {
      draw.free = run.lowerBound + 1
      // Two bases between a site and whatever follows: equal haplotypes stay separable.
      while true {
        let position = draw.free + 1 + Int(draw.random.exponential(mean: options.spacing))
        let next = pending.first { run.contains($0.position) }
        let limit = next.map { $0.footprint.lowerBound - 8 } ?? run.upperBound
        if position + 60 < limit {
          guard var site = draw.site(at: position, limit: limit) else {
            draw.free = position
            continue
          }
          site.alleles = inheritance.alleles(
            distance: site.position - draw.free, alternates: site.alternates.count, &draw.random)
          draw.free = site.footprint.upperBound + 2
          if FamilyMember.allCases.contains(where: { site.alleles.carries($0) }) { sites.append(site) }
        } else if let next {
          sites.append(inheritance.phased(next))
          pending.removeFirst()
          draw.free = next.footprint.upperBound + 8
        } else {
          break
        }
      }
    }
    return sites
  }
}

/// Draws the parents' alleles and hands one copy of each on.
struct Transmission {
  let inheritance: Inheritance
  let childSex: Sex
  let length: Int
  private var maternalCopy = 0
  private var paternalCopy = 0

  init(contig: Contig, childSex: Sex) {
    inheritance = contig.inheritance
    self.childSex = childSex
    length = contig.bases.count
  }

  /// Alleles at a site that lies `distance` bases after the last one; crossovers happen about once per contig.
  mutating func alleles(distance: Int, alternates: Int, _ random: inout SeededGenerator) -> FamilyAlleles {
    // Frequency density ∝ q^-0.75: then het : hom is exactly 2 / 1.25 = 1.6 in expectation. u^4 draws from it.
    let u = random.unit()
    // Sites with two alternates are found where both are common.
    let frequency = alternates == 1 ? u * u * u * u : 0.3 + 0.5 * u
    func allele() -> UInt8 {
      guard random.chance(frequency) else { return 0 }
      return alternates == 1 ? 1 : UInt8(1 + random.below(alternates))
    }
    let crossover = Double(max(1, distance)) / Double(length)
    if random.chance(crossover) { maternalCopy = 1 - maternalCopy }
    if random.chance(crossover) { paternalCopy = 1 - paternalCopy }

    var alleles = FamilyAlleles()
    let absent = FamilyAlleles.absent
    switch inheritance {
    case .autosome:
      let mother = (allele(), allele())
      let father = (allele(), allele())
      alleles[.mother] = mother
      alleles[.father] = father
      alleles[.child] = (paternalCopy == 0 ? father.0 : father.1, maternalCopy == 0 ? mother.0 : mother.1)
    case .x:
      let mother = (allele(), allele())
      let father = allele()
      let given = maternalCopy == 0 ? mother.0 : mother.1
      alleles[.mother] = mother
      alleles[.father] = (father, absent)
      alleles[.child] = childSex == .female ? (father, given) : (given, absent)
    case .y:
      let father = allele()
      alleles[.father] = (father, absent)
      if childSex == .male { alleles[.child] = (father, absent) }
    case .mitochondrial:
      let mother = allele()
      alleles[.mother] = (mother, absent)
      alleles[.father] = (allele(), absent)
      alleles[.child] = (mother, absent)
    }
    return alleles
  }

  /// A planted site with the parents' copies ordered so that the copy handed on here is the one that the child has:
  /// otherwise the site alone would look like two crossovers.
  func phased(_ site: Site) -> Site {
    var site = site
    let child = site.alleles[.child]
    let fromMother = child.1 == FamilyAlleles.absent ? child.0 : child.1
    let mother = site.alleles[.mother]
    if mother.0 != mother.1, (maternalCopy == 0 ? mother.0 : mother.1) != fromMother {
      site.alleles[.mother] = (mother.1, mother.0)
    }
    let father = site.alleles[.father]
    if father.1 != FamilyAlleles.absent, father.0 != father.1,
      (paternalCopy == 0 ? father.0 : father.1) != child.0
    {
      site.alleles[.father] = (father.1, father.0)
    }
    return site
  }
}
