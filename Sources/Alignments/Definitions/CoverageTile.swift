/// Depth along one contig by several definitions at once, in a window that slides with sorted alignments: every base left
/// of the current alignment is final.
///
/// Positions count from 0. Memory is the span of the longest alignment, not the contig.
struct CoverageTile: ~Copyable {
  /// Changes of depth at a position.
  private struct Changes {
    /// Of bases of quality 20 or more, mates' overlap once.
    var good: Int32 = 0
    /// Of reads without regard to base quality, mates' overlap once.
    var plain: Int32 = 0
    /// Of all reads that count for `good`, overlaps twice.
    var raw: Int32 = 0
  }

  /// So many positions are left unsettled, so that they are settled many at a time.
  private static let lag = 1 << 13

  private var room = 1 << 16
  private var changes: UnsafeMutablePointer<Changes>
  /// Depth of bases of quality 3 or more, up to the cap.
  private var cells: UnsafeMutablePointer<UInt8>
  /// The position of the first cell.
  private var base = 0
  /// Everything before this position is counted, and its cells are 0.
  private var settled = 0
  /// Nothing is noted at or behind this position.
  private var horizon = 0
  private var now = Changes()
  private var gaps: [Range<Int>] = []
  /// The first gap that ends behind `settled`, and behind the current alignment.
  private var settledGap = 0
  private var currentGap = 0
  private var length = 0
  /// Four histograms of qualities, to be added up.
  private let tallies: UnsafeMutablePointer<Int>
  private static let tallyCount = 4 * 256

  /// What was counted since ``begin(length:gaps:)``; complete after ``end()``.
  var counts = CoverageCounts()

  init() {
    changes = .allocate(capacity: room)
    changes.initialize(repeating: Changes(), count: room)
    cells = .allocate(capacity: room + 8)
    cells.initialize(repeating: 0, count: room + 8)
    tallies = .allocate(capacity: Self.tallyCount)
    tallies.initialize(repeating: 0, count: Self.tallyCount)
  }

  deinit {
    changes.deallocate()
    cells.deallocate()
    tallies.deallocate()
  }

  /// Begins a contig.
  mutating func begin(length: Int, gaps: ReferenceGaps) {
    self.length = length
    self.gaps = gaps.ranges
    (base, settled, horizon, settledGap, currentGap) = (0, 0, 0, 0, 0)
    now = Changes()
    counts = CoverageCounts()
  }

  /// Ends the contig.
  mutating func end() {
    settle(to: length)
    // What was noted just behind the contig's end.
    if horizon > settled {
      (changes + (settled - base)).update(repeating: Changes(), count: horizon - settled)
      (cells + (settled - base)).update(repeating: 0, count: horizon - settled)
    }
    for quality in 3..<counts.qualities.count {
      for part in stride(from: 0, to: Self.tallyCount, by: 256) { counts.qualities[quality] += tallies[part + quality] }
    }
    tallies.update(repeating: 0, count: Self.tallyCount)
  }

  /// Goes on to an alignment at a position; later ones do not begin before it.
  @inline(__always)
  mutating func advance(to position: Int) {
    if position &- settled > Self.lag { settle(to: position) }
    while currentGap < gaps.count, gaps[currentGap].upperBound <= position { currentGap &+= 1 }
  }

  /// Makes room for a block; to be called before anything of it is noted.
  @inline(__always)
  mutating func prepare(_ block: Range<Int>, from position: Int) {
    if block.upperBound &+ 1 &- base > room { slide(from: position, to: block.upperBound + 1) }
    if block.upperBound &+ 1 > horizon { horizon = block.upperBound &+ 1 }
  }

  /// Whether a block has bases over N.
  @inline(__always)
  func touchesGap(_ block: Range<Int>) -> Bool {
    currentGap < gaps.count && gaps[currentGap].lowerBound < block.upperBound && overlapsGap(block)
  }

  private func overlapsGap(_ block: Range<Int>) -> Bool {
    var gap = currentGap
    while gap < gaps.count, gaps[gap].lowerBound < block.upperBound {
      if gaps[gap].upperBound > block.lowerBound { return true }
      gap += 1
    }
    return false
  }

  /// Clears the bits of a block's bases over N.
  func clearGaps(_ block: Range<Int>, _ bits: UnsafeMutablePointer<UInt64>) {
    var gap = currentGap
    while gap < gaps.count, gaps[gap].lowerBound < block.upperBound {
      let range = gaps[gap].clamped(to: block)
      for place in range { bits[(place - block.lowerBound) >> 6] &= ~(1 << UInt64((place - block.lowerBound) & 63)) }
      gap += 1
    }
  }

  /// Notes one more read over a block, whatever its bases' qualities.
  @inline(__always)
  func addPlain(_ block: Range<Int>) {
    changes[block.lowerBound &- base].plain &+= 1
    changes[block.upperBound &- base].plain &-= 1
  }

  /// Notes one more read over some bases of a block.
  func addPlain(_ block: Range<Int>, _ bits: UnsafePointer<UInt64>) {
    let changes = changes
    forEachRun(block, bits) { start, end in
      changes[start].plain &+= 1
      changes[end].plain &-= 1
    }
  }

  /// Notes good bases of a block.
  @inline(__always)
  func addGood(_ block: Range<Int>, _ bits: UnsafePointer<UInt64>) {
    let changes = changes
    forEachRun(block, bits) { start, end in
      changes[start].good &+= 1
      changes[end].good &-= 1
    }
  }

  @inline(__always)
  private func forEachRun(_ block: Range<Int>, _ bits: UnsafePointer<UInt64>, _ body: (Int, Int) -> Void) {
    let first = block.lowerBound &- base
    for word in 0..<QualityMasks.words(block.count) {
      var rest = bits[word]
      while rest != 0 {
        let start = rest.trailingZeroBitCount
        let ones = (~(rest >> UInt64(truncatingIfNeeded: start))).trailingZeroBitCount
        body(first &+ 64 &* word &+ start, first &+ 64 &* word &+ start &+ ones)
        if start &+ ones >= 64 { break }
        rest = rest & (~0 << UInt64(truncatingIfNeeded: start &+ ones))
      }
    }
  }

  /// Notes the qualities of a block of a read that counts for `good`.
  ///
  /// - Parameter isShallow: no base of it has as many reads over it as the cap.
  @inline(__always)
  func addQualities(_ block: Range<Int>, _ qualities: UnsafeRawPointer, _ count: Int, isShallow: Bool, hasGap: Bool) {
    changes[block.lowerBound &- base].raw &+= 1
    changes[block.upperBound &- base].raw &-= 1
    let cells = cells + (block.lowerBound &- base)
    if isShallow, !hasGap {
      QualityMasks.tally(qualities, count, cells: UnsafeMutableRawPointer(cells), histogram: tallies)
    } else {
      addQualitiesOneByOne(block, qualities, count, cells, hasGap)
    }
  }

  private func addQualitiesOneByOne(
    _ block: Range<Int>, _ qualities: UnsafeRawPointer, _ count: Int, _ cells: UnsafeMutablePointer<UInt8>,
    _ hasGap: Bool
  ) {
    var gap = currentGap
    for place in 0..<count {
      let quality = qualities.load(fromByteOffset: place, as: UInt8.self)
      guard quality > 2, quality < 127, cells[place] < CoverageCounts.cap else { continue }
      if hasGap {
        let position = block.lowerBound + place
        while gap < gaps.count, gaps[gap].upperBound <= position { gap += 1 }
        if gap < gaps.count, gaps[gap].lowerBound <= position { continue }
      }
      cells[place] &+= 1
      tallies[Int(quality)] &+= 1
    }
  }

  /// The number of reads that count for `good` just before a position and at it, overlaps twice.
  mutating func rawDepth(at position: Int) -> (before: Int, at: Int) {
    settle(to: position)
    guard position < length, position < horizon, position >= settled else { return (Int(now.raw), Int(now.raw)) }
    return (Int(now.raw), Int(now.raw) + Int(changes[position - base].raw))
  }

  /// Counts every base before a position.
  private mutating func settle(to limit: Int) {
    let end = min(limit, length)
    while settled < end {
      var stop = end
      var isGap = false
      if settledGap < gaps.count {
        let gap = gaps[settledGap]
        isGap = gap.lowerBound <= settled
        stop = min(stop, isGap ? gap.upperBound : gap.lowerBound)
      }
      if settled >= horizon {
        // Nothing is noted from here on: depth is 0.
        if !isGap {
          counts.depths[0] += stop - settled
          counts.rawDepths[0] += stop - settled
        }
        settled = stop
        base = max(base, settled)
      } else {
        stop = min(stop, horizon)
        if isGap { pass(settled..<stop) } else { count(settled..<stop) }
        settled = stop
      }
      if isGap, settled == gaps[settledGap].upperBound { settledGap += 1 }
    }
  }

  private mutating func count(_ range: Range<Int>) {
    var now = now
    var capped = 0
    var asked = 0
    let (changes, cells) = (changes, cells)
    let places = (range.lowerBound &- base)..<(range.upperBound &- base)
    counts.depths.withUnsafeMutableBufferPointer { depths in
      counts.rawDepths.withUnsafeMutableBufferPointer { rawDepths in
        for cell in places {
          let change = changes[cell]
          now.good &+= change.good
          now.plain &+= change.plain
          now.raw &+= change.raw
          changes[cell] = Changes()
          let depth = min(Int(now.good), CoverageCounts.cap)
          depths[depth] &+= 1
          capped &+= Int(now.good) &- depth
          if now.plain >= Int32(CoverageCounts.asked) { asked &+= 1 }
          rawDepths[Int(cells[cell])] &+= 1
          cells[cell] = 0
        }
      }
    }
    self.now = now
    counts.capped += capped
    counts.plainAtAsked += asked
  }

  /// Goes over bases that are not counted.
  private mutating func pass(_ range: Range<Int>) {
    for cell in (range.lowerBound - base)..<(range.upperBound - base) {
      now.good &+= changes[cell].good
      now.plain &+= changes[cell].plain
      now.raw &+= changes[cell].raw
      changes[cell] = Changes()
      cells[cell] = 0
    }
  }

  /// Moves the window to where it is still needed, in a larger room where the block is longer.
  private mutating func slide(from position: Int, to end: Int) {
    settle(to: position)
    let live = max(0, horizon - settled)
    let offset = settled - base
    if 2 * (end - settled) > room {
      let old = room
      while 2 * (end - settled) > room { room *= 2 }
      let newChanges = UnsafeMutablePointer<Changes>.allocate(capacity: room)
      newChanges.initialize(repeating: Changes(), count: room)
      let newCells = UnsafeMutablePointer<UInt8>.allocate(capacity: room + 8)
      newCells.initialize(repeating: 0, count: room + 8)
      precondition(live == 0 || offset + live <= old)
      if live > 0 {
        newChanges.update(from: changes + offset, count: live)
        newCells.update(from: cells + offset, count: live)
      }
      changes.deallocate()
      cells.deallocate()
      (changes, cells) = (newChanges, newCells)
    } else if live > 0, offset > 0 {
      changes.update(from: changes + offset, count: live)
      cells.update(from: cells + offset, count: live)
      // What was moved away from, where nothing was moved to.
      let stale = max(live, offset)
      (changes + stale).update(repeating: Changes(), count: offset + live - stale)
      (cells + stale).update(repeating: 0, count: offset + live - stale)
    }
    base = settled
  }
}
