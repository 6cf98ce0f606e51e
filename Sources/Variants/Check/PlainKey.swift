/// A key of INFO whose values are mostly a plain number, with the equals sign behind it, in two words: `DP=`.
///
/// Nearly all entries of nearly all files are such; they are told by one look each. What is not goes the long way.
struct PlainKey: Sendable {
  private let word: UInt64
  /// Which bits of the word are the key's.
  private let mask: UInt64
  /// The next eight bytes.
  private let secondWord: UInt64
  private let secondMask: UInt64
  /// Bytes, with the equals sign.
  let length: Int
  let number: PlainNumber
  /// Whether one value is right only where the record has one alternate.
  let isForEachAlternate: Bool

  /// How many bytes are read from where a key may stand, with its number.
  static let reach = 32

  init(_ key: String, _ traits: FieldTraits) {
    let bytes = Array(key.utf8) + [UInt8(ascii: "=")]
    length = bytes.count
    isForEachAlternate = traits.isForEachAlternate
    guard bytes.count <= 16, traits.plain != .none else {
      // No text has these bytes.
      (word, mask, secondWord, secondMask, number) = (.max, .max, .max, .max, .none)
      return
    }
    number = traits.plain
    (word, mask) = Self.word(bytes.prefix(8))
    (secondWord, secondMask) = Self.word(bytes.dropFirst(8))
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> (word: UInt64, mask: UInt64) {
    var (word, mask): (UInt64, UInt64) = (0, 0)
    for (index, byte) in bytes.enumerated() {
      word |= UInt64(byte) << (8 * UInt64(index))
      mask |= 0xFF << (8 * UInt64(index))
    }
    return (word, mask)
  }

  /// Whether sixteen bytes, the first one lowest, begin with it.
  @inline(__always)
  func begins(_ first: UInt64, _ second: UInt64) -> Bool {
    ((first & mask) ^ word) | ((second & secondMask) ^ secondWord) == 0
  }
}
