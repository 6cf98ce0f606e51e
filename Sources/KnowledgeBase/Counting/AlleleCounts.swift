import Genomics

/// What a base counts of one allele: a fold over its contributions (reference/service.md section 10).
///
/// A person is known at a site where their callable stretches cover it, or where one of their own records stands. AN is
/// the same for every allele of a site. Absent is unknown: whoever is not known at the site is in no count but
/// `unknown`.
public struct AlleleCounts: Sendable, Hashable {
  /// Copies of the allele.
  public var ac = 0
  /// Known alleles of the people known at the site.
  public var an = 0
  /// People with the allele on every one of two or more copies; on mitochondrial DNA, homoplasmic ones.
  public var hom = 0
  /// People with the allele and another known one; on mitochondrial DNA, heteroplasmic ones.
  public var het = 0
  /// People with the allele on their only copy.
  public var hemi = 0
  /// People with the allele whose other alleles are not known.
  public var partial = 0
  /// People known at the site.
  public var people = 0
  /// People not known at the site.
  public var unknown = 0
  /// `ac` among people whose callable stretches cover the site.
  public var callableAC = 0
  /// `an` among people whose callable stretches cover the site.
  public var callableAN = 0

  /// Nothing counted.
  public init() {}

  /// The allele's frequency among people whose callable stretches cover the site, carriers and others by one measure;
  /// nil where there are none.
  public var frequency: Double? { callableAN > 0 ? Double(callableAC) / Double(callableAN) : nil }

  /// Counts one person.
  /// - Parameters:
  ///   - genotype: of the allele; nil where the person has no record of it.
  ///   - atSite: the person's genotypes of any allele at the site, that one included.
  ///   - isCovered: whether the person's callable stretches cover the site.
  mutating func count(
    _ kind: SiteKind, _ sex: Sex, genotype: AlleleGenotype?, atSite: [AlleleGenotype], isCovered: Bool
  ) {
    let ploidy = kind.ploidy(sex)
    // Not a person who could have it: a call on Y in a female is no count and no unknown.
    if ploidy == 0 { return }
    let called = atSite.isEmpty ? (isCovered ? ploidy ?? 0 : 0) : Self.called(kind, sex, atSite)
    guard called > 0 else {
      unknown += 1
      return
    }
    people += 1
    an += called
    if isCovered { callableAN += called }
    guard let genotype, genotype.copies > 0 else { return }
    var copies = genotype.copies
    if kind == .mitochondrial {
      copies = 1
      if genotype.copies == genotype.called { hom += 1 } else { het += 1 }
    } else if ploidy == 1 || genotype.ploidy == 1 {
      // Males outside the pseudoautosomal regions count once, also where the caller wrote 1/1.
      copies = 1
      hemi += 1
    } else if genotype.copies == genotype.ploidy {
      hom += 1
    } else if genotype.called > genotype.copies {
      het += 1
    } else {
      partial += 1
    }
    ac += copies
    if isCovered { callableAC += copies }
  }

  /// Known alleles at the site by the person's own records; 0 where they contradict the one copy that there is.
  private static func called(_ kind: SiteKind, _ sex: Sex, _ genotypes: [AlleleGenotype]) -> Int {
    let called = genotypes.map(\.called).max() ?? 0
    switch kind {
    case .mitochondrial: return min(1, called)
    case .x, .y:
      guard kind.ploidy(sex) == 1 else { return called }
      let isMixed = genotypes.contains { genotype in
        let known = genotype.alleles.filter { $0 != .missing }
        return Set(known).count > 1
      }
      return isMixed ? 0 : min(1, called)
    case .diploid: return called
    }
  }
}
