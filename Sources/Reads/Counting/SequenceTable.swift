/// Distinct sequences with a count each, in a few arrays that grow by doubling: nothing is allocated for a sequence.
///
/// The sequences stand one behind the other; slots of 32 bits, found by hash, say which of them is where (open
/// addressing, at most half full).
struct SequenceTable: Sendable {
  private struct Entry: Sendable {
    /// Where the sequence ends in `bytes`; it starts where the one before ends.
    var end: Int
    var count: Int
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// The number of an entry plus one; 0 where free. A power of two of them, or none.
  private var slots: [UInt32] = []

  private static let fewestSlots = 64

  /// Distinct sequences. They are numbered in the order in which they came.
  var count: Int { entries.count }

  /// The sum of all counts.
  var total: Int { entries.reduce(0) { $0 + $1.count } }

  private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : entries[number - 1].end)..<entries[number].end }

  /// The letters of a sequence.
  func sequence(_ number: Int) -> ArraySlice<UInt8> { bytes[range(number)] }

  /// The count of a sequence.
  func count(of number: Int) -> Int { entries[number].count }

  /// The number of a sequence; nil where it is not there.
  func find(_ sequence: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !slots.isEmpty else { return nil }
    let found = slots[slot(of: sequence)]
    return found == 0 ? nil : Int(found) - 1
  }

  /// Adds to the count of a sequence, which may be new.
  mutating func add(_ sequence: UnsafeBufferPointer<UInt8>, count: Int) {
    if 2 * entries.count >= slots.count { place(slots: max(Self.fewestSlots, 2 * slots.count)) }
    let slot = slot(of: sequence)
    if slots[slot] > 0 {
      entries[Int(slots[slot]) - 1].count += count
    } else {
      bytes.append(contentsOf: sequence)
      entries.append(Entry(end: bytes.count, count: count))
      slots[slot] = UInt32(entries.count)
    }
  }

  /// Calls `body` with each sequence and its count, in the order in which they came.
  func forEach(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for entry in entries {
        body(UnsafeBufferPointer(rebasing: bytes[start..<entry.end]), entry.count)
        start = entry.end
      }
    }
  }

  /// How many sequences there are of each length.
  func lengths() -> [Int: Int] {
    var lengths: [Int: Int] = [:]
    forEach { sequence, _ in lengths[sequence.count, default: 0] += 1 }
    return lengths
  }

  /// The numbers of the sequences in the order of their bytes.
  func sorted() -> [Int] {
    entries.indices.sorted { sequence($0).lexicographicallyPrecedes(sequence($1)) }
  }

  /// Removes sequences of more than `limit` bases, in place.
  /// - Returns: the sum of their counts.
  mutating func remove(longerThan limit: Int) -> Int {
    var removed = 0
    var kept = 0
    var start = 0
    var end = 0
    for entry in entries {
      let length = entry.end - start
      if length > limit {
        removed += entry.count
      } else {
        for offset in 0..<length { bytes[end + offset] = bytes[start + offset] }
        end += length
        entries[kept] = Entry(end: end, count: entry.count)
        kept += 1
      }
      start = entry.end
    }
    bytes.removeLast(bytes.count - end)
    entries.removeLast(entries.count - kept)
    place(slots: slots.count)
    return removed
  }

  /// Finds each entry its slot anew.
  private mutating func place(slots number: Int) {
    if number == slots.count {
      for slot in slots.indices { slots[slot] = 0 }
    } else {
      slots = [UInt32](repeating: 0, count: number)
    }
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (number, entry) in entries.enumerated() {
        var slot = Self.hash(UnsafeBufferPointer(rebasing: bytes[start..<entry.end])) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(number + 1)
        start = entry.end
      }
    }
  }

  private static func hash(_ sequence: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = sequence.baseAddress else { return 0 }
    return Int(truncatingIfNeeded: SequenceHash.hash(base, sequence.count))
  }

  /// The slot where a sequence is, or else belongs.
  private func slot(of sequence: UnsafeBufferPointer<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Self.hash(sequence) & mask
    while slots[slot] != 0, !matches(Int(slots[slot]) - 1, sequence) { slot = (slot + 1) & mask }
    return slot
  }

  private func matches(_ number: Int, _ sequence: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(number)
    guard range.count == sequence.count else { return false }
    return bytes.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).elementsEqual(sequence) }
  }
}

extension SequenceTable: Equatable {
  /// Tables are equal where they hold the same sequences and counts, in whatever order they came.
  static func == (a: SequenceTable, b: SequenceTable) -> Bool {
    guard a.count == b.count else { return false }
    var isEqual = true
    a.forEach { sequence, count in
      isEqual = isEqual && b.find(sequence).map { b.count(of: $0) == count } ?? false
    }
    return isEqual
  }
}
