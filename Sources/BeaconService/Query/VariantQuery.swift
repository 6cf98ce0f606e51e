/// A question about variants, checked and on the release's own contigs.
package struct VariantQuery: Sendable, Hashable {
  /// Where.
  package enum Place: Sendable, Hashable {
    /// Anywhere.
    case anywhere
    /// Exactly this change; where the reference is nil, any.
    case sequence(contig: String, start: Int, reference: BasePattern?, alternate: BasePattern)
    /// Variants that overlap a range.
    case range(contig: String, start: Int, end: Int)
    /// Variants that start in one range and end in another; both half-open.
    case bracket(contig: String, start: Range<Int>, end: Range<Int>)
    /// A whole contig.
    case contig(String)
    /// The variant of a VRS identifier.
    case vrs(String)
  }

  /// Kinds of small variants.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case snp = "SNP"
    case insertion = "INS"
    case deletion = "DEL"
    case indel = "INDEL"
  }

  /// Where.
  package var place = Place.anywhere
  /// The reference bases, besides a range.
  package var reference: BasePattern?
  /// The alternate bases, besides a range.
  package var alternate: BasePattern?
  /// A gene's symbol or identifier.
  package var gene: String?
  /// The kind.
  package var kind: Kind?
  /// The shortest length in bases.
  package var shortest: Int?
  /// The longest.
  package var longest: Int?
  /// Indications, all of which must hold.
  package var indications: [String] = []

  /// A question about everything.
  package init() {}

  /// Whether nothing narrows it.
  package var isOpen: Bool { self == VariantQuery() }
}
