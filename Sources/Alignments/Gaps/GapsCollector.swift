import GenomicFiles
import Genomics

/// Depth of exons, their gaps, and why reads there did not count.
///
/// Depth is that of ``GapProfile``: alignments that are not unmapped, secondary, failed or duplicates, of the least mapping
/// quality, bases of the least quality, and a base that both mates of a pair read once (whether the pair is proper or not).
/// Only bases in exons are looked at, in islands of exons that overlap; memory is the islands that reads still reach.
public struct GapsCollector: CoordinateCollector {
  /// `gaps`.
  public static let name = "gaps"

  /// Soft-clipped bases count as clipped up to this many bases from the alignment: an island is final once reads begin
  /// this far behind it.
  static let clipReach = 1000

  private let setting: CollectorSetting
  let options: GapOptions
  private var current = -1
  private var islands: [ExonIsland] = []
  private var counts: [IslandCounts?] = []
  /// Islands before this one are final.
  private var first = 0
  private var mates = GapMates()
  private var exons: [ExonModels.Exon] = []
  private var evaluation: GapEvaluation

  /// Nothing counted; nil without exons.
  public init?(_ setting: CollectorSetting) {
    guard let options = setting.options.gaps else { return nil }
    self.setting = setting
    self.options = options
    evaluation = GapEvaluation(options)
  }

  /// Every exon of the contigs ended, in order.
  public var found: [ExonCoverage] { evaluation.exons }
  /// Every gene of the contigs ended, in order.
  public var genes: [GeneCoverage] { evaluation.genes }

  /// Begins a contig.
  public mutating func begin(_ contig: Int, bases: ContigBases?) {
    endContig()
    current = contig
    let name = setting.header.contigs.contigs[contig].name
    exons = options.models.byContig[name] ?? []
    islands = ExonIsland.islands(exons)
    counts = islands.map { _ in nil }
    first = 0
    mates.removeAll()
    evaluation.begin(contig, name: name)
  }

  /// Counts records.
  public mutating func add(_ slice: AlignmentSlice) {
    guard first < islands.count else { return }
    slice.forEachRecord { add($0) }
  }

  /// Ends the last contig.
  public mutating func finish() { endContig() }

  /// Adds other contigs' exons.
  public mutating func merge(_ other: GapsCollector) { evaluation.merge(other.evaluation) }

  private mutating func endContig() {
    guard current >= 0 else { return }
    while first < islands.count { endIsland() }
    evaluation.endContig()
    current = -1
  }

  private mutating func endIsland() {
    let island = islands[first]
    evaluation.take(exons[island.exons], island, counts[first] ?? IslandCounts(island.places))
    counts[first] = nil
    first += 1
  }

  private mutating func add(_ record: AlignmentRecord) {
    let position = record.position
    let flags = record.flags
    guard position >= 0, flags.isDisjoint(with: [.unmapped, .secondary]) else { return }
    while first < islands.count, islands[first].places.upperBound + Self.clipReach <= position { endIsland() }
    guard first < islands.count else { return }
    let cigar = record.cigar
    var end = position
    for operation in cigar where operation.consumesReference { end += operation.length }
    guard islands[first].places.lowerBound < end + Self.clipReach else { return }
    if let filter = filter(record, flags) {
      Self.forEachStretch(cigar, position) { range, _ in note(range, filter) }
      return
    }
    noteClips(cigar, position..<end)
    guard islands[first].places.lowerBound < end else { return }
    countBases(record, flags, cigar, position..<end)
  }

  /// The filter that a whole read fails of; nil for none.
  private func filter(_ record: AlignmentRecord, _ flags: AlignmentFlags) -> GapReason? {
    if flags.contains(.qualityFail) { return .qualityFail }
    if flags.contains(.duplicate) { return .duplicates }
    return Int(record.mappingQuality) < options.profile.minimumMappingQuality ? .mappingQuality : nil
  }

  private mutating func countBases(
    _ record: AlignmentRecord, _ flags: AlignmentFlags, _ cigar: Cigar, _ span: Range<Int>
  ) {
    let matePosition = record.matePosition
    let isMate = flags.contains(.paired) && !flags.contains(.supplementary) && record.mateContig == current
    let mayWait = isMate && matePosition >= span.lowerBound && matePosition < span.upperBound
    let key = mayWait || isMate && !mates.isEmpty ? ReadName.key(record.name) : 0
    let mate = isMate ? mates.take(key, position: span.lowerBound, matePosition: matePosition) : nil
    let qualities = record.qualities
    let minimum = UInt8(clamping: options.profile.minimumBaseQuality)
    var counted: [Range<Int>] = []
    Self.forEachStretch(cigar, span.lowerBound) { range, query in
      let known =
        query + range.count <= qualities.count
        ? UnsafeRawBufferPointer(rebasing: qualities[query..<(query + range.count)])
        : UnsafeRawBufferPointer(start: nil, count: 0)
      for index in open(range) {
        counts[index]?.count(range, known, minimum: minimum, mate: mate ?? [], counted: &counted)
      }
    }
    if mayWait, mate == nil, !counted.isEmpty {
      mates.keep(key, position: span.lowerBound, matePosition: matePosition, counted: counted)
    }
  }

  /// Notes soft-clipped bases where they would lie without the clip.
  private mutating func noteClips(_ cigar: Cigar, _ span: Range<Int>) {
    let soft: UInt32 = 4
    let hard: UInt32 = 5
    var outer = 0..<cigar.count
    if let first = cigar.first, first.code == hard { outer = 1..<outer.upperBound }
    if outer.count > 1, cigar[outer.upperBound - 1].code == hard { outer = outer.lowerBound..<(outer.upperBound - 1) }
    guard outer.count > 1 else { return }
    let (left, right) = (cigar[outer.lowerBound], cigar[outer.upperBound - 1])
    if left.code == soft {
      note((span.lowerBound - min(left.length, Self.clipReach))..<span.lowerBound, .clipping)
    }
    if right.code == soft {
      note(span.upperBound..<(span.upperBound + min(right.length, Self.clipReach)), .clipping)
    }
  }

  private mutating func note(_ range: Range<Int>, _ filter: GapReason) {
    for index in open(range) { counts[index]?.add(range, filter) }
  }

  /// The islands that a range touches, with counters.
  private mutating func open(_ range: Range<Int>) -> Range<Int> {
    var low = first
    while low < islands.count, islands[low].places.upperBound <= range.lowerBound { low += 1 }
    var high = low
    while high < islands.count, islands[high].places.lowerBound < range.upperBound {
      if counts[high] == nil { counts[high] = IslandCounts(islands[high].places) }
      high += 1
    }
    return low..<high
  }

  /// Gives `body` each aligned stretch, and the number of the read's base that it begins with.
  private static func forEachStretch(_ cigar: Cigar, _ start: Int, _ body: (Range<Int>, Int) -> Void) {
    var position = start
    var query = 0
    for operation in cigar {
      if operation.isAligned, operation.length > 0 { body(position..<(position + operation.length), query) }
      if operation.consumesReference { position += operation.length }
      if operation.consumesQuery { query += operation.length }
    }
  }
}
