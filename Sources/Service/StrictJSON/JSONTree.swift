import Genomics

/// A JSON document as it stands in a file, members in their order.
///
/// Foundation's decoder takes the last of two members of one name without a word; here that is an error.
indirect enum JSONTree: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A number as written, so that no digit is lost.
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([(name: String, value: JSONTree)])

  /// Reads a whole document (RFC 8259) in UTF-8.
  /// - Parameter acceptsNaN: whether `NaN`, which is not JSON, is read as `null`: Python writes it for an empty cell.
  /// - Throws: `InputError` of kind `malformed` or `truncated` with the offset in bytes; of kind `malformed` with the
  ///   path of a member that stands twice.
  init(_ bytes: [UInt8], file: String, acceptsNaN: Bool = false) throws(InputError) {
    var parser = JSONTreeParser(bytes: bytes, file: file, acceptsNaN: acceptsNaN)
    self = try parser.document()
  }

  /// What a value is, for messages that must not hold it.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  static func == (a: JSONTree, b: JSONTree) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)), (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
    }
  }
}

/// The parser of `JSONTree`.
private struct JSONTreeParser {
  let bytes: [UInt8]
  let file: String
  let acceptsNaN: Bool
  private var place = 0
  private var path: [String] = []

  /// Deeper documents are refused: none of ours has more than a few levels.
  private static let deepest = 64

  init(bytes: [UInt8], file: String, acceptsNaN: Bool) {
    self.bytes = bytes
    self.file = file
    self.acceptsNaN = acceptsNaN
  }

  mutating func document() throws(InputError) -> JSONTree {
    // A byte-order mark is not JSON, but Windows programs write it.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    let value = try value(depth: 0)
    skipSpace()
    guard place == bytes.count else { throw refusal("something follows the end of the document") }
    return value
  }

  private func refusal(_ reason: String, _ kind: InputError.Kind = .malformed) -> InputError {
    let within = path.isEmpty ? "" : " in $\(path.joined())"
    return InputError(
      kind, at: InputLocation(file: file, offset: min(place, bytes.count)), "\(reason)\(within)",
      remedy: "give a whole JSON document")
  }

  private var cut: InputError { refusal("the document ends too early", .truncated) }

  private mutating func skipSpace() {
    while place < bytes.count, isXMLSpace(bytes[place]) { place += 1 }
  }

  private mutating func value(depth: Int) throws(InputError) -> JSONTree {
    guard depth < Self.deepest else { throw refusal("the document is deeper than \(Self.deepest) levels") }
    skipSpace()
    guard place < bytes.count else { throw cut }
    switch bytes[place] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N") where acceptsNaN: return try word("NaN", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONTree) throws(InputError) -> JSONTree {
    let rest = bytes[place...].prefix(word.utf8.count)
    guard rest.elementsEqual(word.utf8) else {
      if word.utf8.starts(with: rest) { throw cut }
      throw refusal("there is no JSON value")
    }
    place += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(InputError) -> JSONTree {
    var members: [(name: String, value: JSONTree)] = []
    var names: Set<String> = []
    place += 1
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard place < bytes.count else { throw cut }
      guard bytes[place] == UInt8(ascii: "\"") else { throw refusal("a member has no name") }
      let name = try string()
      guard names.insert(name).inserted else { throw refusal("the member \"\(name)\" stands twice") }
      skipSpace()
      guard take(":") else { throw place < bytes.count ? refusal("a member has no value") : cut }
      path.append(".\(name)")
      members.append((name, try value(depth: depth + 1)))
      path.removeLast()
      skipSpace()
      if take(",") { continue }
      guard take("}") else { throw place < bytes.count ? refusal("members are not parted by commas") : cut }
      return .object(members)
    }
  }

  private mutating func array(depth: Int) throws(InputError) -> JSONTree {
    var values: [JSONTree] = []
    place += 1
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      path.append("[\(values.count)]")
      values.append(try value(depth: depth + 1))
      path.removeLast()
      skipSpace()
      if take(",") { continue }
      guard take("]") else { throw place < bytes.count ? refusal("values are not parted by commas") : cut }
      return .array(values)
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func number() throws(InputError) -> JSONTree {
    let start = place
    func digits(_ place: inout Int) -> Int {
      let first = place
      while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
      return place - first
    }
    _ = take("-")
    let whole = place
    let count = digits(&place)
    guard count > 0 else { throw place < bytes.count ? refusal("there is no JSON value") : cut }
    guard count == 1 || bytes[whole] != UInt8(ascii: "0") else { throw refusal("a number begins with 0") }
    if take("."), digits(&place) == 0 { throw refusal("a number has no digits after its point") }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      if digits(&place) == 0 { throw refusal("a number has no digits in its exponent") }
    }
    return .number(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func string() throws(InputError) -> String {
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw refusal("text is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw refusal("text holds a control character")
      default: text.append(byte)
      }
    }
    throw cut
  }

  private mutating func escape(into text: inout [UInt8]) throws(InputError) {
    guard place < bytes.count else { throw cut }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = UInt32(try hexadecimal())
      if (0xD800..<0xDC00).contains(code) {
        guard take("\\"), take("u") else { throw refusal("text holds half of a surrogate pair") }
        let low = UInt32(try hexadecimal())
        guard (0xDC00..<0xE000).contains(low) else { throw refusal("text holds half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw refusal("text holds half of a surrogate pair") }
      text.append(contentsOf: Array(String(Character(scalar)).utf8))
    default: throw refusal("text holds an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(InputError) -> UInt16 {
    guard place + 4 <= bytes.count else { throw cut }
    let digits = bytes[place..<place + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw refusal("text holds an escape that is not four hexadecimal digits") }
    place += 4
    return value
  }
}
