public import GenomicFiles

/// The statistics of `samtools stats` 1.16 that do not depend on the order of records, and the text of all of them.
///
/// Which records count, by section (reference/qc.md 3.3, and experiments with the program): for the checksums all;
/// secondary alignments and records without SEQ for nothing more; supplementary alignments only for bases mapped
/// (cigar), mismatches, indels, maximum lengths and duplicates; QC-failed reads for everything; barcodes are those of
/// first fragments.
public struct SamtoolsStats: RecordCollector, Equatable {
  /// `stats`.
  public static let name = "stats"

  /// A read's place in its template, as samtools takes it: unpaired reads are first fragments, paired ones with both
  /// flags or none neither first nor last.
  enum Fragment: Int { case first, last, other }

  var counts = StatsCounts()
  /// Lengths with hard-clipped bases, by ``Fragment``.
  private(set) var lengths = [LengthCounts(), LengthCounts(), LengthCounts()]
  /// By ``Fragment``.
  private(set) var qualities = [QualityCycles(), QualityCycles(), QualityCycles()]
  /// Of first and last fragments, forward before reverse.
  private(set) var bases = [BaseCycles(), BaseCycles(), BaseCycles(), BaseCycles()]
  /// Reads by share of C and G in 200 steps, of first and last fragments.
  private(set) var gc = [[Int]](repeating: [Int](repeating: 0, count: SamtoolsStats.gcSteps), count: 2)
  /// Of records without the QC-fail flag, and with it.
  private(set) var inserts = [InsertSizes(), InsertSizes()]
  private(set) var indels = IndelCounts()
  /// By ``BarcodeCounts/tags``.
  private(set) var barcodes = [BarcodeCounts(), BarcodeCounts(), BarcodeCounts(), BarcodeCounts()]

  static let gcSteps = 200

  /// Nothing counted.
  public init() {}

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) {}

  /// Counts a record of which it is not known where it stands in the file: of two forms of barcode any may lead.
  public mutating func add(_ record: AlignmentRecord) { add(record, number: 0) }

  /// Counts a batch's records.
  public mutating func add(_ batch: AlignmentBatch) {
    let first = batch.firstRecord
    batch.forEachRecord { index, record in add(record, number: first + index) }
  }

  /// Adds a part.
  public mutating func merge(_ other: SamtoolsStats) {
    counts.merge(other.counts)
    for index in 0..<3 {
      lengths[index].merge(other.lengths[index])
      qualities[index].merge(other.qualities[index])
    }
    for index in 0..<4 {
      bases[index].merge(other.bases[index])
      barcodes[index].merge(other.barcodes[index])
    }
    for index in 0..<2 {
      for step in 0..<Self.gcSteps { gc[index][step] += other.gc[index][step] }
      inserts[index].merge(other.inserts[index])
    }
    indels.merge(other.indels)
  }

  private mutating func add(_ record: AlignmentRecord, number: Int) {
    let flags = record.flags
    counts.addChecksums(record)
    if flags.contains(.secondary) {
      counts.secondary += 1
      return
    }
    let length = record.sequenceLength
    let isPrimary = !flags.contains(.supplementary)
    if isPrimary { counts.addShares(flags) } else { counts.supplementary += 1 }
    guard length > 0 else { return }
    let isMapped = !flags.contains(.unmapped)
    let cigar = record.cigar
    let fragment = Self.fragment(flags)
    let wholeLength = cigar.reduce(length) { $1.code == 5 ? $0 + $1.length : $0 }
    counts.longest[fragment.rawValue] = max(counts.longest[fragment.rawValue], wholeLength)
    if flags.contains(.duplicate) {
      counts.duplicates += 1
      counts.duplicateBases += length
    }
    guard isPrimary || isMapped else { return }
    let tags = StatsTags(record.tags)
    if isPrimary {
      lengths[fragment.rawValue].add(wholeLength)
      addPrimary(record, flags, fragment)
      if tags.hasBarcode, fragment == .first { addBarcodes(tags, number) }
      if Self.isMappedPair(flags) { addInsert(record, flags) }
    }
    guard isMapped else { return }
    indels.add(
      cigar, sequenceLength: length, isReverse: flags.contains(.reverse),
      fragment: fragment == .other ? nil : fragment.rawValue)
    if let distance = tags.distance {
      counts.mismatches &+= distance.integer ?? 0
      if distance.integer != nil { counts.withDistance += 1 }
    }
    for operation in cigar where operation.isAligned || operation.code == 1 {
      counts.alignedBases += operation.length
    }
  }

  private mutating func addPrimary(_ record: AlignmentRecord, _ flags: AlignmentFlags, _ fragment: Fragment) {
    let length = record.sequenceLength
    let isReverse = flags.contains(.reverse)
    counts.addPrimary(record, flags, fragment)
    let qualities = record.qualities
    self.qualities[fragment.rawValue].add(qualities, isReverse: isReverse)
    if flags.contains(.qualityFail) {
      for quality in qualities where quality >= 30 && quality < 255 { counts.failedBasesQ30 += 1 }
    }
    guard fragment != .other else { return }
    let packed = record.packedSequence
    bases[2 * fragment.rawValue + (isReverse ? 1 : 0)].add(packed, length: length, isReverse: isReverse)
    let gcBases = countGC(packed, length: length)
    let start = gcBases * (Self.gcSteps - 1) / length
    let end = min((gcBases + 1) * (Self.gcSteps - 1) / length, Self.gcSteps - 1)
    for step in start..<max(start, end) { gc[fragment.rawValue][step] += 1 }
  }

  private mutating func addBarcodes(_ tags: StatsTags, _ number: Int) {
    let values = tags.barcodes
    let pairs = [
      (values.0, values.1), (values.2, values.3), (values.4, values.5), (values.6, values.7),
    ]
    for (index, (barcode, quality)) in pairs.enumerated() {
      if let text = barcode?.text { barcodes[index].add(text, quality?.text, record: number) }
    }
  }

  /// A pair's size is TLEN without its sign, also of mates on other contigs if it is not 0. The mates look at each other
  /// (inward) where the leftmost is on the forward strand.
  private mutating func addInsert(_ record: AlignmentRecord, _ flags: AlignmentFlags) {
    let size = abs(record.templateLength)
    guard size > 0 || record.contig == record.mateContig else { return }
    let orientation: InsertSizes.Orientation
    if flags.contains(.reverse) == flags.contains(.mateReverse) {
      orientation = .other
    } else {
      // samtools asks for READ1 here, whatever READ2 says.
      let isRead1 = flags.contains(.read1)
      let distance = record.matePosition - record.position
      let isInOrder = isRead1 ? distance >= 0 : distance <= 0
      orientation = isInOrder == (isRead1 == !flags.contains(.reverse)) ? .inward : .outward
    }
    inserts[flags.contains(.qualityFail) ? 1 : 0].add(size, orientation)
  }

  static func fragment(_ flags: AlignmentFlags) -> Fragment {
    guard flags.contains(.paired) else { return .first }
    switch (flags.contains(.read1), flags.contains(.read2)) {
    case (true, false): return .first
    case (false, true): return .last
    default: return .other
    }
  }

  static func isMappedPair(_ flags: AlignmentFlags) -> Bool {
    flags.contains(.paired) && flags.isDisjoint(with: [.unmapped, .mateUnmapped])
  }
}
