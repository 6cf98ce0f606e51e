#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A system call that failed on a file that had been opened, or an output that cannot be made.
public struct OutputError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure; each has its exit code (CLI.md).
  public enum Kind: String, Sendable, Hashable {
    /// The output is there already and `--force` was not given (73).
    case exists = "output-exists"
    /// The output cannot be created (73).
    case cannotCreate = "output-cannot-create"
    /// Reading or writing failed while running: disk full, device error (74).
    case failed = "io-failed"
  }

  /// The kind of failure.
  public var kind: Kind
  /// The path as the user gave it.
  public var path: String
  /// What is wrong.
  public var reason: String
  /// What to do about it.
  public var remedy: String

  /// A failure at a path.
  public init(_ kind: Kind, path: String, reason: String, remedy: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
    self.remedy = remedy
  }

  /// `PATH: what is wrong; what to do`.
  public var description: String { "\(path): \(reason); \(remedy)" }
}

/// The system's words for an error number.
public func systemMessage(_ number: Int32) -> String {
  // strerror's buffer may be shared between threads; a garbled word in a message is the worst that can come of it.
  strerror(number).map { String(cString: $0) } ?? "error \(number)"
}
