/// A value of a table.
enum StoreValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
  /// A value that no table of a base holds, by its text.
  case other(String)

  /// As seals have it.
  var sealed: String {
    switch self {
    case .null: "NULL"
    case .integer(let value): "\(value)"
    case .text(let value): String(reflecting: value)
    case .bytes(let value): "Data(\(value.count) bytes)"
    case .other(let value): value
    }
  }
}

/// What can be a value of a table.
protocol StoreConvertible {
  var storeValue: StoreValue { get }
}

extension StoreValue: StoreConvertible {
  var storeValue: StoreValue { self }
}

extension Int: StoreConvertible {
  var storeValue: StoreValue { .integer(Int64(self)) }
}

extension Int64: StoreConvertible {
  var storeValue: StoreValue { .integer(self) }
}

extension String: StoreConvertible {
  var storeValue: StoreValue { .text(self) }
}

extension Bool: StoreConvertible {
  var storeValue: StoreValue { .integer(self ? 1 : 0) }
}

extension Optional: StoreConvertible where Wrapped: StoreConvertible {
  var storeValue: StoreValue { map(\.storeValue) ?? .null }
}

/// A row that was read.
///
/// SQLite keeps any type in any column: what is not of its column's own is `ByteReader.Damaged`, and no crash.
struct StoreRow {
  /// The columns' names.
  let names: [String]
  let values: [StoreValue]

  subscript(_ name: String) -> StoreValue {
    names.firstIndex(of: name).map { values[$0] } ?? .null
  }

  func text(_ name: String) throws -> String {
    guard case .text(let value) = self[name] else { throw ByteReader.Damaged() }
    return value
  }

  func optionalText(_ name: String) throws -> String? { self[name] == .null ? nil : try text(name) }

  func integer(_ name: String) throws -> Int64 {
    guard case .integer(let value) = self[name] else { throw ByteReader.Damaged() }
    return value
  }

  func optionalInteger(_ name: String) throws -> Int64? { self[name] == .null ? nil : try integer(name) }

  func number(_ name: String) throws -> Int { Int(try integer(name)) }

  func optionalText(at index: Int) throws -> String? {
    switch values[index] {
    case .null: return nil
    case .text(let value): return value
    default: throw ByteReader.Damaged()
    }
  }

  func optionalInteger(at index: Int) throws -> Int64? {
    switch values[index] {
    case .null: return nil
    case .integer(let value): return value
    default: throw ByteReader.Damaged()
    }
  }
}
