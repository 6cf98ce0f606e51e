import Service

/// An addition that takes contributions one at a time, as they are made, in one transaction: memory holds one person's
/// data, and the base has all of them or none.
///
/// Other writers are told that the base is busy until it ends. The steps block; use the blocking executor. What is not
/// committed is rolled back by `rollBack`, or by the next one to open the base where the process died.
final class OpenAddition: Sendable {
  private let base: KnowledgeBase

  /// Begins.
  /// - Throws: `KnowledgeBaseError` of kind `busy` where another process writes.
  init(to base: KnowledgeBase) throws {
    self.base = base
    try KnowledgeBase.translating(base.path) {
      try base.store.access { db in
        try db.begin(.writing)
        do {
          try base.requireFormat(db)
        } catch {
          db.rollBack()
          throw error
        }
      }
    }
  }

  /// Takes one contribution in; see `KnowledgeBase.add(_:)`.
  func add(_ contribution: ConsentedContribution) throws -> KnowledgeBase.Addition {
    try KnowledgeBase.translating(base.path) { try base.store.access { try base.insert(contribution, $0) } }
  }

  /// Whether the person withdrew, and chose nothing since.
  func isWithdrawn(_ pseudonym: Pseudonym, consentedOn date: CalendarDate) throws -> Bool {
    try KnowledgeBase.translating(base.path) {
      try base.store.access { try base.isWithdrawn(pseudonym, consentedOn: date, $0) }
    }
  }

  /// Makes everything that was taken in part of the base.
  func commit() throws {
    try KnowledgeBase.translating(base.path) {
      try base.store.access { db in
        try KnowledgeBase.seal(db)
        try db.commit()
      }
    }
  }

  /// Leaves the base as it was.
  func rollBack() {
    base.rollBack()
  }
}
