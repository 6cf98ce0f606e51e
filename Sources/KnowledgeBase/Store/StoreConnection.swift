/// Where the tables of a base lie. Accesses follow one another.
protocol Store: AnyObject, Sendable {
  func access<R>(_ body: (any StoreConnection) throws -> R) throws -> R
  /// Closes the connection; the store is not to be used any more.
  func close() throws
}

/// What a transaction is for.
enum StoreTransaction {
  /// It sees the base as it is at one moment.
  case reading
  /// It is the only one that writes; where another does, the base is busy.
  case writing
}

/// What tells that a base is as it was when it was last looked at.
enum StoreState: Hashable {
  /// Changes of others, and of this connection.
  case changes(Int64, Int64)
  /// The base's seal.
  case seal(String)
}

/// One connection to the tables of a base, used inside one access to its store.
///
/// Statements are of the SQL that all stores know, with `?` for each value. People's rows have calls of their own: each
/// store keeps them in its way (`PersonTable`).
protocol StoreConnection: AnyObject {
  var isInTransaction: Bool { get }
  func begin(_ transaction: StoreTransaction) throws
  func commit() throws
  /// Leaves the base as it was before the transaction; nothing where none is open: a store may have rolled back by itself.
  func rollBack()

  /// Runs statements without values, such as definitions of tables.
  func run(_ script: String) throws
  /// Runs one statement.
  /// - Returns: how many rows it changed.
  @discardableResult
  func execute(_ sql: String, _ values: [any StoreConvertible]) throws -> Int
  /// The rows of a question, of which there are few.
  func rows(_ sql: String, _ values: [any StoreConvertible]) throws -> [StoreRow]
  /// Goes through the rows of a question; other statements may be run meanwhile.
  func forEachRow(_ sql: String, _ values: [any StoreConvertible], _ body: (StoreRow) throws -> Void) throws

  /// The format of the base; nil where there is none.
  func format() throws -> Int?
  /// Gives the base a format, as a part of the transaction.
  func setFormat(_ format: Int) throws
  /// Makes the tables of an empty base.
  func createTables() throws
  /// Makes ready for many questions, before a transaction.
  func prepareForQuestions() throws
  /// What tells whether the base has changed; nil while it is being changed.
  func state() throws -> StoreState?
  /// What is wrong with the tables, whatever they hold.
  /// - Returns: the problems, and whether the tables are there to be read.
  func problems() throws -> (problems: [String], isReadable: Bool)

  /// Makes room for people's rows once the reference is settled.
  func settle(_ reference: ReferenceContigs) throws
  /// Takes the settled reference back: nobody is in the base any more.
  func unsettle() throws
  /// Writes a new person's rows.
  /// - Parameter body: is given what takes a row; keys ascend.
  func writeRows(of person: Int64, _ body: (_ row: (Int64, [UInt8]) throws -> Void) throws -> Void) throws
  /// Reads the rows of one key, of those people who have it; `body` runs no other statement.
  /// - Parameters:
  ///   - people: their numbers, ascending.
  ///   - body: takes the person's place in the list, and the row's bytes.
  func forEachRow(
    _ key: Int64, of people: [Int64], _ body: (_ index: Int, _ bytes: UnsafeRawBufferPointer) throws -> Void) throws
  /// Reads the blocks of a contig by bin, then by person; other statements may be run meanwhile.
  /// - Parameter people: their numbers, ascending.
  func forEachBlock(
    rank: Int, of people: [Int64],
    _ body: (_ key: Int64, _ index: Int, _ bytes: UnsafeRawBufferPointer) throws -> Void) throws
  /// Reads a person's rows in order.
  /// - Parameter keys: those that are read; nil for all.
  func rows(of person: Int64, _ keys: Range<Int64>?) throws -> any PersonRowCursor
  func countRows(of person: Int64) throws -> Int
  /// Takes people's rows away, so that nothing of them is left, also of what other tables held of them before.
  func dropRows(of people: Set<Int64>) throws
  /// Empties the table of people, so that nothing of it is left.
  func replacePeople() throws
}

/// A person's rows in order of their keys.
protocol PersonRowCursor: AnyObject {
  /// The key of the row that is at hand; nil behind the last.
  var key: Int64? { get }
  /// Its bytes, until the next step; nil where it holds something else.
  var bytes: UnsafeRawBufferPointer? { get }
  func advance() throws
}

extension StoreConnection {
  func prepareForQuestions() {}

  @discardableResult
  func execute(_ sql: String) throws -> Int { try execute(sql, []) }

  func rows(_ sql: String) throws -> [StoreRow] { try rows(sql, []) }

  func rows(_ sql: String, _ values: [any StoreConvertible]) throws -> [StoreRow] {
    var rows: [StoreRow] = []
    try forEachRow(sql, values) { rows.append($0) }
    return rows
  }

  func row(_ sql: String, _ values: [any StoreConvertible] = []) throws -> StoreRow? { try rows(sql, values).first }

  /// The first value of the first row; nil where there is no row, or it is NULL.
  func integer(_ sql: String, _ values: [any StoreConvertible] = []) throws -> Int64? {
    try row(sql, values).flatMap { try $0.optionalInteger(at: 0) }
  }

  /// The first value of the first row; nil where there is no row, or it is NULL.
  func text(_ sql: String, _ values: [any StoreConvertible] = []) throws -> String? {
    try row(sql, values).flatMap { try $0.optionalText(at: 0) }
  }

  /// The first value of each row.
  func integers(_ sql: String, _ values: [any StoreConvertible] = []) throws -> [Int64] {
    try rows(sql, values).map { row in
      guard let value = try row.optionalInteger(at: 0) else { throw ByteReader.Damaged() }
      return value
    }
  }

  /// The first value of each row.
  func texts(_ sql: String, _ values: [any StoreConvertible] = []) throws -> [String] {
    try rows(sql, values).map { row in
      guard let value = try row.optionalText(at: 0) else { throw ByteReader.Damaged() }
      return value
    }
  }

  /// The first value of the first row, of `count(*)` and the like.
  func count(_ sql: String, _ values: [any StoreConvertible] = []) throws -> Int { Int(try integer(sql, values) ?? 0) }

  /// Whether a question has a row.
  func exists(_ sql: String, _ values: [any StoreConvertible] = []) throws -> Bool {
    try integer("SELECT CASE WHEN EXISTS (\(sql)) THEN 1 ELSE 0 END", values) == 1
  }
}
