/// Twelve bits that name an allele at its place. REF is the reference's own bases, so its length alone is told.
///
/// | code | allele, in VCF's normalised form |
/// | --- | --- |
/// | 0 to 339 | as many bases as REF has, 1 to 4: 4 + 16 + 64 + 256 |
/// | 340 to 1703 | 1 to 5 bases inserted behind the anchor: 4 + 16 + 64 + 256 + 1024 |
/// | 1704 to 4094 | 1 to 2,391 bases deleted behind the anchor |
/// | 4095 | anything else: told in the chunk's list of long alleles |
enum AlleleCode {
  /// Bits of a code.
  static let bits: UInt32 = 12
  /// The allele does not fit the code.
  static let long: UInt32 = 4095
  private static let firstInsertion: UInt32 = 340
  private static let firstDeletion: UInt32 = 1704

  /// The code of an allele.
  /// - Parameters:
  ///   - anchor: the reference's base at the place, in upper case.
  ///   - alternate: bases in upper case.
  /// - Returns: nil where ALT has other letters than A, C, G and T.
  @inline(__always)
  static func code(referenceLength: Int, anchor: UInt8, alternate: UnsafeRawBufferPointer) -> UInt32? {
    if referenceLength == alternate.count, referenceLength <= 4 { return word(alternate) }
    for base in alternate where digit(base) == nil { return nil }
    guard let first = alternate.first, first == anchor else { return long }
    if referenceLength == 1, alternate.count <= 6 {
      return word(UnsafeRawBufferPointer(rebasing: alternate[1...])).map { firstInsertion + $0 }
    }
    let deleted = UInt32(clamping: referenceLength - 1)
    return alternate.count == 1 && deleted > 0 && deleted <= long - firstDeletion ? firstDeletion + deleted - 1 : long
  }

  /// What a code says of its allele.
  enum Change: Equatable {
    /// ALT in full; REF has as many bases.
    case substitution([UInt8])
    /// What is inserted behind the anchor.
    case insertion([UInt8])
    /// How many bases behind the anchor are deleted.
    case deletion(Int)
    /// Told in the chunk's list.
    case long
  }

  /// What a code of twelve bits says.
  static func change(_ code: UInt32) -> Change {
    if let alternate = substitution(code) { return .substitution(alternate) }
    if code < firstDeletion { return .insertion(letters(code - firstInsertion)) }
    return code < long ? .deletion(Int(code - firstDeletion) + 1) : .long
  }

  /// ALT of the code of a substitution; nil for any other.
  static func substitution(_ code: UInt32) -> [UInt8]? { code < firstInsertion ? letters(code) : nil }

  /// The letters of a word's number.
  private static func letters(_ word: UInt32) -> [UInt8] {
    var rest = word
    var count = 1
    while rest >= 1 << UInt32(2 * count) {
      rest -= 1 << UInt32(2 * count)
      count += 1
    }
    return (0..<count).map { place in
      // The letters A, C, G and T, the first in the lowest byte.
      UInt8(truncatingIfNeeded: (0x5447_4341 as UInt32) >> ((rest >> UInt32(2 * (count - 1 - place)) & 3) * 8))
    }
  }

  /// Words of one to five letters, numbered by length, then by letters.
  @inline(__always)
  private static func word(_ bases: UnsafeRawBufferPointer) -> UInt32? {
    var value: UInt32 = 0
    var shorter: UInt32 = 0
    for base in bases {
      guard let digit = digit(base) else { return nil }
      shorter = 4 * shorter + 4
      value = 4 * value + digit
    }
    // 4 + 16 + … of the shorter words.
    return (shorter - 4) / 4 + value
  }

  @inline(__always)
  private static func digit(_ base: UInt8) -> UInt32? {
    switch base {
    case UInt8(ascii: "A"): 0
    case UInt8(ascii: "C"): 1
    case UInt8(ascii: "G"): 2
    case UInt8(ascii: "T"): 3
    default: nil
    }
  }
}
