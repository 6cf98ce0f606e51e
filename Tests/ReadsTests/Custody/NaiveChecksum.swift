import Reads

/// The sums of `samtools checksum`, bit by bit.
struct NaiveChecksum: Equatable {
  var reads = 0
  var sequence: UInt64 = 1
  var name: UInt64 = 1
  var quality: UInt64 = 1

  /// CRC-32 of ISO 3309 (zlib's): the polynomial 0x04C11DB7, bits reflected.
  static func crc(_ bytes: [UInt8]) -> UInt32 {
    var remainder: UInt32 = ~0
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1 }
    }
    return ~remainder
  }

  private static func product(_ a: UInt64, _ bytes: [UInt8]) -> UInt64 {
    let prime: UInt64 = 2_147_483_647
    let factor = UInt64(crc(bytes)) % (prime + 1)
    return a * (factor == 0 || factor == prime ? 1 : factor) % prime
  }

  /// - Parameter qualities: Phred scores.
  mutating func add(name: [UInt8], flag: UInt8, bases: [UInt8], qualities: [UInt8]) {
    let letters = bases.map { base in
      let upper = base >= 0x61 ? base - 0x20 : base
      if upper == UInt8(ascii: "U") { return UInt8(ascii: "T") }
      return "=ACMGRSVTWYHKDBN".utf8.contains(upper) ? upper : UInt8(ascii: "N")
    }
    reads += 1
    sequence = Self.product(sequence, [flag] + letters)
    self.name = Self.product(self.name, name + [0, flag] + letters)
    quality = Self.product(quality, [flag] + letters + qualities.map { $0 + 33 })
  }

  static func == (naive: NaiveChecksum, sum: ReadChecksum) -> Bool {
    naive.reads == sum.reads && naive.sequence == sum.sequence && naive.name == sum.name && naive.quality == sum.quality
  }
}
