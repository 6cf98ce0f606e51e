import GenomicFiles
import Genomics

/// REF and ALT of one allele without the bases that they share, borrowed from the batch: ``AlleleShape`` for a hot loop,
/// which makes no array. 0-based half-open.
struct TrimmedAllele {
  /// The bases of the contig that are replaced; empty for an insertion.
  private(set) var replaced: Range<Int>
  /// The bases put in, as ALT has them, in either case; empty for a deletion. Read them by the subscript.
  let inserted: UnsafeRawBufferPointer
  /// How far the bases put in are turned: the first of them stands there in `inserted`.
  private var turn = 0

  /// - Parameter start: where REF starts, counted from 0.
  init(start: Int, reference: UnsafeRawBufferPointer, alternate: UnsafeRawBufferPointer) {
    var (refEnd, altEnd) = (reference.count, alternate.count)
    while refEnd > 0, altEnd > 0,
      Base.uppercased(reference[refEnd - 1]) == Base.uppercased(alternate[altEnd - 1])
    {
      refEnd -= 1
      altEnd -= 1
    }
    var shared = 0
    while shared < refEnd, shared < altEnd, Base.uppercased(reference[shared]) == Base.uppercased(alternate[shared]) {
      shared += 1
    }
    replaced = (start + shared)..<(start + refEnd)
    inserted = UnsafeRawBufferPointer(rebasing: alternate[shared..<altEnd])
  }

  /// A base that is put in, counted from 0, in either case.
  subscript(place: Int) -> UInt8 {
    let turned = place + turn
    return inserted[turned < inserted.count ? turned : turned - inserted.count]
  }

  /// Moves an insertion or a deletion as far left as the reference allows (Tan, Abecasis and Kang 2015).
  mutating func leftAlign(_ reference: ReferenceView) {
    let origin = replaced.lowerBound
    if inserted.isEmpty {
      var range = replaced
      while range.lowerBound > 0, origin - range.lowerBound < ReferenceBlocks.reachBack,
        let before = reference.base(at: range.lowerBound - 1), before == reference.base(at: range.upperBound - 1)
      {
        range = (range.lowerBound - 1)..<(range.upperBound - 1)
      }
      replaced = range
    } else if replaced.isEmpty {
      var place = origin
      while place > 0, origin - place < ReferenceBlocks.reachBack, let before = reference.base(at: place - 1) {
        // The last of the bases put in, which comes to stand first.
        let last = turn == 0 ? inserted.count - 1 : turn - 1
        guard before == Base.uppercased(inserted[last]) else { break }
        place -= 1
        turn = last
      }
      replaced = place..<place
    }
  }
}

extension SomaticType {
  /// nil where REF and ALT are the same.
  init?(_ allele: TrimmedAllele) {
    switch (allele.replaced.count, allele.inserted.count) {
    case (0, 0): return nil
    case (1, 1): self = .snv
    case (0, _), (_, 0): self = .indel
    case let (replaced, inserted): self = replaced == inserted ? .mnv : .delins
    }
  }
}
