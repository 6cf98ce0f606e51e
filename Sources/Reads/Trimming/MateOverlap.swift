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
  private let limits: ReadOptions.Overlap
  private var first = BasePlanes()
  private var second = BasePlanes()

  init(_ limits: ReadOptions.Overlap) { self.limits = limits }

  /// The overlap of two mates; nil where there is none.
  mutating func overlap(_ read1: WorkingRead, _ read2: WorkingRead) -> MateOverlap? {
    let fits =
      read1.length <= BasePlanes.capacity && read2.length <= BasePlanes.capacity
      && BasePlanes.isPlain(read1.sequence, read1.length) && BasePlanes.isPlain(read2.sequence, read2.length)
    guard fits else { return slowOverlap(read1, read2) }
    first.load(read1.sequence, read1.length)
    second.loadReverseComplement(read2.sequence, read2.length)
    return first.hasN || second.hasN
      ? search(read1.length, read2.length, usesN: true) : search(read1.length, read2.length, usesN: false)
  }

  @inline(__always)
  private func limit(_ overlap: Int) -> Int {
    // Nearly always; the rest in floating point, rounded as fastp does.
    if overlap * limits.differencePercent >= 100 * (limits.differences + 1) { return limits.differences }
    return min(limits.differences, Int(Double(overlap) * (Double(limits.differencePercent) / 100)))
  }

  @inline(__always)
  private func search(_ length1: Int, _ length2: Int, usesN: Bool) -> MateOverlap? {
    let (a0, a1, a2) = (first.plane(0), first.plane(1), first.plane(2))
    let (b0, b1, b2) = (second.plane(0), second.plane(1), second.plane(2))
    let (head0, head1, head2) = (b0[0], b1[0], b2[0])
    var offset = 0
    while offset < length1 - limits.shortest {
      var differences =
        (BasePlanes.window(a0, at: offset) ^ head0) | (BasePlanes.window(a1, at: offset) ^ head1)
      if usesN { differences |= BasePlanes.window(a2, at: offset) ^ head2 }
      let overlap = min(length1 - offset, length2)
      if isFewEnough(differences, overlap) { return MateOverlap(offset: offset, length: overlap) }
      offset += 1
    }
    let (start0, start1, start2) = (a0[0], a1[0], a2[0])
    offset = 0
    while offset < length2 - limits.shortest {
      var differences =
        (BasePlanes.window(b0, at: offset) ^ start0) | (BasePlanes.window(b1, at: offset) ^ start1)
      if usesN { differences |= BasePlanes.window(b2, at: offset) ^ start2 }
      let overlap = min(length1, length2 - offset)
      if isFewEnough(differences, overlap) { return MateOverlap(offset: -offset, length: overlap) }
      offset += 1
    }
    return nil
  }

  @inline(__always)
  private func isFewEnough(_ differences: UInt64, _ overlap: Int) -> Bool {
    let compared = min(overlap, comparedBases)
    var rest = differences & ((1 << UInt64(compared)) - 1)
    // Nearly every offset differs in many places: clearing bits one by one is less work than counting all of them
    // without an instruction for it.
    let limit = limit(overlap)
    var cleared = 0
    while cleared < limit {
      rest &= rest &- 1
      cleared += 1
    }
    return rest == 0
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
