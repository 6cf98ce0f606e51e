/// Why nothing of a person may enter a research base. The raw value is a stable code, fit for logs and files.
public enum DenialReason: String, Sendable, Hashable, CaseIterable {
  /// There is no record of discussion of this person.
  case noRecord = "no-record"
  /// The record is of somebody else.
  case otherParticipant = "other-participant"
  /// The participant's identifier could be an NHS number, or is on the list of invalid ones.
  case participantNotUsable = "participant-not-usable"
  /// The form, or its version, is not known.
  case formUnknown = "form-unknown"
  /// Statement A or B was not transcribed from the form.
  case unread
  /// The form is proposed, a draft, in progress or entered in error, or its state is not told.
  case formNotCompleted = "form-not-completed"
  /// The record holds what changes its meaning and is not understood.
  case notUnderstood = "not-understood"
  /// A is NO: taking part was not discussed.
  case notDiscussed = "not-discussed"
  /// B is NO.
  case notAgreed = "not-agreed"
  /// B is assent: the word of somebody who cannot consent.
  case assentIsNotConsent = "assent-is-not-consent"
  /// A is NO and B is YES: a person must look at the form.
  case contradictionQuarantine = "contradiction-quarantine"
  /// There is no date.
  case dateMissing = "date-missing"
  /// A date is not a day of the calendar.
  case dateUnreadable = "date-unreadable"
  /// The form's date is after today.
  case dateInFuture = "date-in-future"
  /// There is no patient category.
  case categoryMissing = "category-missing"
  /// The patient category is not one of the form's.
  case categoryUnknown = "category-unknown"
  /// Neither signed, nor recorded by a named clinician after remote consent.
  case notSigned = "not-signed"
  /// The choice does not cover the National Genomic Research Library.
  case scope = "scope-not-covered"
  /// The choice is no longer valid.
  case expired
  /// The person changed their mind.
  case withdrawn
}
