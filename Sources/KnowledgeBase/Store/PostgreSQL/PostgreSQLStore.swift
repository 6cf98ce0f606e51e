import Dispatch

/// A base in PostgreSQL, over one connection. What it hands out is used inside the queue alone.
final class PostgreSQLStore: Store, @unchecked Sendable {
  let address: PostgreSQLAddress
  private let queue = DispatchQueue(label: "apus.postgresql")
  private var connection: PostgreSQLConnection?

  init(_ address: PostgreSQLAddress) throws {
    guard address.isReadable else {
      throw KnowledgeBaseError(
        .missing, path: "postgresql://…", "the address cannot be read",
        remedy: "write it as postgresql://USER@HOST:PORT/DATABASE, other signs than letters and digits as %XX")
    }
    self.address = address
  }

  func access<R>(_ body: (any StoreConnection) throws -> R) throws -> R {
    try queue.sync {
      let connection = try self.connection ?? PostgreSQLConnection(address)
      self.connection = connection
      return try body(connection)
    }
  }

  func close() { queue.sync { connection = nil } }
}
