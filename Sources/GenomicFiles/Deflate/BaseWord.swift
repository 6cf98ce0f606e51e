/// Eight bytes of text that are all A, C, G or T, as two bits a base.
enum BaseWord {
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The sixteen bits of eight bases, first base highest; nil where a byte is no base.
  @inline(__always)
  static func code(_ text: UInt64) -> UInt32? {
    // A 0x41, C 0x43, T 0x54 and G 0x47 differ in bits 1 and 2: the letter is made from those two again and compared.
    let low = (text &>> 1) & ones
    let high = (text &>> 2) & ones
    guard text == 0x41 &* ones &+ 2 &* low &+ 0x13 &* high &- 0x0F &* (low & high) else { return nil }
    let pairs = (text &>> 1) & (3 &* ones)
    // One multiplication brings the pairs of four bytes together in the highest byte.
    let gather: UInt32 = 0x4010_0401
    let first = (UInt32(truncatingIfNeeded: pairs) &* gather) &>> 24
    let second = (UInt32(truncatingIfNeeded: pairs &>> 32) &* gather) &>> 24
    return first &<< 8 | second
  }

  /// One of a quad's four bases.
  static func base(_ place: Int, ofQuad quad: Int) -> UInt8 {
    switch quad >> (6 - 2 * place) & 3 {
    case 0: UInt8(ascii: "A")
    case 1: UInt8(ascii: "C")
    case 2: UInt8(ascii: "T")
    default: UInt8(ascii: "G")
    }
  }
}
