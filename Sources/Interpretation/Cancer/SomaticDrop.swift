import Genomics

/// Why an alternate allele of the file is not among the somatic variants. Every allele read is one, or counted here.
public enum SomaticDrop: Int, Sendable, Hashable, CaseIterable {
  case filtered, filterMissing, notSomatic, statusMissing
  case structural, overlappingDeletion, referenceRecord, unreadable, unknownBases, equalToReference
  case notSmall, typeNotListed, notInTumour
  case depthUnknown, depthBelow, fractionUnknown, fractionBelow, readsUnknown, readsBelow
  case normalFractionUnknown, normalFractionAbove, qualityUnknown, qualityBelow
  case duplicate

  /// As results name it.
  public var name: String {
    switch self {
    case .filtered: "filter-not-pass"
    case .filterMissing: "filter-missing"
    case .notSomatic: "caller-says-not-somatic"
    case .statusMissing: "somatic-status-missing"
    case .structural: "structural"
    case .overlappingDeletion: "overlapping-deletion"
    case .referenceRecord: "reference-record"
    case .unreadable: "not-an-allele"
    case .unknownBases: "unknown-bases"
    case .equalToReference: "equal-to-reference"
    case .notSmall: "not-small"
    case .typeNotListed: "type-not-listed"
    case .notInTumour: "not-called-in-tumour"
    case .depthUnknown: "tumour-depth-unknown"
    case .depthBelow: "tumour-depth-below-floor"
    case .fractionUnknown: "tumour-fraction-unknown"
    case .fractionBelow: "tumour-fraction-below-floor"
    case .readsUnknown: "tumour-reads-unknown"
    case .readsBelow: "tumour-reads-below-floor"
    case .normalFractionUnknown: "normal-fraction-unknown"
    case .normalFractionAbove: "normal-fraction-above-limit"
    case .qualityUnknown: "somatic-quality-unknown"
    case .qualityBelow: "somatic-quality-below-floor"
    case .duplicate: "duplicate-allele"
    }
  }

  /// A kind of allele that is no small variant.
  init?(_ kind: AlternateAlleleKind?) {
    switch kind {
    case .bases: return nil
    case .some(.none), .unspecified: self = .referenceRecord
    case .overlappingDeletion: self = .overlappingDeletion
    case .symbolic, .breakend: self = .structural
    case nil: self = .unreadable
    }
  }
}

extension SomaticProfile.Somatic {
  /// Whether reads are asked at all.
  var hasFloors: Bool {
    minimumDepth != nil || minimumFraction != nil || minimumAlternateReads != nil || maximumNormalFraction != nil
      || minimumSomaticQuality != nil
  }

  /// Why a call does not count, by what its reads say; nil where it counts. Unknown is never a pass.
  func drop(
    tumour: AlleleSupport, normal: AlleleSupport?, quality: () -> Double?, hasQuality: Bool
  ) -> SomaticDrop? {
    if let minimumDepth {
      guard let depth = tumour.depth else { return .depthUnknown }
      if depth < minimumDepth { return .depthBelow }
    }
    if let minimumFraction {
      guard let fraction = tumour.fraction else { return .fractionUnknown }
      if fraction < minimumFraction { return .fractionBelow }
    }
    if let minimumAlternateReads {
      guard let reads = tumour.alternate else { return .readsUnknown }
      if reads < minimumAlternateReads { return .readsBelow }
    }
    if let maximumNormalFraction, let normal {
      guard let fraction = normal.fraction else { return .normalFractionUnknown }
      if fraction > maximumNormalFraction { return .normalFractionAbove }
    }
    if let minimumSomaticQuality, hasQuality {
      guard let quality = quality() else { return .qualityUnknown }
      if quality < minimumSomaticQuality { return .qualityBelow }
    }
    return nil
  }
}
