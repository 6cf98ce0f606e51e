import GenomicFiles
import Genomics

/// A small allele without the bases that REF and ALT share, as far left as it goes: the same change is always told by the
/// same value. 0-based half-open.
struct SmallAllele: Hashable {
  /// The first base that is replaced, or the one before which bases are put in.
  var start: Int32
  /// How many bases are replaced, up to 255.
  var replaced: UInt8
  /// How many bases are put in, up to 64.
  var inserted: UInt8
  /// The bases put in, two bits each, the first in the lowest.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// A substitution of one base.
  init(position: Int, alternate: UInt8) {
    start = Int32(truncatingIfNeeded: position)
    replaced = 1
    inserted = 1
    low = UInt64(alternate)
  }

  /// Any other allele.
  /// - Returns: nil where more bases are put in than fit, or one is none of A, C, G, T.
  init?(_ shape: AlleleShape) {
    guard shape.inserted.count <= 64, shape.replaced.count <= 255 else { return nil }
    start = Int32(truncatingIfNeeded: shape.replaced.lowerBound)
    replaced = UInt8(shape.replaced.count)
    inserted = UInt8(shape.inserted.count)
    for (place, base) in shape.inserted.enumerated() {
      guard let code = SubstitutionClass.code(base) else { return nil }
      if place < 32 { low |= UInt64(code) << (2 * place) } else { high |= UInt64(code) << (2 * (place - 32)) }
    }
  }

  /// The bases put in, as letters.
  var bases: [UInt8] {
    (0..<Int(inserted)).map { place in
      let code = place < 32 ? low >> (2 * UInt64(place)) & 3 : high >> (2 * UInt64(place - 32)) & 3
      return Array("ACGT".utf8)[Int(code)]
    }
  }

  /// The bases of the contig that are replaced.
  var range: Range<Int> { Int(start)..<(Int(start) + Int(replaced)) }
}

extension SomaticType {
  init?(_ shape: AlleleShape) {
    switch (shape.replaced.count, shape.inserted.count) {
    case (0, 0): return nil
    case (1, 1): self = .snv
    case (0, _), (_, 0): self = .indel
    case let (replaced, inserted): self = replaced == inserted ? .mnv : .delins
    }
  }
}

extension AlleleShape {
  /// Moves an insertion or a deletion as far left as the reference allows (Tan, Abecasis and Kang 2015).
  mutating func leftAlign(_ reference: ReferenceView) {
    if isDeletion {
      var range = replaced
      while range.lowerBound > 0, replaced.lowerBound - range.lowerBound < ReferenceBlocks.reachBack,
        let before = reference.base(at: range.lowerBound - 1), before == reference.base(at: range.upperBound - 1)
      {
        range = (range.lowerBound - 1)..<(range.upperBound - 1)
      }
      replaced = range
    } else if isInsertion {
      var place = replaced.lowerBound
      var bases = inserted
      // The last base of what is put in, if the turning is counted and not done.
      var last = bases.count - 1
      while place > 0, replaced.lowerBound - place < ReferenceBlocks.reachBack,
        let before = reference.base(at: place - 1), before == bases[last]
      {
        place -= 1
        last = last == 0 ? bases.count - 1 : last - 1
      }
      if place < replaced.lowerBound {
        let turn = last + 1
        bases = Array(bases[turn...] + bases[..<turn])
        inserted = bases
        replaced = place..<place
      }
    }
  }
}
