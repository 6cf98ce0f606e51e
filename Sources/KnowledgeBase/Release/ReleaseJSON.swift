/// JSON in one line, members in the order given, so that the same content has the same bytes.
indirect enum ReleaseJSON: Sendable {
  case text(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case null
  case array([ReleaseJSON])
  case object([(String, ReleaseJSON)])

  /// The text.
  var line: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let value): Self.quote(value, &text)
    case .integer(let value): text += String(value)
    case .number(let value): text += Self.decimal(value)
    case .flag(let value): text += value ? "true" : "false"
    case .null: text += "null"
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, (name, value)) in members.enumerated() {
        if index > 0 { text += "," }
        Self.quote(name, &text)
        text += ":"
        value.write(to: &text)
      }
      text += "}"
    }
  }

  /// A number with up to six digits behind the point; the shortest that says as much.
  static func decimal(_ value: Double) -> String { "\((value * 1_000_000).rounded() / 1_000_000)" }

  private static func quote(_ value: String, _ text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case let control where control.value < 0x20:
        let digits = String(control.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
