/// Tells at little cost which reads may hold one of FastQC's adapters.
///
/// Wherever an adapter of twelve bases begins, eight of its bases begin at a place of the read that is a multiple of four:
/// only there is looked, four bases (two bits each) at a time, for the 20 parts of eight bases that adapters have. One
/// read in a hundred of 150 bases has such a part by chance.
struct FastQCAdapterFilter: Sendable, Equatable {
  /// Bases of a word.
  private static let wordBases = 4
  /// Bases that are looked at together, a multiple of eight.
  private static let stretch = 512

  /// By the code of four bases: low half, a bit for each part that begins with them; high half, one for each part that
  /// ends with them.
  private let parts: [UInt64]

  init() {
    var parts = [UInt64](repeating: 0, count: 256)
    var bit: UInt64 = 1
    for adapter in FastQCAdapters.all {
      for start in 0..<Self.wordBases {
        parts[Self.code(adapter.bases, start)] |= bit
        parts[Self.code(adapter.bases, start + Self.wordBases)] |= bit << 32
        bit <<= 1
      }
    }
    self.parts = parts
  }

  private static func code(_ bases: StaticString, _ start: Int) -> Int {
    Int(
      truncatingIfNeeded: codes(
        (0..<wordBases).reduce(0) { $0 | UInt64(bases.utf8Start[start + $1]) << UInt64(8 * $1) }))
      & 0xFF
  }

  /// Calls `body` with the stretches of a read that may hold an adapter. They overlap by so much that an adapter lies whole
  /// in one.
  @inline(__always)
  func withCandidates(in sequence: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
    guard sequence.count >= FastQCAdapters.length, let base = sequence.baseAddress else { return }
    parts.withUnsafeBufferPointer { parts in
      // Each stretch begins where the last had no room for a whole adapter.
      var start = 0
      while start + FastQCAdapters.length <= sequence.count {
        let count = min(Self.stretch, sequence.count - start)
        if Self.hasPart(base + start, count, parts) { body(start..<start + count) }
        start += count - FastQCAdapters.length + 1
      }
    }
  }

  @inline(__always)
  private static func hasPart(_ bases: UnsafeRawPointer, _ count: Int, _ parts: UnsafeBufferPointer<UInt64>) -> Bool {
    var before: UInt64 = 0
    var found: UInt64 = 0
    var place = 0
    while place &+ 8 <= count {
      let codes = codes(bases.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
      let first = parts[Int(truncatingIfNeeded: codes) & 0xFF]
      let second = parts[Int(truncatingIfNeeded: codes &>> 32)]
      found |= (before & first &>> 32) | (first & second &>> 32)
      before = second
      place &+= 8
    }
    if place &+ wordBases <= count {
      let last = bases.loadUnaligned(fromByteOffset: place, as: UInt32.self).littleEndian
      found |= before & parts[Int(truncatingIfNeeded: codes(UInt64(last))) & 0xFF] &>> 32
    }
    return found & 0xFFFF_FFFF != 0
  }

  /// The codes of the first and the last four of eight bases, in the lowest byte and in the upper half: two bits a base, the
  /// first lowest, which bits 1 and 2 of the letters are.
  @inline(__always)
  private static func codes(_ eight: UInt64) -> UInt64 {
    // Each base goes to the byte of the last of its four; no two of these products meet.
    ((eight &>> 1 & 0x0303_0303_0303_0303) &* 0x0104_1040) &>> 24 & 0xFF_0000_00FF
  }
}
