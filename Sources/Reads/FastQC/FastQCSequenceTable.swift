/// Distinct sequences by number, in the order in which they came. Grows while one owner has it; once it is full it is
/// only read, by any number of threads.
struct FastQCSequenceTable: Sendable, Equatable {
  /// FastQC follows this many distinct sequences.
  static let limit = 100_000

  private static let slots = 1 << 18
  /// The words of each sequence.
  private(set) var words: [UInt64] = []
  /// The length of each sequence, in bases.
  private(set) var lengths: [UInt8] = []
  /// By hash: 17 bits number of the sequence plus one, 15 bits of the hash; 0 where free.
  private var index = [UInt32](repeating: 0, count: slots)
  /// A bit for each sequence, by other bits of its hash: small enough to stay near, and most reads that are not in the
  /// table find theirs unset.
  private var marks = [UInt64](repeating: 0, count: markBits / 64)
  private static let markBits = 1 << 20

  /// Sequences.
  var count: Int { lengths.count }

  var isFull: Bool { count == Self.limit }

  /// The number of a sequence, or nil.
  @inline(__always)
  func find(_ key: FastQCSequenceKey) -> Int? {
    let hash = key.hash
    return mayHold(hash) ? find(key, hash) : nil
  }

  /// Whether a sequence of this hash may be there: false for nine in ten that are not.
  @inline(__always)
  func mayHold(_ hash: UInt64) -> Bool {
    let mark = Self.mark(hash)
    return marks.withUnsafeBufferPointer { $0[mark / 64] >> UInt64(mark % 64) & 1 } != 0
  }

  /// The number of a sequence whose key's hash is known, or nil.
  func find(_ key: FastQCSequenceKey, _ hash: UInt64) -> Int? {
    index.withUnsafeBufferPointer { index in
      var slot = Self.slot(hash)
      while index[slot] != 0 {
        if index[slot] >> 17 == Self.tag(hash), matches(Int(index[slot] & 0x1FFFF) - 1, key) {
          return Int(index[slot] & 0x1FFFF) - 1
        }
        slot = (slot + 1) & (Self.slots - 1)
      }
      return nil
    }
  }

  /// Adds a sequence that is not there.
  /// - Precondition: the table is not full.
  mutating func append(_ key: FastQCSequenceKey) {
    precondition(!isFull, "the table is full")
    let hash = key.hash
    var slot = Self.slot(hash)
    while index[slot] != 0 { slot = (slot + 1) & (Self.slots - 1) }
    index[slot] = Self.tag(hash) << 17 | UInt32(count + 1)
    marks[Self.mark(hash) / 64] |= 1 << UInt64(Self.mark(hash) % 64)
    for word in 0..<FastQCSequenceKey.words { words.append(word < key.wordCount ? key.word(word) : 0) }
    lengths.append(UInt8(key.length))
  }

  @inline(__always)
  private static func slot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots - 1) }

  @inline(__always)
  private static func mark(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 20) & (markBits - 1) }

  @inline(__always)
  private static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 49) }

  @inline(__always)
  private func matches(_ sequence: Int, _ key: FastQCSequenceKey) -> Bool {
    guard Int(lengths[sequence]) == key.length else { return false }
    return words.withUnsafeBufferPointer { words in
      let start = sequence * FastQCSequenceKey.words
      for word in 0..<key.wordCount where words[start + word] != key.word(word) { return false }
      return true
    }
  }

  /// The letters of a sequence.
  func letters(_ sequence: Int) -> [UInt8] {
    (0..<Int(lengths[sequence])).map { place in
      let word = words[sequence * FastQCSequenceKey.words + place / 8]
      let byte = UInt8(truncatingIfNeeded: word >> UInt64(8 * (place % 8)))
      // Signs lost bit 5, letters had it not.
      return byte < 0x20 ? byte | 0x20 : byte
    }
  }
}
