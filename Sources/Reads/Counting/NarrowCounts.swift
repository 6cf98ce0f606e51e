/// Counts of bases, qualities and 5-mers that one worker fills for one file: narrow columns that stay in the caches,
/// emptied into `ReadStatistics` before they could overflow.
///
/// One 16-bit addition a base: a row of a cycle has four counts a score, of A, C, T and G as two bits of their ASCII
/// letters number them (`BaseCode`). Other letters have a table of their own. 5-mers are counted two at a time as the
/// 6-mers that hold both.
struct NarrowCounts: ~Copyable {
  /// Reads that fit before the counts have to be emptied: 16 bits.
  static let readLimit = Int(UInt16.max)
  /// Bases that fit: a 6-mer's 32 bits, with room for the longest record.
  static let baseLimit = 1 << 31
  static let scores = 96
  static let codes = 4
  static let stride = scores * codes
  static let fiveMers = 1 << 10
  static let sixMers = 1 << 12

  private(set) var cycles = 0
  /// Counts of A, C, T and G by cycle and score.
  private(set) var called: UnsafeMutablePointer<UInt16>
  /// Counts of other letters by cycle and score.
  private(set) var others: UnsafeMutablePointer<UInt16>
  let fiveMers: UnsafeMutablePointer<UInt32>
  let sixMers: UnsafeMutablePointer<UInt32>
  /// Bases behind the last cycle that is counted on its own, by score and class of five.
  let beyond: UnsafeMutablePointer<UInt64>
  static let beyondCount = scores * BaseClass.count
  private(set) var reads = 0
  private(set) var bases = 0
  private var capacity = 0

  init() {
    called = .allocate(capacity: 0)
    others = .allocate(capacity: 0)
    fiveMers = .allocate(capacity: Self.fiveMers)
    fiveMers.initialize(repeating: 0, count: Self.fiveMers)
    sixMers = .allocate(capacity: Self.sixMers)
    sixMers.initialize(repeating: 0, count: Self.sixMers)
    beyond = .allocate(capacity: Self.beyondCount)
    beyond.initialize(repeating: 0, count: Self.beyondCount)
  }

  deinit {
    called.deallocate()
    others.deallocate()
    fiveMers.deallocate()
    sixMers.deallocate()
    beyond.deallocate()
  }

  /// Whether the counts have to be emptied before the next read.
  var isFull: Bool { reads >= Self.readLimit || bases >= Self.baseLimit }

  /// Whether the next unit could fill the counts.
  var isHalfFull: Bool { reads >= Self.readLimit / 2 || bases >= Self.baseLimit / 2 }

  /// What is known of a read's bases so far, so that 5-mers and GC go on over a boundary.
  struct Rolling {
    /// The last five bases, two bits each.
    var fiveMer = 0
    /// Bases since the last one that was not A, C, G or T.
    var run = 0
    /// G and C so far.
    var strong = 0
    /// A, C, G and T so far.
    var called = 0

    /// Takes the next base's code; gives the 5-mer that ends with it, if all of its letters are known.
    @inline(__always)
    mutating func next(_ code: Int) -> Int? {
      guard code < BaseCode.other else {
        run = 0
        return nil
      }
      fiveMer = (fiveMer &<< 2 | code) & (NarrowCounts.fiveMers - 1)
      run &+= 1
      called &+= 1
      strong &+= code & 1
      return run >= 5 ? fiveMer : nil
    }
  }

  @inline(__always)
  private mutating func reserve(_ wanted: Int) {
    if wanted > cycles { grow(to: wanted) }
  }

  private mutating func grow(to wanted: Int) {
    if wanted > capacity {
      let larger = max(wanted, capacity + capacity / 2)
      called = Self.moved(called, cycles * Self.stride, capacity: larger * Self.stride)
      others = Self.moved(others, cycles * Self.scores, capacity: larger * Self.scores)
      capacity = larger
    }
    cycles = wanted
  }

  private static func moved(_ old: UnsafeMutablePointer<UInt16>, _ count: Int, capacity: Int)
    -> UnsafeMutablePointer<UInt16>
  {
    let new = UnsafeMutablePointer<UInt16>.allocate(capacity: capacity)
    new.initialize(repeating: 0, count: capacity)
    new.update(from: old, count: count)
    old.deallocate()
    return new
  }

  /// Counts bases `range` of a read at the cycles of the same numbers, those from `ReadStatistics.cycleLimit` on
  /// together.
  /// - Parameter isCalled: whether all bases are A, C, G or T in upper case.
  /// - Precondition: qualities lie in `!`…`~`.
  @inline(__always)
  mutating func count(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ range: Range<Int>, isCalled: Bool,
    _ rolling: inout Rolling
  ) {
    guard !range.isEmpty else { return }
    let limit = ReadStatistics.cycleLimit
    reads += 1
    bases += range.count
    reserve(min(range.upperBound, limit))
    let near = range.clamped(to: 0..<limit)
    if isCalled, near.lowerBound == 0, near.upperBound >= 6 {
      countCalled(sequence, quality, near.upperBound, &rolling)
    } else {
      countMixed(sequence, quality, near, &rolling)
    }
    if range.upperBound > limit {
      countBeyond(sequence, quality, range.clamped(to: limit..<range.upperBound), &rolling)
    }
  }

  /// Counts the first six or more bases of a read, all of them known.
  @inline(__always)
  private func countCalled(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ count: Int, _ rolling: inout Rolling
  ) {
    // Rows are reached by the quality's byte.
    var row = called - 33 * Self.codes
    let sixMers = sixMers
    var word = 0
    var strong = 0
    var index = 0
    while index &+ 2 <= count {
      let (first, second) = (BaseCode.of(sequence[index]), BaseCode.of(sequence[index &+ 1]))
      row[Int(quality[index]) &<< 2 | first] &+= 1
      row[Self.stride &+ Int(quality[index &+ 1]) &<< 2 | second] &+= 1
      row += 2 &* Self.stride
      strong &+= first & 1 &+ second & 1
      word = (word &<< 4 | first &<< 2 | second) & (Self.sixMers - 1)
      if index >= 4 { sixMers[word] &+= 1 }
      index &+= 2
    }
    rolling.fiveMer = word & (Self.fiveMers - 1)
    if index < count {
      let last = BaseCode.of(sequence[index])
      row[Int(quality[index]) &<< 2 | last] &+= 1
      strong &+= last & 1
      rolling.fiveMer = (rolling.fiveMer &<< 2 | last) & (Self.fiveMers - 1)
      fiveMers[rolling.fiveMer] &+= 1
    }
    rolling.run = count
    rolling.called = count
    rolling.strong = strong
  }

  private func countMixed(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ range: Range<Int>, _ rolling: inout Rolling
  ) {
    for index in range {
      let code = BaseCode.ofAny(sequence[index])
      let score = Int(quality[index] &- 33)
      if code < BaseCode.other {
        called[index * Self.stride + score * Self.codes + code] &+= 1
      } else {
        others[index * Self.scores + score] &+= 1
      }
      if let fiveMer = rolling.next(code) { fiveMers[fiveMer] &+= 1 }
    }
  }

  private func countBeyond(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ range: Range<Int>, _ rolling: inout Rolling
  ) {
    for index in range {
      let code = BaseCode.ofAny(sequence[index])
      beyond[Int(quality[index] &- 33) * BaseClass.count + BaseCode.classes[code]] += 1
      if let fiveMer = rolling.next(code) { fiveMers[fiveMer] &+= 1 }
    }
  }

  /// Forgets the counts, keeps the rows.
  mutating func clear() {
    called.update(repeating: 0, count: cycles * Self.stride)
    others.update(repeating: 0, count: cycles * Self.scores)
    fiveMers.update(repeating: 0, count: Self.fiveMers)
    sixMers.update(repeating: 0, count: Self.sixMers)
    beyond.update(repeating: 0, count: Self.beyondCount)
    reads = 0
    bases = 0
  }
}
