import CPostgreSQL

/// What the server answered; its memory goes with it.
final class PostgreSQLResult {
  private let pointer: OpaquePointer
  let count: Int

  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
    count = Int(PQntuples(pointer))
  }

  deinit { PQclear(pointer) }

  var status: ExecStatusType { PQresultStatus(pointer) }

  /// SQLSTATE of an error.
  var state: String? { apus_pq_sqlstate(pointer).map { String(cString: $0) } }

  /// What was done: `COMMIT`, `UPDATE 3`.
  var tag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

  /// How many rows were changed.
  var changes: Int { PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0 }

  var names: [String] {
    (0..<PQnfields(pointer)).map { PQfname(pointer, $0).map { String(cString: $0) } ?? "" }
  }

  func isNull(_ row: Int, _ column: Int) -> Bool { PQgetisnull(pointer, Int32(row), Int32(column)) == 1 }

  /// A value's bytes, as long as the result is held.
  func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: PQgetvalue(pointer, Int32(row), Int32(column)),
      count: Int(PQgetlength(pointer, Int32(row), Int32(column))))
  }

  /// An integer in the binary format: big-endian.
  func integer(_ row: Int, _ column: Int) -> Int64 {
    let bytes = bytes(row, column)
    // The sign is that of the first byte.
    let start: Int64 = bytes.first.map { $0 & 0x80 == 0 ? 0 : -1 } ?? 0
    return bytes.reduce(start) { $0 << 8 | Int64($1) }
  }

  /// A value by the type that the server tells (pg_type.dat): integers, booleans, bytes; all else that is asked for is
  /// text.
  func value(_ row: Int, _ column: Int) -> StoreValue {
    if isNull(row, column) { return .null }
    guard PQfformat(pointer, Int32(column)) == 1 else { return text(row, column) }
    switch PQftype(pointer, Int32(column)) {
    case 16, 20, 21, 23, 26: return .integer(integer(row, column))
    case 17: return .bytes(Array(bytes(row, column)))
    case 19, 25, 1043: return text(row, column)
    case let type: return .other("type \(type)")
    }
  }

  private func text(_ row: Int, _ column: Int) -> StoreValue {
    .text(String(decoding: bytes(row, column), as: UTF8.self))
  }

  func row(_ index: Int, _ names: [String]) -> StoreRow {
    StoreRow(names: names, values: names.indices.map { value(index, $0) })
  }
}
