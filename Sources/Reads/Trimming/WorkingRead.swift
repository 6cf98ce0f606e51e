/// One read while it is trimmed: a stretch of its record's bases and qualities, borrowed from the batch.
///
/// Valid only while the batch's bytes are; nothing outside one call of the pipeline holds one.
struct WorkingRead {
  /// The first base that is left.
  private(set) var sequence: UnsafeMutablePointer<UInt8>
  /// The first base's quality, Phred + 33.
  private(set) var quality: UnsafeMutablePointer<UInt8>
  /// The bases that are left.
  private(set) var length: Int
  /// Where the first base that is left stood in the read as it came in.
  private(set) var start = 0
  /// Bases that trimming cut from the 5′ end so far; molecular identifiers are not among them.
  private(set) var frontCut = 0
  /// Whether a base or quality was changed in place.
  var isCorrected = false
  /// What letters the read came in with, at worst.
  private(set) var letters: BaseLetters
  /// Whether trimming left nothing to look at; such a read fails as too short.
  var isGone = false

  init(sequence: UnsafeMutablePointer<UInt8>, quality: UnsafeMutablePointer<UInt8>, length: Int) {
    self.sequence = sequence
    self.quality = quality
    self.length = length
    letters = BaseLetters.of(sequence, length)
  }

  /// Looks at the letters again, after bases were changed.
  mutating func lookAtLetters() { letters = BaseLetters.of(sequence, length) }

  /// Cuts bases from the 5′ end.
  @inline(__always)
  mutating func dropFirst(_ count: Int) {
    sequence += count
    quality += count
    length -= count
    start += count
    frontCut += count
  }

  /// Takes a molecular identifier off the 5′ end; at least one base is left (fastp).
  mutating func dropIdentifier(_ count: Int) {
    let cut = min(count, length - 1)
    guard cut > 0 else { return }
    sequence += cut
    quality += cut
    length -= cut
    start += cut
  }

  /// Cuts the 3′ end so that at most `count` bases are left.
  @inline(__always)
  mutating func truncate(to count: Int) { length = min(length, max(0, count)) }

  /// Cuts the 3′ end behind `count` bases, of which there are so many; gives the bases that went.
  mutating func cutBehind(_ count: Int) -> UnsafeBufferPointer<UInt8> {
    defer { truncate(to: count) }
    return UnsafeBufferPointer(start: sequence + count, count: length - count)
  }
}
