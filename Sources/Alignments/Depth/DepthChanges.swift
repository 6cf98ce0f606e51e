/// Changes of depth, by position modulo a power of two.
enum DepthChanges {
  /// The first place from `start` on, below `end`, with a change; `end` where there is none.
  ///
  /// - Parameter mask: the size of `changes` less 1. `start..<end` is no longer than `changes`.
  @inline(__always)
  static func next(
    in changes: UnsafeMutableBufferPointer<Int32>, from start: Int, to end: Int, mask: Int
  ) -> Int {
    guard let base = changes.baseAddress else { return end }
    var place = start
    // Eight at once where they do not wrap: most bases of a genome change nothing.
    while place &+ 8 <= end {
      let slot = place & mask
      guard slot &+ 8 <= mask &+ 1 else { break }
      let words = UnsafeRawPointer(base + slot)
      let any =
        words.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        | words.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        | words.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        | words.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
      if any != 0 { break }
      place &+= 8
    }
    while place < end, base[place & mask] == 0 { place &+= 1 }
    return place
  }
}
