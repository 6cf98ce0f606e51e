public import GenomicFiles
public import Genomics

// The cache holds the whole reference, so that normalising needs no FASTA.
extension AnnotationCache: ReferenceBases {
  /// The bases of a region, in upper case; shorter where the contig ends first. The contig's bases are compared with
  /// their digest when it comes first.
  /// - Throws: `CacheError` of kind `damaged`.
  public func bases(of region: Region) throws -> [UInt8] {
    guard let contig = contigs.index(of: region.contig) else { return [] }
    try requireReference(contig)
    return reference.letters(contig, region.start.value..<region.end.value)
  }
}
