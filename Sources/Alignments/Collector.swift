public import GenomicFiles

/// Counts something over alignments. Parts merge in any order to the same result.
public protocol AlignmentCollector: Sendable {
  /// Counts a record.
  mutating func add(_ record: AlignmentRecord)
  /// Adds a part.
  mutating func merge(_ other: Self)
}
