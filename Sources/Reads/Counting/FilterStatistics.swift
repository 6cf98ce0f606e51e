/// What trimming and filtering did; additive.
public struct FilterStatistics: Sendable, Equatable {
  /// Distinct trimmed sequences that are counted one by one for each mate.
  public static let adapterCapacity = 1 << 16
  /// Insert sizes from here on, and pairs without an overlap, are unknown (fastp).
  public static let insertSizeLimit = 512

  /// Reads by outcome, at its raw value; a pair counts twice, under the worse outcome of its mates.
  private var outcomes = [Int](repeating: 0, count: ReadOutcome.lowComplexity.rawValue + 1)
  /// Reads from which an adapter was cut.
  public internal(set) var adapterReads = 0
  /// Bases cut as adapters.
  public internal(set) var adapterBases = 0
  /// What was cut as adapters from first mates or single reads.
  public internal(set) var adapters1 = SequenceCounts(capacity: adapterCapacity)
  /// What was cut as adapters from second mates.
  public internal(set) var adapters2 = SequenceCounts(capacity: adapterCapacity)
  /// Reads from which a tail of A, T, C or G was cut.
  public internal(set) var polyXReads = [0, 0, 0, 0]
  /// Bases cut as tails of A, T, C or G.
  public internal(set) var polyXBases = [0, 0, 0, 0]
  /// Reads in which a base was corrected.
  public internal(set) var correctedReads = 0
  /// Bases corrected.
  public internal(set) var correctedBases = 0
  /// Pairs by insert size as their overlap tells, 0 to `insertSizeLimit` - 1; the last count is that of unknown sizes.
  public internal(set) var insertSizes = [Int](repeating: 0, count: insertSizeLimit + 1)

  /// Nothing done.
  public init() {}

  /// Reads of an outcome.
  public func reads(_ outcome: ReadOutcome) -> Int { outcomes[outcome.rawValue] }

  /// Reads that did not go out.
  public var dropped: Int { outcomes.reduce(0, +) - reads(.passed) }

  /// Counts reads of an outcome.
  mutating func count(_ outcome: ReadOutcome, reads: Int) { outcomes[outcome.rawValue] += reads }

  /// Adds another part.
  public mutating func merge(_ other: FilterStatistics) {
    for index in outcomes.indices { outcomes[index] += other.outcomes[index] }
    adapterReads += other.adapterReads
    adapterBases += other.adapterBases
    adapters1.merge(other.adapters1)
    adapters2.merge(other.adapters2)
    for base in 0..<4 {
      polyXReads[base] += other.polyXReads[base]
      polyXBases[base] += other.polyXBases[base]
    }
    correctedReads += other.correctedReads
    correctedBases += other.correctedBases
    for size in insertSizes.indices { insertSizes[size] += other.insertSizes[size] }
  }
}
