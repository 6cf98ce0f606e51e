/// What looking alleles up in one source of known variants counted. Parts merge in any order to the same totals.
///
/// `allelesIn == allelesHit + allelesAbsent + allelesNotLookedUp`.
public struct KnownSourceCounts: Sendable, Equatable, Codable {
  /// Alternate alleles of the records written.
  public var allelesIn = 0
  /// Alleles that were looked up.
  public var allelesEligible = 0
  /// Alleles that the source has.
  public var allelesHit = 0
  /// Of those, alleles that the source itself filters.
  public var allelesFilteredInSource = 0
  /// Alleles that were looked up and are not there.
  public var allelesAbsent = 0
  /// Alleles that were not looked up, by why; `contig` where the source has nothing on the contig.
  public var allelesNotLookedUp: [String: Int] = [:]
  /// Alleles by contig, where the source has alleles on it.
  public var allelesOnContigsOfSource: [String: Int] = [:]
  /// Alleles by contig, where the source has none.
  public var allelesOnContigsWithout: [String: Int] = [:]
  /// Codons of missense changes that a source of classified alleles was asked for, by what lies in them.
  public var codonsLookedUp = 0
  /// Other alleles found there with the same change of the protein.
  public var allelesOfSameChange = 0
  /// Alleles found there with another missense change of the residue.
  public var allelesOfSameResidue = 0

  /// Nothing counted.
  public init() {}

  /// Whether every allele is accounted for.
  public var balances: Bool {
    allelesEligible == allelesHit + allelesAbsent
      && allelesIn == allelesEligible + allelesNotLookedUp.values.reduce(0, +)
  }

  /// Adds a part.
  public mutating func merge(_ other: KnownSourceCounts) {
    allelesIn += other.allelesIn
    allelesEligible += other.allelesEligible
    allelesHit += other.allelesHit
    allelesFilteredInSource += other.allelesFilteredInSource
    allelesAbsent += other.allelesAbsent
    allelesNotLookedUp.merge(other.allelesNotLookedUp, uniquingKeysWith: +)
    codonsLookedUp += other.codonsLookedUp
    allelesOfSameChange += other.allelesOfSameChange
    allelesOfSameResidue += other.allelesOfSameResidue
    allelesOnContigsOfSource.merge(other.allelesOnContigsOfSource, uniquingKeysWith: +)
    allelesOnContigsWithout.merge(other.allelesOnContigsWithout, uniquingKeysWith: +)
  }
}
