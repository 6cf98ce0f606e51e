import GenomicFiles

/// A read's bases as letters, one a byte, in room that is used again for the next read.
struct ReadLetters {
  private var pairs: [UInt16] = Array(repeating: 0, count: 256)
  /// The letters two by two.
  private var room: [UInt16] = []

  /// The letters of the 4-bit codes (SAM specification, section 4.2.3).
  static let alphabet = Array("=ACMGRSVTWYHKDBN".utf8)

  init() {
    for code in 0..<256 {
      pairs[code] =
        UInt16(littleEndian: UInt16(Self.alphabet[code >> 4]) | UInt16(Self.alphabet[code & 15]) << 8)
    }
  }

  /// Gives the bases of a read to `body`.
  mutating func withLetters<T>(_ record: AlignmentRecord, _ body: (UnsafeRawBufferPointer) -> T) -> T {
    let packed = record.packedSequence
    if room.count < packed.count { room = Array(repeating: 0, count: 2 * packed.count) }
    return pairs.withUnsafeBufferPointer { pairs in
      room.withUnsafeMutableBufferPointer { room in
        for index in 0..<packed.count { room[index] = pairs[Int(packed[index])] }
        let letters = UnsafeRawBufferPointer(room)
        return body(UnsafeRawBufferPointer(rebasing: letters[0..<record.sequenceLength]))
      }
    }
  }

  /// How many of `count` bases differ.
  static func mismatches(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Int {
    let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    var same = 0
    var offset = 0
    while offset + 8 <= count {
      let word =
        a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        ^ b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      // One flag a byte, summed by a product.
      same &+= Int(
        truncatingIfNeeded: ((~(((word & low7) &+ low7) | word | low7) >> 7) &* 0x0101_0101_0101_0101) >> 56)
      offset += 8
    }
    var differing = offset &- same
    while offset < count {
      if a.load(fromByteOffset: offset, as: UInt8.self) != b.load(fromByteOffset: offset, as: UInt8.self) {
        differing &+= 1
      }
      offset += 1
    }
    return differing
  }
}
