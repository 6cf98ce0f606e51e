import Genomics

/// An allele without the bases that REF and ALT share: what it takes the place of, and with what. 0-based half-open.
struct AlleleShape: Hashable {
  /// The bases of the contig that are replaced; empty for an insertion.
  var replaced: Range<Int>
  /// The bases put in; empty for a deletion.
  var inserted: [UInt8]

  /// - Parameter start: where REF starts, counted from 0.
  init(start: Int, reference: UnsafeRawBufferPointer, alternate: UnsafeRawBufferPointer) {
    var (refEnd, altEnd) = (reference.count, alternate.count)
    func agree(_ a: Int, _ b: Int) -> Bool { Base.uppercased(reference[a]) == Base.uppercased(alternate[b]) }
    while refEnd > 0, altEnd > 0, agree(refEnd - 1, altEnd - 1) {
      refEnd -= 1
      altEnd -= 1
    }
    var shared = 0
    while shared < refEnd, shared < altEnd, agree(shared, shared) { shared += 1 }
    replaced = (start + shared)..<(start + refEnd)
    inserted = alternate[shared..<altEnd].map(Base.uppercased)
  }

  var isSubstitution: Bool { replaced.count == 1 && inserted.count == 1 }
  var isDeletion: Bool { !replaced.isEmpty && inserted.isEmpty }
  var isInsertion: Bool { replaced.isEmpty && !inserted.isEmpty }
  /// An insertion or a deletion: it may be told at other places of a repeat, too.
  var isIndel: Bool { replaced.count != inserted.count }

  /// What a copy of the sequence that has this allele has at another one.
  ///
  /// Told only where it is certain: an allele of several bases may hold the other as a part, and an indel beside
  /// another may be the same change told otherwise.
  func copy(at other: AlleleShape) -> PersonCall.Copy {
    if self == other { return .alternate }
    if isSubstitution, other.isSubstitution {
      // Of another place: it says nothing of the bases here but that they are there.
      return replaced == other.replaced ? .other : .reference
    }
    if isDeletion, !other.isInsertion, replaced.lowerBound <= other.replaced.lowerBound,
      replaced.upperBound >= other.replaced.upperBound
    {
      return .other
    }
    if isDeletion, other.isInsertion, replaced.lowerBound < other.replaced.lowerBound,
      other.replaced.lowerBound < replaced.upperBound
    {
      return .other
    }
    // Two lengths of one repeat, both at its left end as normalising puts them.
    if isIndel, other.isIndel, replaced.lowerBound == other.replaced.lowerBound { return .other }
    // A base that another one stands for is not deleted, and beside it nothing is put in.
    if isSubstitution, other.isDeletion || other.isInsertion { return .reference }
    let isDisjoint =
      replaced.upperBound <= other.replaced.lowerBound || other.replaced.upperBound <= replaced.lowerBound
    // Bases that an allele does not replace are the reference's; but an indel that touches another may be part of it.
    if !other.isIndel, isDisjoint { return .reference }
    let isApart = replaced.upperBound < other.replaced.lowerBound || other.replaced.upperBound < replaced.lowerBound
    return isApart ? .reference : .missing
  }
}
