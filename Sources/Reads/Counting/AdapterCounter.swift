import Synchronization

/// Counts what is cut as adapters: shared by all workers, so that memory does not grow with their number, and the same at
/// any number of them.
final class AdapterCounter: Sendable {
  private let mate1 = Mutex(SequenceCounts(capacity: FilterStatistics.adapterCapacity))
  private let mate2 = Mutex(SequenceCounts(capacity: FilterStatistics.adapterCapacity))

  /// Adds what was cut from a batch.
  func add(_ tails1: CutTails, _ tails2: CutTails) {
    Self.add(tails1, to: mate1)
    Self.add(tails2, to: mate2)
  }

  private static func add(_ tails: CutTails, to counts: borrowing Mutex<SequenceCounts>) {
    guard !tails.isEmpty else { return }
    counts.withLock { counts in tails.forEach { counts.add($0) } }
  }

  /// Moves the counts to totals.
  func empty(into total: inout FilterStatistics) {
    mate1.withLock { Self.empty(&$0, into: &total.adapters1) }
    mate2.withLock { Self.empty(&$0, into: &total.adapters2) }
  }

  private static func empty(_ counts: inout SequenceCounts, into total: inout SequenceCounts) {
    total.merge(counts)
    counts = SequenceCounts(capacity: counts.capacity)
  }
}

/// What was cut as adapters from one mate of a batch. Its memory is held from batch to batch.
struct CutTails {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var isEmpty: Bool { ends.isEmpty }

  /// Adds what was cut from a read.
  mutating func append(_ tail: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: tail)
    ends.append(bytes.count)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with each tail.
  func forEach(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for end in ends {
        body(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        start = end
      }
    }
  }
}
