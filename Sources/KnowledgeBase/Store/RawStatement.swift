import GRDB
import GRDBSQLite

/// A statement of a hot loop, without GRDB's values for each row. Used inside one access to the base, and never kept
/// beyond it.
final class RawStatement {
  private var statement: OpaquePointer?
  private let connection: OpaquePointer

  init(_ sql: String, _ db: Database) throws {
    guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    self.connection = connection
    let code = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  deinit { sqlite3_finalize(statement) }

  func bind(_ number: Int64, at index: Int32) throws { try check(sqlite3_bind_int64(statement, index, number)) }

  /// Binds bytes that stay where they are until the statement was run, and runs it.
  func run(_ key: Int64, _ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { buffer in
      try bind(key, at: 1)
      // No bytes are an empty value, not NULL.
      let code =
        buffer.isEmpty
        ? sqlite3_bind_zeroblob(statement, 2, 0)
        : sqlite3_bind_blob64(statement, 2, buffer.baseAddress, sqlite3_uint64(buffer.count), nil)
      try check(code)
      let step = sqlite3_step(statement)
      sqlite3_reset(statement)
      guard step == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: step)) }
    }
  }

  /// Steps to the next row.
  func next() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(statement)
      return false
    case let code:
      sqlite3_reset(statement)
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }

  func reset() { sqlite3_reset(statement) }

  func number(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  func isBlob(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_BLOB }

  /// A column's bytes, until the next step.
  func withBytes<R>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    let start = sqlite3_column_blob(statement, column)
    return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
  }

  func bytes(_ column: Int32) -> [UInt8] { withBytes(column) { Array($0) } }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }
}
