#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a FASTQ file stores its qualities (Cock et al. 2010, Nucleic Acids Research 38:1767, table 1).
///
/// Inside Apus qualities are always Phred+33: the reader decodes, `QualityEncoder` encodes.
public enum QualityEncoding: String, Sendable, Hashable, CaseIterable, Codable {
  /// Phred scores 0 to 93 as `!` to `~`: Sanger, Illumina 1.8 and later, every present-day instrument.
  case phred33 = "33"
  /// Phred scores 0 to 62 as `@` to `~`: Illumina 1.3 to 1.7.
  case phred64 = "64"
  /// Solexa scores −5 to 62 as `;` to `~`: Solexa and Illumina before 1.3. They are logarithms of the odds, not of the
  /// probability, of an error, so that only the higher ones equal Phred scores.
  case solexa

  /// The bytes that a quality may have.
  public var bytes: ClosedRange<UInt8> {
    switch self {
    case .phred33: 33...126
    case .phred64: 64...126
    case .solexa: 59...126
    }
  }

  /// The name for people.
  public var title: String {
    switch self {
    case .phred33: "Phred+33"
    case .phred64: "Phred+64"
    case .solexa: "Solexa"
    }
  }

  /// The Phred+33 byte of each byte of this encoding; 0 for bytes that it does not have.
  var decoding: [UInt8] { Self.decodings[index] }

  /// The byte of this encoding for each Phred+33 byte, and whether the score had to be clamped to fit.
  var encoding: [(byte: UInt8, isClamped: Bool)] { Self.encodings[index] }

  private var index: Int {
    switch self {
    case .phred33: 0
    case .phred64: 1
    case .solexa: 2
    }
  }

  private static let decodings = [Self.phred33, .phred64, .solexa].map { encoding in
    (0...UInt8.max).map { byte in
      encoding.bytes.contains(byte) ? UInt8(33 + encoding.phred(ofScore: encoding.score(of: byte))) : 0
    }
  }

  private static let encodings = [Self.phred33, .phred64, .solexa].map { encoding in
    (0...UInt8.max).map { byte -> (byte: UInt8, isClamped: Bool) in
      let score = encoding.score(ofPhred: max(0, Int(byte) - 33))
      let limits = encoding.score(of: encoding.bytes.lowerBound)...encoding.score(of: encoding.bytes.upperBound)
      let kept = min(max(score, limits.lowerBound), limits.upperBound)
      return (UInt8(kept + encoding.zero), kept != score)
    }
  }

  /// The byte of a score of 0.
  private var zero: Int { self == .phred33 ? 33 : 64 }

  private func score(of byte: UInt8) -> Int { Int(byte) - zero }

  /// The nearest Phred score: 10 log10(10^(Q/10) + 1) for a Solexa score Q (Cock et al. 2010, equation 3).
  private func phred(ofScore score: Int) -> Int {
    guard self == .solexa else { return score }
    return Int((10 * log10(pow(10, Double(score) / 10) + 1)).rounded())
  }

  /// The nearest score for a Phred score: 10 log10(10^(Q/10) − 1) for Solexa (Cock et al. 2010, equation 2), which has
  /// no value for 0; −5, the lowest Solexa score, stands for that and for anything lower.
  private func score(ofPhred phred: Int) -> Int {
    guard self == .solexa else { return phred }
    guard phred > 0 else { return -5 }
    return max(-5, Int((10 * log10(pow(10, Double(phred) / 10) - 1)).rounded()))
  }
}
