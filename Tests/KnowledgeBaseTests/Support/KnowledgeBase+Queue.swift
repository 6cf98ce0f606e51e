import GRDB

@testable import KnowledgeBase

extension KnowledgeBase {
  /// The connection of a base in SQLite, to change it behind its back.
  var queue: DatabaseQueue {
    guard let store = store as? SQLiteStore else { preconditionFailure("the base is not in SQLite") }
    return store.queue
  }
}
