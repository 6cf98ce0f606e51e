/// An allele as it lies in the CDS of one transcript; places are those of `CodingMap`.
struct HaplotypeAllele {
  /// What is replaced; empty for an insertion.
  var span: Range<Int>
  /// What replaces it, on the transcript's strand.
  var alternate: [UInt8]
  /// Whether it cannot be told together with others: it reaches over an end.
  var isOverEnd: Bool
  var record: ScoutedRecord
  /// From 1, as GT counts.
  var number: Int

  /// How many bases longer the CDS becomes.
  var difference: Int { isOverEnd ? 0 : alternate.count - span.count }
  /// Whether it shifts the frame.
  var shifts: Bool { difference % 3 != 0 }

  /// By place; what is put in before a base comes before what replaces the base.
  static func isBefore(_ one: HaplotypeAllele, _ other: HaplotypeAllele) -> Bool {
    (one.span.lowerBound, one.span.upperBound, one.record.ordinal, one.number)
      < (other.span.lowerBound, other.span.upperBound, other.record.ordinal, other.number)
  }
}
