/// The order in which a Java `HashMap` gives its keys: by bucket, in a bucket by arrival.
///
/// FastQC's tables show it: sequences of equal count are listed in this order, and sums of fractions are made in it.
/// Buckets of eight keys and more, which Java turns into trees, are not followed: with at most ¾ key a bucket they do not
/// occur in practice.
enum JavaHashOrder {
  /// The places of keys of these hash codes, which came in this order, each once.
  static func order(of hashes: [Int32]) -> [Int] {
    // The table doubles when more than three quarters are taken.
    var buckets = 16
    while hashes.count > buckets / 4 * 3 { buckets *= 2 }
    let bucketOfKey = hashes.map { hash in
      let bits = UInt32(bitPattern: hash)
      return Int(bits ^ bits >> 16) & (buckets - 1)
    }
    return hashes.indices.sorted { (bucketOfKey[$0], $0) < (bucketOfKey[$1], $1) }
  }

  /// Java's hash code of a text.
  static func hash(_ text: [UInt8]) -> Int32 {
    text.reduce(0) { hash, byte in 31 &* hash &+ Int32(byte) }
  }
}
