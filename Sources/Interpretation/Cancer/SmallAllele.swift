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
  init?(_ trimmed: TrimmedAllele) {
    let count = trimmed.inserted.count
    guard count <= 64, trimmed.replaced.count <= 255 else { return nil }
    start = Int32(truncatingIfNeeded: trimmed.replaced.lowerBound)
    replaced = UInt8(trimmed.replaced.count)
    inserted = UInt8(count)
    for place in 0..<count {
      guard let code = SubstitutionClass.code(trimmed[place]) else { return nil }
      if place < 32 { low |= UInt64(code) << (2 * place) } else { high |= UInt64(code) << (2 * (place - 32)) }
    }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(UInt64(UInt32(bitPattern: start)) << 16 | UInt64(replaced) << 8 | UInt64(inserted))
    hasher.combine(low)
    if inserted > 32 { hasher.combine(high) }
  }

  /// The number of a base that is put in, counted from 0.
  func code(_ place: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: place < 32 ? low >> (2 * UInt64(place)) & 3 : high >> (2 * UInt64(place - 32)) & 3)
  }

  /// The bases put in, as letters.
  var bases: [UInt8] {
    let letters = Array("ACGT".utf8)
    return (0..<Int(inserted)).map { letters[Int(code($0))] }
  }

  /// The bases of the contig that are replaced.
  var range: Range<Int> { Int(start)..<(Int(start) + Int(replaced)) }
}
