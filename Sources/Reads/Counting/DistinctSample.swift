/// Counts of distinct 64-bit keys in bounded memory: exact while they fit, and beyond that those of an unbiased sample.
///
/// Keys are kept whose hash begins with `level` zero bits; when the table is full, the level rises and the others go
/// (Gibbons 2001, "Distinct sampling"). All copies of a key are kept or gone together, and the level that is reached
/// depends only on the set of keys: any order and any partition gives the same table.
public struct DistinctSample: Sendable, Equatable {
  /// The keys that fit at most.
  public let capacity: Int
  /// Leading zero bits that a kept key has; 0: every key is there.
  public private(set) var level = 0
  /// The keys that are kept.
  public private(set) var distinct = 0
  private var keys: [UInt64]
  private var counts: [UInt32]

  /// An empty table. Memory is at most 24 bytes a key that fits.
  /// - Parameter capacity: a power of two.
  public init(capacity: Int) {
    precondition(capacity > 0 && capacity & (capacity - 1) == 0, "the capacity of a sample is a power of two")
    self.capacity = capacity
    keys = [UInt64](repeating: 0, count: min(2 * capacity, 1024))
    counts = [UInt32](repeating: 0, count: keys.count)
  }

  /// Adds to a key's count.
  public mutating func add(_ key: UInt64, count: UInt32 = 1) {
    guard key.leadingZeroBitCount >= level else { return }
    insert(key, count)
    if distinct > capacity { raiseLevel() } else if 2 * distinct > keys.count { resize(2 * keys.count) }
  }

  @inline(__always)
  private mutating func insert(_ key: UInt64, _ count: UInt32) {
    let mask = keys.count - 1
    // The low bits: the high ones are alike in a sample.
    var slot = Int(truncatingIfNeeded: key) & mask
    while counts[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    if counts[slot] == 0 {
      keys[slot] = key
      distinct += 1
    }
    let (sum, overflow) = counts[slot].addingReportingOverflow(count)
    counts[slot] = overflow ? .max : sum
  }

  private mutating func raiseLevel() {
    while distinct > capacity {
      level += 1
      resize(keys.count)
    }
  }

  private mutating func resize(_ slots: Int) {
    let (oldKeys, oldCounts) = (keys, counts)
    keys = [UInt64](repeating: 0, count: slots)
    counts = [UInt32](repeating: 0, count: slots)
    distinct = 0
    for (key, count) in zip(oldKeys, oldCounts) where count != 0 && key.leadingZeroBitCount >= level {
      insert(key, count)
    }
  }

  /// Adds another part of the same capacity.
  public mutating func merge(_ other: DistinctSample) {
    raise(to: other.level)
    for (key, count) in zip(other.keys, other.counts) where count != 0 { add(key, count: count) }
  }

  /// Keeps only keys of at least this level.
  mutating func raise(to wanted: Int) {
    guard wanted > level else { return }
    level = wanted
    resize(keys.count)
  }

  /// The keys that are kept, with their counts, ascending by key.
  public var entries: [(key: UInt64, count: UInt32)] {
    zip(keys, counts).filter { $0.1 != 0 }.map { (key: $0.0, count: $0.1) }.sorted { $0.key < $1.key }
  }

  /// Parts are equal where they hold the same keys and counts.
  public static func == (a: DistinctSample, b: DistinctSample) -> Bool {
    a.capacity == b.capacity && a.level == b.level && a.distinct == b.distinct
      && a.entries.elementsEqual(b.entries, by: ==)
  }

  /// The sum of counts and the number of keys that a sample of a level at least as high as this one's would hold.
  func totals(atLevel level: Int) -> (all: Int, distinct: Int) {
    var (all, distinct) = (0, 0)
    for (key, count) in zip(keys, counts) where count != 0 && key.leadingZeroBitCount >= level {
      all += Int(count)
      distinct += 1
    }
    return (all, distinct)
  }
}
