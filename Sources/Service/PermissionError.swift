/// Something that is not permitted (exit code 77).
public struct PermissionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind, a stable code.
  public enum Kind: String, Sendable, Hashable {
    /// Nobody's record of discussion permits it.
    case noConsent = "no-consent"
    /// The case is held.
    case held = "case-held"
    /// A permission is another person's.
    case otherPerson = "permission-of-another-person"
    /// A referral cannot be accepted.
    case referral = "referral-not-acceptable"
    /// A clinical base is asked for what only a research base does.
    case purpose
  }

  /// The kind.
  public var kind: Kind
  /// What is wrong; what to do. Holds no identifier.
  public var description: String

  /// A refusal.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
