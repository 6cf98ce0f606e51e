public import GenomicFiles

/// Insert sizes by orientation of the pair, as Picard's CollectInsertSizeMetrics counts them.
///
/// Counted are second mates, both mates mapped, primary, not duplicates, with a TLEN that is not 0; QC-fail records are
/// not left out. Source: Picard 2.27.5 with htsjdk 3.0.4, measured; `Docs/picard-differences.md`.
public struct InsertSizes: RecordCollector, Equatable {
  /// `insert-size`.
  public static let name = "insert-size"

  /// How the two mates lie to each other, by their 5' ends.
  enum Orientation: Int, CaseIterable {
    /// Inwards: `---> <---`.
    case inward
    /// Outwards: `<--- --->`.
    case outward
    /// The same way.
    case tandem
  }

  static let counted: AlignmentFlags = [.paired]
  static let excluded: AlignmentFlags = [.unmapped, .mateUnmapped, .read1, .secondary, .supplementary, .duplicate]

  /// Sizes below this are counted in an array, the few above in a dictionary.
  private static let denseLimit = 1 << 14
  private var dense: [Int]
  private var far: [Key: Int] = [:]

  private struct Key: Hashable {
    var orientation: Int
    var size: Int
  }

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) { self.init() }

  init() { dense = Array(repeating: 0, count: Orientation.allCases.count * Self.denseLimit) }

  /// Counts a record.
  public mutating func add(_ record: AlignmentRecord) {
    let flags = record.flags
    guard flags.contains(Self.counted), flags.isDisjoint(with: Self.excluded) else { return }
    let length = record.templateLength
    guard length != 0, record.contig == record.mateContig, record.contig >= 0 else { return }
    let orientation = Self.orientation(record).rawValue
    let size = Int(length.magnitude)
    if size < Self.denseLimit {
      dense[orientation * Self.denseLimit + size] &+= 1
    } else {
      far[Key(orientation: orientation, size: size), default: 0] += 1
    }
  }

  /// Adds another part.
  public mutating func merge(_ other: InsertSizes) {
    for index in dense.indices { dense[index] += other.dense[index] }
    far.merge(other.far) { $0 + $1 }
  }

  private static func orientation(_ record: AlignmentRecord) -> Orientation {
    let flags = record.flags
    let isReverse = flags.contains(.reverse)
    guard isReverse != flags.contains(.mateReverse) else { return .tandem }
    // The forward mate's 5' end against the reverse one's, counted from 1; a forward read knows its mate's end by TLEN.
    let isInward =
      isReverse
      ? record.matePosition + 1 < record.position + referenceLength(record)
      : record.templateLength > 0
    return isInward ? .inward : .outward
  }

  private static func referenceLength(_ record: AlignmentRecord) -> Int {
    var length = 0
    for operation in record.cigar where operation.consumesReference { length += operation.length }
    return length
  }

  /// The sizes of one orientation.
  func sizes(_ orientation: Orientation) -> CountHistogram {
    let start = orientation.rawValue * Self.denseLimit
    var bins: [(key: Int, count: Int)] = []
    for size in 0..<Self.denseLimit where dense[start + size] > 0 { bins.append((size, dense[start + size])) }
    let tail = far.filter { $0.key.orientation == orientation.rawValue }.sorted { $0.key.size < $1.key.size }
    bins += tail.map { ($0.key.size, $0.value) }
    return CountHistogram(bins)
  }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] { [".insert_size_metrics.txt"] }

  /// `.insert_size_metrics.txt`, and the inward pairs' median and deviation.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    let metrics = InsertSizeMetrics(self)
    let inward = metrics.rows.first { $0.orientation == .inward }
    if !metrics.rows.isEmpty { report.add(".insert_size_metrics.txt", metrics.text) }
    if inward == nil { report.unknowns["insert-size-unknown-no-inward-pairs"] = 1 }
    let records =
      "second mates, both mapped, primary, no duplicates, TLEN not 0; inward pairs, where they are 5 % of pairs or more"
    report.metrics.append(
      AlignmentMetrics.Metric(
        id: "insert.median", value: inward?.median, unit: "bases", definition: "median of |TLEN|: \(records)",
        equalTo: "Picard 2.27.5 CollectInsertSizeMetrics MEDIAN_INSERT_SIZE of FR"))
    report.metrics.append(
      AlignmentMetrics.Metric(
        id: "insert.mad", value: inward?.deviation, unit: "bases",
        definition: "median absolute deviation of |TLEN| from its median: \(records)",
        equalTo: "Picard 2.27.5 CollectInsertSizeMetrics MEDIAN_ABSOLUTE_DEVIATION of FR"))
  }
}
