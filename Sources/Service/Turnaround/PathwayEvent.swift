/// Something that happened to a referral or to one of its samples at a known time. Turnaround is counted from events;
/// none is ever derived from another.
public struct PathwayEvent: Sendable, Hashable, Codable {
  /// What happened.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case referralMade = "referral-made"
    case sampleCollected = "sample-collected"
    case sampleReceived = "sample-received"
    case dnaReceived = "dna-received"
    case dataDispatched = "data-dispatched"
    case dataReceived = "data-received"
    case reportAuthorised = "report-authorised"
    case reportIssued = "report-issued"
    case cancelled
  }

  /// What happened.
  public var kind: Kind
  /// When, as ISO 8601 with its zone: `2026-03-29T00:30:00+00:00`.
  public var at: String
  /// The sample that it happened to; nil for the whole referral.
  public var sample: String?
  /// The laboratory (ODS code) where it happened, if told.
  public var laboratory: String?

  /// An event.
  public init(_ kind: Kind, at: String, sample: String? = nil, laboratory: String? = nil) {
    self.kind = kind
    self.at = at
    self.sample = sample
    self.laboratory = laboratory
  }
}
