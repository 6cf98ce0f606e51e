/// A refusal of a release, or of an export of a base.
public struct ReleaseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind; each has its exit code (CLI.md).
  public enum Kind: String, Sendable, Hashable {
    /// An option would loosen the policy, or does not fit it (64).
    case usage
    /// A policy is none, or loosens the one that it names (78).
    case policy = "release-policy"
    /// Telling it could tell of fewer people than the minimum, or the base is none that may be released (77).
    case withheld = "release-withheld"
    /// A program that is needed is missing or failed (69).
    case unavailable = "program-unavailable"
  }

  /// The kind.
  public var kind: Kind
  /// What is wrong; what to do. Holds no identifier and no count below the minimum.
  public var description: String

  init(_ kind: Kind, _ reason: String, remedy: String) {
    self.kind = kind
    description = "\(reason); \(remedy)"
  }
}
