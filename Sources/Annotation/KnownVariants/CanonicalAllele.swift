import Genomics

/// An allele of bases in the one form that all its spellings share: parsimonious, left-aligned, anchored (Tan, Abecasis
/// and Kang 2015). Kept and used again for one allele after the other, so that its arrays are allocated once.
struct CanonicalAllele {
  /// Where REF starts, counted from 0.
  private(set) var start = 0
  /// REF's bases, in upper case.
  private(set) var reference: [UInt8] = []
  /// ALT's bases, in upper case.
  private(set) var alternate: [UInt8] = []

  /// The bases that an allele is shifted at most, the same wherever it is met.
  static let reach = 9_000

  /// Why an allele has no canonical form.
  enum Refusal: String, Error {
    /// REF or ALT are not bases.
    case notBases
    /// ALT has a base that is not known.
    case unknownBase
    /// ALT is REF.
    case equalToReference
    /// REF is not what the reference has there, or reaches over its end.
    case referenceMismatch
  }

  /// Takes an allele.
  /// - Parameters:
  ///   - position: POS, counted from 1.
  ///   - base: the contig's base at a position counted from 0, in upper case; nil outside.
  mutating func take(
    position: Int, reference ref: UnsafeRawBufferPointer, alternate alt: UnsafeRawBufferPointer,
    base: (Int) -> UInt8?
  ) throws(Refusal) {
    guard !ref.isEmpty, !alt.isEmpty, position > 0 else { throw .notBases }
    reference.removeAll(keepingCapacity: true)
    alternate.removeAll(keepingCapacity: true)
    start = position - 1
    for (index, letter) in ref.enumerated() {
      guard Base.isVCFBase(letter) else { throw .notBases }
      guard let here = base(start + index) else { throw .referenceMismatch }
      let upper = Base.uppercased(letter)
      // A letter other than A, C, G and T on either side says nothing against the other.
      guard upper == here || !Self.isCertain(upper) || !Self.isCertain(here) else { throw .referenceMismatch }
      reference.append(here)
    }
    for letter in alt {
      guard Base.isVCFBase(letter) else { throw .notBases }
      let upper = Base.uppercased(letter)
      guard upper != UInt8(ascii: "N") else { throw .unknownBase }
      alternate.append(upper)
    }
    if reference.count == 1, alternate.count == 1 {
      guard reference[0] != alternate[0] else { throw .equalToReference }
      return
    }
    try trim()
    if reference.isEmpty || alternate.isEmpty { shift(base) }
  }

  private mutating func trim() throws(Refusal) {
    while let last = reference.last, last == alternate.last {
      reference.removeLast()
      alternate.removeLast()
    }
    guard !reference.isEmpty || !alternate.isEmpty else { throw .equalToReference }
    var shared = 0
    while shared < reference.count, shared < alternate.count, reference[shared] == alternate[shared] { shared += 1 }
    guard shared > 0 else { return }
    reference.removeFirst(shared)
    alternate.removeFirst(shared)
    start += shared
  }

  /// Shifts an insertion or a deletion to the left as far as it goes, and gives it its anchor.
  private mutating func shift(_ base: (Int) -> UInt8?) {
    let isInsertion = reference.isEmpty
    var moved = isInsertion ? alternate : reference
    var last = moved.count - 1
    var steps = 0
    while start > 0, steps < Self.reach, let before = base(start - 1), before == moved[last] {
      start -= 1
      steps += 1
      last = last == 0 ? moved.count - 1 : last - 1
    }
    let turn = steps % moved.count
    if turn > 0 { moved = Array(moved[(moved.count - turn)...] + moved[..<(moved.count - turn)]) }
    // At the contig's start the anchor is the base behind.
    let isAnchoredLeft = start > 0
    guard let anchor = base(isAnchoredLeft ? start - 1 : start + (isInsertion ? 0 : moved.count)) else {
      // The whole contig is deleted: there is no anchor.
      (reference, alternate) = isInsertion ? ([], moved) : (moved, [])
      return
    }
    if isAnchoredLeft {
      moved.insert(anchor, at: 0)
      start -= 1
    } else {
      moved.append(anchor)
    }
    (reference, alternate) = isInsertion ? ([anchor], moved) : (moved, [anchor])
  }

  private static func isCertain(_ base: UInt8) -> Bool {
    switch base {
    case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "T"): true
    default: false
    }
  }
}
