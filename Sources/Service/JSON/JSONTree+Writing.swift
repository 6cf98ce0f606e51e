extension JSONTree {
  /// The document as indented text with a newline at its end. Members stand in their own order, so that equal values give
  /// equal bytes.
  func written() -> [UInt8] {
    var text = ""
    write(into: &text, indent: "")
    text += "\n"
    return Array(text.utf8)
  }

  private func write(into text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let number): text += number
    case .string(let string): Self.quote(string, into: &text)
    case .array(let elements):
      let inner = indent + "  "
      text += elements.isEmpty ? "[]" : "["
      for (index, element) in elements.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + inner
        element.write(into: &text, indent: inner)
      }
      if !elements.isEmpty { text += "\n\(indent)]" }
    case .object(let members):
      let inner = indent + "  "
      text += members.isEmpty ? "{}" : "{"
      for (index, member) in members.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + inner
        Self.quote(member.name, into: &text)
        text += ": "
        member.value.write(into: &text, indent: inner)
      }
      if !members.isEmpty { text += "\n\(indent)}" }
    }
  }

  private static func quote(_ string: String, into text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}":
        let code = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
