import Genomics
import Service

/// A profile's JSON with its numbers read and its members by name.
enum StrictJSON: Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([StrictJSON])
  case object([String: StrictJSON])

  /// Reads a document that refuses a key given twice.
  init(_ bytes: [UInt8], path: String) throws(InputError) {
    self.init(try JSONTree(parsing: bytes, path: path))
  }

  private init(_ tree: JSONTree) {
    switch tree {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let text): self = .number(Double(text) ?? .nan)
    case .string(let text): self = .text(text)
    case .array(let elements): self = .array(elements.map(StrictJSON.init))
    case .object(let members):
      self = .object(
        Dictionary(members.map { ($0.name, StrictJSON($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}
