/// A reason why the service cannot start, or a token cannot be made.
public struct ServiceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind; each has its exit code (CLI.md).
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Arguments that do not fit together (64).
    case usage
    /// The folder is no release, or a file of it is damaged (65).
    case damaged = "release-damaged"
    /// A file or folder is missing or unreadable (66).
    case missing = "input-unreadable"
    /// The address cannot be listened on (69).
    case unavailable = "address-unavailable"
    /// Reading or writing failed (74).
    case failed = "io"
    /// Another process writes the file (75).
    case busy
    /// The release must not be served (77).
    case notPermitted = "not-permitted"
    /// The file of tokens does not hold what it should (78).
    case configuration

    /// The exit code.
    public var exitCode: Int32 {
      switch self {
      case .usage: 64
      case .damaged: 65
      case .missing: 66
      case .unavailable: 69
      case .failed: 74
      case .busy: 75
      case .notPermitted: 77
      case .configuration: 78
      }
    }
  }

  /// The kind.
  public var kind: Kind
  /// The path; what is wrong; what to do.
  public var description: String

  /// A failure at a path.
  public init(_ kind: Kind, path: String, _ reason: String, remedy: String) {
    self.kind = kind
    description = "\(path): \(reason); \(remedy)"
  }

  /// A failure that has no path.
  public init(_ kind: Kind, _ reason: String, remedy: String) {
    self.kind = kind
    description = "\(reason); \(remedy)"
  }
}
