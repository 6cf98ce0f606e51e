/// The genotypes that a call leaves open, seen from one allele: a call that misses a copy leaves more than one.
///
/// Of one copy, `reference` and `alternate` alone are meant.
struct OpenGenotypes: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let reference = OpenGenotypes(rawValue: 1)
  static let heterozygous = OpenGenotypes(rawValue: 2)
  static let alternate = OpenGenotypes(rawValue: 4)
  static let any: OpenGenotypes = [.reference, .heterozygous, .alternate]
  static let anyOfOneCopy: OpenGenotypes = [.reference, .alternate]
  static let carrier: OpenGenotypes = [.heterozygous, .alternate]

  /// Whether the genotype is one of those allowed: unknown where some that are open are and some are not.
  func outcome(allowed: OpenGenotypes) -> RuleOutcome {
    isSubset(of: allowed) ? .pass : isDisjoint(with: allowed) ? .fail : .unknown
  }

  /// What a child can get of it. A heterozygote may give either.
  var gives: Gamete {
    Gamete(allele: !isDisjoint(with: .carrier), other: !isDisjoint(with: [.reference, .heterozygous]))
  }
}

/// What a parent can give: the allele, another one, or either.
struct Gamete: Hashable, Sendable {
  var allele: Bool
  var other: Bool

  /// What a parent who is not at hand can give.
  static let any = Gamete(allele: true, other: true)
}

/// One person's genotype at one allele, read for where the allele lies.
struct PersonGenotype: Hashable, Sendable {
  /// How many copies the place has in this person.
  enum Ploidy: Hashable, Sendable {
    case one
    case two
    /// Copies of X were not measured, or are neither one nor two.
    case unmeasured
  }

  /// How many copies.
  let ploidy: Ploidy
  /// What is open; of both numbers of copies where the number is not known.
  let open: OpenGenotypes
  /// What is open if there is one copy.
  let openOfOne: OpenGenotypes
  /// What is open if there are two.
  let openOfTwo: OpenGenotypes
  /// Whether nothing is known: no call, or every copy missing.
  let isMissing: Bool
  /// The category.
  let category: GenotypeCategory
  /// The call.
  let call: PersonCall

  init(_ call: PersonCall, ploidy: Ploidy) {
    self.call = call
    self.ploidy = ploidy
    isMissing = call.copies.allSatisfy { $0 == .missing } || call.copies.count > 2
    openOfOne = Self.one(call.copies)
    openOfTwo = Self.two(call.copies)
    switch ploidy {
    case .one: open = openOfOne
    case .two: open = openOfTwo
    case .unmeasured: open = openOfOne.union(openOfTwo)
    }
    category = Self.category(call.copies, ploidy: ploidy, isMissing: isMissing)
  }

  /// Whether the person has two copies of which one has the allele: no more, no less.
  var isHeterozygous: Bool { ploidy == .two && open == .heterozygous }

  private static func two(_ copies: [PersonCall.Copy]) -> OpenGenotypes {
    let alleles = copies.count { $0 == .alternate }
    switch copies.count {
    case 1 where alleles == 1: return .carrier
    case 1 where copies[0] != .missing: return [.reference, .heterozygous]
    case 2:
      var open: OpenGenotypes = []
      for count in alleles...alleles + copies.count(where: { $0 == .missing }) {
        open.insert([OpenGenotypes.reference, .heterozygous, .alternate][count])
      }
      return open
    // Haploid and diploid models only.
    default: return .any
    }
  }

  /// A caller that works with two copies throughout writes one copy of X as homozygous; a heterozygote there is no
  /// genotype that one copy can have, and leaves both open.
  private static func one(_ copies: [PersonCall.Copy]) -> OpenGenotypes {
    guard (1...2).contains(copies.count), !copies.contains(.missing) else { return .anyOfOneCopy }
    let alleles = copies.count { $0 == .alternate }
    return alleles == 0 ? .reference : alleles == copies.count ? .alternate : .anyOfOneCopy
  }

  private static func category(_ copies: [PersonCall.Copy], ploidy: Ploidy, isMissing: Bool) -> GenotypeCategory {
    if isMissing { return .missing }
    let alleles = copies.count { $0 == .alternate }
    if copies.contains(.missing) { return alleles > 0 ? .halfMissingAlternate : .halfMissingReference }
    switch ploidy {
    case .one:
      return alleles == 0 ? .referenceHemizygous : alleles == copies.count ? .alternateHemizygous : .unknown
    case .two:
      guard copies.count == 2 else { return .unknown }
      return alleles == 0 ? .referenceHomozygous : alleles == 2 ? .alternateHomozygous : .heterozygous
    case .unmeasured: return .unknown
    }
  }
}
