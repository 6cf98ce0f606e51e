import Synchronization

/// Counts how often reads or pairs of the same bases were seen: shared by all workers, in bounded memory, the same at any
/// number of them.
///
/// The keys are spread over shards by bits that neither the sample's level nor its slots look at.
final class DuplicateCounter: Sendable {
  /// The distinct keys that fit, over all shards.
  static let capacity = 1 << 18
  static let shards = 64

  private final class Shard: Sendable {
    let sample = Mutex(DistinctSample(capacity: DuplicateCounter.capacity / DuplicateCounter.shards))
  }

  private let all: [Shard]

  init() { all = (0..<Self.shards).map { _ in Shard() } }

  /// Adds the keys of a batch.
  func add(_ keys: [UInt64]) {
    // Into the shards' order first, so that each lock is taken once a batch.
    var starts = [Int](repeating: 0, count: Self.shards + 1)
    for key in keys { starts[Self.shard(key) + 1] += 1 }
    for shard in 0..<Self.shards { starts[shard + 1] += starts[shard] }
    var next = starts
    let sorted = [UInt64](unsafeUninitializedCapacity: keys.count) { buffer, count in
      for key in keys {
        let shard = Self.shard(key)
        buffer[next[shard]] = key
        next[shard] += 1
      }
      count = keys.count
    }
    for shard in 0..<Self.shards where starts[shard] < starts[shard + 1] {
      all[shard].sample.withLock { sample in
        for key in sorted[starts[shard]..<starts[shard + 1]] { sample.add(key) }
      }
    }
  }

  private static func shard(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 32) & (shards - 1) }

  /// What was counted.
  var estimate: DuplicateEstimate { DuplicateEstimate(shards: all.map { $0.sample.withLock { $0 } }) }
}

/// How many reads or pairs have the bases of another; additive.
public struct DuplicateEstimate: Sendable, Equatable {
  var shards: [DistinctSample]

  init(shards: [DistinctSample]) { self.shards = shards }

  /// Nothing counted.
  public init() { shards = [] }

  /// The greatest level of a shard: 1 in 2^level distinct reads was looked at.
  public var level: Int { shards.map(\.level).max() ?? 0 }

  /// Whether every read was looked at, so that the rate is exact but for collisions of 64-bit hashes.
  public var isExact: Bool { level == 0 }

  /// The share of reads or pairs whose bases were seen before, 0 to 1; 0 where there are none.
  public var rate: Double {
    let level = level
    var (all, distinct) = (0, 0)
    for shard in shards {
      let (number, kept) = shard.totals(atLevel: level)
      all += number
      distinct += kept
    }
    return all == 0 ? 0 : Double(all - distinct) / Double(all)
  }

  /// Adds another part.
  public mutating func merge(_ other: DuplicateEstimate) {
    guard !shards.isEmpty, !other.shards.isEmpty else {
      if shards.isEmpty { shards = other.shards }
      return
    }
    for index in shards.indices { shards[index].merge(other.shards[index]) }
  }
}
