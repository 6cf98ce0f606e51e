import CPostgreSQL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The connection to a base in PostgreSQL. Its tables are in the schema `apus` of the database.
final class PostgreSQLConnection: StoreConnection {
  let address: PostgreSQLAddress
  private(set) var handle: OpaquePointer
  /// Names of prepared statements by their SQL.
  private var prepared: [String: String] = [:]
  private var transaction: StoreTransaction?
  /// The base's seal when the transaction began, which only reads.
  private var seal: String?
  private var cursors = 0

  /// - Throws: `PostgreSQLError`.
  init(_ address: PostgreSQLAddress) throws {
    self.address = address
    handle = try Self.connect(address)
  }

  deinit { PQfinish(handle) }

  private static func connect(_ address: PostgreSQLAddress) throws -> OpaquePointer {
    // What stands before the address is a default that it may change; what stands behind it holds.
    let options = [
      ("application_name", "apus"), ("connect_timeout", "10"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
      ("keepalives_count", "3"), ("dbname", address.uri), ("client_encoding", "UTF8"),
    ]
    let keys = options.map { strdup($0.0) }
    let values = options.map { strdup($0.1) }
    defer { for text in keys + values { free(text) } }
    let made = PQconnectdbParams(
      keys.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
    guard let handle = made else { throw PostgreSQLError(isLost: true, reason: "out of memory") }
    guard PQstatus(handle) == CONNECTION_OK else {
      let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
      PQfinish(handle)
      throw PostgreSQLError(isLost: true, reason: address.redacted(message))
    }
    apus_pq_set_silent(handle)
    // People's rows are never sorted: the server would write them into files of its own. A commit counts once it is
    // synced, whatever the server's default.
    let result = PQexec(
      handle,
      """
      SET search_path = apus, pg_catalog, pg_temp; SET lock_timeout = '3s'; SET client_min_messages = error;
      SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET enable_sort = off; SET jit = off;
      SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
      """)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_TUPLES_OK else {
      PQfinish(handle)
      throw PostgreSQLError(isLost: true, reason: "the session could not be set up")
    }
    guard PQserverVersion(handle) >= 120_000 else {
      PQfinish(handle)
      throw PostgreSQLError(isLost: true, reason: "the server is older than PostgreSQL 12")
    }
    return handle
  }

  // MARK: Transactions

  var isInTransaction: Bool { transaction != nil }

  func begin(_ transaction: StoreTransaction) throws {
    do {
      try open(transaction)
    } catch let error as PostgreSQLError where error.isLost {
      // The server may have been started anew since the last transaction. Nothing is lost: none is open.
      let handle = try Self.connect(address)
      PQfinish(self.handle)
      self.handle = handle
      prepared.removeAll()
      try open(transaction)
    }
  }

  private func open(_ transaction: StoreTransaction) throws {
    do {
      switch transaction {
      case .reading:
        // The lock comes before the transaction sees anything: rows are never read in part while people are withdrawn.
        let answer = try send(
          """
          BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; LOCK TABLE meta IN ACCESS SHARE MODE;
          SELECT value FROM meta WHERE key = 'seal'
          """)
        if answer.count == 1, case .text(let text) = answer.value(0, 0) { seal = text }
      case .writing:
        let answer = try send(
          "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_try_advisory_xact_lock(\(Self.lock))::int")
        guard answer.count == 1, answer.value(0, 0) == .text("1") else { throw PostgreSQLError.busy }
      }
    } catch {
      PQclear(PQexec(handle, "ROLLBACK"))
      seal = nil
      throw error
    }
    self.transaction = transaction
  }

  /// "APUS" and a number: the lock of whoever writes.
  private static let lock = 0x4150_5553_0000_0001

  func commit() throws {
    guard transaction != nil else { throw PostgreSQLError.noTransaction }
    (transaction, seal) = (nil, nil)
    // A transaction that failed is answered with ROLLBACK, and no error.
    guard try send("COMMIT").tag == "COMMIT" else { throw PostgreSQLError(state: "25P02") }
  }

  func rollBack() {
    guard transaction != nil else { return }
    (transaction, seal) = (nil, nil)
    // Where that fails the connection is gone, and the server has rolled back.
    PQclear(PQexec(handle, "ROLLBACK"))
  }

  func state() -> StoreState? { seal.map { .seal($0) } }

  // MARK: Statements

  /// Checks what the server answered.
  /// - Throws: `PostgreSQLError`.
  func checked(_ result: OpaquePointer?) throws -> PostgreSQLResult {
    guard let result else { throw PostgreSQLError(isLost: true) }
    let answer = PostgreSQLResult(result)
    switch answer.status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COPY_IN: return answer
    default: throw PostgreSQLError(state: answer.state, isLost: PQstatus(handle) == CONNECTION_BAD)
    }
  }

  /// Runs statements without values, in or before a transaction.
  @discardableResult
  private func send(_ script: String) throws -> PostgreSQLResult { try checked(PQexec(handle, script)) }

  func run(_ script: String) throws {
    guard transaction != nil else { throw PostgreSQLError.noTransaction }
    try send(script)
  }

  /// The name of a statement that the server holds ready.
  func name(of sql: String) throws -> String {
    guard transaction != nil else { throw PostgreSQLError.noTransaction }
    if let name = prepared[sql] { return name }
    let name = "apus_\(prepared.count)"
    _ = try checked(PQprepare(handle, name, Self.numbered(sql), 0, nil))
    prepared[sql] = name
    return name
  }

  /// `?` as PostgreSQL has it: `$1`, `$2` and so on.
  static func numbered(_ sql: String) -> String {
    var number = 0
    var text = ""
    for character in sql {
      if character == "?" {
        number += 1
        text += "$\(number)"
      } else {
        text.append(character)
      }
    }
    return text
  }

  private func answer(_ sql: String, _ values: [any StoreConvertible]) throws -> PostgreSQLResult {
    let name = try name(of: sql)
    return try checked(
      try PostgreSQLParameters(values).withArrays { PQexecPrepared(handle, name, $0, $1, $2, $3, 1) })
  }

  @discardableResult
  func execute(_ sql: String, _ values: [any StoreConvertible]) throws -> Int { try answer(sql, values).changes }

  func rows(_ sql: String, _ values: [any StoreConvertible]) throws -> [StoreRow] {
    let answer = try answer(sql, values)
    let names = answer.names
    return (0..<answer.count).map { answer.row($0, names) }
  }

  func forEachRow(_ sql: String, _ values: [any StoreConvertible], _ body: (StoreRow) throws -> Void) throws {
    let cursor = try cursor(sql, values)
    while let part = try cursor.next() {
      let names = part.names
      for index in 0..<part.count { try body(part.row(index, names)) }
    }
  }

  /// Opens a cursor, which the transaction's end closes.
  func cursor(_ sql: String, _ values: [any StoreConvertible]) throws -> PostgreSQLCursor {
    guard transaction != nil else { throw PostgreSQLError.noTransaction }
    cursors += 1
    let name = "apus_cursor_\(cursors)"
    _ = try checked(
      try PostgreSQLParameters(values).withArrays {
        PQexecParams(
          handle, "DECLARE \(name) NO SCROLL CURSOR FOR \(Self.numbered(sql))", $0, nil, $1, $2, $3, 1)
      })
    return PostgreSQLCursor(self, name: name)
  }
}

/// Rows of a question, some at a time: memory holds a part.
final class PostgreSQLCursor {
  private let connection: PostgreSQLConnection
  private let name: String
  /// Blocks have one to some thousand bytes.
  private static let part = 256

  fileprivate init(_ connection: PostgreSQLConnection, name: String) {
    self.connection = connection
    self.name = name
  }

  /// The next rows; nil behind the last.
  func next() throws -> PostgreSQLResult? {
    let handle = connection.handle
    let part = try connection.checked(
      PQexecParams(handle, "FETCH FORWARD \(Self.part) FROM \(name)", 0, nil, nil, nil, nil, 1))
    if part.count > 0 { return part }
    _ = try connection.checked(PQexec(handle, "CLOSE \(name)"))
    return nil
  }
}
