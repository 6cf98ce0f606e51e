/// Counts of the reads of one file before and after filtering, as one worker fills them.
///
/// Most reads go out as they came in, or without a tail: what both stages share is counted once.
struct MateCounts: ~Copyable {
  private var kept = NarrowCounts()
  private var beforeOnly = NarrowCounts()
  private var afterOnly = NarrowCounts()
  private var before = ReadStatistics()
  private var after = ReadStatistics()
  private var isWide = false

  /// Whether `empty` should be called before the next unit: what is moved to wide counts here takes memory of its own.
  var isFull: Bool { isWide || kept.isHalfFull || beforeOnly.isHalfFull || afterOnly.isHalfFull }

  /// Counts a read that went out, of unchanged bases, as it came in and as it went out.
  @inline(__always)
  mutating func countKept(_ original: WorkingRead, _ result: WorkingRead) {
    guard result.sequence == original.sequence else {
      countBefore(original)
      countAfter(result)
      return
    }
    var rolling = NarrowCounts.Rolling()
    kept.count(original.sequence, original.quality, 0..<result.length, isCalled: original.letters == .called, &rolling)
    after.countRead(length: result.length, strong: rolling.strong, called: rolling.called)
    beforeOnly.count(original.sequence, original.quality, result.length..<original.length, isCalled: false, &rolling)
    before.countRead(length: original.length, strong: rolling.strong, called: rolling.called)
    if kept.isFull || beforeOnly.isFull { widen() }
  }

  /// Counts a read as it came in.
  mutating func countBefore(_ read: WorkingRead) {
    var rolling = NarrowCounts.Rolling()
    beforeOnly.count(read.sequence, read.quality, 0..<read.length, isCalled: read.letters == .called, &rolling)
    before.countRead(length: read.length, strong: rolling.strong, called: rolling.called)
    if beforeOnly.isFull { widen() }
  }

  /// Counts a read as it went out.
  mutating func countAfter(_ read: WorkingRead) {
    var rolling = NarrowCounts.Rolling()
    afterOnly.count(read.sequence, read.quality, 0..<read.length, isCalled: read.letters == .called, &rolling)
    after.countRead(length: read.length, strong: rolling.strong, called: rolling.called)
    if afterOnly.isFull { widen() }
  }

  /// Moves narrow counts to wide ones: a unit can hold more reads than they do.
  @inline(never)
  private mutating func widen() {
    isWide = true
    before.add(kept)
    before.add(beforeOnly)
    after.add(kept)
    after.add(afterOnly)
    kept.clear()
    beforeOnly.clear()
    afterOnly.clear()
  }

  /// Moves the counts to totals.
  mutating func empty(into totalBefore: inout ReadStatistics, _ totalAfter: inout ReadStatistics) {
    widen()
    totalBefore.merge(before)
    totalAfter.merge(after)
    before = ReadStatistics()
    after = ReadStatistics()
    isWide = false
  }
}
