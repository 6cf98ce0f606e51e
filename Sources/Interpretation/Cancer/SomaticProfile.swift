/// Which calls count as somatic, and what is made of them: data, which every result names.
public struct SomaticProfile: Sendable, Hashable {
  /// Where a rule is from, in words, and how well: `SourceMark`.
  public struct Origin: Sendable, Hashable, Codable {
    /// The source in words.
    public var source: String
    /// C, M, A, N or P.
    public var mark: String
  }

  /// What a call must be to count. nil: not asked.
  public struct Somatic: Sendable, Hashable, Codable {
    /// Whether FILTER has to be PASS.
    public var requirePass: Bool
    /// The types that count.
    public var types: [SomaticType]
    /// Alleles as long as this, in bases, or longer are not small.
    public var longest: Int
    /// The least fraction in the tumour.
    public var minimumFraction: Double?
    /// The least depth in the tumour.
    public var minimumDepth: Int?
    /// The fewest reads of the allele in the tumour.
    public var minimumAlternateReads: Int?
    /// The greatest fraction in the normal.
    public var maximumNormalFraction: Double?
    /// The least FORMAT SQ of DRAGEN; not asked of others.
    public var minimumSomaticQuality: Double?
  }

  /// What was sequenced: it decides by what the burden may be divided.
  public enum Assay: String, Sendable, Hashable, Codable, CaseIterable {
    case genome, exome, panel
  }

  /// What burden counts, and by what it divides.
  public struct Burden: Sendable, Hashable {
    /// Terms of the Sequence Ontology that make a variant non-synonymous.
    public var terms: [String]
    /// Terms whose variants are listed beside those, and not counted.
    public var reported: [String]
    /// Chromosomes by their plain names.
    public var chromosomes: Set<String>
    /// What was sequenced.
    public var assay: Assay
    /// The coding length of the whole genome, in megabases.
    public var codingMegabases: Double
    /// The bases that were callable, where the user tells them; needed unless the whole genome was sequenced.
    public var callableSize: Int?
  }

  /// How signatures are fitted.
  public struct Signatures: Sendable, Hashable, Codable {
    /// Fewer single-base substitutions are not fitted.
    public var leastVariants: Int
    /// A fit of less cosine similarity is not told.
    public var leastCosine: Double
    /// How much cosine similarity a signature may cost at most to be dropped, in the sparse mode.
    public var sparseCosineDrop: Double
    /// Replicates of the bootstrap.
    public var replicates: Int
    /// The bootstrap's seed.
    public var seed: Int
    /// How much of the bootstrap's replicates an interval holds, over all planted exposures together.
    public var coverage: Double
  }

  /// How purity is estimated.
  public struct Purity: Sendable, Hashable, Codable {
    /// Fewer variants tell nothing.
    public var leastVariants: Int
    /// Variants of less depth are left out.
    public var leastDepth: Int
    /// The standard deviation of the kernel.
    public var bandwidth: Double
    /// How far a peak must stand above its surroundings, as a share of the highest.
    public var prominence: Double
    /// A clonal heterozygous peak is not above this.
    public var highestPeak: Double
    /// Nor below this.
    public var lowestPeak: Double
    /// A wider interval of purity tells nothing.
    public var widestInterval: Double
    /// Replicates of the bootstrap.
    public var replicates: Int
    /// The bootstrap's seed.
    public var seed: Int
    /// How much of the replicates the interval holds.
    public var coverage: Double
  }

  /// The limits of the case summary's warnings, as fractions.
  public struct Warnings: Sendable, Hashable, Codable {
    /// Where the range that is warned of begins.
    public var contaminationLow: Double
    /// Where it ends.
    public var contaminationHigh: Double
    /// Less tumour content is warned of.
    public var tumourContent: Double
    /// Fractions below this are low.
    public var lowFraction: Double
    /// A larger share of low fractions is warned of.
    public var lowFractionShare: Double
    /// A smaller mean depth of the normal is warned of, in reads.
    public var normalMeanDepth: Double
    /// A smaller share of the normal's bases with 15 reads is warned of.
    public var normalShareAt15: Double
  }

  /// When tumour and normal look exchanged.
  public struct Swap: Sendable, Hashable, Codable {
    /// Fewer variants with reads in both tell nothing.
    public var leastVariants: Int
    /// The share of them that has more in the normal.
    public var share: Double
  }

  /// The profile's name.
  public var id: String
  /// In words.
  public var title: String
  /// Its own version.
  public var release: String
  /// SHA-256 of the file.
  public var digest: String
  /// What a call must be to count.
  public var somatic: Somatic
  /// What burden counts.
  public var burden: Burden
  /// How signatures are fitted.
  public var signatures: Signatures
  /// How purity is estimated.
  public var purity: Purity
  /// The case summary's limits.
  public var warnings: Warnings
  /// When samples look exchanged.
  public var swap: Swap
  /// Where each section is from.
  public var origins: [String: Origin]
}

/// Types of small somatic variants, by the bases that are left when those that REF and ALT share are cut off.
public enum SomaticType: String, Sendable, Hashable, Codable, CaseIterable {
  /// One base for another.
  case snv
  /// Several bases for as many.
  case mnv
  /// Bases put in, or taken out.
  case indel
  /// Bases for another number of bases.
  case delins

  /// Its number, counted from 0 in the order of `allCases`.
  @inline(__always)
  var place: Int {
    switch self {
    case .snv: 0
    case .mnv: 1
    case .indel: 2
    case .delins: 3
    }
  }

  /// A bit of its own.
  @inline(__always)
  var bit: UInt8 { 1 << UInt8(place) }
}
