/// Finds earlier reads that overlap: the only matches in bases that gain anything over two bits a base.
///
/// Every eighth 12-mer is filed, every 12-mer is looked up, so that an overlap of 19 bases is always found.
struct BaseMatcher {
  static let length = 12
  /// Places are below this.
  static let reach = 1 << 20
  /// A match costs about 22 bits, as much as ten bases.
  static let shortest = 14
  private static let hashBits = 12

  /// Place, 20 bits, and the hash's lowest 12; 0 for none.
  private let table: UnsafeMutablePointer<UInt32>

  init() { table = .allocate(capacity: 1 << Self.hashBits) }

  func deallocate() { table.deallocate() }

  func reset() { table.update(repeating: 0, count: 1 << Self.hashBits) }

  @inline(__always)
  private static func hash(_ mer: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: mer & 0xFF_FFFF) &* 0x9E37_79B1 }

  /// Files a 12-mer: the last 12 bases of `mer`, two bits each.
  @inline(__always)
  func file(_ mer: UInt64, at place: Int) {
    let hash = Self.hash(mer)
    table[Int(hash &>> UInt32(32 &- Self.hashBits))] = UInt32(truncatingIfNeeded: place) &<< 12 | hash & 0xFFF
  }

  /// Where a 12-mer was last filed, most likely; nil for nowhere.
  @inline(__always)
  func place(of mer: UInt64) -> Int? {
    let hash = Self.hash(mer)
    let entry = table[Int(hash &>> UInt32(32 &- Self.hashBits))]
    return (entry ^ hash) & 0xFFF == 0 ? Int(entry &>> 12) : nil
  }
}
