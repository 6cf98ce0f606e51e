import GenomicFiles
import Genomics

/// Depth as mosdepth 0.3.3 writes it: its summary, its distributions, and rows of bases, bins and targets.
///
/// Flags 0x704 are left out, supplementary alignments counted, deletions and skips not covered. Where the mates of a proper
/// pair overlap, mosdepth's own arithmetic is followed: of two alignments with a single CIGAR operation each it takes one
/// off from the start of the later mate to the end of the earlier one, even where the later one ends before that. Metrics
/// and callability do not come from here but from ``DepthCollector``, which takes off the overlap and no more
/// (Docs/mosdepth-differences.md).
public struct MosdepthCollector: CoordinateCollector {
  /// `mosdepth`.
  public static let name = "mosdepth"

  /// Runs of bases of one depth; with ``AlignmentOptions/perBase``.
  public static let perBaseSuffix = ".per-base.bed.gz"
  /// Runs of bases of one bin of depth; with ``AlignmentOptions/quantize``.
  public static let quantizedSuffix = ".quantized.bed.gz"
  /// Targets and their mean depth; with ``AlignmentOptions/targets``.
  public static let regionsSuffix = ".regions.bed.gz"
  /// Targets and their bases at each threshold or more; with ``AlignmentOptions/targets``.
  public static let thresholdsSuffix = ".thresholds.bed.gz"

  /// The outputs, by suffix, that the options ask for and that are streamed.
  public static func streamedSuffixes(_ options: AlignmentOptions) -> [String] {
    (options.perBase ? [perBaseSuffix] : []) + (options.quantize == nil ? [] : [quantizedSuffix])
      + (options.targets == nil ? [] : [regionsSuffix, thresholdsSuffix])
  }

  /// One contig's result.
  public struct Contig: Sendable, Equatable {
    /// The contig's index in the header.
    public var index: Int
    /// Whether any record stands at it, counted or not; mosdepth leaves the others out of what it sums.
    public var hasRecords: Bool
    /// Every base.
    public var sums: MosdepthSums
    /// Every base of every target, bases of several for each; nil without targets.
    public var targetSums: MosdepthSums?
  }

  let setting: CollectorSetting
  private var current = -1
  private var hasRecords = false
  private var window = DepthWindow()
  private var mates = MosdepthMates()
  private var runs: MosdepthRuns
  /// Every contig begun and ended, in order.
  public private(set) var contigs: [Contig] = []

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) {
    self.setting = setting
    runs = MosdepthRuns(setting.options)
  }

  /// Begins a contig.
  public mutating func begin(_ contig: Int, bases: ContigBases?) {
    endContig()
    if contig == 0 { runs.appendHeader() }
    current = contig
    hasRecords = false
    mates.removeAll()
    window.begin(length: setting.lengths[contig])
    runs.begin(setting.header.contigs.contigs[contig].name, length: setting.lengths[contig])
  }

  /// Counts records.
  public mutating func add(_ slice: AlignmentSlice) { slice.forEachRecord { add($0) } }

  /// Ends the last contig.
  public mutating func finish() { endContig() }

  /// Adds other contigs' depth.
  public mutating func merge(_ other: MosdepthCollector) {
    contigs = (contigs + other.contigs).sorted { $0.index < $1.index }
  }

  /// Hands over rows.
  public mutating func drain(to streams: inout CollectorStreams) { runs.drain(to: &streams) }

  private mutating func endContig() {
    guard current >= 0 else { return }
    window.end(into: &runs)
    runs.end()
    contigs.append(
      Contig(index: current, hasRecords: hasRecords, sums: runs.sums, targetSums: runs.targetSums))
    current = -1
  }

  private mutating func add(_ record: AlignmentRecord) {
    let position = record.position
    // mosdepth asks the index for each contig from its first base to its last.
    guard position >= 0, position < window.length else { return }
    hasRecords = true
    let flags = record.flags
    guard flags.isDisjoint(with: DepthCollector.excluded),
      Int(record.mappingQuality) >= setting.options.minimumMappingQuality
    else { return }
    window.advance(to: position, into: &runs)
    let cigar = record.cigar
    var end = position
    for operation in cigar where operation.consumesReference {
      let next = end + operation.length
      if operation.isAligned { window.add(end..<next, 1) }
      end = next
    }
    if flags.contains(.properPair), !flags.contains(.supplementary) {
      matchMate(record, cigar, position..<max(end, position + 1))
    }
  }

  private mutating func matchMate(_ record: AlignmentRecord, _ cigar: Cigar, _ span: Range<Int>) {
    let position = span.lowerBound
    let matePosition = record.matePosition
    let reachesMate = record.mateContig == current && span.upperBound > matePosition && position <= matePosition
    if !reachesMate && mates.isEmpty { return }
    let key = ReadName.key(record.name)
    if reachesMate, position < matePosition || !mates.contains(key, reaching: position) {
      let mate = MosdepthMates.Mate(
        start: Int32(clamping: position), end: Int32(clamping: span.upperBound),
        covered: cigar.count == 1 ? nil : DepthCollector.covered(record),
        isAligned: cigar.count == 1 && cigar[0].isAligned)
      mates.keep(mate, key, at: position)
    } else if let mate = mates.take(key, reaching: position) {
      removeOverlap(record, cigar, span, mate)
    }
  }

  private mutating func removeOverlap(
    _ record: AlignmentRecord, _ cigar: Cigar, _ span: Range<Int>, _ mate: MosdepthMates.Mate
  ) {
    if cigar.count == 1, mate.covered == nil {
      window.add(span.lowerBound..<Int(mate.end), -1)
      return
    }
    let mateStretches = mate.covered ?? (mate.isAligned ? [Int(mate.start)..<Int(mate.end)] : [])
    for a in DepthCollector.covered(record) {
      for b in mateStretches where a.overlaps(b) { window.add(a.clamped(to: b), -1) }
    }
  }
}
