import Reports

/// JSON that is written straight into bytes, for the parts of an answer that come a thousand times a second: a tree of
/// values costs several times what the answer's SQL does.
struct JSONText: Sendable {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

  /// Text that is JSON already.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// JSON that was written before.
  mutating func raw(_ text: [UInt8]) { bytes.append(contentsOf: text) }

  mutating func integer(_ number: Int) {
    if (0..<10).contains(number) {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      bytes.append(contentsOf: number.description.utf8)
    }
  }

  mutating func number(_ number: Double) { bytes.append(contentsOf: number.description.utf8) }

  mutating func value(_ value: JSONValue) { value.appendCompact(to: &bytes) }

  mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      bytes.append(UInt8(ascii: "\""))
      if utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
        for byte in utf8 { escaped(byte) }
      } else {
        bytes.append(contentsOf: utf8)
      }
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private mutating func escaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      raw("\\u00")
      bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: bytes.append(byte)
    }
  }

  /// A list, its elements written by `element`.
  mutating func list<Element>(_ elements: some Collection<Element>, _ element: (inout JSONText, Element) -> Void) {
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for item in elements {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      element(&self, item)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}
