/// Why a referral cannot be accepted, or what is odd about it: with a code, a message to the requester, and the evidence
/// that alone reverses it (reference/service.md 5).
public struct ReferralReason: Sendable, Hashable {
  /// The gates, in their order.
  public enum Gate: String, Sendable, Hashable, CaseIterable {
    case identity
    case order
    case eligibility
    case sample
    case recordOfDiscussion = "record-of-discussion"
    case events
  }

  /// Stable codes, fit for files and logs.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    // Identity.
    case nhsNumberInvalidCheck = "nhs-number-invalid-check"
    case nhsNumberInvalidLength = "nhs-number-invalid-length"
    case nhsNumberDenyList = "nhs-number-deny-list"
    case nhsNumberMissing = "nhs-number-missing"
    case nhsNumberTestOnly = "nhs-number-test-range"
    case nhsNumberShared = "nhs-number-shared"
    case identifierMalformed = "identifier-malformed"
    case personUnusable = "person-name-not-usable"
    case personTwice = "person-twice"
    case nameMissing = "name-missing"
    case birthDateMissing = "birth-date-missing"
    case birthDateUnreadable = "birth-date-unreadable"
    case birthDateInFuture = "birth-date-in-future"
    // Order.
    case noClinicalReferral = "no-clinical-referral"
    case testCodeMissing = "test-code-missing"
    case testCodeUnknown = "test-code-unknown"
    case testCodeNotInVersion = "test-code-not-in-directory-version"
    case directoryVersionMissing = "directory-version-missing"
    case directoryVersionDiffers = "directory-version-differs"
    case directoryNotGiven = "directory-not-given"
    case specialtyNotAuthorised = "specialty-not-authorised"
    case specialtyMissing = "specialty-missing"
    case organisationUnknown = "organisation-unknown"
    case organisationMissing = "organisation-missing"
    case orderCancelled = "order-cancelled"
    // Eligibility.
    case indicationMissing = "indication-missing"
    case phenotypeMalformed = "phenotype-malformed"
    case probandMissing = "proband-missing"
    case probandTwice = "proband-twice"
    case parentTwice = "parent-twice"
    case parentUnknown = "parent-unknown"
    case parentSex = "parent-sex"
    case ownParent = "own-parent"
    case familyCycle = "family-cycle"
    case structureDiffers = "family-structure-differs"
    case structureNotTaken = "family-structure-not-taken"
    case parentsAbsent = "parents-absent"
    case roleMissing = "role-missing"
    case urgencyReasonMissing = "urgency-reason-missing"
    case cancerTypeMissing = "cancer-type-missing"
    case clinicianMissing = "clinician-missing"
    case hospitalMissing = "hospital-missing"
    // Sample.
    case sampleAwaited = "sample-awaited"
    case sampleTwice = "sample-twice"
    case samplePersonUnknown = "sample-person-unknown"
    case sampleOtherOrder = "sample-of-another-order"
    case sampleOriginWrong = "sample-origin-wrong"
    case labelMissing = "label-missing"
    case labelNameMissing = "label-name-missing"
    case labelBirthDateMissing = "label-birth-date-missing"
    case labelNumberMissing = "label-number-missing"
    case labelNumberInvalid = "label-nhs-number-invalid"
    case labelNameDiffers = "label-name-differs"
    case labelBirthDateDiffers = "label-birth-date-differs"
    case labelNumberDiffers = "label-nhs-number-differs"
    case labelHospitalNumberDiffers = "label-hospital-number-differs"
    case labelTestDiffers = "label-test-differs"
    // Record of Discussion.
    case recordMissing = "record-of-discussion-missing"
    case recordNeedUnknown = "record-of-discussion-need-unknown"
    case recordOfAnother = "record-of-discussion-of-another-person"
    case recordIsAssent = "record-of-discussion-is-assent"
    case recordUndated = "record-of-discussion-undated"
    case recordInFuture = "record-of-discussion-in-future"
    case recordUnsigned = "record-of-discussion-unsigned"
    // Events.
    case eventUnreadable = "event-time-unreadable"
    case eventInFuture = "event-in-future"
    case eventsOutOfOrder = "events-out-of-order"
    case eventSampleUnknown = "event-of-unknown-sample"
    case sampleBeforeReferral = "sample-before-referral"
  }

  /// The gate.
  public var gate: Gate
  /// The code.
  public var code: Code
  /// Whether the referral cannot be accepted for it; else it is a warning.
  public var isRefusal: Bool
  /// The person: their name in the case's files, or their place in the family where that name could tell who they are.
  public var person: String?
  /// The sample: its identifier, or its place.
  public var sample: String?
  /// What the requester is told.
  public var message: String
  /// What reverses it.
  public var evidence: String
}
