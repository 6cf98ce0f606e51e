/// A failure that is neither an input's nor an output's.
public struct RunError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind; each has its exit code (CLI.md).
  public enum Kind: String, Sendable, Hashable {
    /// The command line asks for what cannot be (64).
    case usage
    /// A bug in Apus (70).
    case internalFault = "internal"
    /// Policy, cache or assembly does not allow the run (78).
    case configuration
    /// A case needs more memory than was given (75).
    case memory = "out-of-memory-budget"
  }

  /// The kind.
  public var kind: Kind
  /// What is wrong; what to do.
  public var description: String

  /// A failure.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
