extension UnsafeRawPointer {
  /// Eight bytes, the first one lowest.
  @inline(__always)
  func word(at offset: Int) -> UInt64 { UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }

  /// Four bytes, the first one lowest.
  @inline(__always)
  func half(at offset: Int) -> UInt32 { UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }

  @inline(__always)
  func byte(at offset: Int) -> UInt8 { load(fromByteOffset: offset, as: UInt8.self) }

  /// How many bytes are the same at two places, `most` at most.
  @inline(__always)
  func common(_ first: Int, _ second: Int, most: Int) -> Int {
    var length = 0
    while length &+ 8 <= most {
      let difference = word(at: first &+ length) ^ word(at: second &+ length)
      if difference != 0 { return length &+ difference.trailingZeroBitCount &>> 3 }
      length &+= 8
    }
    while length < most, byte(at: first &+ length) == byte(at: second &+ length) { length &+= 1 }
    return length
  }

  /// How often the byte at a place is repeated, itself included, before `end`; 255 at most.
  @inline(__always)
  func run(at start: Int, end: Int) -> Int {
    let most = min(end &- start, 255)
    let first = byte(at: start)
    let pattern = UInt64(first) &* 0x0101_0101_0101_0101
    var length = 0
    while length &+ 8 <= most {
      let difference = word(at: start &+ length) ^ pattern
      if difference != 0 { return length &+ difference.trailingZeroBitCount &>> 3 }
      length &+= 8
    }
    while length < most, byte(at: start &+ length) == first { length &+= 1 }
    return length
  }
}
