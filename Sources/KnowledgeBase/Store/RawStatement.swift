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

  /// Whether its rows are being gone through.
  var isBusy: Bool { sqlite3_stmt_busy(statement) != 0 }

  func bind(_ number: Int64, at index: Int32) throws { try check(sqlite3_bind_int64(statement, index, number)) }

  /// Binds all values.
  func bind(_ values: [any StoreConvertible]) throws {
    // As many as the statement has, or the rest would be those of its last run.
    guard values.count == Int(sqlite3_bind_parameter_count(statement)) else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE)
    }
    // SQLite copies texts and bytes.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      switch value.storeValue {
      case .null: try check(sqlite3_bind_null(statement, place))
      case .integer(let number): try bind(number, at: place)
      case .text(""): try check(sqlite3_bind_text(statement, place, "", 0, copied))
      case .text(var text):
        try check(
          text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
              sqlite3_bind_text64(
                statement, place, $0.baseAddress, sqlite3_uint64($0.count), copied, UInt8(SQLITE_UTF8))
            }
          })
      case .bytes(let bytes):
        try check(
          bytes.isEmpty
            ? sqlite3_bind_zeroblob(statement, place, 0)
            : bytes.withUnsafeBytes {
              sqlite3_bind_blob64(statement, place, $0.baseAddress, sqlite3_uint64($0.count), copied)
            })
      case .other: throw DatabaseError(resultCode: .SQLITE_MISMATCH)
      }
    }
  }

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

  /// The columns' names.
  var names: [String] {
    (0..<sqlite3_column_count(statement)).map { sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? "" }
  }

  func value(_ column: Int32) -> StoreValue {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(number(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .bytes(Array(bytes(column)))
    default: .other("\(sqlite3_column_double(statement, column))")
    }
  }

  private func text(_ column: Int32) -> String {
    // The text before its length, as SQLite asks.
    guard let start = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func isBlob(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_BLOB }

  /// A column's bytes, until the next step.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }

  func withBytes<R>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try body(bytes(column))
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }
}
