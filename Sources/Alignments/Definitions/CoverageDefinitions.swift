import GenomicFiles
import Genomics

/// Coverage by several definitions in one sliding window: Picard's CollectWgsMetrics and with it GA4GH's, Genomics
/// England's without a base quality, and the overlap of mates among bases of quality 30.
///
/// Source of the rules: Picard 2.27.5, measured (`Docs/picard-differences.md`); reference/qc.md 3.5 and 3.7.
public struct CoverageDefinitions: CoordinateCollector, Equatable {
  /// `wgs`.
  public static let name = "wgs"
  /// Bases without a read count too.
  public static var referenceNeed: ReferenceNeed { .everyContig }

  /// Over all contigs, and over the autosomes.
  private(set) var all = CoverageCounts()
  private(set) var autosomes = CoverageCounts()
  /// Bases of quality 30 or more that another read of the same name covers with such a base.
  private(set) var q30Overlap = 0
  /// Contigs and autosomes whose bases are not known.
  private(set) var contigsWithoutBases = 0
  private(set) var autosomesWithoutBases = 0
  private(set) var autosomeCount = 0

  private let lengths: [Int]
  private let isAutosome: [Bool]
  private var current = -1
  private var lane: CoverageLane?

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) {
    lengths = setting.lengths
    isAutosome = setting.header.contigs.contigs.map { Self.isAutosome($0.name) }
  }

  /// Equal counts.
  public static func == (a: Self, b: Self) -> Bool {
    a.all == b.all && a.autosomes == b.autosomes && a.q30Overlap == b.q30Overlap
      && a.contigsWithoutBases == b.contigsWithoutBases && a.autosomesWithoutBases == b.autosomesWithoutBases
      && a.autosomeCount == b.autosomeCount
  }

  /// Whether a contig is one of chr1 to chr22, or 1 to 22.
  static func isAutosome(_ name: String) -> Bool {
    let digits = name.hasPrefix("chr") ? name.dropFirst(3) : Substring(name)
    guard digits.first != "0", digits.first != "+", let number = Int(digits) else { return false }
    return (1...22).contains(number)
  }

  /// Begins a contig.
  public mutating func begin(_ contig: Int, bases: ContigBases?) {
    endContig()
    current = contig
    if isAutosome[contig] { autosomeCount += 1 }
    if bases == nil {
      contigsWithoutBases += 1
      if isAutosome[contig] { autosomesWithoutBases += 1 }
    }
    let lane = self.lane ?? CoverageLane()
    lane.walk.begin(length: lengths[contig], bases: bases)
    self.lane = lane
  }

  /// Counts records.
  public mutating func add(_ slice: AlignmentSlice) {
    lane?.add(slice)
  }

  /// Ends the last contig.
  public mutating func finish() {
    endContig()
    lane = nil
  }

  /// Adds other contigs.
  public mutating func merge(_ other: CoverageDefinitions) {
    all += other.all
    autosomes += other.autosomes
    q30Overlap += other.q30Overlap
    contigsWithoutBases += other.contigsWithoutBases
    autosomesWithoutBases += other.autosomesWithoutBases
    autosomeCount += other.autosomeCount
  }

  private mutating func endContig() {
    guard current >= 0, let lane else { return }
    let (counts, overlap) = lane.walk.end()
    all += counts
    if isAutosome[current] { autosomes += counts }
    q30Overlap += overlap
    current = -1
  }

  /// Nothing: ``YieldReads`` tells, since it runs also where this one cannot.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {}
}

/// Holds the walk, whose buffers are too large to be copied with the collector.
private final class CoverageLane: @unchecked Sendable {
  // One task at a time uses it: a coordinate collector never runs beside itself, and its copies only after `finish`.
  var walk = CoverageWalk()

  /// Counts records: one access to the walk for all of them.
  func add(_ slice: AlignmentSlice) { Self.add(slice, &walk) }

  private static func add(_ slice: AlignmentSlice, _ walk: inout CoverageWalk) {
    slice.forEachRecord { walk.add($0) }
  }
}
