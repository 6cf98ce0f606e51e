/// What telling of variants together, by haplotype, counted. Parts merge in any order to the same totals.
///
/// An allele is one called on one haplotype of one sample: a homozygous diploid genotype has two. Both balances hold:
/// `allelesIn == allelesPlaced + allelesNotPlaced`, and
/// `allelesOnTranscripts == allelesGrouped + allelesAlone + allelesNotCombined`.
public struct HaplotypeCounts: Sendable, Equatable, Codable {
  /// Records that touch a CDS, whose genotypes were read.
  public var recordsScouted = 0
  /// Genotypes of those records.
  public var genotypes = 0
  /// Alleles of those genotypes that are not the reference, missing ones among them.
  public var allelesIn = 0
  /// Alleles that lie in a CDS at least in part.
  public var allelesPlaced = 0
  /// Alleles that contribute nothing, by why.
  public var allelesNotPlaced: [String: Int] = [:]
  /// Placed alleles, once for each transcript whose CDS they lie in.
  public var allelesOnTranscripts = 0
  /// Of those, alleles told together with others.
  public var allelesGrouped = 0
  /// Alleles that share no codon or frame with another of their haplotype.
  public var allelesAlone = 0
  /// Alleles that cannot be told together with others, by why.
  public var allelesNotCombined: [String: Int] = [:]
  /// Distinct groups, each on one transcript.
  public var groups = 0
  /// Haplotypes of the groups: how often one was found.
  public var haplotypesGrouped = 0
  /// Records with a group at least.
  public var recordsGrouped = 0
  /// Records that may stand together with others, where it is not known which haplotype they are on.
  public var recordsPossiblyCompound = 0

  /// Nothing counted.
  public init() {}

  /// Whether every allele is accounted for.
  public var balances: Bool {
    allelesIn == allelesPlaced + allelesNotPlaced.values.reduce(0, +)
      && allelesOnTranscripts == allelesGrouped + allelesAlone + allelesNotCombined.values.reduce(0, +)
  }

  /// Adds a part.
  public mutating func merge(_ other: HaplotypeCounts) {
    recordsScouted += other.recordsScouted
    genotypes += other.genotypes
    allelesIn += other.allelesIn
    allelesPlaced += other.allelesPlaced
    allelesNotPlaced.merge(other.allelesNotPlaced, uniquingKeysWith: +)
    allelesOnTranscripts += other.allelesOnTranscripts
    allelesGrouped += other.allelesGrouped
    allelesAlone += other.allelesAlone
    allelesNotCombined.merge(other.allelesNotCombined, uniquingKeysWith: +)
    groups += other.groups
    haplotypesGrouped += other.haplotypesGrouped
    recordsGrouped += other.recordsGrouped
    recordsPossiblyCompound += other.recordsPossiblyCompound
  }
}
