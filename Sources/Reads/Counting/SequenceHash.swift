/// A 64-bit hash of bases, the same on every machine and in every version of the state file.
///
/// Eight bytes at a time are folded by 64 × 64 → 128-bit multiplication (the construction of wyhash); the constants are
/// the fractional digits of the square roots of 2, 3, 5 and 7.
enum SequenceHash {
  private static let k0: UInt64 = 0x6A09_E667_F3BC_C909
  private static let k1: UInt64 = 0xBB67_AE85_84CA_A73B
  private static let k2: UInt64 = 0x3C6E_F372_FE94_F82B
  private static let k3: UInt64 = 0xA54F_F53A_5F1D_36F1

  @inline(__always)
  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// The hash of some bytes behind what `state` already covers.
  static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: UInt64 = 0) -> UInt64 {
    let raw = UnsafeRawPointer(bytes)
    var state = start ^ k0
    var index = 0
    while index + 16 <= count {
      let a = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let b = raw.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self).littleEndian
      state = fold(a ^ k1 ^ state, b ^ k2)
      index += 16
    }
    var tail: (UInt64, UInt64) = (0, 0)
    for position in index..<count {
      let shift = UInt64(8 * (position - index))
      if shift < 64 {
        tail.0 |= UInt64(bytes[position]) << shift
      } else {
        tail.1 |= UInt64(bytes[position]) << (shift - 64)
      }
    }
    state = fold(tail.0 ^ k1 ^ state, tail.1 ^ k3)
    return fold(state ^ UInt64(count), k2)
  }
}
