/// Counts of bases, qualities and 5-mers that one worker fills for one file: narrow columns that stay in the first-level
/// cache, emptied into `ReadStatistics` before they could overflow.
///
/// Two additions a base. A row of `bases` holds one 64-bit word a class: the count in the upper 24 bits, the sum of
/// Phred scores in the lower 40; a row of `scores` one 32-bit count a score.
struct NarrowCounts: ~Copyable {
  /// Reads that fit before the counts have to be emptied: 24 bits of count, and 40 of the sum of scores.
  static let readLimit = 1 << 23
  /// Bases that fit: a 5-mer's 32 bits.
  static let baseLimit = 1 << 31
  static let sumBits = 40
  static let baseStride = 8
  static let scoreStride = 96
  static let kmers = 1024

  private(set) var cycles = 0
  private(set) var bases: UnsafeMutablePointer<UInt64>
  private(set) var scores: UnsafeMutablePointer<UInt32>
  let fiveMers: UnsafeMutablePointer<UInt32>
  /// Bases behind the last cycle that is counted on its own: a count a class, a sum of scores a class, a count a score.
  let beyond: UnsafeMutablePointer<UInt64>
  static let beyondCount = 2 * baseStride + scoreStride
  private(set) var reads = 0
  private(set) var countedBases = 0
  private var capacity = 0

  init() {
    bases = .allocate(capacity: 0)
    scores = .allocate(capacity: 0)
    fiveMers = .allocate(capacity: Self.kmers)
    fiveMers.initialize(repeating: 0, count: Self.kmers)
    beyond = .allocate(capacity: Self.beyondCount)
    beyond.initialize(repeating: 0, count: Self.beyondCount)
  }

  deinit {
    bases.deallocate()
    scores.deallocate()
    fiveMers.deallocate()
    beyond.deallocate()
  }

  /// Whether the counts have to be emptied before the next read.
  var isFull: Bool { reads >= Self.readLimit || countedBases >= Self.baseLimit }

  /// The last bases before a stretch, so that 5-mers and GC go on over a boundary.
  struct Rolling {
    /// The last five bases, two bits each.
    var fiveMer = 0
    /// Bases since the last one that was not A, C, G or T.
    var run = 0
    /// G and C so far.
    var strong = 0
    /// A, C, G and T so far.
    var called = 0

    /// Takes the next base's class; gives the 5-mer that ends with it, if all of its letters are known.
    @inline(__always)
    mutating func next(_ base: Int) -> Int? {
      guard base < BaseClass.n else {
        run = 0
        return nil
      }
      fiveMer = (fiveMer &<< 2 | base) & (NarrowCounts.kmers - 1)
      run &+= 1
      called &+= 1
      // A 0, T 1, C 2, G 3.
      strong &+= base &>> 1
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
      let newBases = UnsafeMutablePointer<UInt64>.allocate(capacity: larger * Self.baseStride)
      let newScores = UnsafeMutablePointer<UInt32>.allocate(capacity: larger * Self.scoreStride)
      newBases.initialize(repeating: 0, count: larger * Self.baseStride)
      newScores.initialize(repeating: 0, count: larger * Self.scoreStride)
      newBases.update(from: bases, count: cycles * Self.baseStride)
      newScores.update(from: scores, count: cycles * Self.scoreStride)
      bases.deallocate()
      scores.deallocate()
      bases = newBases
      scores = newScores
      capacity = larger
    }
    cycles = wanted
  }

  /// Counts bases `range` of a read at the cycles of the same numbers, those from `ReadStatistics.cycleLimit` on
  /// together.
  /// - Precondition: qualities lie in `!`…`~`.
  @inline(__always)
  mutating func count(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ range: Range<Int>,
    _ classes: UnsafePointer<UInt8>, _ rolling: inout Rolling
  ) {
    guard !range.isEmpty else { return }
    let limit = ReadStatistics.cycleLimit
    reads += 1
    countedBases += range.count
    reserve(min(range.upperBound, limit))
    countByCycle(sequence, quality, range.clamped(to: 0..<limit), classes, &rolling)
    if range.upperBound > limit {
      countBeyond(sequence, quality, range.clamped(to: limit..<range.upperBound), classes, &rolling)
    }
  }

  @inline(__always)
  private func countByCycle(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ range: Range<Int>,
    _ classes: UnsafePointer<UInt8>, _ rolling: inout Rolling
  ) {
    var local = rolling
    var baseRow = bases + range.lowerBound &* Self.baseStride
    var scoreRow = scores + range.lowerBound &* Self.scoreStride
    let fiveMers = fiveMers
    for index in range {
      let base = Int(classes[Int(sequence[index])])
      let score = Int(quality[index] &- 33)
      baseRow[base] &+= 1 &<< UInt64(Self.sumBits) | UInt64(truncatingIfNeeded: score)
      scoreRow[score] &+= 1
      baseRow += Self.baseStride
      scoreRow += Self.scoreStride
      if let fiveMer = local.next(base) { fiveMers[fiveMer] &+= 1 }
    }
    rolling = local
  }

  private func countBeyond(
    _ sequence: UnsafePointer<UInt8>, _ quality: UnsafePointer<UInt8>, _ range: Range<Int>,
    _ classes: UnsafePointer<UInt8>, _ rolling: inout Rolling
  ) {
    for index in range {
      let base = Int(classes[Int(sequence[index])])
      let score = Int(quality[index] &- 33)
      beyond[base] += 1
      beyond[Self.baseStride + base] += UInt64(score)
      beyond[2 * Self.baseStride + score] += 1
      if let fiveMer = rolling.next(base) { fiveMers[fiveMer] &+= 1 }
    }
  }

  /// Forgets the counts, keeps the rows.
  mutating func clear() {
    bases.update(repeating: 0, count: cycles * Self.baseStride)
    scores.update(repeating: 0, count: cycles * Self.scoreStride)
    fiveMers.update(repeating: 0, count: Self.kmers)
    beyond.update(repeating: 0, count: Self.beyondCount)
    reads = 0
    countedBases = 0
  }
}
