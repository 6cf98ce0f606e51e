/// Base qualities against thresholds, eight at a time, as bits: bit `i` of the words is the base `i` of a block.
enum QualityMasks {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// Words for so many bits.
  @inline(__always)
  static func words(_ count: Int) -> Int { (count &+ 63) >> 6 }

  /// 0x80 in each byte whose quality is `threshold` or more; qualities from 128 on (absent ones) never are.
  @inline(__always)
  static func atLeast(_ threshold: UInt64, _ qualities: UInt64) -> UInt64 {
    ((qualities & low7) &+ (128 &- threshold) &* ones) & ~qualities & high
  }

  /// The high bits of eight bytes, the first byte's in bit 0.
  @inline(__always)
  static func gather(_ bytes: UInt64) -> UInt64 { ((bytes >> 7) &* 0x0102_0408_1020_4080) >> 56 }

  /// How many of the high bits of eight bytes are set, no other being set.
  @inline(__always)
  static func count(_ bytes: UInt64) -> Int { Int(truncatingIfNeeded: ((bytes >> 7) &* ones) >> 56) }

  /// Eight bytes, or those that are there, the others 0.
  @inline(__always)
  static func load(_ bytes: UnsafeRawPointer, _ offset: Int, of count: Int) -> UInt64 {
    if offset &+ 8 <= count {
      return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    var word: UInt64 = 0
    for place in offset..<count {
      word |= UInt64(bytes.load(fromByteOffset: place, as: UInt8.self)) << UInt64(8 &* (place &- offset))
    }
    return word
  }

  /// Sets the bits of bases with quality 20 or more, and with 30 or more. All words are written.
  @inline(__always)
  static func fill(
    _ qualities: UnsafeRawPointer, _ count: Int, q20: UnsafeMutablePointer<UInt64>, q30: UnsafeMutablePointer<UInt64>
  ) {
    var offset = 0
    for word in 0..<words(count) {
      var bits20: UInt64 = 0
      var bits30: UInt64 = 0
      var shift: UInt64 = 0
      while shift < 64, offset < count {
        let bytes = load(qualities, offset, of: count)
        bits20 |= gather(atLeast(20, bytes)) << shift
        bits30 |= gather(atLeast(30, bytes)) << shift
        shift &+= 8
        offset &+= 8
      }
      q20[word] = bits20
      q30[word] = bits30
    }
  }

  /// Adds 1 to the cell of each base whose quality is more than 2 and counts every quality; cells must not be near 255.
  /// Cells up to seven behind the last are written unchanged.
  @inline(__always)
  static func tally(
    _ qualities: UnsafeRawPointer, _ count: Int, cells: UnsafeMutableRawPointer, histogram: UnsafeMutablePointer<Int>
  ) {
    var offset = 0
    while offset &+ 8 <= count {
      let bytes = qualities.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let old = cells.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      cells.storeBytes(of: old &+ atLeast(3, bytes) >> 7, toByteOffset: offset, as: UInt64.self)
      // Four histograms in turn: equal qualities stand side by side and would wait for each other.
      histogram[Int(bytes & 0xFF)] &+= 1
      histogram[Int(bytes >> 8 & 0xFF) &+ 256] &+= 1
      histogram[Int(bytes >> 16 & 0xFF) &+ 512] &+= 1
      histogram[Int(bytes >> 24 & 0xFF) &+ 768] &+= 1
      histogram[Int(bytes >> 32 & 0xFF)] &+= 1
      histogram[Int(bytes >> 40 & 0xFF) &+ 256] &+= 1
      histogram[Int(bytes >> 48 & 0xFF) &+ 512] &+= 1
      histogram[Int(bytes >> 56) &+ 768] &+= 1
      offset &+= 8
    }
    while offset < count {
      let quality = qualities.load(fromByteOffset: offset, as: UInt8.self)
      if quality > 2, quality < 128 {
        cells.storeBytes(
          of: cells.load(fromByteOffset: offset, as: UInt8.self) &+ 1, toByteOffset: offset, as: UInt8.self)
      }
      histogram[Int(quality)] &+= 1
      offset &+= 1
    }
  }
}
