/// How two mates overlap: the second is reverse-complemented and slid along the first.
struct MateOverlap: Equatable {
  /// Where the second mate's reverse complement begins in the first mate; negative where the fragment is shorter than
  /// the reads, so that both run into adapters.
  var offset: Int
  /// Bases of the overlap.
  var length: Int
}

/// The bases at the start of an overlap in which differences are limited; behind them any number passes (fastp).
private let comparedBases = 50

/// Finds the overlap of two mates as fastp 0.23.2 does: the second slid to the right first, then to the left, and the
/// first offset whose first 50 bases differ in few enough places is taken.
struct OverlapFinder: ~Copyable {
  /// Bases that are looked at first: few offsets of unrelated bases get past them.
  private static let glance = 12

  private let limits: ReadOptions.Overlap
  private var first = BasePlanes()
  private var second = BasePlanes()
  /// Whether so many differences in the first bases are too many, by their bits.
  private let isHopeless: UnsafeMutablePointer<Bool>

  init(_ limits: ReadOptions.Overlap) {
    self.limits = limits
    isHopeless = .allocate(capacity: 1 << Self.glance)
    for bits in 0..<(1 << Self.glance) {
      (isHopeless + bits).initialize(to: bits.nonzeroBitCount > limits.differences)
    }
  }

  deinit { isHopeless.deallocate() }

  /// The overlap of two mates; nil where there is none.
  mutating func overlap(_ read1: WorkingRead, _ read2: WorkingRead) -> MateOverlap? {
    guard max(read1.length, read2.length) <= BasePlanes.capacity, read1.letters != .mixed, read2.letters != .mixed
    else { return slowOverlap(read1, read2) }
    first.load(read1.sequence, read1.length)
    second.loadReverseComplement(read2.sequence, read2.length)
    let (length1, length2) = (read1.length, read2.length)
    let shortest = min(length1, length2)
    if let offset = slide(
      first, over: second, offsets: length1 - limits.shortest, shortest: shortest, { min(length1 - $0, length2) })
    {
      return MateOverlap(offset: offset, length: min(length1 - offset, length2))
    }
    if let offset = slide(
      second, over: first, offsets: length2 - limits.shortest, shortest: shortest, { min(length1, length2 - $0) })
    {
      return MateOverlap(offset: -offset, length: min(length1, length2 - offset))
    }
    return nil
  }

  /// The first of some offsets at which the start of `fixed` lies well on `moving`.
  @inline(__always)
  private func slide(
    _ moving: borrowing BasePlanes, over fixed: borrowing BasePlanes, offsets: Int, shortest: Int,
    _ overlap: (Int) -> Int
  ) -> Int? {
    let (low, high) = (UnsafeRawPointer(moving.plane(0)), UnsafeRawPointer(moving.plane(1)))
    let (lowStart, highStart) = (fixed.plane(0)[0], fixed.plane(1)[0])
    let isHopeless = isHopeless
    // No overlap is shorter than the shorter read or the limit; where it could be, every offset is looked at closely.
    let glance = min(limits.shortest, shortest) >= Self.glance ? (1 << Self.glance) - 1 : 0
    var offset = 0
    while offset < offsets {
      var lowBits = low.loadUnaligned(fromByteOffset: offset &>> 3, as: UInt64.self)
      var highBits = high.loadUnaligned(fromByteOffset: offset &>> 3, as: UInt64.self)
      let end = min(offset &+ 8, offsets)
      while offset < end {
        let differences = (lowBits ^ lowStart) | (highBits ^ highStart)
        if !isHopeless[Int(truncatingIfNeeded: differences) & glance],
          isFewEnough(differences | uncalled(moving, fixed, at: offset), overlap(offset))
        {
          return offset
        }
        lowBits &>>= 1
        highBits &>>= 1
        offset &+= 1
      }
    }
    return nil
  }

  /// Where one base is N and the other is not.
  private func uncalled(_ moving: borrowing BasePlanes, _ fixed: borrowing BasePlanes, at offset: Int) -> UInt64 {
    BasePlanes.window(moving.plane(2), at: offset) ^ fixed.plane(2)[0]
  }

  private func isFewEnough(_ differences: UInt64, _ overlap: Int) -> Bool {
    let compared = min(overlap, comparedBases)
    return (differences & ((1 << UInt64(compared)) - 1)).nonzeroBitCount <= limit(overlap)
  }

  @inline(__always)
  private func limit(_ overlap: Int) -> Int {
    // In floating point and rounded down, as fastp does.
    min(limits.differences, Int(Double(overlap) * (Double(limits.differencePercent) / 100)))
  }

  /// The same, base by base: for long reads and for other letters.
  func slowOverlap(_ read1: WorkingRead, _ read2: WorkingRead) -> MateOverlap? {
    for offset in 0..<max(0, read1.length - limits.shortest) {
      let overlap = min(read1.length - offset, read2.length)
      if differs(read1, offset, read2, 0, overlap) { return MateOverlap(offset: offset, length: overlap) }
    }
    for offset in 0..<max(0, read2.length - limits.shortest) {
      let overlap = min(read1.length, read2.length - offset)
      if differs(read1, 0, read2, offset, overlap) { return MateOverlap(offset: -offset, length: overlap) }
    }
    return nil
  }

  private func differs(_ read1: WorkingRead, _ start1: Int, _ read2: WorkingRead, _ start2: Int, _ overlap: Int) -> Bool
  {
    let limit = limit(overlap)
    var differences = 0
    for index in 0..<min(overlap, comparedBases) {
      let mate = read2.sequence[read2.length - 1 - start2 - index]
      if read1.sequence[start1 + index] != complement(mate) {
        differences += 1
        if differences > limit { return false }
      }
    }
    return true
  }
}

/// The complement of A, C, G or T in either case, in upper case; N for all else.
@inline(__always)
func complement(_ base: UInt8) -> UInt8 {
  switch base {
  case UInt8(ascii: "A"), UInt8(ascii: "a"): UInt8(ascii: "T")
  case UInt8(ascii: "T"), UInt8(ascii: "t"): UInt8(ascii: "A")
  case UInt8(ascii: "C"), UInt8(ascii: "c"): UInt8(ascii: "G")
  case UInt8(ascii: "G"), UInt8(ascii: "g"): UInt8(ascii: "C")
  default: UInt8(ascii: "N")
  }
}
