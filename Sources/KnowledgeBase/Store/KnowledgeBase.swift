import GRDB
import GenomicFiles
import Genomics

/// A knowledge base: a fold over contributions.
///
/// Every call blocks: use the blocking executor. A change is one transaction, synced before it counts; a process that dies
/// leaves the base as it was. In SQLite it has a rollback journal and no write-ahead log, which fails on network file
/// systems.
public final class KnowledgeBase: Sendable {
  /// What a base is for.
  public enum Purpose: String, Sendable, CaseIterable {
    /// For research: people enter by their own choice alone.
    case research
    /// For the laboratory's own frequencies: never released, never served by Beacon.
    case clinical
  }

  /// The base's path; of a base in PostgreSQL its address, without a password.
  public let path: String
  /// What it is for.
  public let purpose: Purpose
  /// The key of its pseudonyms.
  public let key: PseudonymKey
  let store: any Store
  let rosters = RosterCache()
  /// How often a withdrawal's token is hashed; see `Pseudonym.withdrawalToken`.
  let tokenRounds: Int

  /// Opens a base.
  /// - Parameter path: a path of a file, or `postgresql://…`.
  /// - Throws: `KnowledgeBaseError`.
  public convenience init(path: String) throws {
    if let address = PostgreSQLAddress(path) {
      try self.init(path: address.name, store: try PostgreSQLStore(address))
      return
    }
    guard case .file = content(at: path) else { throw Self.missing(path) }
    try self.init(opening: path)
  }

  convenience init(opening path: String) throws {
    try self.init(path: path, store: try Self.translating(path) { try SQLiteStore(path: path) })
  }

  /// Opens a base of one of several formats: to bring it to this one.
  convenience init(path: String, formats: ClosedRange<Int>) throws {
    if let address = PostgreSQLAddress(path) {
      try self.init(path: address.name, store: try PostgreSQLStore(address), formats: formats)
      return
    }
    guard case .file = content(at: path) else { throw Self.missing(path) }
    try self.init(
      path: path, store: try Self.translating(path) { try SQLiteStore(path: path) }, formats: formats)
  }

  private init(
    path: String, store: any Store, formats: ClosedRange<Int> = Schema.version...Schema.version
  ) throws {
    self.path = path
    self.store = store
    (purpose, key, tokenRounds) = try Self.translating(path) {
      try Self.reading(store) { db in
        guard let version = try db.format() else { throw Self.noBase(path) }
        guard formats.contains(version) else { throw Schema.refusal(of: version, path: path) }
        guard let purpose = try Self.meta("purpose", db).flatMap({ Purpose(rawValue: $0) }),
          let key = try Self.meta("key", db).flatMap({ Self.bytes(hexadecimal: $0) }),
          let rounds = try Self.meta("token.rounds", db).flatMap({ Int($0) }), (1...10_000_000).contains(rounds)
        else { throw Self.noBase(path) }
        return (purpose, PseudonymKey(bytes: key), rounds)
      }
    }
  }

  private static func missing(_ path: String) -> KnowledgeBaseError {
    KnowledgeBaseError(
      .missing, path: path, "there is no knowledge base", remedy: "make one with apus kb init, or correct the path")
  }

  private static func noBase(_ path: String) -> KnowledgeBaseError {
    KnowledgeBaseError(
      .damaged, path: path, "this is not a knowledge base", remedy: "name a base that apus kb init made")
  }

  /// Makes an empty base. It has its name only when it is whole; in PostgreSQL it is the schema `apus` of a database.
  /// - Parameter key: the key of its pseudonyms; a new one for every base but a copy.
  /// - Throws: `KnowledgeBaseError` of kind `exists` or `failed`.
  public static func create(path: String, purpose: Purpose, key: PseudonymKey = PseudonymKey()) throws -> KnowledgeBase
  {
    if let address = PostgreSQLAddress(path) {
      try translating(address.name) {
        try initialise(PostgreSQLStore(address), purpose, key, tokenRounds: Pseudonym.tokenRounds)
      }
      return try KnowledgeBase(path: path)
    }
    guard content(at: path) == .absent else {
      throw KnowledgeBaseError(.exists, path: path, "exists already", remedy: "name another file")
    }
    try makingWhole(path) { partial in
      try translating(path) {
        let store = try SQLiteStore(path: partial)
        try initialise(store, purpose, key, tokenRounds: Pseudonym.tokenRounds)
        try store.close()
      }
    }
    return try KnowledgeBase(opening: path)
  }

  private static func initialise(
    _ store: any Store, _ purpose: Purpose, _ key: PseudonymKey, tokenRounds: Int
  ) throws {
    try writing(store) { db in
      try db.createTables()
      let values = [
        ("purpose", purpose.rawValue), ("key", hexadecimal(key.bytes)), ("token.rounds", "\(tokenRounds)"),
      ]
      for (name, value) in values {
        try db.execute("INSERT INTO meta VALUES (?, ?)", [name, value])
      }
      try seal(db)
    }
  }

  /// A base in memory, for tests of many orders.
  init(inMemory key: PseudonymKey) throws {
    path = ":memory:"
    purpose = .research
    self.key = key
    tokenRounds = 1
    store = try SQLiteStore(path: nil)
    try Self.initialise(store, .research, key, tokenRounds: 1)
  }

  /// Closes the connection; the base is not to be used any more.
  func close() throws {
    try store.close()
  }

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

  static func meta(_ key: String, _ db: any StoreConnection) throws -> String? {
    try db.text("SELECT value FROM meta WHERE key = ?", [key])
  }

  private static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = text.utf8.map(\.hexadecimalValue)
    guard digits.count == 64, digits.allSatisfy({ $0 != nil }) else { return nil }
    let values = digits.compactMap { $0 }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }

  /// Runs work of a store; its errors become `KnowledgeBaseError`.
  static func translating<R>(_ path: String, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as any StoreFailure {
      throw error.told(path)
    } catch is ByteReader.Damaged {
      // A value of another type than was written.
      throw KnowledgeBaseError(
        .damaged, path: path, "a row is not as it was written", remedy: "restore the base from a backup")
    }
  }

  /// Reads the base as it is at one moment.
  func read<R>(_ body: (any StoreConnection) throws -> R) throws -> R {
    try Self.translating(path) { try Self.reading(store, body) }
  }

  private static func reading<R>(_ store: any Store, _ body: (any StoreConnection) throws -> R) throws -> R {
    try store.access { db in
      if db.isInTransaction { return try body(db) }
      try db.begin(.reading)
      defer { db.rollBack() }
      return try body(db)
    }
  }

  /// Changes the base: all that `body` does, or nothing of it.
  func write<R>(_ body: (any StoreConnection) throws -> R) throws -> R {
    try Self.translating(path) {
      try Self.writing(store) { db in
        try requireFormat(db)
        return try body(db)
      }
    }
  }

  static func writing<R>(_ store: any Store, _ body: (any StoreConnection) throws -> R) throws -> R {
    try store.access { db in
      try db.begin(.writing)
      do {
        let result = try body(db)
        try db.commit()
        return result
      } catch {
        db.rollBack()
        throw error
      }
    }
  }

  /// Leaves the base as it was before the transaction that is open.
  func rollBack() {
    // The error that made it necessary is told; a connection that is lost has rolled back.
    try? store.access { $0.rollBack() }
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
