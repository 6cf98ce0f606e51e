import GRDB
import GenomicFiles
import Genomics

/// A knowledge base in SQLite: a fold over contributions.
///
/// Every call blocks: use the blocking executor. A change is one transaction with a rollback journal, synced before it
/// counts; a process that dies leaves the base as it was. No write-ahead log: it fails on network file systems.
public final class KnowledgeBase: Sendable {
  /// What a base is for.
  public enum Purpose: String, Sendable, CaseIterable {
    /// For research: people enter by their own choice alone.
    case research
    /// For the laboratory's own frequencies: never released, never served by Beacon.
    case clinical
  }

  /// The base's path.
  public let path: String
  /// What it is for.
  public let purpose: Purpose
  /// The key of its pseudonyms.
  public let key: PseudonymKey
  let queue: DatabaseQueue
  let cache = ConnectionCache()
  /// How often a withdrawal's token is hashed; see `Pseudonym.withdrawalToken`.
  let tokenRounds: Int

  /// Opens a base.
  /// - Throws: `KnowledgeBaseError`.
  public convenience init(path: String) throws {
    guard case .file = content(at: path) else {
      throw KnowledgeBaseError(
        .missing, path: path, "there is no knowledge base", remedy: "make one with apus kb init, or correct the path")
    }
    try self.init(opening: path)
  }

  init(opening path: String) throws {
    self.path = path
    (queue, purpose, key, tokenRounds) = try Self.translating(path) {
      let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      let (purpose, key, rounds) = try queue.read { db in
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
          throw Self.noBase(path)
        }
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version == Schema.version else {
          throw KnowledgeBaseError(
            .configuration, path: path,
            "the base has format \(version), this version of Apus reads format \(Schema.version)",
            remedy: "make a new base with apus kb init and add the cases again")
        }
        guard let purpose = try Self.meta("purpose", db).flatMap({ Purpose(rawValue: $0) }),
          let key = try Self.meta("key", db).flatMap({ Self.bytes(hexadecimal: $0) }),
          let rounds = try Self.meta("token.rounds", db).flatMap({ Int($0) }), (1...10_000_000).contains(rounds)
        else { throw Self.noBase(path) }
        return (purpose, PseudonymKey(bytes: key), rounds)
      }
      return (queue, purpose, key, rounds)
    }
  }

  private static func noBase(_ path: String) -> KnowledgeBaseError {
    KnowledgeBaseError(
      .damaged, path: path, "the file is not a knowledge base", remedy: "name a base that apus kb init made")
  }

  /// Makes an empty base. It has its name only when it is whole.
  /// - Parameter key: the key of its pseudonyms; a new one for every base but a copy.
  /// - Throws: `KnowledgeBaseError` of kind `exists` or `failed`.
  public static func create(path: String, purpose: Purpose, key: PseudonymKey = PseudonymKey()) throws -> KnowledgeBase
  {
    guard content(at: path) == .absent else {
      throw KnowledgeBaseError(.exists, path: path, "exists already", remedy: "name another file")
    }
    try makingWhole(path) { partial in
      try translating(path) {
        let queue = try DatabaseQueue(path: partial, configuration: configuration)
        try initialise(queue, purpose, key, tokenRounds: Pseudonym.tokenRounds)
        try queue.close()
      }
    }
    return try KnowledgeBase(opening: path)
  }

  private static func initialise(
    _ queue: DatabaseQueue, _ purpose: Purpose, _ key: PseudonymKey, tokenRounds: Int
  ) throws {
    try queue.inTransaction(.immediate) { db in
      try Schema.create(db)
      let values = [
        ("purpose", purpose.rawValue), ("key", hexadecimal(key.bytes)), ("token.rounds", "\(tokenRounds)"),
      ]
      for (name, value) in values {
        try db.execute(sql: "INSERT INTO meta VALUES (?, ?)", arguments: [name, value])
      }
      try seal(db)
      return .commit
    }
  }

  /// A base in memory, for tests of many orders.
  init(inMemory key: PseudonymKey) throws {
    path = ":memory:"
    purpose = .research
    self.key = key
    tokenRounds = 1
    queue = try DatabaseQueue(configuration: Self.configuration)
    try Self.initialise(queue, .research, key, tokenRounds: 1)
  }

  /// Closes the connection; the base is not to be used any more.
  func close() throws {
    try queue.inDatabase { _ in cache.removeAll() }
    try queue.close()
  }

  // Statements go before the connection that they are of.
  deinit { cache.removeAll() }

  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(1)
    // A transaction stays open between contributions that are made one at a time; see `OpenAddition`.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      // Before the first table: a person's rows are long, and read one by one.
      try db.execute(sql: "PRAGMA page_size = 8192; PRAGMA temp_store = MEMORY")
      // EXTRA also syncs the folder after the journal is gone.
      try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON")
      // 64 MiB.
      try db.execute(sql: "PRAGMA cache_size = -65536")
    }
    return configuration
  }

  static func meta(_ key: String, _ db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
  }

  private static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = text.utf8.map(\.hexadecimalValue)
    guard digits.count == 64, digits.allSatisfy({ $0 != nil }) else { return nil }
    let values = digits.compactMap { $0 }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }

  /// Runs SQLite work; its errors become `KnowledgeBaseError`.
  static func translating<R>(_ path: String, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw KnowledgeBaseError(error, path: path)
    } catch is RowDecodingError {
      // A value of another type than was written.
      throw KnowledgeBaseError(
        .damaged, path: path, "a row is not as it was written", remedy: "restore the base from a backup")
    }
  }

  /// Reads the base as it is at one moment.
  func read<R>(_ body: (Database) throws -> R) throws -> R {
    // Not the queue's own `read`: it switches `PRAGMA query_only`, at which SQLite compiles every statement anew.
    try Self.translating(path) {
      try queue.inDatabase { db in
        if db.isInsideTransaction { return try body(db) }
        try db.beginTransaction(.deferred)
        defer { if db.isInsideTransaction { try? db.rollback() } }
        return try body(db)
      }
    }
  }
}

extension UInt8 {
  fileprivate var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
