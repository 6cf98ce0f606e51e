import GenomicFiles
import Genomics

/// Depth by contig as mosdepth defines it: flags 0x704 (unmapped, secondary, QC-fail, duplicate) left out, every mapping
/// and base quality taken, supplementary alignments counted, deletions and skips not covered, and bases where the two
/// mates of a proper pair overlap counted once.
///
public struct DepthCollector: CoordinateCollector {
  /// `depth`.
  public static let name = "depth"

  /// One contig's result.
  public struct Contig: Sendable, Equatable {
    /// The contig's index in the header.
    public var index: Int
    /// Bases by depth: `histogram[d]` bases have depth `d`; the entry at 65,536 holds all from there on.
    public var histogram: [Int]
    /// The sum of all depths.
    public var depthSum: Int
    /// The stretches with `callableDepth` or more, 0-based half-open, ascending and not touching.
    public var callable: [Range<Int>] = []

    /// Bases with at least this depth.
    public func bases(atLeast depth: Int) -> Int { histogram.dropFirst(depth).reduce(0, +) }
  }

  private struct Mate {
    var position: Int
    var matePosition: Int
    var covered: [Range<Int>]
  }

  /// The depth from which on a base counts as callable: fewer reads miss one heterozygote in a thousand or more
  /// (binomial, both alleles seen at least once: 2 × 0.5^10).
  public static let callableDepth = 10

  static let excluded: AlignmentFlags = [.unmapped, .secondary, .qualityFail, .duplicate]

  private let lengths: [Int]
  private var current = -1
  private var lastPosition = -1
  private var tile = DepthTile(length: 0, callableDepth: Self.callableDepth)
  private var waiting: [UInt64: Mate] = [:]
  private var waitingLimit = 1 << 14
  /// Every contig begun and ended, in order.
  public private(set) var contigs: [Contig] = []

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) { lengths = setting.lengths }

  /// Begins a contig.
  public mutating func begin(_ contig: Int, bases: ContigBases?) {
    endContig()
    current = contig
    lastPosition = -1
    tile.begin(length: lengths[contig])
    waiting.removeAll(keepingCapacity: true)
  }

  /// Counts records.
  public mutating func add(_ slice: AlignmentSlice) { slice.forEachRecord { add($0) } }

  /// Ends the last contig.
  public mutating func finish() { endContig() }

  /// Adds other contigs' depth.
  public mutating func merge(_ other: DepthCollector) {
    contigs = (contigs + other.contigs).sorted { $0.index < $1.index }
  }

  private mutating func add(_ record: AlignmentRecord) {
    guard record.position >= 0, record.flags.isDisjoint(with: Self.excluded) else { return }
    lastPosition = record.position
    tile.advance(to: record.position)
    var position = record.position
    // The end of the last aligned stretch.
    var end = position
    for operation in record.cigar where operation.consumesReference {
      let next = position + operation.length
      if operation.isAligned, operation.length > 0 {
        tile.add(position..<next, 1)
        end = next
      }
      position = next
    }
    guard record.flags.contains([.paired, .properPair]), !record.flags.contains(.supplementary),
      record.mateContig == current, end > record.position
    else { return }
    removeOverlap(record, end)
  }

  private mutating func removeOverlap(_ record: AlignmentRecord, _ end: Int) {
    let mayWait = record.matePosition >= record.position && end > record.matePosition
    if !mayWait && waiting.isEmpty { return }
    let key = ReadName.key(record.name)
    if let mate = waiting[key], mate.matePosition == record.position, mate.position == record.matePosition {
      waiting[key] = nil
      let covered = Self.covered(record)
      for a in mate.covered {
        for b in covered where a.overlaps(b) { tile.add(a.clamped(to: b), -1) }
      }
    } else if mayWait {
      waiting[key] = Mate(
        position: record.position, matePosition: record.matePosition, covered: Self.covered(record))
      if waiting.count > waitingLimit { forgetPassed() }
    }
  }

  /// Drops first mates whose second never came (filtered, or missing).
  private mutating func forgetPassed() {
    let position = lastPosition
    waiting = waiting.filter { $0.value.matePosition >= position }
    waitingLimit = max(1 << 14, 2 * waiting.count)
  }

  private mutating func endContig() {
    guard current >= 0 else { return }
    tile.settle(to: tile.length)
    tile.finishCallable()
    contigs.append(
      Contig(index: current, histogram: tile.histogram, depthSum: tile.depthSum, callable: tile.callable))
    current = -1
  }

  /// The stretches that the read's bases are aligned to, ascending, adjacent ones joined.
  static func covered(_ record: AlignmentRecord) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = record.position
    for operation in record.cigar {
      if operation.isAligned, operation.length > 0 {
        if let last = ranges.last, last.upperBound == position {
          ranges[ranges.count - 1] = last.lowerBound..<(position + operation.length)
        } else {
          ranges.append(position..<(position + operation.length))
        }
      }
      if operation.consumesReference { position += operation.length }
    }
    return ranges
  }

  /// Mean depth, over all contigs of the header.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    let territory = lengths.reduce(0, +)
    let sum = contigs.reduce(0) { $0 + $1.depthSum }
    report.metrics.append(
      AlignmentMetrics.Metric(
        id: "cov.mosdepth.mean", value: territory == 0 ? nil : Double(sum) / Double(territory), unit: "x",
        definition:
          "flags 0x704 out, every mapping quality, no base quality floor, mates' overlap once, deletions not covered; over all contigs of the header, also those without a record, which mosdepth leaves out of its total",
        equalTo: "mosdepth 0.3.3 summary: total, where every contig has records"))
  }
}
