import GenomicFiles

/// The statistics of `samtools stats` 1.16 that depend on coordinate order: depth, GC and depth, and with a reference
/// mismatches by cycle. Secondary alignments, unmapped reads and records without SEQ do not count; duplicates,
/// QC-failed reads and supplementary alignments do.
public struct SamtoolsStatsWalk: CoordinateCollector {
  /// `stats`.
  public static let name = "stats"
  /// The reference, if there is one.
  public static let referenceNeed = ReferenceNeed.contigsWithRecords

  /// The largest depth that is told apart.
  static let largestDepth = 1000
  /// Bases past a contig's end that are counted: samtools does not know where contigs end.
  private static let overhang = 1 << 20

  private let lengths: [Int]
  private var contig = -1
  private var reference: ContigBases?
  private var tile: DepthTile?

  /// Bases by depth, in the last entry those of more than ``largestDepth``.
  private(set) var coverage = [Int](repeating: 0, count: SamtoolsStatsWalk.largestDepth + 2)
  private(set) var gcDepth: GCDepth
  /// nil without a reference.
  private(set) var mismatches: MismatchCycles?

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) {
    lengths = setting.lengths
    gcDepth = GCDepth(hasReference: setting.hasReference)
    mismatches = setting.hasReference ? MismatchCycles() : nil
  }

  /// Begins a contig.
  public mutating func begin(_ contig: Int, bases: ContigBases?) {
    endContig()
    self.contig = contig
    reference = bases
    gcDepth.begin(contig)
  }

  /// Counts records.
  public mutating func add(_ slice: AlignmentSlice) { slice.forEachRecord { add($0) } }

  /// Ends the last contig.
  public mutating func finish() { endContig() }

  /// Adds other contigs' counts.
  public mutating func merge(_ other: SamtoolsStatsWalk) {
    for depth in coverage.indices { coverage[depth] += other.coverage[depth] }
    gcDepth.merge(other.gcDepth)
    if let added = other.mismatches { mismatches?.merge(added) }
  }

  /// Nothing: ``SamtoolsStats`` says what all of them found.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {}

  private mutating func add(_ record: AlignmentRecord) {
    let flags = record.flags
    let length = record.sequenceLength
    guard !flags.contains(.secondary), length > 0 else { return }
    let cigar = record.cigar
    let wholeLength = cigar.reduce(length) { $1.code == 5 ? $0 + $1.length : $0 }
    gcDepth.noteLength(wholeLength)
    guard !flags.contains(.unmapped), record.position >= 0 else { return }
    gcDepth.add(record, cigar, reference)
    if let reference { mismatches?.add(record, cigar, wholeLength: wholeLength, reference) }
    addDepth(record.position, cigar)
  }

  private mutating func addDepth(_ position: Int, _ cigar: Cigar) {
    if tile == nil { tile = DepthTile(length: lengths[contig] + Self.overhang) }
    tile?.advance(to: position)
    var start = position
    for operation in cigar where operation.consumesReference {
      let end = start + operation.length
      if operation.isAligned { tile?.add(start..<end, 1) }
      start = end
    }
  }

  private mutating func endContig() {
    guard var tile else { return }
    self.tile = nil
    tile.settle(to: tile.length)
    for (depth, bases) in tile.histogram.enumerated() where depth > 0 {
      coverage[min(depth, Self.largestDepth + 1)] += bases
    }
  }
}
