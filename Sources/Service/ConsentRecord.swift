/// One person's record of discussion, transcribed: `apus-consent/1` (CLI.md).
///
/// It holds what was transcribed, right or wrong; what it permits is decided by `ConsentDecision`.
public struct ConsentRecord: Sendable, Hashable {
  /// The patient categories of the form (01-NGIS-ROD v4.03, page 3).
  public enum Category: String, Sendable, Hashable, CaseIterable {
    /// An adult's own choice.
    case adult
    /// An adult who lacks capacity; a consultee advised.
    case lacksCapacity = "lacks-capacity"
    /// A child; a parent or guardian chose.
    case child
    /// A clinician agreed in the patient's best interests.
    case clinician
    /// The person has died.
    case deceased
  }

  /// The schema that is read.
  public static let schema = "apus-consent/1"
  /// The forms that can be read (reference/service.md 4.1).
  public static let knownForms: Set<String> = ["NGIS-ROD v4.03", "01-NGIS-ROD v4.03"]
  /// The scope that a research base needs.
  public static let researchScope = "national-genomic-research-library"

  /// Whose choice it is, as the case's files name the person.
  public var participant: String
  /// The form with its version.
  public var form: String?
  /// Statement A: taking part was discussed.
  public var discussed: String?
  /// Statement B: data and remainder sample may contribute.
  public var agreed: String?
  /// The patient category.
  public var category: String?
  /// The form's date.
  public var date: String?
  /// Whether it is signed.
  public var signed: Bool?
  /// The clinician who recorded remote consent.
  public var remoteClinician: String?
  /// What the choice covers.
  public var scope: String?
  /// The last day on which it is valid; nil for no end.
  public var validUntil: String?
  /// The day of withdrawal; nil for none.
  public var withdrawn: String?

  /// A record of one participant with nothing transcribed yet, which permits nothing.
  public init(participant: String) { self.participant = participant }
}
