import CPostgreSQL

/// An error of PostgreSQL. What the server says of a statement may hold values, and is not kept.
struct PostgreSQLError: StoreFailure, Hashable {
  /// SQLSTATE (PostgreSQL, appendix A); nil where the server was not reached.
  var state: String?
  /// Whether the connection is gone.
  var isLost = false
  /// Why there is no connection.
  var reason: String?

  /// Another process writes.
  static let busy = PostgreSQLError(state: "55P03")
  /// Nothing can be done in a transaction that is not open.
  static let noTransaction = PostgreSQLError(state: "25P01", isLost: true)

  var code: String { "PostgreSQL \(state ?? "connection")" }

  // Damaged data, a damaged index; what follows in the transaction that one of them ended.
  var isDamage: Bool { ["XX001", "XX002", "25P02"].contains(state) }

  func told(_ path: String) -> KnowledgeBaseError {
    let state = state ?? ""
    if isLost || ["08", "28"].contains(state.prefix(2)) || state.hasPrefix("57P") || state == "53300" {
      return KnowledgeBaseError(
        .unavailable, path: path,
        reason.map { "the server cannot be reached, or refuses: \($0)" }
          ?? "the connection to the server was lost, and what was under way left no trace",
        remedy: "check the server and the role's password, then run again")
    }
    switch state {
    case "55P03", "40001", "40P01":
      return KnowledgeBaseError(
        .busy, path: path, "another process writes to the base, or reads what is to be withdrawn",
        remedy: "try again when it has ended")
    case "3F000", "42P01":
      return KnowledgeBaseError(
        .missing, path: path, "there is no knowledge base in the database",
        remedy: "make one with apus kb init, or correct the address")
    case "42P06":
      return KnowledgeBaseError(
        .exists, path: path, "the database holds a knowledge base already, or a schema of the name apus",
        remedy: "name another database")
    case "42501":
      return KnowledgeBaseError(
        .missing, path: path, "the role may not do this in the database",
        remedy: "give the role its rights, or name another")
    case "25006":
      return KnowledgeBaseError(
        .configuration, path: path, "the server takes no writes: it is a standby, or read-only",
        remedy: "name the primary server")
    case "XX001", "XX002", "25P02":
      return KnowledgeBaseError(
        .damaged, path: path, "the server finds the database damaged (\(code))", remedy: "restore it from a backup")
    case "53200":
      return KnowledgeBaseError(
        .failed, path: path, "the server is out of memory, or of room for locks (\(code))",
        remedy: "raise max_locks_per_transaction, as Docs/knowledge-base.md tells, then run again")
    default:
      return KnowledgeBaseError(
        .failed, path: path, "the base could not be read or written (\(code))",
        remedy: "look into the server's log, check its disk, then run again")
    }
  }
}
