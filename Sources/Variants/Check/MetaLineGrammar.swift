/// A meta line, taken apart as far as it can be.
struct MetaLine {
  /// A field of a structured line.
  struct Field {
    var key: String
    var value: String
    var isQuoted: Bool
  }

  /// What keeps a line from being well formed.
  struct Fault {
    var code: CheckCode
    var message: String
  }

  /// What stands before the first `=`.
  var key: String
  /// What stands behind it.
  var value: String
  /// Nil for an unstructured line.
  var fields: [Field]?
  var faults: [Fault] = []

  subscript(key: String) -> Field? { fields?.first { $0.key == key } }

  /// Takes a line apart; nil where it is no `##key=value`.
  init?(_ line: String) {
    guard line.hasPrefix("##"), let equals = line.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    key = String(line[line.utf8.index(line.startIndex, offsetBy: 2)..<equals])
    value = String(line[line.utf8.index(after: equals)...])
    guard value.utf8.first == UInt8(ascii: "<"), !key.isEmpty else { return }
    var scanner = FieldScanner(Array(value.utf8.dropFirst()))
    fields = scanner.scan()
    faults = scanner.faults
  }
}

/// Reads `key=value,key="value",key=[value, value]>`.
private struct FieldScanner {
  private let text: [UInt8]
  private var place = 0
  private(set) var faults: [MetaLine.Fault] = []

  init(_ text: [UInt8]) { self.text = text }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let close = UInt8(ascii: ">")

  mutating func scan() -> [MetaLine.Field] {
    var fields: [MetaLine.Field] = []
    guard text.last == Self.close else {
      // The fields are still read, for a quotation mark that is not closed is the likelier fault.
      let before = faults.count
      while place < text.count, let field = nextField() { fields.append(field) }
      if faults.count == before { fault(.metaSyntax, "the line does not end with '>'") }
      return fields
    }
    if text.count == 1 { fault(.metaSyntax, "there is nothing between '<' and '>'") }
    while place < text.count - 1, let field = nextField() { fields.append(field) }
    return fields
  }

  private var end: Int { text.last == Self.close ? text.count - 1 : text.count }

  private mutating func fault(_ code: CheckCode, _ message: String) {
    faults.append(MetaLine.Fault(code: code, message: message))
  }

  /// The next field; nil where the rest cannot be read.
  private mutating func nextField() -> MetaLine.Field? {
    let start = place
    while place < end, text[place] != UInt8(ascii: "="), text[place] != Self.comma { place += 1 }
    let key = String(decoding: text[start..<place], as: UTF8.self)
    guard place < end, text[place] == UInt8(ascii: "=") else {
      fault(.metaSyntax, key.isEmpty ? "a field is empty" : "'\(key)' is no key=value: a value must not hold a comma")
      place += 1
      return MetaLine.Field(key: "", value: key, isQuoted: false)
    }
    if key.isEmpty { fault(.metaSyntax, "a field has no key") }
    place += 1
    guard place < end else { return MetaLine.Field(key: key, value: "", isQuoted: false) }
    if text[place] == Self.quote { return quoted(key) }
    return plain(key)
  }

  private mutating func quoted(_ key: String) -> MetaLine.Field? {
    var value: [UInt8] = []
    place += 1
    while place < text.count, text[place] != Self.quote {
      if text[place] == UInt8(ascii: "\\"), place + 1 < text.count { place += 1 }
      value.append(text[place])
      place += 1
    }
    let field = MetaLine.Field(key: key, value: String(decoding: value, as: UTF8.self), isQuoted: true)
    guard place < text.count else {
      fault(.metaQuoting, "the quotation mark of \(key) is not closed")
      return field
    }
    place += 1
    guard place >= end || text[place] == Self.comma else {
      fault(.metaQuoting, "\(key) holds a quotation mark that is not escaped as \\\"")
      place = text.count
      return field
    }
    place += 1
    return field
  }

  private mutating func plain(_ key: String) -> MetaLine.Field {
    let start = place
    if text[place] == UInt8(ascii: "["), let close = text[place...].firstIndex(of: UInt8(ascii: "]")), close < end {
      place = close
    }
    while place < end, text[place] != Self.comma { place += 1 }
    let bytes = text[start..<place]
    place += 1
    if bytes.contains(Self.quote) { fault(.metaQuoting, "\(key) holds a quotation mark but does not begin with one") }
    if bytes.contains(UInt8(ascii: "<")) || bytes.contains(Self.close) {
      fault(.metaSyntax, "\(key) holds an angle bracket")
    }
    return MetaLine.Field(key: key, value: String(decoding: bytes, as: UTF8.self), isQuoted: false)
  }
}
