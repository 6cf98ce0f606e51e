import GRDB
import GRDBSQLite

/// The connection to a base in SQLite: statements are prepared once, and stepped without a value of GRDB in between.
final class SQLiteConnection: StoreConnection {
  unowned let db: Database
  private var statements: [String: RawStatement] = [:]
  private var version: RawStatement?
  /// What reads a row of a person's table.
  private var people: [Int64: RawStatement] = [:]
  private var isPrepared = false

  init(_ db: Database) { self.db = db }

  var isInTransaction: Bool { db.isInsideTransaction }

  func begin(_ transaction: StoreTransaction) throws {
    try db.beginTransaction(transaction == .writing ? .immediate : .deferred)
  }

  func commit() throws { try db.commit() }

  func rollBack() {
    // A failed commit or insertion may have rolled back by itself.
    if db.isInsideTransaction { try? db.rollback() }
  }

  func run(_ script: String) throws { try db.execute(sql: script) }

  private func statement(_ sql: String) throws -> RawStatement {
    // One that is being gone through is not begun again.
    if let statement = statements[sql], !statement.isBusy { return statement }
    let statement = try RawStatement(sql, db)
    statements[sql] = statement
    return statement
  }

  @discardableResult
  func execute(_ sql: String, _ values: [any StoreConvertible]) throws -> Int {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    while try statement.next() {}
    return db.changesCount
  }

  func forEachRow(_ sql: String, _ values: [any StoreConvertible], _ body: (StoreRow) throws -> Void) throws {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    var names: [String]?
    while try statement.next() {
      let known = names ?? statement.names
      names = known
      try body(StoreRow(names: known, values: known.indices.map { statement.value(Int32($0)) }))
    }
  }

  func format() throws -> Int? {
    guard try integer("PRAGMA application_id") == Int64(Schema.applicationID) else { return nil }
    return try integer("PRAGMA user_version").map { Int($0) }
  }

  func setFormat(_ format: Int) throws { try run("PRAGMA user_version = \(format)") }

  func createTables() throws { try run(Schema.sqlite) }

  func state() throws -> StoreState? {
    // A change that is under way may be rolled back without the count of changes telling.
    guard sqlite3_txn_state(db.sqliteConnection, nil) != SQLITE_TXN_WRITE else { return nil }
    let version = try self.version ?? RawStatement("PRAGMA data_version", db)
    self.version = version
    defer { version.reset() }
    guard try version.next() else { return nil }
    return .changes(version.number(0), Int64(db.totalChangesCount))
  }

  /// Maps the file, where it lies on a disk of this machine: a question about one place reads a page of everybody's, and
  /// half of its time would be copying them. Questions alone: a disk that fails under a mapping ends the process, and
  /// `verify` is to tell of it. Over a network a mapping is not what others wrote.
  func prepareForQuestions() throws {
    guard !isPrepared, !isInTransaction else { return }
    isPrepared = true
    guard let name = sqlite3_db_filename(db.sqliteConnection, "main"), FileSystem.isLocal(String(cString: name)) else {
      return
    }
    // As much as SQLite maps unless it was built for more; what lies beyond is read.
    try run("PRAGMA mmap_size = 2147418112")
  }

  // People's rows are a table a person; see `PersonTable`.

  func settle(_ reference: ReferenceContigs) {}

  func unsettle() {}

  func writeRows(of person: Int64, _ body: (_ row: (Int64, [UInt8]) throws -> Void) throws -> Void) throws {
    try run(PersonTable.create(person))
    let insert = try RawStatement("INSERT INTO \(PersonTable.name(person)) VALUES (?, ?)", db)
    try body { try insert.run($0, $1) }
  }

  func forEachRow(
    _ key: Int64, of people: [Int64], _ body: (_ index: Int, _ bytes: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    for (index, person) in people.enumerated() {
      let statement = try data(of: person)
      try statement.bind(key, at: 1)
      defer { statement.reset() }
      if try statement.next() { try statement.withBytes(0) { try body(index, $0) } }
    }
  }

  private func data(of person: Int64) throws -> RawStatement {
    if let statement = people[person] { return statement }
    let statement = try RawStatement("SELECT data FROM \(PersonTable.name(person)) WHERE id = ?", db)
    people[person] = statement
    return statement
  }

  func forEachBlock(
    rank: Int, of people: [Int64],
    _ body: (_ key: Int64, _ index: Int, _ bytes: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let cursors = try people.map { try rows(of: $0, PersonTable.keys(rank: rank)) }
    while let key = cursors.compactMap(\.key).min() {
      for (index, cursor) in cursors.enumerated() where cursor.key == key {
        guard let bytes = cursor.bytes else { throw ByteReader.Damaged() }
        try body(key, index, bytes)
        try cursor.advance()
      }
    }
  }

  func rows(of person: Int64, _ keys: Range<Int64>?) throws -> any PersonRowCursor {
    try SQLiteRowCursor(person, keys, db)
  }

  func countRows(of person: Int64) throws -> Int {
    // Not a statement to be kept: the table goes.
    let statement = try RawStatement("SELECT count(*) FROM \(PersonTable.name(person))", db)
    return try statement.next() ? Int(statement.number(0)) : 0
  }

  func dropRows(of people: Set<Int64>) throws {
    for person in people.sorted() {
      self.people[person] = nil
      try run("DROP TABLE \(PersonTable.name(person))")
    }
  }

  func replacePeople() throws {
    // Written anew on pages that never held the others; `secure_delete` sees to the old ones, and to rows of other tables.
    try run("DROP TABLE contribution; \(Schema.contribution(named: "contribution"))")
  }
}

/// A person's rows in order of their keys.
private final class SQLiteRowCursor: PersonRowCursor {
  private let statement: RawStatement
  private(set) var key: Int64?

  init(_ person: Int64, _ keys: Range<Int64>?, _ db: Database) throws {
    let range = keys == nil ? "" : " WHERE id >= ? AND id < ?"
    statement = try RawStatement("SELECT id, data FROM \(PersonTable.name(person))\(range) ORDER BY id", db)
    if let keys {
      try statement.bind(keys.lowerBound, at: 1)
      try statement.bind(keys.upperBound, at: 2)
    }
    try advance()
  }

  func advance() throws { key = try statement.next() ? statement.number(0) : nil }

  var bytes: UnsafeRawBufferPointer? { statement.isBlob(1) ? statement.bytes(1) : nil }
}
