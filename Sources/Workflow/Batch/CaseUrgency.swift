import GenomicFiles
import Service

extension SampleSheet.Case {
  /// How urgent the case is: the sheet's word, else its referral's; routine without either, and where the referral cannot
  /// be read, which the case's own run will tell. Blocks.
  func resolvedUrgency() -> Referral.Urgency {
    if let urgency { return urgency }
    guard let path = referral, let bytes = try? readWhole(path), let read = try? Referral(parsing: bytes, path: path)
    else { return .routine }
    return read.urgency ?? .routine
  }
}

extension Referral.Urgency {
  /// Least first (FHIR R4 `request-priority`: `asap` is above `urgent`, `stat` is at once).
  var rank: Int {
    switch self {
    case .routine: 0
    case .urgent: 1
    case .asap: 2
    case .stat: 3
    }
  }
}
