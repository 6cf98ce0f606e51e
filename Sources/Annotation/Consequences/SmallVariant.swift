import Genomics

/// An allele of bases without what it shares with the reference. Positions count from 0, half-open; `start == end` is
/// an insertion before the base at `start`.
struct SmallVariant {
  var start: Int
  var reference: [UInt8]
  var alternate: [UInt8]

  var end: Int { start + reference.count }
  var isInsertion: Bool { reference.isEmpty }

  /// Drops the shared bases from the end, then from the start: the leftmost form that the record allows.
  /// - Parameter position: POS, counted from 1.
  init(position: Int, reference: some Collection<UInt8>, alternate: some Collection<UInt8>) {
    var ref = reference.map(Base.uppercased)
    var alt = alternate.map(Base.uppercased)
    while let last = ref.last, last == alt.last {
      ref.removeLast()
      alt.removeLast()
    }
    let shared = zip(ref, alt).prefix { $0 == $1 }.count
    start = position - 1 + shared
    self.reference = Array(ref.dropFirst(shared))
    self.alternate = Array(alt.dropFirst(shared))
  }

  /// What the allele takes the place of, as `init` finds it; nil where it is the reference.
  static func span(
    position: Int, reference: UnsafeRawBufferPointer, alternate: UnsafeRawBufferPointer
  ) -> Range<Int>? {
    var (refEnd, altEnd) = (reference.count, alternate.count)
    while refEnd > 0, altEnd > 0, Base.uppercased(reference[refEnd - 1]) == Base.uppercased(alternate[altEnd - 1]) {
      refEnd -= 1
      altEnd -= 1
    }
    var shared = 0
    while shared < refEnd, shared < altEnd, Base.uppercased(reference[shared]) == Base.uppercased(alternate[shared]) {
      shared += 1
    }
    guard refEnd > shared || altEnd > shared else { return nil }
    return (position - 1 + shared)..<(position - 1 + refEnd)
  }

  /// The stretches that differ: of a substitution each run of changed bases on its own (VEP's "differing regions").
  var differingRegions: [Range<Int>] {
    guard reference.count == alternate.count else { return [start..<end] }
    var regions: [Range<Int>] = []
    for (index, pair) in zip(reference, alternate).enumerated() where pair.0 != pair.1 {
      if let last = regions.last, last.upperBound == start + index {
        regions[regions.count - 1] = last.lowerBound..<(start + index + 1)
      } else {
        regions.append((start + index)..<(start + index + 1))
      }
    }
    return regions
  }
}
