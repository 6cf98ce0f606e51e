/// The symbol of a match's length or distance, and the bits that follow it (RFC 1951, section 3.2.5).
struct DeflateSymbol {
  /// Within its alphabet; lengths start behind `firstLength`.
  let symbol: Int
  let extraBits: Int
  let extra: Int

  static let endOfBlock = 256
  static let firstLength = 257
  /// Literals, end of block and lengths.
  static let literals = 286
  static let distances = 30

  /// A match's length, 3 to 258.
  @inline(__always)
  init(length: Int) {
    if length == 258 {
      // 258 has a code of its own, without extra bits.
      self.init(symbol: 28, extraBits: 0, extra: 0)
      return
    }
    let value = length &- 3
    let bits = value < 8 ? 0 : 61 &- value.leadingZeroBitCount
    self.init(symbol: (bits &<< 2) &+ (value &>> bits), extraBits: bits, extra: value & ((1 &<< bits) &- 1))
  }

  /// A match's distance, 1 to 32,768.
  @inline(__always)
  init(distance: Int) {
    let value = distance &- 1
    let bits = value < 4 ? 0 : 62 &- value.leadingZeroBitCount
    self.init(symbol: (bits &<< 1) &+ (value &>> bits), extraBits: bits, extra: value & ((1 &<< bits) &- 1))
  }

  @inline(__always)
  private init(symbol: Int, extraBits: Int, extra: Int) {
    self.symbol = symbol
    self.extraBits = extraBits
    self.extra = extra
  }

  /// The bits behind a length's symbol.
  static func extraBits(ofLengthSymbol symbol: Int) -> Int { symbol < 8 || symbol == 28 ? 0 : symbol / 4 - 1 }

  /// The bits behind a distance's symbol.
  static func extraBits(ofDistanceSymbol symbol: Int) -> Int { symbol < 4 ? 0 : symbol / 2 - 1 }
}
