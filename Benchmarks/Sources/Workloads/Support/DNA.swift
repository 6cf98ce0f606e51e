/// Bases as ASCII bytes, and the standard genetic code.
public enum DNA {
  /// `A`, `C`, `G`, `T` by index.
  public static let letters: [UInt8] = [65, 67, 71, 84]
  static let n: UInt8 = 78

  /// Upper case, whatever the soft mask.
  @inline(__always)
  static func upper(_ base: UInt8) -> UInt8 { base & 0xdf }

  /// Whether an upper-case byte is one of the four bases.
  @inline(__always)
  static func isBase(_ base: UInt8) -> Bool { base == 65 || base == 67 || base == 71 || base == 84 }

  /// The complement of an upper-case base; anything else is N.
  @inline(__always)
  public static func complement(_ base: UInt8) -> UInt8 {
    switch base {
    case 65: 84
    case 67: 71
    case 71: 67
    case 84: 65
    default: 78
    }
  }

  /// The reverse complement of upper-case bases.
  public static func reverseComplement(_ bases: some BidirectionalCollection<UInt8>) -> [UInt8] {
    bases.reversed().map { complement($0) }
  }

  /// A↔G, C↔T.
  static func transition(_ base: UInt8) -> UInt8 {
    switch base {
    case 65: 71
    case 71: 65
    case 67: 84
    default: 67
    }
  }

  /// 0…3 in the order A, C, G, T, or nil.
  static func index(_ base: UInt8) -> Int? {
    switch base {
    case 65: 0
    case 67: 1
    case 71: 2
    case 84: 3
    default: nil
    }
  }

  /// Amino acids of the standard code (NCBI table 1), by 16·first + 4·second + third in the order A, C, G, T.
  private static let aminoAcids: [UInt8] = Array(
    "KNKNTTTTRSRSIIMIQHQHPPPPRRRRLLLLEDEDAAAAGGGGVVVV*Y*YSSSS*CWCLFLF".utf8)

  /// The amino acid of a codon, `*` for stop, `X` where a base is not A, C, G or T.
  static func aminoAcid(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt8 {
    guard let a = index(first), let b = index(second), let c = index(third) else { return 88 }
    return aminoAcids[16 * a + 4 * b + c]
  }

  /// The protein of upper-case coding bases; an incomplete last codon is left out.
  public static func translate(_ bases: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bases.count - 2, by: 3).map { aminoAcid(bases[$0], bases[$0 + 1], bases[$0 + 2]) }
  }
}
