import GRDB

/// A base in a file of SQLite, or in memory. What it hands out is used inside the queue alone.
final class SQLiteStore: Store, @unchecked Sendable {
  let queue: DatabaseQueue
  private var connection: SQLiteConnection?

  /// - Parameter path: nil for a base in memory.
  init(path: String?) throws {
    queue =
      if let path {
        try DatabaseQueue(path: path, configuration: KnowledgeBase.configuration)
      } else {
        try DatabaseQueue(configuration: KnowledgeBase.configuration)
      }
  }

  func access<R>(_ body: (any StoreConnection) throws -> R) throws -> R {
    try queue.inDatabase { db in
      let connection = self.connection ?? SQLiteConnection(db)
      self.connection = connection
      return try body(connection)
    }
  }

  func close() throws {
    queue.inDatabase { _ in connection = nil }
    try queue.close()
  }

  // Statements go before the connection that they are of.
  deinit { connection = nil }
}
