import Genomics

/// A child and its parents, as columns of a file.
struct StatsTrio: Sendable {
  let child: Int
  let father: Int
  let mother: Int
  let sex: Sex

  /// The trios of a pedigree whose three members are samples of the file, in the pedigree's order.
  static func trios(of pedigree: Pedigree, samples: [String]) -> [StatsTrio] {
    pedigree.individuals.compactMap { individual in
      guard let fatherName = individual.father, let motherName = individual.mother,
        let child = samples.firstIndex(of: individual.name), let father = samples.firstIndex(of: fatherName),
        let mother = samples.firstIndex(of: motherName)
      else { return nil }
      return StatsTrio(child: child, father: father, mother: mother, sex: individual.sex)
    }
  }
}

/// What was found of one child's inheritance.
public struct MendelianCounts: Sendable, Equatable, Codable {
  /// Records in which the child's genotype can come from its parents; a parent's missing allele can be any.
  public var consistent = 0
  /// Records in which it cannot.
  public var inconsistent = 0
  /// Records that are not looked at: the child's genotype is missing or not what its chromosomes allow, no parent that
  /// counts is called, or X or Y where sex or pseudoautosomal regions are not known.
  public var skipped = 0
  /// Records in which all three are wholly called and not all alleles are the same.
  public var informative = 0
  /// Inconsistent records in which the child has an allele that neither parent has: a new variant, or an error.
  public var alleleInNeitherParent = 0
  /// Other inconsistent records in which no allele of the child is one of the father's.
  public var noAlleleFromFather = 0
  /// Other inconsistent records in which no allele of the child is one of the mother's.
  public var noAlleleFromMother = 0

  /// Nothing counted.
  public init() {}

  mutating func merge(_ other: MendelianCounts) {
    consistent += other.consistent
    inconsistent += other.inconsistent
    skipped += other.skipped
    informative += other.informative
    alleleInNeitherParent += other.alleleInNeitherParent
    noAlleleFromFather += other.noAlleleFromFather
    noAlleleFromMother += other.noAlleleFromMother
  }
}

/// How a contig, or a part of it, is inherited.
enum Inheritance {
  /// One allele from each parent: autosomes, pseudoautosomal regions, and contigs of no known chromosome.
  case bothParents
  /// X outside the pseudoautosomal regions: a son's from his mother alone.
  case chromosomeX
  /// Y outside the pseudoautosomal regions: a son's from his father alone.
  case chromosomeY
  /// From the mother alone.
  case mitochondrial
  /// X or Y of a length that is in no table.
  case unknown
}

/// The first two alleles of a genotype; -1 where missing.
struct TrioCall {
  var first: Int32 = -1
  var second: Int32 = -1
  var ploidy: Int32 = 0

  var isCalled: Bool { ploidy == 1 ? first >= 0 : ploidy == 2 && first >= 0 && second >= 0 }
  /// Whether nothing is known of it, or it has more alleles than can be told.
  var isUnknown: Bool { ploidy == 0 || ploidy > 2 || (first < 0 && (ploidy == 1 || second < 0)) }

  /// Itself where it has two alleles; otherwise nothing is known, as in `bcftools +mendelian`.
  var orUnknownUnlessDiploid: TrioCall { ploidy == 2 ? self : TrioCall() }

  func has(_ allele: Int32) -> Bool { first == allele || (ploidy > 1 && second == allele) }
  /// Whether the allele can be one of these: a missing allele can be any.
  func canGive(_ allele: Int32) -> Bool { !isCalled || has(allele) }
  func isAll(_ allele: Int32) -> Bool { first == allele && (ploidy < 2 || second == allele) }
}

extension MendelianCounts {
  mutating func add(_ inheritance: Inheritance, sex: Sex, child: TrioCall, father: TrioCall, mother: TrioCall) {
    switch inheritance {
    case .bothParents: addFromBoth(child, father.orUnknownUnlessDiploid, mother.orUnknownUnlessDiploid)
    case .chromosomeX:
      switch sex {
      case .female: addFromBoth(child, father, mother.orUnknownUnlessDiploid)
      case .male: addFromOne(child, mother, isFather: false)
      case .unknown: skipped += 1
      }
    case .chromosomeY:
      if sex == .male { addFromOne(child, father, isFather: true) } else { skipped += 1 }
    case .mitochondrial: addFromOne(child, mother, isFather: false)
    case .unknown: skipped += 1
    }
  }

  private mutating func addFromBoth(_ child: TrioCall, _ father: TrioCall, _ mother: TrioCall) {
    guard child.isCalled, child.ploidy == 2, !(father.isUnknown && mother.isUnknown) else {
      skipped += 1
      return
    }
    let (a, b) = (child.first, child.second)
    if father.isCalled, mother.isCalled, !(child.isAll(a) && father.isAll(a) && mother.isAll(a)) { informative += 1 }
    if (father.canGive(a) && mother.canGive(b)) || (father.canGive(b) && mother.canGive(a)) {
      consistent += 1
      return
    }
    inconsistent += 1
    let hasNew = { (allele: Int32) in !father.canGive(allele) && !mother.canGive(allele) }
    if hasNew(a) || hasNew(b) {
      alleleInNeitherParent += 1
    } else if !father.canGive(a), !father.canGive(b) {
      noAlleleFromFather += 1
    } else {
      noAlleleFromMother += 1
    }
  }

  private mutating func addFromOne(_ child: TrioCall, _ parent: TrioCall, isFather: Bool) {
    // Two different alleles are no genotype of one chromosome.
    guard child.isCalled, child.isAll(child.first), !parent.isUnknown else {
      skipped += 1
      return
    }
    if parent.isCalled, !parent.isAll(child.first) { informative += 1 }
    if parent.canGive(child.first) {
      consistent += 1
      return
    }
    inconsistent += 1
    if isFather { noAlleleFromFather += 1 } else { noAlleleFromMother += 1 }
  }
}
