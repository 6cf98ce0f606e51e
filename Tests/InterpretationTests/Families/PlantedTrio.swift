import EngineTestSupport

@testable import Interpretation

/// A chromosome of a trio, made from four parental haplotypes, with stretches in which the child's copies are from
/// where they should not be.
struct PlantedTrio {
  /// What is planted.
  enum Kind: Hashable {
    /// Both copies are one haplotype that both parents have: related parents.
    case autozygous
    case maternalIsodisomy
    case maternalHeterodisomy
    case paternalIsodisomy
    case paternalHeterodisomy
    /// The father's copy is gone: the mother's alone, at half of the depth.
    case paternalDeletion
  }

  /// By place, counted from 1.
  var planted: [(range: ClosedRange<Int>, kind: Kind)] = []
  var length = 40_000_000
  /// Bases from one site to the next, on average.
  var spacing = 5000
  /// A genotype in so many is wrong; 0 for none.
  var errorOneIn = 2000
  /// Whether the father is another man.
  var isOtherFather = false
  var depth = 30

  /// Sites where somebody has the alternate, as a joint file has them.
  func sites(_ random: inout SeededGenerator) -> [SiteGenotypes] {
    var sites: [SiteGenotypes] = []
    var position = random.int(1...spacing)
    // Which of each parent's haplotypes goes on; recombination once in about 50 Mb.
    var (fromMother, fromFather) = (random.int(0...1), random.int(0...1))
    while position <= length {
      let frequency = random.pick([5, 10, 20, 30, 50, 70])
      func allele(_ random: inout SeededGenerator) -> Int { random.int(1...100) <= frequency ? 1 : 0 }
      let mother = [allele(&random), allele(&random)]
      var father = [allele(&random), allele(&random)]
      if random.oneIn(50_000_000 / spacing) { fromMother = 1 - fromMother }
      if random.oneIn(50_000_000 / spacing) { fromFather = 1 - fromFather }
      let kind = planted.first { $0.range.contains(position) }?.kind
      var child: [Int]
      switch kind {
      case nil: child = [father[fromFather], mother[fromMother]]
      case .autozygous:
        father[fromFather] = mother[fromMother]
        child = [mother[fromMother], mother[fromMother]]
      case .maternalIsodisomy, .paternalDeletion: child = [mother[fromMother], mother[fromMother]]
      case .maternalHeterodisomy: child = mother
      case .paternalIsodisomy: child = [father[fromFather], father[fromFather]]
      case .paternalHeterodisomy: child = father
      }
      if isOtherFather { father = [allele(&random), allele(&random)] }
      if random.oneIn(2) { child.reverse() }
      func genotype(_ copies: [Int], _ random: inout SeededGenerator) -> SiteGenotypes.Genotype {
        if errorOneIn > 0, random.oneIn(errorOneIn) { return random.pick([.reference, .heterozygous, .alternate]) }
        return [.reference, .heterozygous, .alternate][copies.reduce(0, +)]
      }
      let called = (genotype(child, &random), genotype(father, &random), genotype(mother, &random))
      if [called.0, called.1, called.2].contains(where: { $0 != .reference }) {
        let mean = kind == .paternalDeletion ? depth / 2 : depth
        sites.append(
          SiteGenotypes(
            position: position, proband: called.0, father: called.1, mother: called.2,
            depth: depth == 0 ? nil : mean + random.int(-4...4)))
      }
      position += random.int(1...(2 * spacing))
    }
    return sites
  }
}

extension SiteGenotypes {
  /// The same without the calls of parents.
  func keeping(father: Bool, mother: Bool) -> SiteGenotypes {
    SiteGenotypes(
      position: position, proband: proband, father: father ? self.father : .unknown,
      mother: mother ? self.mother : .unknown, depth: depth == 0 ? nil : depth)
  }
}
