public import GenomicFiles

/// Counts something over alignments in the one pass. One file each, independent of the others, and a line in
/// ``AlignmentCollectors``.
///
/// Conform to ``RecordCollector`` where the order of records does not matter, else to ``CoordinateCollector``.
public protocol AlignmentCollector: Sendable {
  /// What `--collect` calls it. Collectors that make one result together share a name.
  static var name: String { get }

  /// Nothing counted yet; nil where something is not given that it cannot do without (say a reference).
  init?(_ setting: CollectorSetting)

  /// Adds a part: for a ``RecordCollector`` any other records, for a ``CoordinateCollector`` other contigs' records.
  mutating func merge(_ other: Self)

  /// The suffixes of all files that ``report(_:to:)`` may add: an output that exists is refused before the pass.
  static func suffixes(_ options: AlignmentOptions) -> [String]

  /// Says what was found: files in the layout of a known tool, metrics, warnings.
  /// - Parameter result: the whole pass, for what other collectors of the same name hold.
  func report(_ result: AlignmentResult, to report: inout CollectorReport)
}

extension AlignmentCollector {
  /// None.
  public static func suffixes(_ options: AlignmentOptions) -> [String] { [] }
}

/// Counts records in any order. Every worker has a part of its own; a result may not depend on how records were split.
public protocol RecordCollector: AlignmentCollector {
  /// Counts a record.
  mutating func add(_ record: AlignmentRecord)

  /// Counts a batch's records; by default one after the other.
  mutating func add(_ batch: AlignmentBatch)
}

extension RecordCollector {
  /// Counts a batch's records, one after the other.
  public mutating func add(_ batch: AlignmentBatch) { batch.forEachRecord { _, record in add(record) } }
}

/// Counts records in coordinate order, contig by contig. Runs beside the other collectors, but never beside itself.
///
/// Where a file is not in coordinate order it is not run and its results are unknown.
public protocol CoordinateCollector: AlignmentCollector {
  /// The reference bases that ``begin(_:bases:)`` is given.
  static var referenceNeed: ReferenceNeed { get }

  /// Begins a contig. Called once for every contig of the header, in order, also for those without records.
  ///
  /// - Parameters:
  ///   - contig: its index in the header.
  ///   - bases: its bases, where they were asked for and there is a reference that has it.
  mutating func begin(_ contig: Int, bases: ContigBases?)

  /// Counts records of the contig that was begun last: all that stand at it, also unmapped ones with a mapped mate.
  mutating func add(_ slice: AlignmentSlice)

  /// Ends the last contig.
  mutating func finish()

  /// Hands over text that is final, for outputs too large to be held: called after each `add` and after `finish`.
  mutating func drain(to streams: inout CollectorStreams)
}

extension CoordinateCollector {
  /// No reference.
  public static var referenceNeed: ReferenceNeed { .none }

  /// Nothing.
  public mutating func drain(to streams: inout CollectorStreams) {}
}

/// What a collector wants of the reference.
public enum ReferenceNeed: Int, Sendable, Comparable {
  /// Nothing.
  case none
  /// The bases of contigs that carry records.
  case contigsWithRecords
  /// The bases of every contig.
  case everyContig

  /// By how much is wanted.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension AlignmentCollector {
  /// Adds a part of the same type, which the compiler no longer knows.
  mutating func merge(any other: any AlignmentCollector) {
    guard let other = other as? Self else { preconditionFailure("parts of one collector are of one type") }
    merge(other)
  }
}
