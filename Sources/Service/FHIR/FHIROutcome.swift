/// What became of one resource.
public struct FHIROutcome: Sendable, Hashable {
  /// What was done with it.
  public enum Verdict: String, Sendable, Hashable {
    /// Read: what it says is in the referral or in a consent record.
    case read
    /// Not believed or not taken; the codes say why.
    case refused
  }

  /// The file.
  public var file: String
  /// Its place there: the entry of a Bundle, or the line of NDJSON, from 1; nil for a file of one resource.
  public var ordinal: Int?
  /// `resourceType`.
  public var type: String
  /// What was done with it.
  public var verdict: Verdict
  /// Stable codes: what is to be known about it, or why it was refused. For Consent and QuestionnaireResponse the reasons of
  /// `DenialReason` that keep the person's data out of research; none means that it permits.
  public var codes: [String]
  /// What is to be known of it besides: that its form is a scan or not at hand, that its provision is the choice.
  public var notes: [String] = []
  /// The person that it is about, as the case's files name them; never an NHS number.
  public var participant: String?
}

/// One person's choice as FHIR tells it.
public struct FHIRConsentReading: Sendable, Hashable {
  /// The person, as the case's files name them.
  public var participant: String
  /// What was transcribed; nil where no record could hold why it is denied (`ConsentRecord` has no such field): then none
  /// is written, and no record is a denial.
  public var record: ConsentRecord?
  /// What it permits: default deny.
  public var decision: ConsentDecision
}
