import GenomicFiles

/// Decides for each alignment of a contig what it counts for, and notes its aligned blocks in the tile.
struct CoverageWalk: ~Copyable {
  /// Picard's LOCUS_ACCUMULATION_CAP: where so many reads cover the place before an alignment, it is left out.
  private static let mostReads = 100_000

  private var tile = CoverageTile()
  private var mates = MateBlocks()
  private var seen = MateBlocks.Seen()
  private let adapters = AdapterReads()
  private var scratch: UnsafeMutablePointer<UInt64>
  private var scratchRoom = 8
  private var length = 0
  private var bases: ContigBases?
  private var q30Overlap = 0
  private var isBegun = true
  /// Where the reads that count for Picard begin and end without a gap between them.
  private var pile = 0..<0

  init() { scratch = .allocate(capacity: scratchRoom) }

  deinit { scratch.deallocate() }

  mutating func begin(length: Int, bases: ContigBases?) {
    self.length = length
    self.bases = bases
    isBegun = false
    q30Overlap = 0
    pile = 0..<0
    mates.removeAll()
  }

  /// Ends the contig and gives its counts, and the overlap of bases of quality 30.
  mutating func end() -> (CoverageCounts, q30Overlap: Int) {
    beginTile()
    tile.end()
    bases = nil
    return (tile.counts, q30Overlap)
  }

  /// Not in `begin`, which no other collector runs beside, where the contig has records.
  private mutating func beginTile() {
    guard !isBegun else { return }
    isBegun = true
    tile.begin(length: length, gaps: bases.map { ReferenceGaps($0.bytes) } ?? ReferenceGaps(unknown: length))
  }

  /// What a record counts for.
  private struct Uses {
    /// Bases of quality 20: Picard's CollectWgsMetrics.
    var good = false
    /// No base quality: mapping quality over 10, not a duplicate, not QC-fail.
    var plain = false
    /// Yield of quality 30: primary, not a duplicate, not QC-fail.
    var yield = false
    var isAny: Bool { good || plain || yield }
  }

  /// Counts a record.
  mutating func add(_ record: AlignmentRecord) {
    let flags = record.flags
    guard flags.isDisjoint(with: [.unmapped, .secondary]), record.position >= 0, record.position < length else {
      return
    }
    if !isBegun { beginTile() }
    let position = record.position
    let uses = uses(record, flags)
    guard uses.isAny else { return }
    tile.advance(to: position)
    // Those that cover the place before stay: their number bounds the depth that `isCrowded` looks at.
    mates.forget(before: position &- 1)
    addBlocks(record, uses)
  }

  /// Picard's filters in its order; each aligned base is put down to the first that leaves it out.
  @inline(__always)
  private mutating func uses(_ record: AlignmentRecord, _ flags: AlignmentFlags) -> Uses {
    var uses = Uses()
    let quality = record.mappingQuality
    let isKept = flags.isDisjoint(with: [.duplicate, .qualityFail])
    uses.plain = isKept && quality > 10
    uses.yield = isKept && !flags.contains(.supplementary)
    if quality == 0, adapters.contain(record) {
      tile.counts.adapter += Self.alignedBases(record)
    } else if quality < 20 {
      tile.counts.lowMappingQuality += Self.alignedBases(record)
    } else if flags.contains(.duplicate) {
      tile.counts.duplicate += Self.alignedBases(record)
    } else if !flags.contains(.paired) || flags.contains(.mateUnmapped) {
      tile.counts.unpaired += Self.alignedBases(record)
    } else if !flags.contains(.qualityFail) {
      uses.good = mates.count < Self.mostReads || !isCrowded(record)
    }
    return uses
  }

  private static func alignedBases(_ record: AlignmentRecord) -> Int {
    var bases = 0
    for operation in record.cigar where operation.isAligned { bases += operation.length }
    return bases
  }

  /// Whether Picard's window, whose first place is the one before the alignment where earlier reads reach that far, is
  /// full there.
  private mutating func isCrowded(_ record: AlignmentRecord) -> Bool {
    let depth = tile.rawDepth(at: record.position)
    let beginsBefore = pile.lowerBound < record.position && pile.upperBound >= record.position
    return (beginsBefore ? depth.before : depth.at) >= Self.mostReads
  }

  private mutating func addBlocks(_ record: AlignmentRecord, _ uses: Uses) {
    let name = MateBlocks.hash(record.name)
    let sequenceLength = record.sequenceLength
    let qualities = UnsafeRawPointer(record.qualities.baseAddress)
    let hasUnknownBases = Self.hasUnknownBases(record)
    var offset = 0
    var position = record.position
    for operation in record.cigar {
      let count = operation.length
      if operation.isAligned {
        let block = min(position, length)..<min(position + count, length)
        // A record may come without bases and qualities.
        let known = max(0, min(block.count, sequenceLength - offset))
        if !block.isEmpty, let qualities {
          let start = hasUnknownBases ? offset : -1
          add(block, name, uses, qualities + min(offset, sequenceLength), known, record, unknownFrom: start)
        }
      }
      if operation.consumesQuery { offset += count }
      if operation.consumesReference { position += count }
    }
    if uses.good {
      let begins = pile.upperBound >= record.position ? pile.lowerBound : record.position
      pile = begins..<max(pile.upperBound, min(position, length), begins)
    }
  }

  /// - Parameters:
  ///   - known: how many of the block's bases have qualities.
  ///   - unknownFrom: the block's first base in a read that has N; -1 where it has none.
  @inline(__always)
  private mutating func add(
    _ block: Range<Int>, _ name: UInt64, _ uses: Uses, _ qualities: UnsafeRawPointer, _ known: Int,
    _ record: AlignmentRecord, unknownFrom: Int
  ) {
    let words = QualityMasks.words(block.count)
    tile.prepare(block, from: record.position)
    let isShallow = mates.count < CoverageCounts.cap
    let q20 = mates.room(words)
    let q30 = q20 + words
    QualityMasks.fill(qualities, known, q20: q20, q30: q30)
    for word in QualityMasks.words(known)..<words { (q20[word], q30[word]) = (0, 0) }
    if !uses.yield { q30.update(repeating: 0, count: words) }
    if uses.good {
      if unknownFrom >= 0 { Self.clearUnknownBases(record, unknownFrom, known, q20) }
    } else {
      q20.update(repeating: 0, count: words)
    }
    let isSeen = mates.cover(name: name, start: block.lowerBound, end: block.upperBound, &seen)
    if uses.good {
      let hasGap = tile.touchesGap(block)
      tile.addQualities(block, qualities, known, isShallow: isShallow, hasGap: hasGap)
      if isSeen || hasGap { addGoodSlowly(block, words, q20, isSeen, hasGap) } else { addGood(block, words, q20) }
    }
    if uses.plain {
      if isSeen { addPlain(block, words) } else { tile.addPlain(block) }
    }
    if uses.yield, isSeen {
      for word in 0..<words { q30Overlap &+= (q30[word] & seen.q30[word]).nonzeroBitCount }
    }
    mates.append(name: name, start: block.lowerBound, end: block.upperBound, isPlain: uses.plain)
  }

  @inline(__always)
  private mutating func addGood(_ block: Range<Int>, _ words: Int, _ q20: UnsafeMutablePointer<UInt64>) {
    var good = 0
    for word in 0..<words { good &+= q20[word].nonzeroBitCount }
    tile.counts.lowBaseQuality &+= block.count &- good
    tile.addGood(block, q20)
  }

  private mutating func addGoodSlowly(
    _ block: Range<Int>, _ words: Int, _ q20: UnsafeMutablePointer<UInt64>, _ isSeen: Bool, _ hasGap: Bool
  ) {
    // The block's bases that are not over N.
    let territory = fullScratch(block.count)
    if hasGap { tile.clearGaps(block, territory) }
    for word in 0..<words {
      let good = q20[word] & territory[word]
      let before = isSeen ? seen.q20[word] : 0
      tile.counts.lowBaseQuality += territory[word].nonzeroBitCount - good.nonzeroBitCount
      tile.counts.overlap += (good & before).nonzeroBitCount
      territory[word] = good & ~before
    }
    tile.addGood(block, territory)
  }

  private mutating func addPlain(_ block: Range<Int>, _ words: Int) {
    let rest = fullScratch(block.count)
    for word in 0..<words { rest[word] &= ~seen.plain[word] }
    tile.addPlain(block, rest)
  }

  /// A bit for each of so many bases.
  private mutating func fullScratch(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    let words = QualityMasks.words(count)
    if words > scratchRoom {
      scratch.deallocate()
      scratchRoom = 2 * words
      scratch = .allocate(capacity: scratchRoom)
    }
    scratch.update(repeating: ~0, count: words)
    if count & 63 != 0 { scratch[words - 1] = (1 << UInt64(count & 63)) - 1 }
    return scratch
  }

  /// Whether a read has N among its bases: the 4-bit code 15.
  @inline(__always)
  private static func hasUnknownBases(_ record: AlignmentRecord) -> Bool {
    let packed = record.packedSequence
    guard let base = packed.baseAddress else { return false }
    var offset = 0
    while offset < packed.count {
      let word = QualityMasks.load(base, offset, of: packed.count)
      if word & word >> 1 & word >> 2 & word >> 3 & 0x1111_1111_1111_1111 != 0 { return true }
      offset &+= 8
    }
    return false
  }

  private static func clearUnknownBases(
    _ record: AlignmentRecord, _ first: Int, _ count: Int, _ bits: UnsafeMutablePointer<UInt64>
  ) {
    let packed = record.packedSequence
    for place in 0..<count {
      let index = first + place
      let code = index & 1 == 0 ? packed[index >> 1] >> 4 : packed[index >> 1] & 15
      if code == 15 { bits[place >> 6] &= ~(1 << UInt64(place & 63)) }
    }
  }
}
