/// How often each of many short sequences was seen, in bounded memory and in any order.
///
/// While they fit, all are counted. Beyond that, only those of at most `longest` bases are: `longest` falls to the
/// greatest length at which they fit, which depends on the sequences alone, not on the order they come in.
public struct SequenceCounts: Sendable, Equatable {
  /// The distinct sequences that fit at most.
  public let capacity: Int
  /// The length of the longest sequences that are counted; nil: all are.
  public internal(set) var longest: Int?
  private(set) var table = SequenceTable()
  /// Sequences that were too long to be counted one by one.
  public internal(set) var uncounted = 0

  /// Nothing counted.
  public init(capacity: Int) { self.capacity = capacity }

  /// The counts.
  public var counts: [[UInt8]: Int] { counts { _ in true } }

  /// The counts that are wanted.
  public func counts(where isWanted: (Int) -> Bool) -> [[UInt8]: Int] {
    var counts: [[UInt8]: Int] = [:]
    table.forEach { sequence, count in
      if isWanted(count) { counts[Array(sequence)] = count }
    }
    return counts
  }

  /// All sequences, counted one by one or not.
  public var total: Int { uncounted + table.total }

  /// Adds to a sequence's count.
  public mutating func add(_ sequence: [UInt8], count: Int = 1) {
    sequence.withUnsafeBufferPointer { add($0, count: count) }
  }

  /// Adds to a sequence's count.
  mutating func add(_ sequence: UnsafeBufferPointer<UInt8>, count: Int = 1) {
    if let longest, sequence.count > longest {
      uncounted += count
      return
    }
    table.add(sequence, count: count)
    if table.count > capacity { shorten() }
  }

  private mutating func shorten() {
    let distinct = table.lengths()
    var kept = 0
    var limit = 0
    for (length, number) in distinct.sorted(by: { $0.key < $1.key }) {
      guard kept + number <= capacity else { break }
      kept += number
      limit = length
    }
    // Not the greatest length that is there, but the one before the first that does not fit: what comes later may have
    // lengths in between.
    let overflow = distinct.keys.filter { $0 > limit }.min() ?? limit + 1
    keep(atMost: overflow - 1)
  }

  private mutating func keep(atMost limit: Int) {
    longest = limit
    uncounted += table.remove(longerThan: limit)
  }

  /// Adds another part of the same capacity.
  public mutating func merge(_ other: SequenceCounts) {
    uncounted += other.uncounted
    if let limit = other.longest, limit < longest ?? .max { keep(atMost: limit) }
    if table.count == 0, longest == other.longest {
      table = other.table
    } else {
      other.table.forEach { add($0, count: $1) }
    }
  }
}
