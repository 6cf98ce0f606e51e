/// Turns the Phred+33 bytes that Apus works with into those of an output's encoding.
public struct QualityEncoder: Sendable {
  /// The output's encoding.
  public let encoding: QualityEncoding
  private let table: [UInt8]
  /// The first Phred+33 byte whose score the encoding is too short for; 127 where it holds all.
  private let firstClamped: UInt8
  private let decoding: [UInt8]

  /// An encoder to the given encoding.
  public init(_ encoding: QualityEncoding) {
    self.encoding = encoding
    table = encoding.encoding.map(\.byte)
    firstClamped = (33...126).first { encoding.encoding[Int($0)].isClamped } ?? 127
    decoding = encoding.decoding
  }

  /// Whether Phred+33 bytes stay as they are.
  public var isIdentity: Bool { encoding == .phred33 }

  /// Encodes Phred+33 bytes in place.
  /// - Returns: how many scores were above the encoding's highest, 62, and became that.
  @discardableResult
  public func encode(_ quality: UnsafeMutableRawBufferPointer) -> Int {
    guard !isIdentity else { return 0 }
    var clamped = 0
    for index in quality.indices {
      clamped += quality[index] >= firstClamped ? 1 : 0
      quality[index] = table[Int(quality[index])]
    }
    return clamped
  }

  /// Encodes Phred+33 bytes in place that came from a range of a batch's bytes. Where the batch kept the original bytes
  /// (`FASTQOptions.keepsOriginalQualities`) and a score was not changed since, its original byte comes back: two Solexa
  /// scores may share one Phred score, which alone cannot tell them apart.
  /// - Precondition: `range` is as long as `quality`.
  @discardableResult
  public func encode(_ quality: UnsafeMutableRawBufferPointer, from records: FASTQRecords, _ range: Range<Int>) -> Int {
    guard !isIdentity, let originals = records.originals else { return encode(quality) }
    precondition(range.count == quality.count, "the range is that of the quality")
    var clamped = 0
    for index in quality.indices {
      let original = originals[range.lowerBound + index]
      if decoding[Int(original)] == quality[index] {
        quality[index] = original
      } else {
        clamped += quality[index] >= firstClamped ? 1 : 0
        quality[index] = table[Int(quality[index])]
      }
    }
    return clamped
  }
}
