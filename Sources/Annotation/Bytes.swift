extension [UInt8] {
  /// Appends bytes as one copy: as a raw buffer they would be appended one by one.
  @inline(__always)
  mutating func append(bytes: UnsafeRawBufferPointer) {
    append(
      contentsOf: UnsafeBufferPointer(start: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    )
  }

  /// Appends zeros up to a multiple of four.
  mutating func pad() { while count & 3 != 0 { append(0) } }

  /// Writes a number, little endian, over bytes that are there.
  mutating func replace(at place: Int, with value: UInt32) {
    for byte in 0..<4 { self[place + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(byte))) }
  }
}

extension UnsafeRawBufferPointer {
  /// A number of 32 bits, little endian.
  @inline(__always)
  func u32(at offset: Int) -> Int { Int(littleEndian(UInt32.self, at: offset)) }
}
