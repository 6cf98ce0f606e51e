#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Phred scores as Java's arithmetic gives them.
enum Phred {
  /// -10 log10 of a probability, rounded half up, as htsjdk's `QualityUtil` casts it: 0 for what is not a number, -1 for
  /// a probability of 0, whose score does not fit.
  static func rounded(_ probability: Double) -> Int {
    let score = -10 * log10(probability)
    if score.isNaN { return 0 }
    if score == .infinity { return -1 }
    return Int((score + 0.5).rounded(.down))
  }
}
