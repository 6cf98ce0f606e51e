import Genomics

/// What one VCF record says of one sample, near a defining position.
struct SampleRecord: Sendable, Hashable {
  /// POS counted from 0.
  var start: Int
  /// REF, in capitals.
  var reference: String
  /// ALT as written, bases in capitals; empty for `.`.
  var alternates: [String]
  /// INFO END as the exclusive end of the record, counted from 0; where there is none, the end of REF.
  var end: Int
  /// What FILTER names; empty for PASS and `.`.
  var filters: [String]
  /// GT; nil where there is none.
  var genotype: Genotype?
  /// PS, as written; nil for none.
  var phaseSet: String?
  /// MIN_DP, or else DP, in reads.
  var depth: Int?
  /// GQ, phred.
  var quality: Int?
  /// Where it stands.
  var location: InputLocation

  /// Whether ALT says "any other allele" (`<NON_REF>`, `<*>`).
  static func isAnyOther(_ alternate: String) -> Bool { alternate == "<NON_REF>" || alternate == "<*>" }

  /// Whether the record is a block or site that is called without an alternate allele of its own.
  var isReferenceBlock: Bool { alternates.allSatisfy(Self.isAnyOther) }

  /// Whether the caller compared REF with every other allele here.
  var comparesAll: Bool { alternates.contains(where: Self.isAnyOther) }

  /// The bases that the record speaks of, counted from 0, half-open.
  var span: Range<Int> { start..<max(end, start + reference.utf8.count) }
}
