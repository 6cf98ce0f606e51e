/// A read's bases as three bit planes, 64 bases a word, so that a word operation compares 64 bases.
///
/// Bits 1 and 2 of the ASCII letters A, C, G and T tell them apart (A 00, C 01, G 11, T 10, high bit first), and bit 3
/// is set for N alone; the first two planes are 0 where the third is set. Only reads of these five letters in upper case
/// can be put into planes (`BaseLetters.called` and `plain`). Room for one word of zeros behind the last base lets windows run over the end.
struct BasePlanes: ~Copyable {
  /// The longest read that fits.
  static let capacity = 512
  private static let words = capacity / 64 + 1

  private let storage: UnsafeMutablePointer<UInt64>
  /// Whether a base is N.
  private(set) var hasN = false

  init() {
    storage = .allocate(capacity: 3 * Self.words)
    storage.initialize(repeating: 0, count: 3 * Self.words)
  }

  deinit { storage.deallocate() }

  /// A plane: 0 and 1 are the letter's two bits, 2 is N.
  @inline(__always)
  func plane(_ index: Int) -> UnsafePointer<UInt64> { UnsafePointer(storage + index * Self.words) }

  /// Takes bases as they stand.
  /// - Precondition: no letters but A, C, G, T and N, and `count <= capacity`.
  mutating func load(_ bases: UnsafePointer<UInt8>, _ count: Int) {
    fill(count) { index, wanted in
      wanted == 8
        ? UnsafeRawPointer(bases + index).loadUnaligned(as: UInt64.self).littleEndian
        : Self.partial(bases + index, wanted)
    }
  }

  @inline(__always)
  private static func partial(_ bases: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<count { word |= UInt64(bases[index]) << UInt64(8 * index) }
    return word
  }

  @inline(__always)
  private mutating func fill(_ count: Int, _ eight: (Int, Int) -> UInt64) {
    let low = storage
    let high = storage + Self.words
    let n = storage + 2 * Self.words
    var anyN: UInt64 = 0
    var index = 0
    var word = 0
    while index < count {
      var bits: (UInt64, UInt64, UInt64) = (0, 0, 0)
      let end = min(index + 64, count)
      let start = index
      while index < end {
        let taken = min(8, end - index)
        let bytes = eight(index, taken)
        let shift = UInt64(index - start)
        bits.0 |= Self.gather(bytes >> 1) << shift
        bits.1 |= Self.gather(bytes >> 2) << shift
        bits.2 |= Self.gather(bytes >> 3) << shift
        index += taken
      }
      low[word] = bits.0 & ~bits.2
      high[word] = bits.1 & ~bits.2
      n[word] = bits.2
      anyN |= bits.2
      word += 1
    }
    low[word] = 0
    high[word] = 0
    n[word] = 0
    hasN = anyN != 0
  }

  /// Bit 0 of each byte, as the bits of one byte in the same order: the multiplication moves byte j's bit to bit 56 + j,
  /// and no two partial products meet.
  @inline(__always)
  private static func gather(_ bytes: UInt64) -> UInt64 {
    ((bytes & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
  }

  /// Bases that `window` gives at least.
  static let windowBases = 57

  /// 57 or more bits of a plane from a position on: one load from a byte, and one shift.
  @inline(__always)
  static func window(_ plane: UnsafePointer<UInt64>, at position: Int) -> UInt64 {
    UnsafeRawPointer(plane).loadUnaligned(fromByteOffset: position &>> 3, as: UInt64.self).littleEndian
      &>> UInt64(position & 7)
  }
}
