/// Which sequences a file repeats: the first 100,000 distinct ones of the file, and how often each occurs.
///
/// FastQC takes up new sequences until it has 100,000; from there on it only counts those. So the beginning of a file must
/// be seen in the order of the file, and the rest need not be. The protocol, with batches that workers take in any order
/// and that a sink gets back in the order of the file:
///
/// 1. The sink owns the `FastQCSequences`. A place that workers can read (a `Mutex`) holds a `FastQCFrozenSequences?`,
///    nil at first.
/// 2. A worker reads that place **once a batch**. Where it is nil the worker leaves the sequences alone and hands the
///    batch on unmarked. Else it counts **every** read of the batch with its own `FastQCSequenceCounts` and marks the
///    batch as counted.
/// 3. The sink calls `add(_:)` for each read, in order, of each **unmarked** batch, and nothing for a marked one. When
///    `isFrozen` has become true it puts `frozen()` where workers see it. Unmarked batches still under way go on to
///    `add(_:)`, which is right in either state.
/// 4. At the end, `merge(_:)` takes each worker's counts, in any order.
///
/// The result is that of one thread, whatever was counted where: a batch that a worker counts was read after the table was
/// full, so in the order of the file too it only counts. For this the table must have been published by the sink, which
/// gets batches in order, so that no earlier batch is still to come when it is full.
public struct FastQCSequences: Sendable, Equatable {
  var table = FastQCSequenceTable()
  /// Reads by sequence, in the order in which sequences came.
  public internal(set) var counts: [UInt64] = []
  /// All reads.
  public internal(set) var reads = 0
  /// Reads up to the one that brought the 100,000th sequence, itself among them; all reads while there are fewer.
  public internal(set) var readsAtLimit = 0

  /// Nothing counted.
  public init() {}

  /// Whether there are 100,000 sequences: others are not taken up any more, and order does not matter any more.
  public var isFrozen: Bool { table.isFull }

  /// Counts a read, which must be the next of the file until `isFrozen`.
  /// - Parameter sequence: letters in either case, `.`, `-` or `*`.
  public mutating func add(_ sequence: UnsafeRawBufferPointer) {
    reads += 1
    if !isFrozen { readsAtLimit = reads }
    let key = FastQCSequenceKey(sequence)
    if let number = table.find(key) {
      counts[number] &+= 1
    } else if !isFrozen {
      table.append(key)
      counts.append(1)
    }
  }

  /// The table for workers.
  /// - Precondition: `isFrozen`.
  public func frozen() -> FastQCFrozenSequences {
    precondition(isFrozen, "sequences are still taken up")
    return FastQCFrozenSequences(table)
  }

  /// Adds what a worker counted with this table.
  public mutating func merge(_ part: FastQCSequenceCounts) {
    reads += part.reads
    counts.add(part.counts)
  }
}

/// A full table of sequences, which any number of threads may read.
public final class FastQCFrozenSequences: Sendable {
  let table: FastQCSequenceTable

  init(_ table: FastQCSequenceTable) { self.table = table }
}

/// A worker's counts of the sequences of a full table. Parts of the same table add up in any order.
public struct FastQCSequenceCounts: Sendable, Equatable {
  /// Reads by sequence.
  public private(set) var counts: [UInt64] = []
  /// All reads that were looked up.
  public private(set) var reads = 0

  /// Nothing counted.
  public init() {}

  /// Counts a read.
  @inline(__always)
  public mutating func add(_ sequence: UnsafeRawBufferPointer, in frozen: FastQCFrozenSequences) {
    reads += 1
    guard let number = frozen.table.find(FastQCSequenceKey(sequence)) else { return }
    counts.grow(to: FastQCSequenceTable.limit)
    counts[number] &+= 1
  }

  /// Counts a read whose key's hash is known; asks for its sequence only where the table may hold it.
  @inline(__always)
  mutating func add(hash: UInt64, in frozen: FastQCFrozenSequences, _ sequence: () -> UnsafeRawBufferPointer) {
    reads += 1
    guard frozen.table.mayHold(hash),
      let number = frozen.table.find(FastQCSequenceKey(sequence()), hash)
    else { return }
    counts.grow(to: FastQCSequenceTable.limit)
    counts[number] &+= 1
  }

  /// Adds another part of the same table.
  public mutating func merge(_ other: FastQCSequenceCounts) {
    reads += other.reads
    counts.add(other.counts)
  }
}
