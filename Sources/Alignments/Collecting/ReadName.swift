/// What mates are matched by.
enum ReadName {
  /// 64 bits of a read's name, eight bytes a step.
  static func key(_ name: UnsafeRawBufferPointer) -> UInt64 {
    let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
    var hash = UInt64(name.count) &* prime
    func mix(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: prime)
      hash = product.high ^ product.low &+ prime
    }
    var offset = 0
    while offset + 8 <= name.count {
      mix(name.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var last: UInt64 = 0
    for byte in name[offset...] { last = last << 8 | UInt64(byte) }
    mix(last)
    return hash
  }
}
