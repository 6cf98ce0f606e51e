/// Depth along one contig in a window that slides with sorted alignments: starts and ends are noted as +1 and -1, and
/// every base left of the current alignment is final.
///
/// Positions count from 0. Memory is the span of the longest alignment, not the contig.
struct DepthTile {
  /// Changes of depth, by position modulo the window.
  private var changes: [Int32]
  private var mask: Int
  /// Everything before this position is counted.
  private var settled = 0
  /// No change is noted at or behind this position.
  private var horizon = 0
  private var depth: Int32 = 0
  /// Bases by depth; the last entry is open: that depth or more.
  private(set) var histogram: [Int]
  private(set) var depthSum = 0
  private(set) var length: Int
  /// The depth from which on a base counts as callable.
  let callableDepth: Int32
  /// The stretches of bases at `callableDepth` or more, ascending, not touching; the last may still be open.
  private(set) var callable: [Range<Int>] = []
  private var callableStart: Int?

  private static let lag = 1 << 13

  /// Depths from here on share one entry of the histogram; sums are exact all the same.
  static let histogramLimit = 65_536

  init(length: Int, callableDepth: Int = .max) {
    self.length = length
    self.callableDepth = Int32(clamping: callableDepth)
    changes = [Int32](repeating: 0, count: 1 << 16)
    mask = changes.count - 1
    histogram = [0]
  }

  /// Begins another contig once the last one is settled to its end; the window's memory is kept, for headers can hold
  /// thousands of contigs.
  mutating func begin(length: Int) {
    // The change behind the last base was never reached.
    changes[self.length & mask] = 0
    self.length = length
    (settled, horizon, depth, depthSum) = (0, 0, 0, 0)
    histogram = [0]
    callable = []
    callableStart = nil
  }

  /// Adds `amount` to the depth of `range`, which must not begin before what is settled.
  mutating func add(_ range: Range<Int>, _ amount: Int32) {
    let start = max(range.lowerBound, settled)
    let end = min(range.upperBound, length)
    guard start < end else { return }
    if end - settled > mask { grow(to: end - settled + 1) }
    changes[start & mask] += amount
    changes[end & mask] -= amount
    horizon = max(horizon, end + 1)
  }

  /// Goes on to an alignment at `position`: later ones do not begin before it.
  ///
  /// Bases are settled many at a time: a call for each alignment's few was as long as the counting.
  @inline(__always)
  mutating func advance(to position: Int) {
    if position &- settled > Self.lag { settle(to: position) }
  }

  /// Counts every base before `position`.
  mutating func settle(to position: Int) {
    let end = min(position, length)
    guard end > settled else { return }
    let busy = min(end, horizon)
    if settled < busy {
      // Locals, so that the loop keeps them in registers.
      var depth = depth
      var sum = 0
      var histogram = takeHistogram()
      let mask = mask
      let callableDepth = callableDepth
      var callableStart = callableStart
      var callable: [Range<Int>] = []
      var runStart = settled
      var place = settled
      changes.withUnsafeMutableBufferPointer { changes in
        while true {
          place = DepthChanges.next(in: changes, from: place, to: busy, mask: mask)
          if place > runStart {
            let bin = min(Int(depth), Self.histogramLimit)
            if bin >= histogram.count { histogram += [Int](repeating: 0, count: bin + 1 - histogram.count) }
            histogram[bin] &+= place &- runStart
            sum &+= (place &- runStart) &* Int(depth)
          }
          guard place < busy else { break }
          depth &+= changes[place & mask]
          changes[place & mask] = 0
          if (depth >= callableDepth) != (callableStart != nil) {
            if let start = callableStart { callable.append(start..<place) }
            callableStart = callableStart == nil ? place : nil
          }
          runStart = place
          place &+= 1
        }
      }
      self.histogram = histogram
      self.depth = depth
      self.callableStart = callableStart
      self.callable += callable
      depthSum += sum
      settled = busy
    }
    // Beyond the last noted end the depth is 0.
    if settled < end {
      if settled >= horizon { endCallable(at: settled) }
      if settled >= horizon { depth = 0 }
      histogram[0] += end - settled
      settled = end
    }
  }

  /// Ends the last callable stretch with the contig.
  mutating func finishCallable() { endCallable(at: settled) }

  private mutating func endCallable(at position: Int) {
    if let start = callableStart { callable.append(start..<position) }
    callableStart = nil
  }

  private mutating func takeHistogram() -> [Int] {
    let taken = histogram
    histogram = []
    return taken
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
