/// A regulatory feature in the mapped cache. Positions count from 0, half-open; valid while the cache is.
struct RegulatoryFeature {
  /// What VEP calls its features.
  enum Kind: Int {
    /// A promoter, an enhancer, open chromatin and so on.
    case region = 0
    /// A place that a transcription factor binds to.
    case motif = 1

    var featureType: StaticString {
      switch self {
      case .region: "RegulatoryFeature"
      case .motif: "MotifFeature"
      }
    }

    /// The terms for a feature that is changed, lost and gained.
    var terms: (changed: Consequence, lost: Consequence, gained: Consequence) {
      switch self {
      case .region: (.regulatoryRegion, .regulatoryAblation, .regulatoryAmplification)
      case .motif: (.bindingSite, .bindingSiteAblation, .bindingSiteAmplification)
      }
    }
  }

  var start: Int
  var end: Int
  var kind: Kind
  /// nil for none.
  var isReverse: Bool?
  var identifier: MappedText
  /// What kind of region it is; empty for a motif.
  var biotype: MappedText

  /// What an allele does to it; nil where it lies beside it.
  /// - Parameters:
  ///   - range: what the allele takes the place of; empty at the place of an insertion.
  ///   - structural: nil for an allele of bases.
  func consequence(of range: Range<Int>, structural: StructuralVariant.Kind?) -> Consequence? {
    if range.isEmpty { return start < range.lowerBound && range.lowerBound < end ? kind.terms.changed : nil }
    guard range.lowerBound < end, range.upperBound > start else { return nil }
    if range.lowerBound <= start, range.upperBound >= end {
      if structural == .deletion { return kind.terms.lost }
      if structural == .duplication { return kind.terms.gained }
    }
    return kind.terms.changed
  }
}
