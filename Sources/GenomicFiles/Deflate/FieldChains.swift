/// Places of a block, by the bytes that stand there: each knows the place before it whose bytes have the same hash.
///
/// Places, and numbers of entries, are below 65,536, for a block is no longer than BGZF's.
struct FieldChains {
  /// The number of each hash's last entry; 0 for none.
  private let heads: UnsafeMutablePointer<UInt16>
  /// An entry's place, and below it the number of the entry before. Entry 0 is none.
  private let entries: UnsafeMutablePointer<UInt32>

  private static let hashBits = 13
  /// Entries, entry 0 included.
  static let capacity = 1 << 16

  init() {
    heads = .allocate(capacity: 1 << Self.hashBits)
    entries = .allocate(capacity: Self.capacity)
  }

  func deallocate() {
    heads.deallocate()
    entries.deallocate()
  }

  func reset() { heads.update(repeating: 0, count: 1 << Self.hashBits) }

  /// Files a place as the entry of the given number.
  /// - Parameter hash: its highest bits are the best.
  /// - Returns: the number of the last entry with the same hash; 0 for none.
  @inline(__always)
  func file(_ place: Int, as number: Int, _ hash: UInt64) -> Int {
    let slot = Int(truncatingIfNeeded: hash &>> UInt64(64 &- Self.hashBits))
    let before = heads[slot]
    entries[number] = UInt32(truncatingIfNeeded: place) &<< 16 | UInt32(before)
    heads[slot] = UInt16(truncatingIfNeeded: number)
    return Int(before)
  }

  /// An entry's place, and the number of the entry before.
  @inline(__always)
  subscript(_ number: Int) -> (place: Int, before: Int) {
    let entry = entries[number]
    return (Int(entry &>> 16), Int(entry & 0xFFFF))
  }
}
