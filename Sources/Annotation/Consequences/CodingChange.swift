/// The codons that an allele touches, before and after, on the transcript's strand.
struct CodingChange {
  /// Whole codons of the reference; empty for an insertion between two codons.
  var referenceCodons: [UInt8]
  /// What stands in their place.
  var alternateCodons: [UInt8]
  /// The changed bases in `referenceCodons` and in `alternateCodons`.
  var referenceChanged: Range<Int>
  var alternateChanged: Range<Int>
  var referencePeptide: [UInt8]
  var alternatePeptide: [UInt8]
}
