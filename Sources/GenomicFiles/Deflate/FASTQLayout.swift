/// Where FASTQ's lines are in a block that may begin and end anywhere.
enum FASTQLayout {
  /// Bases at a line's start that make it a sequence.
  static let leastBases = 16
  private static let lineFeed = UInt8(ascii: "\n")

  /// The line feed at or behind a place; `count` without one.
  @inline(__always)
  static func lineEnd(_ text: UnsafeRawPointer, from start: Int, count: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let pattern = UInt64(lineFeed) &* ones
    var place = start
    while place &+ 8 <= count {
      let difference = text.word(at: place) ^ pattern
      let zeros = (difference &- ones) & ~difference & (0x80 &* ones)
      if zeros != 0 { return place &+ zeros.trailingZeroBitCount &>> 3 }
      place &+= 8
    }
    while place < count, text.byte(at: place) != lineFeed { place &+= 1 }
    return place
  }

  /// Whether a line of sixteen bases or more begins here.
  @inline(__always)
  static func isSequence(_ text: UnsafeRawPointer, at start: Int, count: Int) -> Bool {
    start &+ leastBases <= count && BaseWord.code(text.word(at: start)) != nil
      && BaseWord.code(text.word(at: start &+ 8)) != nil
  }

  /// The beginning of the next sequence line behind a place; `count` without one.
  static func nextSequence(_ text: UnsafeRawPointer, after start: Int, count: Int) -> Int {
    var line = start
    while true {
      let end = lineEnd(text, from: line, count: count)
      guard end < count else { return count }
      // What follows the separator are qualities, even where they look like bases.
      if text.byte(at: line) != UInt8(ascii: "+"), isSequence(text, at: end + 1, count: count) { return end + 1 }
      line = end + 1
      if line >= count { return count }
    }
  }

  /// Whether a block is FASTQ whose qualities come in runs: the share of quality bytes that differ from the one before is
  /// a quarter at most, in the block's first records.
  ///
  /// Qualities of 4 bins have a share of 0.05 to 0.1, of 8 bins 0.2 to 0.3, of 40 levels 0.5 to 0.6. Above a quarter,
  /// literals of bases and qualities spoil each other's codes, and libdeflate's short matches are smaller.
  static func hasBinnedQualities(_ block: UnsafeRawBufferPointer) -> Bool {
    guard let text = block.baseAddress else { return false }
    let count = block.count
    var bytes = 0
    var changes = 0
    var records = 0
    var line = isSequence(text, at: 0, count: count) ? 0 : nextSequence(text, after: 0, count: count)
    while records < 24, line < count {
      let separator = lineEnd(text, from: line, count: count) + 1
      guard separator < count, text.byte(at: separator) == UInt8(ascii: "+") else { break }
      let qualities = lineEnd(text, from: separator, count: count) + 1
      guard qualities < count else { break }
      let end = lineEnd(text, from: qualities, count: count)
      for place in (qualities + 1)..<max(end, qualities + 1) where text.byte(at: place) != text.byte(at: place - 1) {
        changes += 1
      }
      bytes += end - qualities
      records += 1
      guard end < count else { break }
      line = nextSequence(text, after: end, count: count)
    }
    return bytes > 0 && 4 * changes <= bytes
  }
}
