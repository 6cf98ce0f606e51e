public import Genomics

/// Bases of a reference by region: a FASTA, or an annotation cache that holds the same bases.
///
/// One call at a time; a call may block.
public protocol ReferenceBases: Sendable {
  /// Names and lengths.
  var contigs: ContigDictionary { get }
  /// The bases of a region, in upper case; shorter where the contig ends first, none where it is not one of `contigs`.
  func bases(of region: Region) throws -> [UInt8]
}

extension FASTAReference: ReferenceBases {}
