/// How a FASTQ file is to be read.
public struct FASTQOptions: Sendable, Hashable {
  /// How the file stores qualities. They are decoded on reading: a batch always holds Phred+33.
  public var encoding: QualityEncoding
  /// Whether mates follow each other in this one file.
  public var isInterleaved: Bool
  /// Whether sequence and quality may go over several lines. Batches hold single lines all the same.
  public var unwraps: Bool
  /// Whether a file that is read as Phred+33 is refused when its first reads show that it is not.
  public var checksEncoding: Bool
  /// Whether batches keep the undecoded bytes beside the decoded, for an output in the same encoding; only Solexa needs
  /// that, see `QualityEncoder`.
  public var keepsOriginalQualities: Bool

  /// Options; those of present-day files by default.
  public init(
    encoding: QualityEncoding = .phred33, isInterleaved: Bool = false, unwraps: Bool = false,
    checksEncoding: Bool = true, keepsOriginalQualities: Bool = false
  ) {
    self.encoding = encoding
    self.isInterleaved = isInterleaved
    self.unwraps = unwraps
    self.checksEncoding = checksEncoding
    self.keepsOriginalQualities = keepsOriginalQualities
  }
}
