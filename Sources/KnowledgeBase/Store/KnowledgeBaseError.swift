import GRDB

/// A failure of a knowledge base itself.
public struct KnowledgeBaseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind; each has its exit code (CLI.md).
  public enum Kind: String, Sendable, Hashable {
    /// Another process writes to it (75).
    case busy = "kb-busy"
    /// There is none at the path (66).
    case missing = "kb-missing"
    /// Something stands at the path already (73).
    case exists = "kb-exists"
    /// The file is no knowledge base, or damaged (65).
    case damaged = "kb-damaged"
    /// It holds other data of the person already (65).
    case conflict = "kb-conflict"
    /// It is of another format, reference or filter configuration (78).
    case configuration = "kb-configuration"
    /// Reading or writing failed (74).
    case failed = "kb-failed"
    /// Its server cannot be reached, or refuses (69).
    case unavailable = "kb-unavailable"
  }

  /// The kind.
  public var kind: Kind
  /// The base's path or address, without a password; what is wrong; what to do.
  public var description: String

  /// A failure of the base at a path.
  init(_ kind: Kind, path: String, _ reason: String, remedy: String) {
    self.kind = kind
    description = "\(path): \(reason); \(remedy)"
  }
}

/// An error of a store's own. Its messages may hold values, and are not passed on.
protocol StoreFailure: Error {
  /// The store's name and its code.
  var code: String { get }
  /// Whether what is stored cannot be read, rather than the store not be reached.
  var isDamage: Bool { get }
  /// What is told of it.
  func told(_ path: String) -> KnowledgeBaseError
}

extension DatabaseError: StoreFailure {
  var code: String { "SQLite \(extendedResultCode.rawValue)" }

  var isDamage: Bool { true }

  func told(_ path: String) -> KnowledgeBaseError {
    switch resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      KnowledgeBaseError(
        .busy, path: path, "another process writes to the base", remedy: "try again when it has ended")
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      KnowledgeBaseError(
        .damaged, path: path, "the file is not a knowledge base, or is damaged", remedy: "restore it from a backup")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
      KnowledgeBaseError(
        .missing, path: path, "the file cannot be opened for reading and writing",
        remedy: "check the path, the folder and their permissions")
    default:
      KnowledgeBaseError(
        .failed, path: path, "the base could not be read or written (\(code))",
        remedy: "check the space and the quota of the disk, then run again")
    }
  }
}
