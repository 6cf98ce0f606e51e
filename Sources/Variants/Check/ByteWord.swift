/// Eight bytes at once, the first one lowest.
enum ByteWord {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The highest bit of each byte that is `byte`; the lowest mark is right, those above it need not be.
  @inline(__always)
  static func places(of byte: UInt8, in word: UInt64) -> UInt64 {
    let rest = word ^ (ones &* UInt64(byte))
    return (rest &- ones) & ~rest & highs
  }

  /// The highest bit of each byte that is no digit; right up to the first byte beyond ASCII.
  @inline(__always)
  static func nonDigits(in word: UInt64) -> UInt64 {
    let rest = word ^ (ones &* 0x30)
    return ((rest &+ (ones &* 0x76)) | rest) & highs
  }

  /// Where the plain number at `at` ends: digits and, in a float, a sign before and a point inside, eight bytes at most with
  /// what ends it, a semicolon or the end of the text; nil for anything else, also for what only another look tells.
  /// - Parameters:
  ///   - end: where the text ends; what stands there, if anything, is no digit and no point.
  ///   - room: how far can be read.
  @inline(__always)
  static func plainNumberEnd(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int, room: Int, _ kind: PlainNumber) -> Int? {
    guard at &+ 9 <= room else { return nil }
    let start = kind == .signedFloat && p[at] == UInt8(ascii: "-") ? at &+ 1 : at
    let word = UInt64(littleEndian: UnsafeRawPointer(p + start).loadUnaligned(as: UInt64.self))
    var others = nonDigits(in: word)
    let first = others.trailingZeroBitCount >> 3
    // 64 bits, and so 8 bytes, where there is none.
    guard first != 0, first != 8 else { return nil }
    var stop = first
    if kind != .integer, p[start &+ first] == UInt8(ascii: ".") {
      others &= others &- 1
      stop = others.trailingZeroBitCount >> 3
      guard stop != 8, stop != first &+ 1 else { return nil }
    }
    if kind == .fraction {
      // 0 and what follows its point, or 1 and zeros.
      let digits = word & (ones &* 0x0F) & ((1 &<< UInt64(8 &* stop)) &- 1)
      guard first == 1, word & 0xFF == 0x30 || (word & 0xFF == 0x31 && digits >> 16 == 0) else { return nil }
    }
    let place = start &+ stop
    return p[place] == UInt8(ascii: ";") || place == end ? place : nil
  }

  /// Where a list of exactly `count` plain whole numbers ends, each of seven digits at most; nil for anything else, also
  /// for what only another look tells. Whole words, so that no branch depends on how many digits a number has.
  @inline(__always)
  static func plainListEnd<E: ListEnd>(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, count: Int, _: E.Type)
    -> Int?
  {
    var at = start
    var left = count
    while at &+ 8 <= end {
      let word = UInt64(littleEndian: UnsafeRawPointer(p + at).loadUnaligned(as: UInt64.self))
      var others = nonDigits(in: word)
      var from = 0
      while others != 0 {
        let place = others.trailingZeroBitCount >> 3
        guard place != from else { return nil }
        left &-= 1
        let byte = p[at &+ place]
        if left == 0 { return E.isEnd(byte) ? at &+ place : nil }
        guard byte == UInt8(ascii: ",") else { return nil }
        from = place &+ 1
        others &= others &- 1
      }
      guard from != 0 else { return nil }
      at &+= from
    }
    return nil
  }
}

/// The plain numbers that are surely good values of a key.
enum PlainNumber: UInt8, Sendable {
  case none, integer
  /// With a point or none: of either sign, without a sign, from 0 to 1.
  case signedFloat, float, fraction
}
