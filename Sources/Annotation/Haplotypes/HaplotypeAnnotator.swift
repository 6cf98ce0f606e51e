public import GenomicFiles
public import Genomics
public import Variants

/// Annotates as `ConsequenceAnnotator` does, and tells besides what variants of one haplotype do together, in `HCSQ`.
public struct HaplotypeAnnotator: VariantAnnotator {
  private let single: ConsequenceAnnotator

  /// Annotates each record as `single` does.
  public init(_ single: ConsequenceAnnotator) { self.single = single }

  /// `CSQ` and the fields of the sources, then `HCSQ` and `POSSIBLE_COMPOUND`.
  public var fields: [(key: String, headerLine: String)] {
    single.fields + [
      (HaplotypeEntry.key, HaplotypeEntry.headerLine),
      (HaplotypeEntry.possibleKey, HaplotypeEntry.possibleHeaderLine),
    ]
  }

  /// Refuses what `ConsequenceAnnotator` refuses.
  public func require(contig: String, declaredLength: Int?, at location: InputLocation) throws {
    try single.require(contig: contig, declaredLength: declaredLength, at: location)
  }

  /// Work on one run of records.
  public func begin(contig: String) -> any VariantRunAnnotator { single.begin(contig: contig) }

  /// What puts the alleles of haplotypes together.
  public func scout(for header: VCFHeader) -> (any VariantScout)? { HaplotypeScout(single.cache) }
}
