import GenomicFiles
import Genomics

/// The pseudoautosomal regions of X or Y in one file, and how they are known.
struct PseudoautosomalRanges {
  /// nil where they are not known.
  var ranges: [Range<Int>]?
  /// `digest`, `length`, or nil.
  var basis: String?

  /// By the digest of the reference's sequence, by the MD5 that the header declares of it, else by its length.
  init(_ chromosome: String?, _ name: String, _ header: SAMHeader, _ options: SampleCheckOptions) {
    guard let chromosome, ["X", "Y"].contains(chromosome), let index = header.contigs.index(of: name) else { return }
    let contig = header.contigs.contigs[index]
    if let digest = contig.digest ?? options.sequences[name] {
      let known = PseudoautosomalRegions.ranges(of: digest)
      if !known.isEmpty {
        (ranges, basis) = (known, "digest")
        return
      }
    }
    if let md5 = header.md5(ofContig: index), let entry = PseudoautosomalRegions.entry(md5: md5),
      entry.chromosome == chromosome, entry.length == contig.length
    {
      (ranges, basis) = (entry.ranges, "digest")
      return
    }
    // Also where a digest is in no table: reference sets of alignment mask Y's copies, which changes the digest and not
    // the places.
    guard let length = contig.length,
      let entry = PseudoautosomalRegions.entry(chromosome: chromosome, length: length)
    else { return }
    (ranges, basis) = (entry.ranges, "length")
  }

  /// Whether a place is known to be outside.
  func isOutside(_ position: Int) -> Bool { ranges.map { !$0.contains { $0.contains(position) } } ?? false }
}
