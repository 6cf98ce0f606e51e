/// Counts of the reads of one file before and after filtering, as one worker fills them.
///
/// Most reads go out as they came in, or without a tail: what both stages share is counted once.
struct MateCounts: ~Copyable {
  private var kept = NarrowCounts()
  private var beforeOnly = NarrowCounts()
  private var afterOnly = NarrowCounts()
  private var before = ReadStatistics()
  private var after = ReadStatistics()
  /// Whether `empty` has to be called before the next read.
  var isFull: Bool { kept.isFull || beforeOnly.isFull || afterOnly.isFull }

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
    if original.letters == .mixed {
      before.countAmbiguous(original)
      after.countAmbiguous(result)
    }
    beforeOnly.count(original.sequence, original.quality, result.length..<original.length, isCalled: false, &rolling)
    before.countRead(length: original.length, strong: rolling.strong, called: rolling.called)
  }

  /// Counts a read as it came in.
  mutating func countBefore(_ read: WorkingRead) {
    var rolling = NarrowCounts.Rolling()
    beforeOnly.count(read.sequence, read.quality, 0..<read.length, isCalled: read.letters == .called, &rolling)
    before.countAmbiguous(read)
    before.countRead(length: read.length, strong: rolling.strong, called: rolling.called)
  }

  /// Counts a read as it went out.
  mutating func countAfter(_ read: WorkingRead) {
    var rolling = NarrowCounts.Rolling()
    afterOnly.count(read.sequence, read.quality, 0..<read.length, isCalled: read.letters == .called, &rolling)
    after.countAmbiguous(read)
    after.countRead(length: read.length, strong: rolling.strong, called: rolling.called)
  }

  /// Moves the counts to totals.
  mutating func empty(into totalBefore: inout ReadStatistics, _ totalAfter: inout ReadStatistics) {
    totalBefore.merge(before)
    totalBefore.add(kept)
    totalBefore.add(beforeOnly)
    totalAfter.merge(after)
    totalAfter.add(kept)
    totalAfter.add(afterOnly)
    before = ReadStatistics()
    after = ReadStatistics()
    kept.clear()
    beforeOnly.clear()
    afterOnly.clear()
  }
}
