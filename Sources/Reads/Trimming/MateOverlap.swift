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
///
/// Sixteen neighbouring offsets are glanced at together: a vector of counts for the agreements of their first sixteen
/// bases. Three offsets of unrelated bases in ten thousand get past that.
struct OverlapFinder: ~Copyable {
  private typealias Vector = SIMD16<UInt8>

  /// Offsets that are looked at together, and bases of each.
  private static let glance = 16

  private let limits: ReadOptions.Overlap
  /// The base that each letter pairs with.
  private let complements: UnsafeMutablePointer<UInt8>
  /// The first bases of what is slid over, each in all lanes.
  private let fixed: UnsafeMutablePointer<Vector>

  init(_ limits: ReadOptions.Overlap) {
    self.limits = limits
    complements = .allocate(capacity: 256)
    for byte in 0..<256 { (complements + byte).initialize(to: complement(UInt8(byte))) }
    fixed = .allocate(capacity: Self.glance)
    fixed.initialize(repeating: .zero, count: Self.glance)
  }

  deinit {
    complements.deallocate()
    fixed.deallocate()
  }

  /// The overlap of two mates; nil where there is none.
  mutating func overlap(_ read1: WorkingRead, _ read2: WorkingRead) -> MateOverlap? {
    let (length1, length2) = (read1.length, read2.length)
    // Where an overlap may be shorter than a glance, and for letters whose complement's complement is another.
    guard min(limits.shortest, length1, length2) >= Self.glance, read1.letters != .mixed, read2.letters != .mixed
    else { return slowOverlap(read1, read2) }
    for base in 0..<Self.glance {
      fixed[base] = Vector(repeating: complements[Int(read2.sequence[length2 - 1 - base])])
    }
    if let offset = slide(
      read1.sequence, step: 1, offsets: length1 - limits.shortest,
      { !differs(read1, $0, read2, 0, min(length1 - $0, length2)) })
    {
      return MateOverlap(offset: offset, length: min(length1 - offset, length2))
    }
    for base in 0..<Self.glance { fixed[base] = Vector(repeating: complements[Int(read1.sequence[base])]) }
    if let offset = slide(
      read2.sequence + (length2 - Self.glance), step: -1, offsets: length2 - limits.shortest,
      { !differs(read1, 0, read2, $0, min(length1, length2 - $0)) })
    {
      return MateOverlap(offset: -offset, length: min(length1, length2 - offset))
    }
    return nil
  }

  /// The first of some offsets that is good.
  /// - Parameters:
  ///   - start: the bases that the first offsets' first bases meet.
  ///   - step: where the bases of later offsets are: 1 to the right, -1 to the left.
  ///   - isGood: tells it exactly.
  @inline(__always)
  private func slide(_ start: UnsafePointer<UInt8>, step: Int, offsets: Int, _ isGood: (Int) -> Bool) -> Int? {
    guard offsets >= Self.glance else { return (0..<max(0, offsets)).first(where: isGood) }
    let wanted = SIMD16<Int8>(repeating: Int8(clamping: limits.differences - Self.glance))
    var first = 0
    while first < offsets {
      // The last overlap those before, so that no base outside the read is looked at: a read is longer than its offsets
      // by as many bases as the shortest overlap has.
      first = min(first, offsets - Self.glance)
      var bases = UnsafeRawPointer(start + step * first)
      // Less one for each base that agrees.
      var agreements = Vector.zero
      for base in 0..<Self.glance {
        agreements &+= unsafeBitCast(bases.loadUnaligned(as: Vector.self) .== fixed[base], to: Vector.self)
        bases += step
      }
      let mayBeGood = unsafeBitCast(unsafeBitCast(agreements, to: SIMD16<Int8>.self) .<= wanted, to: SIMD2<UInt64>.self)
      if mayBeGood[0] | mayBeGood[1] != 0 {
        let lanes = unsafeBitCast(mayBeGood, to: Vector.self)
        for lane in 0..<Self.glance where lanes[step > 0 ? lane : Self.glance - 1 - lane] != 0 && isGood(first + lane) {
          return first + lane
        }
      }
      first += Self.glance
    }
    return nil
  }

  @inline(__always)
  private func limit(_ overlap: Int) -> Int {
    // In floating point and rounded down, as fastp does.
    min(limits.differences, Int(Double(overlap) * (Double(limits.differencePercent) / 100)))
  }

  /// The same, base by base: for short overlaps and for other letters.
  func slowOverlap(_ read1: WorkingRead, _ read2: WorkingRead) -> MateOverlap? {
    for offset in 0..<max(0, read1.length - limits.shortest) {
      let overlap = min(read1.length - offset, read2.length)
      if !differs(read1, offset, read2, 0, overlap) { return MateOverlap(offset: offset, length: overlap) }
    }
    for offset in 0..<max(0, read2.length - limits.shortest) {
      let overlap = min(read1.length, read2.length - offset)
      if !differs(read1, 0, read2, offset, overlap) { return MateOverlap(offset: -offset, length: overlap) }
    }
    return nil
  }

  private func differs(_ read1: WorkingRead, _ start1: Int, _ read2: WorkingRead, _ start2: Int, _ overlap: Int) -> Bool
  {
    let limit = limit(overlap)
    var differences = 0
    var mate = read2.sequence + (read2.length - 1 - start2)
    for index in 0..<min(overlap, comparedBases) {
      if read1.sequence[start1 &+ index] != complements[Int(mate.pointee)] {
        differences += 1
        if differences > limit { return true }
      }
      mate -= 1
    }
    return false
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
