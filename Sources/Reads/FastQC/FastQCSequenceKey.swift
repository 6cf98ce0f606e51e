/// The bases that FastQC knows a read by: the first 50 of a read over 75 bases, all of a shorter one, in upper case.
///
/// Kept as 64-bit words whose bit 5 is cleared in every byte: that folds the case of letters, and the three signs that a
/// sequence may hold besides (`.`, `-`, `*`) stay apart from each other and from letters.
struct FastQCSequenceKey {
  /// Words of the longest key.
  static let words = 10
  static let longest = 75

  /// Nil only where the length is 0.
  private let bases: UnsafeRawPointer?
  /// At most `longest`.
  let length: Int

  @inline(__always)
  init(_ sequence: UnsafeRawBufferPointer) {
    bases = sequence.baseAddress
    length = sequence.count > Self.longest ? 50 : sequence.count
  }

  @inline(__always)
  private static var fold: UInt64 { 0xDFDF_DFDF_DFDF_DFDF }

  @inline(__always)
  var wordCount: Int { (length + 7) / 8 }

  /// Eight bases; the last word is filled with zeros.
  @inline(__always)
  func word(_ index: Int) -> UInt64 {
    guard let bases else { return 0 }
    let left = length - 8 * index
    if left >= 8 {
      return UInt64(littleEndian: bases.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)) & Self.fold
    }
    // The read's last eight bytes, without those of the word before.
    if length >= 8 {
      let last = UInt64(littleEndian: bases.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self))
      return (last & Self.fold) >> UInt64(8 * (8 - left))
    }
    return (0..<left).reduce(0) { word, byte in
      word | UInt64(bases.load(fromByteOffset: byte, as: UInt8.self)) << UInt64(8 * byte)
    } & Self.fold
  }

  /// Multiply and fold by word: few reads share 32 bits of it.
  @inline(__always)
  var hash: UInt64 {
    var hash = UInt64(length) &* 0x9E37_79B9_7F4A_7C15
    for index in 0..<wordCount {
      let product = (hash ^ word(index)).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      hash = product.low ^ product.high
    }
    return hash
  }
}
