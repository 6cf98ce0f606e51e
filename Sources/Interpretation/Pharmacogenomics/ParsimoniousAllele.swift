/// One alternate allele in the one form that its spellings share: trimmed and left-aligned (Tan, Abecasis and Kang 2015,
/// Bioinformatics 31:2202).
struct ParsimoniousAllele: Sendable, Hashable {
  /// The first base of REF, counted from 0.
  var start: Int
  /// REF's bases.
  var reference: [UInt8]
  /// ALT's bases.
  var alternate: [UInt8]

  /// How far an indel is followed to the left, in bases.
  static let reach = 10_000

  /// Normalises an allele; nil where REF is ALT or either has another letter than A, C, G and T.
  /// - Parameters:
  ///   - start: POS counted from 0.
  ///   - base: the reference's base at a position counted from 0, upper case; nil where it is not known.
  init?(start: Int, reference: some StringProtocol, alternate: some StringProtocol, base: (Int) -> UInt8?) {
    var (ref, alt, start) = (Array(reference.utf8), Array(alternate.utf8), start)
    let isBases = { (bases: [UInt8]) in !bases.isEmpty && bases.allSatisfy { "ACGT".utf8.contains($0) } }
    guard ref != alt, isBases(ref), isBases(alt) else { return nil }
    let limit = start - Self.reach
    while ref.last == alt.last {
      if ref.count == 1 || alt.count == 1 {
        guard start > limit, let before = base(start - 1), "ACGT".utf8.contains(before) else { break }
        ref.insert(before, at: 0)
        alt.insert(before, at: 0)
        start -= 1
      }
      ref.removeLast()
      alt.removeLast()
    }
    while ref.count > 1, alt.count > 1, ref[0] == alt[0] {
      ref.removeFirst()
      alt.removeFirst()
      start += 1
    }
    (self.start, self.reference, self.alternate) = (start, ref, alt)
  }

  /// The bases of REF, counted from 0, half-open.
  var span: Range<Int> { start..<(start + reference.count) }

  /// Whether bases are only exchanged.
  var isSubstitution: Bool { reference.count == alternate.count }

  /// `REF>ALT` with its position, for people.
  var text: String {
    "\(start + 1):\(String(decoding: reference, as: UTF8.self))>\(String(decoding: alternate, as: UTF8.self))"
  }
}
