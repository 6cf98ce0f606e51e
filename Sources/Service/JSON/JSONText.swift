/// Builds a JSON document whose bytes depend on its content alone: members in the order given, two spaces a level.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  private var level = 0
  private var isFirst = true

  /// The document of one object, with a line feed at its end.
  static func document(_ body: (inout JSONText) -> Void) -> [UInt8] {
    var text = JSONText()
    text.braces("{", "}", body)
    text.bytes.append(UInt8(ascii: "\n"))
    return text.bytes
  }

  mutating func object(_ name: String, _ body: (inout JSONText) -> Void) {
    key(name)
    braces("{", "}", body)
  }

  mutating func list<Element>(_ name: String, _ elements: [Element], _ body: (inout JSONText, Element) -> Void) {
    key(name)
    braces("[", "]") { text in
      for element in elements {
        text.next()
        text.braces("{", "}") { body(&$0, element) }
      }
    }
  }

  mutating func texts(_ name: String, _ texts: [String]) {
    key(name)
    append("[")
    for (index, text) in texts.enumerated() {
      if index > 0 { append(", ") }
      quote(text)
    }
    append("]")
  }

  mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { quote(value) } else { append("null") }
  }

  mutating func member(_ name: String, _ value: Int?) {
    key(name)
    append(value.map(String.init) ?? "null")
  }

  mutating func member(_ name: String, _ value: Bool) {
    key(name)
    append(value ? "true" : "false")
  }

  private mutating func key(_ name: String) {
    next()
    quote(name)
    append(": ")
  }

  private mutating func next() {
    if !isFirst { append(",") }
    isFirst = false
    newLine()
  }

  private mutating func braces(_ open: String, _ close: String, _ body: (inout JSONText) -> Void) {
    append(open)
    level += 1
    isFirst = true
    body(&self)
    level -= 1
    if !isFirst { newLine() }
    isFirst = false
    append(close)
  }

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
