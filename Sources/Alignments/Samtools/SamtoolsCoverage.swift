import GenomicFiles
import Genomics

/// The table of `samtools coverage` 1.16: reads, covered bases, depth and qualities by contig.
///
/// Unmapped and QC-failed reads, secondary alignments and duplicates do not count; supplementary alignments do.
/// Deletions and skips are not covered, and bases where mates overlap count twice.
public struct SamtoolsCoverage: CoordinateCollector {
  /// `coverage`.
  public static let name = "coverage"

  /// One contig's sums.
  struct Contig: Sendable, Equatable {
    var index: Int
    var reads = 0
    var mappingQualities = 0
    /// Whether any alignment spans a base: samtools prints such contigs first.
    var isSpanned = false
    var coveredBases = 0
    var depthSum = 0
    var baseQualities = 0
    /// Aligned bases that have a quality field.
    var basesWithQuality = 0
  }

  private let lengths: [Int]
  private var current: Contig?
  private var tile: DepthTile?
  /// Every contig begun and ended, in order.
  private(set) var contigs: [Contig] = []

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) { lengths = setting.lengths }

  /// Begins a contig.
  public mutating func begin(_ contig: Int, bases: ContigBases?) {
    endContig()
    current = Contig(index: contig)
  }

  /// Counts records.
  public mutating func add(_ slice: AlignmentSlice) {
    guard var contig = current else { return }
    var tile = tile ?? DepthTile(length: lengths[contig.index])
    self.tile = nil
    slice.forEachRecord { Self.add($0, &contig, &tile) }
    self.tile = tile
    current = contig
  }

  /// Ends the last contig.
  public mutating func finish() { endContig() }

  /// Adds other contigs.
  public mutating func merge(_ other: SamtoolsCoverage) {
    contigs = (contigs + other.contigs).sorted { $0.index < $1.index }
  }

  private static func add(_ record: AlignmentRecord, _ contig: inout Contig, _ tile: inout DepthTile) {
    guard record.flags.isDisjoint(with: DepthCollector.excluded), record.position >= 0 else { return }
    contig.reads += 1
    contig.mappingQualities += Int(record.mappingQuality)
    tile.advance(to: record.position)
    let qualities = record.qualities
    var place = record.position
    var base = 0
    for operation in record.cigar {
      let length = operation.length
      if operation.isAligned {
        tile.add(place..<(place + length), 1)
        let inside = max(0, min(length, tile.length - place))
        if base + inside <= qualities.count {
          contig.basesWithQuality += inside
          contig.baseQualities += sum(UnsafeRawBufferPointer(rebasing: qualities[base..<(base + inside)]))
        }
      }
      if operation.consumesQuery { base += length }
      if operation.consumesReference { place += length }
    }
    if place > record.position { contig.isSpanned = true }
  }

  /// Eight bytes at a time, in lanes of 16 bits that are emptied before they could overflow.
  private static func sum(_ bytes: UnsafeRawBufferPointer) -> Int {
    var total = 0
    var index = 0
    let mask: UInt64 = 0x00FF_00FF_00FF_00FF
    while index + 8 <= bytes.count {
      var lanes: UInt64 = 0
      let end = min(bytes.count - 7, index + 8 * 128)
      while index < end {
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        lanes &+= word & mask
        lanes &+= word >> 8 & mask
        index += 8
      }
      total += Int((lanes & 0xFFFF) &+ (lanes >> 16 & 0xFFFF) &+ (lanes >> 32 & 0xFFFF) &+ (lanes >> 48))
    }
    while index < bytes.count {
      total += Int(bytes[index])
      index += 1
    }
    return total
  }

  private mutating func endContig() {
    guard var contig = current else { return }
    current = nil
    if var tile {
      tile.settle(to: tile.length)
      contig.depthSum = tile.depthSum
      contig.coveredBases = tile.histogram.dropFirst().reduce(0, +)
      self.tile = nil
    }
    contigs.append(contig)
  }

  /// The table, with its heading.
  func text(_ header: SAMHeader) -> [UInt8] {
    var text = TextBuffer()
    text.append(
      "#rname\tstartpos\tendpos\tnumreads\tcovbases\tcoverage\tmeandepth\tmeanbaseq\tmeanmapq\n")
    for contig in contigs.filter(\.isSpanned) + contigs.filter({ !$0.isSpanned }) {
      let length = Double(lengths[contig.index])
      text.append(
        "\(header.contigs.contigs[contig.index].name)\t1\t\(lengths[contig.index])\t\(contig.reads)\t\(contig.coveredBases)"
      )
      text.append(tab: 100 * Double(contig.coveredBases) / length, "%g")
      text.append(tab: Double(contig.depthSum) / length, "%g")
      text.append(tab: Self.mean(contig.baseQualities, contig.basesWithQuality), "%.3g")
      text.append(tab: Self.mean(contig.mappingQualities, contig.reads), "%.3g")
      text.endLine()
    }
    return text.bytes
  }

  private static func mean(_ sum: Int, _ count: Int) -> Double { count == 0 ? 0 : Double(sum) / Double(count) }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] { [".coverage.txt"] }

  /// The table as `.coverage.txt`.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    report.add(".coverage.txt", text(result.header))
  }
}
