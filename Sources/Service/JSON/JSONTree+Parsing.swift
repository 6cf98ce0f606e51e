package import Genomics

extension JSONTree {
  /// Objects and arrays may stand this deep in one another; a deeper file is refused, so that none can exhaust the stack.
  static let depthLimit = 128

  /// Reads one JSON document (RFC 8259), strictly: nothing behind it, no member twice in an object.
  /// - Parameter acceptsNaN: whether `NaN`, which is not JSON, is read as `null`: Python writes it for an empty cell.
  /// - Throws: `InputError` of kind `empty`, `truncated` or `malformed`, with the offset of the byte and the way to it
  ///   (`$.indications[0]`). It holds no value of the file.
  package init(parsing bytes: [UInt8], path: String, acceptsNaN: Bool = false) throws(InputError) {
    var parser = JSONParser(bytes: bytes, path: path, acceptsNaN: acceptsNaN)
    self = try parser.document()
  }
}

/// A recursive-descent reader of one document.
private struct JSONParser {
  let bytes: [UInt8]
  let path: String
  let acceptsNaN: Bool
  var at = 0
  /// The way to the value that is read.
  private var way = ["$"]

  init(bytes: [UInt8], path: String, acceptsNaN: Bool) {
    self.bytes = bytes
    self.path = path
    self.acceptsNaN = acceptsNaN
    // A byte order mark is no JSON, but Windows writes it.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  mutating func document() throws(InputError) -> JSONTree {
    skipSpace()
    guard at < bytes.count else {
      throw InputError(
        .empty, at: InputLocation(file: path), "the file holds no JSON", remedy: "give a file with one JSON document")
    }
    let tree = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw refusal("something stands behind the document") }
    return tree
  }

  private func refusal(_ reason: String) -> InputError {
    at >= bytes.count
      ? InputError(
        .truncated, at: InputLocation(file: path, offset: at), "the file ends inside its JSON",
        remedy: "give the whole file")
      : InputError(
        .malformed, at: InputLocation(file: path, offset: at), "\(way.joined()): \(reason)",
        remedy: "give valid JSON (RFC 8259)")
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func value(depth: Int) throws(InputError) -> JSONTree {
    guard depth <= JSONTree.depthLimit else { throw refusal("values stand too deep in one another") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N") where acceptsNaN: return try word("NaN", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(_ word: String, _ value: JSONTree) throws(InputError) -> JSONTree {
    guard bytes[at...].starts(with: word.utf8) else { throw refusal("no JSON value stands where one must") }
    at += word.utf8.count
    return value
  }

  private mutating func object(_ depth: Int) throws(InputError) -> JSONTree {
    var members: [JSONTree.Member] = []
    var names: Set<String> = []
    at += 1
    skipSpace()
    if next == UInt8(ascii: "}") {
      at += 1
      return .object([])
    }
    while true {
      guard next == UInt8(ascii: "\"") else { throw refusal("an object's member has no name") }
      let start = at
      let name = try string()
      guard names.insert(name).inserted else {
        at = start
        throw refusal("\(JSONTree.shown(name)) stands twice")
      }
      skipSpace()
      guard next == UInt8(ascii: ":") else { throw refusal("a member's name is not followed by a colon") }
      at += 1
      skipSpace()
      way.append(JSONTree.isName(name) ? ".\(name)" : ".…")
      members.append(.init(name, try value(depth: depth + 1)))
      way.removeLast()
      skipSpace()
      if next == UInt8(ascii: "}") {
        at += 1
        return .object(members)
      }
      guard next == UInt8(ascii: ",") else { throw refusal("an object's members are not separated by a comma") }
      at += 1
      skipSpace()
    }
  }

  private mutating func array(_ depth: Int) throws(InputError) -> JSONTree {
    var elements: [JSONTree] = []
    at += 1
    skipSpace()
    if next == UInt8(ascii: "]") {
      at += 1
      return .array([])
    }
    while true {
      way.append("[\(elements.count)]")
      elements.append(try value(depth: depth + 1))
      way.removeLast()
      skipSpace()
      if next == UInt8(ascii: "]") {
        at += 1
        return .array(elements)
      }
      guard next == UInt8(ascii: ",") else { throw refusal("an array's elements are not separated by a comma") }
      at += 1
      skipSpace()
    }
  }

  private mutating func number() throws(InputError) -> String {
    let start = at
    func digits(_ at: inout Int) -> Int {
      let from = at
      while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
      return at - from
    }
    if next == UInt8(ascii: "-") { at += 1 }
    let leading = next
    let whole = digits(&at)
    guard whole == 1 || (whole > 1 && leading != UInt8(ascii: "0")) else {
      if at < bytes.count { at = start }
      throw refusal("no JSON value stands where one must")
    }
    if next == UInt8(ascii: ".") {
      at += 1
      guard digits(&at) > 0 else { throw refusal("a number has no digit behind its point") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      guard digits(&at) > 0 else { throw refusal("a number's exponent has no digit") }
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func string() throws(InputError) -> String {
    at += 1
    var text: [UInt8] = []
    while true {
      guard let byte = next else { throw refusal("") }
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw refusal("a string is not UTF-8") }
        at += 1
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw refusal("a string holds a control character")
      default:
        // In one go: a scanned form stands in a string of megabytes.
        let start = at
        while at < bytes.count, bytes[at] >= 0x20, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") {
          at += 1
        }
        text += bytes[start..<at]
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(InputError) {
    at += 1
    guard let byte = next else { throw refusal("") }
    let simple: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
    ]
    if let plain = simple[byte] {
      text.append(plain)
      at += 1
      return
    }
    guard byte == UInt8(ascii: "u") else { throw refusal("a string holds an escape that JSON does not know") }
    at += 1
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code) {
      guard next == 0x5C, at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") else {
        throw refusal("a string holds half a surrogate pair")
      }
      at += 2
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw refusal("a string holds half a surrogate pair") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw refusal("a string holds half a surrogate pair") }
    text.append(contentsOf: String(Character(scalar)).utf8)
  }

  private mutating func hexadecimal() throws(InputError) -> UInt32 {
    guard at + 4 <= bytes.count else {
      at = bytes.count
      throw refusal("")
    }
    var code: UInt32 = 0
    for byte in bytes[at..<(at + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw refusal("an escape is not four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
    }
    at += 4
    return code
  }
}

extension JSONTree {
  /// A member's name as an error may show it: only what a schema could have as a name, never what could be a value that
  /// went astray.
  static func shown(_ name: String) -> String { isName(name) ? "the field \(name)" : "a field" }

  fileprivate static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 40 && !NHSNumber.mayStand(in: name)
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      }
  }
}
