/// Windows of a reference by their share of G and C, as Picard's CollectGcBiasMetrics counts them.
///
/// A window of 100 bases is known by its start, counted from 0. Picard's own quirks are kept: the contig's first window
/// and the last two are not counted, and a read that stands at one of them counts as one at 0 % (see
/// `Docs/picard-differences.md`).
enum GCWindows {
  /// The window's length in bases.
  static let length = 100
  /// A window with more N than this has no share.
  static let mostN = 4
  /// From 0 to 100 %.
  static let binCount = 101

  private static let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The share of G and C in percent, rounded down, of the window that starts at `start`; nil with too many N; 0 where
  /// Picard does not look.
  static func share(at start: Int, _ bases: UnsafeBufferPointer<UInt8>) -> Int? {
    guard start >= 1, start < bases.count - length, let base = bases.baseAddress else { return 0 }
    let window = UnsafeRawPointer(base + start)
    var strong = 0
    var unknown = 0
    for offset in stride(from: 0, to: 96, by: 8) {
      let letters = window.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      // C is 0x43, G 0x47: one bit apart.
      strong &+= zeroBytes((letters | 4 &* ones) ^ (0x47 &* ones))
      unknown &+= zeroBytes(letters ^ (0x4E &* ones))
    }
    for offset in 96..<100 {
      let letter = window.load(fromByteOffset: offset, as: UInt8.self)
      if letter | 4 == 0x47 { strong &+= 1 }
      if letter == 0x4E { unknown &+= 1 }
    }
    return unknown > mostN ? nil : strong
  }

  private static func zeroBytes(_ word: UInt64) -> Int {
    // Exact: no carry leaves a byte. One flag a byte is summed by a product, for counting bits takes a dozen
    // instructions on the baseline of x86-64.
    Int(truncatingIfNeeded: ((~(((word & low7) &+ low7) | word | low7) >> 7) &* ones) >> 56)
  }

  /// Adds a contig's windows to `windows`.
  static func count(_ bases: UnsafeBufferPointer<UInt8>, into windows: inout [Int]) {
    guard bases.count > length + 1 else { return }
    var strong = 0
    var unknown = 0
    for place in 1..<(1 + length) {
      strong += isStrong(bases[place])
      unknown += isUnknown(bases[place])
    }
    windows.withUnsafeMutableBufferPointer { windows in
      for start in 1..<(bases.count - length) {
        if unknown <= mostN { windows[strong] &+= 1 }
        let (leaving, entering) = (bases[start], bases[start + length])
        strong &+= isStrong(entering) &- isStrong(leaving)
        unknown &+= isUnknown(entering) &- isUnknown(leaving)
      }
    }
  }

  @inline(__always)
  private static func isStrong(_ letter: UInt8) -> Int { letter | 4 == 0x47 ? 1 : 0 }

  @inline(__always)
  private static func isUnknown(_ letter: UInt8) -> Int { letter == 0x4E ? 1 : 0 }
}
