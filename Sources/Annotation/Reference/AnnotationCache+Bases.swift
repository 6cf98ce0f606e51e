public import Genomics

extension AnnotationCache {
  /// The reference's letters in a region, in upper case; shorter where the contig ends first, none where the cache has
  /// no such contig. A contig's bases are compared with their digest the first time. Blocks.
  /// - Throws: `CacheError` of kind `damaged`.
  public func bases(of region: Region) throws(CacheError) -> [UInt8] {
    guard let contig = contigs.index(of: region.contig) else { return [] }
    try requireReference(contig)
    var letters: [UInt8] = []
    reference.copy(contig, max(0, region.start.value)..<max(0, region.end.value), into: &letters)
    return letters
  }
}
