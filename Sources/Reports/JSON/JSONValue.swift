/// A JSON document whose objects keep the order that they were given: the same value is the same bytes.
public indirect enum JSONValue: Sendable, Equatable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// Any other number; one that is not finite is written as `null`, which JSON has instead.
  case number(Double)
  /// Text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Members in order.
  case object([Member])

  /// A member of an object.
  public struct Member: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its value.
    public var value: JSONValue

    /// A named value.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The document in UTF-8: two spaces a level, lists of plain values on one line, a line feed at the end.
  public var bytes: [UInt8] {
    var output: [UInt8] = []
    write(to: &output, level: 0)
    output.append(UInt8(ascii: "\n"))
    return output
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func write(to output: inout [UInt8], level: Int) {
    switch self {
    case .null: output += Array("null".utf8)
    case .bool(let value): output += Array((value ? "true" : "false").utf8)
    case .integer(let value): output += Array(String(value).utf8)
    case .number(let value): output += Array((value.isFinite ? Self.text(value) : "null").utf8)
    case .string(let value): Self.write(value, to: &output)
    case .array(let values):
      let isPlain = values.allSatisfy(\.isPlain)
      Self.write(
        values.count, brackets: ("[", "]"), level: level, isInline: isPlain, to: &output
      ) { index, output in values[index].write(to: &output, level: level + 1) }
    case .object(let members):
      Self.write(
        members.count, brackets: ("{", "}"), level: level, isInline: false, to: &output
      ) { index, output in
        Self.write(members[index].name, to: &output)
        output += Array(": ".utf8)
        members[index].value.write(to: &output, level: level + 1)
      }
    }
  }

  private static func write(
    _ count: Int, brackets: (Character, Character), level: Int, isInline: Bool, to output: inout [UInt8],
    _ element: (Int, inout [UInt8]) -> Void
  ) {
    output += Array(String(brackets.0).utf8)
    for index in 0..<count {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      if isInline {
        if index > 0 { output.append(UInt8(ascii: " ")) }
      } else {
        newLine(level + 1, &output)
      }
      element(index, &output)
    }
    if count > 0, !isInline { newLine(level, &output) }
    output += Array(String(brackets.1).utf8)
  }

  private static func newLine(_ level: Int, _ output: inout [UInt8]) {
    output.append(UInt8(ascii: "\n"))
    for _ in 0..<(2 * level) { output.append(UInt8(ascii: " ")) }
  }

  /// The shortest digits that read back as the same number; whole numbers without a fraction.
  private static func text(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return value.description
  }

  /// RFC 8259, section 7.
  private static func write(_ text: String, to output: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): output += Array("\\n".utf8)
      case UInt8(ascii: "\r"): output += Array("\\r".utf8)
      case UInt8(ascii: "\t"): output += Array("\\t".utf8)
      case 0..<0x20: output += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
