/// One person's genotype as seen from one alternate allele: a genotype of any ploidy whose other alternates are told
/// apart from missing alleles.
///
/// A record `1/2` that was split into two keeps this way what each half alone would call missing.
public struct AlleleGenotype: Sendable, Hashable {
  /// One allele of the genotype.
  public enum Allele: Character, Sendable, Hashable, CaseIterable {
    /// The reference.
    case reference = "0"
    /// The allele that is looked at.
    case this = "1"
    /// Another alternate allele.
    case other = "2"
    /// Not known.
    case missing = "."
  }

  /// The alleles; unphased ones are sorted, so that their order tells nothing.
  public let alleles: [Allele]
  /// Whether the order of the alleles is that of the haplotypes.
  public let isPhased: Bool

  /// A genotype of these alleles.
  public init(_ alleles: [Allele], isPhased: Bool = false) {
    let order = Allele.allCases
    self.alleles =
      isPhased && alleles.count > 1
      ? alleles : alleles.sorted { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) }
    self.isPhased = isPhased && alleles.count > 1
  }

  /// Reads what `text` writes; nil for anything else.
  public init?(_ text: String) {
    let isPhased = text.contains("|")
    let parts = text.split(separator: isPhased ? "|" : "/", omittingEmptySubsequences: false)
    let alleles = parts.compactMap { $0.count == 1 ? $0.first.flatMap { Allele(rawValue: $0) } : nil }
    guard !parts.isEmpty, alleles.count == parts.count else { return nil }
    self.init(alleles, isPhased: isPhased)
  }

  /// `0/1`, `1|2`, `1`, `1/.`: 1 is the allele that is looked at, 2 any other alternate.
  public var text: String { alleles.map { String($0.rawValue) }.joined(separator: isPhased ? "|" : "/") }

  /// The number of alleles.
  public var ploidy: Int { alleles.count }
  /// How often the allele stands in it.
  public var copies: Int { alleles.count { $0 == .this } }
  /// How many alleles are known.
  public var called: Int { alleles.count { $0 != .missing } }
}
