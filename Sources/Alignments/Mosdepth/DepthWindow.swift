/// Takes runs of equal depth in order.
protocol DepthRunTaker {
  /// Takes the next run.
  mutating func take(_ run: Range<Int>, _ depth: Int)
}

/// Depth along one contig after another, in a window that slides with sorted alignments and gives runs of equal depth.
///
/// Positions count from 0. Memory is the span of the longest alignment, not the contig, and is kept from contig to contig.
struct DepthWindow {
  /// Changes of depth, by position modulo the window.
  private var changes = [Int32](repeating: 0, count: 1 << 16)
  private var mask = (1 << 16) - 1
  /// Every run that ends before this position is given away.
  private var settled = 0
  /// No change is noted at or behind this position.
  private var horizon = 0
  private var depth = 0
  private var runStart = 0
  private(set) var length = 0
  private static let lag = 1 << 13

  /// Begins a contig of `length` bases. The last one must be ended.
  mutating func begin(length: Int) {
    self.length = length
    (settled, horizon, depth, runStart) = (0, 0, 0, 0)
  }

  /// Adds `amount` to the depth of `range`. What lies before the settled position or behind the contig is left out.
  mutating func add(_ range: Range<Int>, _ amount: Int32) {
    let start = max(range.lowerBound, settled)
    let end = min(range.upperBound, length)
    guard start < end else { return }
    if end - settled > mask { grow(to: end - settled + 1) }
    changes[start & mask] &+= amount
    changes[end & mask] &-= amount
    horizon = max(horizon, end + 1)
  }

  /// Goes on to an alignment at `position`: later ones change nothing before it. Runs are given many at a time.
  @inline(__always)
  mutating func advance<Taker: DepthRunTaker>(to position: Int, into taker: inout Taker) {
    if position &- settled > Self.lag { settle(to: position, into: &taker) }
  }

  /// Gives the runs that end before `position`, in order; two neighbours differ in depth. Depth below 0 is 0.
  mutating func settle<Taker: DepthRunTaker>(to position: Int, into taker: inout Taker) {
    let end = min(position, length)
    guard end > settled else { return }
    let busy = min(end, horizon)
    if settled < busy {
      // Locals, so that the loop keeps them in registers.
      var depth = depth
      var runStart = runStart
      let mask = mask
      var place = settled
      changes.withUnsafeMutableBufferPointer { changes in
        while true {
          place = DepthChanges.next(in: changes, from: place, to: busy, mask: mask)
          guard place < busy else { break }
          let next = depth + Int(changes[place & mask])
          changes[place & mask] = 0
          if max(next, 0) != max(depth, 0) {
            if place > runStart { taker.take(runStart..<place, max(depth, 0)) }
            runStart = place
          }
          depth = next
          place &+= 1
        }
      }
      self.depth = depth
      self.runStart = runStart
    }
    settled = end
  }

  /// Gives the rest of the contig.
  mutating func end<Taker: DepthRunTaker>(into taker: inout Taker) {
    settle(to: length, into: &taker)
    if runStart < length { taker.take(runStart..<length, max(depth, 0)) }
    // The change behind the last base.
    changes[length & mask] = 0
    runStart = length
  }

  private mutating func grow(to count: Int) {
    var size = changes.count
    while size <= count { size *= 2 }
    var larger = [Int32](repeating: 0, count: size)
    // The window moves over unchanged: positions settled..<settled+old size.
    for position in settled..<(settled + changes.count) { larger[position & (size - 1)] = changes[position & mask] }
    changes = larger
    mask = size - 1
  }
}
