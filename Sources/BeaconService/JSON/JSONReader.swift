package import Reports

/// Why a text is not read as JSON.
package struct JSONFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, as a clause.
  package var reason: String
  /// The byte where it was seen, from 0.
  package var offset: Int

  package var description: String { "\(reason) at byte \(offset)" }
}

extension JSONValue {
  /// Reads a JSON text (RFC 8259) strictly: one value, valid UTF-8, no name twice in an object.
  ///
  /// - Parameter depth: how deep lists and objects may be nested: a request of brackets must not exhaust the stack.
  package init(parsing bytes: some Collection<UInt8>, depth: Int = 32) throws(JSONFault) {
    var reader = JSONReader(bytes: Array(bytes), depth: depth)
    self = try reader.document()
  }
}

/// A recursive-descent reader.
private struct JSONReader {
  let bytes: [UInt8]
  let depth: Int
  var index = 0

  init(bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  mutating func document() throws(JSONFault) -> JSONValue {
    let value = try self.value(level: 0)
    skipSpace()
    guard index == bytes.count else { throw fault("something follows the value") }
    return value
  }

  private func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason, offset: index) }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  /// The next byte that is no white space.
  private mutating func peek() throws(JSONFault) -> UInt8 {
    skipSpace()
    guard index < bytes.count else { throw fault("the text ends too early") }
    return bytes[index]
  }

  private mutating func value(level: Int) throws(JSONFault) -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"): return try object(level: level + 1)
    case UInt8(ascii: "["): return try list(level: level + 1)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
    let count = text.utf8CodeUnitCount
    guard index + count <= bytes.count,
      bytes[index..<(index + count)].elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: count))
    else { throw fault("no value of JSON") }
    index += count
    return value
  }

  private mutating func object(level: Int) throws(JSONFault) -> JSONValue {
    guard level <= depth else { throw fault("nested deeper than \(depth)") }
    index += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    if try peek() == UInt8(ascii: "}") {
      index += 1
      return .object([])
    }
    while true {
      guard try peek() == UInt8(ascii: "\"") else { throw fault("the name of a member is missing") }
      let name = try string()
      guard names.insert(name).inserted else { throw fault("a member is named twice") }
      guard try peek() == UInt8(ascii: ":") else { throw fault("a colon is missing") }
      index += 1
      members.append(JSONValue.Member(name, try value(level: level)))
      switch try peek() {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "}"):
        index += 1
        return .object(members)
      default: throw fault("a comma or a closing brace is missing")
      }
    }
  }

  private mutating func list(level: Int) throws(JSONFault) -> JSONValue {
    guard level <= depth else { throw fault("nested deeper than \(depth)") }
    index += 1
    var values: [JSONValue] = []
    if try peek() == UInt8(ascii: "]") {
      index += 1
      return .array([])
    }
    while true {
      values.append(try value(level: level))
      switch try peek() {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "]"):
        index += 1
        return .array(values)
      default: throw fault("a comma or a closing bracket is missing")
      }
    }
  }

  private mutating func number() throws(JSONFault) -> JSONValue {
    let start = index
    var isWhole = true
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    digits()
    guard index > first, index - first == 1 || bytes[first] != UInt8(ascii: "0") else {
      throw fault("no value of JSON")
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      isWhole = false
      index += 1
      let fraction = index
      digits()
      guard index > fraction else { throw fault("a number ends in its point") }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      index += 1
      if index < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[index]) { index += 1 }
      let exponent = index
      digits()
      guard index > exponent else { throw fault("a number ends in its exponent") }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let whole = Int(text) { return .integer(whole) }
    guard let number = Double(text), number.isFinite else { throw fault("a number is out of range") }
    return .number(number)
  }

  private mutating func digits() {
    while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
  }

  private mutating func string() throws(JSONFault) -> String {
    index += 1
    let start = index
    // Most texts hold no escape, and are taken in one piece.
    while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") {
      guard bytes[index] >= 0x20 else { throw fault("a control character in a text") }
      index += 1
    }
    guard index < bytes.count else { throw fault("a text does not end") }
    var content = Array(bytes[start..<index])
    while bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
        try escape(into: &content)
      } else {
        guard bytes[index] >= 0x20 else { throw fault("a control character in a text") }
        content.append(bytes[index])
        index += 1
      }
      guard index < bytes.count else { throw fault("a text does not end") }
    }
    index += 1
    guard let text = String(validating: content, as: UTF8.self) else { throw fault("a text is not UTF-8") }
    return text
  }

  private mutating func escape(into content: inout [UInt8]) throws(JSONFault) {
    guard index < bytes.count else { throw fault("a text does not end") }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var code = UInt32(try hexadecimal())
      if (0xD800..<0xDC00).contains(code) {
        guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
          throw fault("half of a surrogate pair")
        }
        index += 2
        let low = UInt32(try hexadecimal())
        guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair") }
      content += Array(String(Character(scalar)).utf8)
    default: throw fault("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt16 {
    guard index + 4 <= bytes.count else { throw fault("a text does not end") }
    var code: UInt16 = 0
    for byte in bytes[index..<(index + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw fault("an unknown escape")
      }
      code = code << 4 | UInt16(digit)
    }
    index += 4
    return code
  }
}
