/// The bytes of one chunk of a source: the known alleles of 2^20 bases of a contig, in columns. Little endian; every
/// part starts at a multiple of four.
///
///     head      rows u32, long alleles u32, fields u32, 0
///     fields    a field: encoding u32, width u32 (bytes a row), place u32 (in the chunk), strings u32
///     buckets   257 u32: the first row of each stretch of 4,096 bases, and the number of rows
///     keys      a row: place in the chunk (20 bits) and code (12 bits), ascending
///     long      a long allele, by row: row, bases of REF, place and length of ALT in `text`
///     columns   a field: see `KnownEncoding`
///     text      ALT of long alleles
enum KnownChunkLayout {
  /// Bits of a place in a chunk.
  static let placeBits = 20
  /// Bits of a place in a bucket.
  static let bucketBits = 12
  static let buckets = 1 << (placeBits - bucketBits)
  static let head = 16
  static let field = 16
  static let longAllele = 16

  /// Rounds up to a multiple of four.
  static func padded(_ count: Int) -> Int { (count + 3) & ~3 }
}

/// How a field's column is written in one chunk.
enum KnownEncoding: UInt32 {
  /// No row has a value.
  case none = 0
  /// Strings, then a code a row: 0 for none, else the string's number from 1. Strings are their ends (u32 each), then
  /// their letters.
  case strings = 1
  /// A prefix that all values share (as one string), then a number a row: 0 for none, else the number and one.
  case numbers = 2
}
