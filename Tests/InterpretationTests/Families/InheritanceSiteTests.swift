import Testing

@testable import Interpretation

/// What a site tells, against all ways in which a child could have its copies.
struct InheritanceSiteTests {
  private static let alleles: [SiteGenotypes.Genotype: [Int]] = [
    .reference: [0, 0], .heterozygous: [0, 1], .alternate: [1, 1],
  ]

  @Test("A site tells of an origin exactly where no other origin could give the genotype")
  func allTrios() {
    var told: [InheritanceSite: Int] = [:]
    for (child, own) in Self.alleles {
      for (father, his) in Self.alleles {
        for (mother, hers) in Self.alleles {
          let both = his.contains { f in hers.contains { m in [f, m].sorted() == own } }
          func one(_ copies: [Int]) -> Bool { own == copies || copies.contains { own == [$0, $0] } }
          let expected: InheritanceSite? =
            switch (both, one(hers), one(his)) {
            case (false, true, false): .maternal
            case (false, false, true): .paternal
            case (true, false, false): .biparental
            default: nil
            }
          let site = SiteGenotypes(position: 5, proband: child, father: father, mother: mother)
          let found = InheritanceSite(site, father: true, mother: true)
          #expect(found == expected, "\(child) \(father) \(mother)")
          if let found { told[found, default: 0] += 1 }
          let unknown = SiteGenotypes(position: 5, proband: child, father: .unknown, mother: mother)
          #expect(InheritanceSite(unknown, father: true, mother: true) == nil)
          // With the mother alone: whether she could have given anything.
          if mother != .heterozygous {
            let gave = own.contains { hers.contains($0) }
            #expect(InheritanceSite(unknown, father: false, mother: true) == (gave ? .compatible : .excluded))
          } else {
            #expect(InheritanceSite(unknown, father: false, mother: true) == nil)
          }
        }
      }
    }
    #expect(told == [.maternal: 4, .paternal: 4, .biparental: 2])
    let missing = SiteGenotypes(position: 5, proband: .unknown, father: .reference, mother: .alternate)
    #expect(InheritanceSite(missing, father: true, mother: true) == nil)
    #expect(InheritanceSite(missing, father: true, mother: false) == nil)
    #expect(InheritanceSite(missing, father: false, mother: false) == nil)
  }

  @Test("A packed site gives back what was put in")
  func packing() {
    for position in [1, 65_535, 248_956_422, 1 << 40] {
      for proband in SiteGenotypes.Genotype.allCases {
        for father in SiteGenotypes.Genotype.allCases {
          for mother in SiteGenotypes.Genotype.allCases {
            for (depth, kept) in [(nil, 0), (0, 0), (1, 1), (255, 255), (9000, 255)] as [(Int?, Int)] {
              let site = SiteGenotypes(
                position: position, proband: proband, father: father, mother: mother, depth: depth)
              #expect(
                site.position == position && site.proband == proband && site.father == father && site.mother == mother
                  && site.depth == kept)
            }
          }
        }
      }
    }
  }
}
