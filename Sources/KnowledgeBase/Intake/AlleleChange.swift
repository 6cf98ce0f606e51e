import Genomics

/// One alternate allele as VCF writes it: both alleles have a base.
struct AlleleChange {
  /// Where `reference` begins, interbase.
  var start: Int
  var reference: [UInt8]
  var alternate: [UInt8]

  /// As far as `apus vcf norm` follows a shift.
  private static let reach = 10_000

  /// Left-aligns and trims, as the run does with records of bases alone: those that also hold `<NON_REF>` or the like it
  /// leaves as they are.
  ///
  /// Source: Tan, Abecasis and Kang 2015 (Bioinformatics 31:2202); see `AlleleNormaliser`.
  /// - Parameter base: the contig's base at a position, upper case.
  mutating func normalise(_ base: (Int) throws -> UInt8) rethrows {
    guard reference != alternate else { return }
    var moved = 0
    while reference.last == alternate.last {
      if reference.count == 1 || alternate.count == 1 {
        guard start > 0, moved < Self.reach else { break }
        let before = Base.concrete(try base(start - 1))
        reference.insert(before, at: 0)
        alternate.insert(before, at: 0)
        start -= 1
        moved += 1
      }
      reference.removeLast()
      alternate.removeLast()
    }
    while reference.count > 1, alternate.count > 1, reference.first == alternate.first {
      reference.removeFirst()
      alternate.removeFirst()
      start += 1
    }
  }
}
