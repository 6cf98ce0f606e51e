/// HTML in which every text that is put in is escaped, unless it is `Markup` itself.
struct Markup: Sendable, ExpressibleByStringInterpolation {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  struct Interpolation: StringInterpolationProtocol {
    var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }
    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    mutating func appendInterpolation(_ markup: Markup?) { text += markup?.text ?? "" }
    mutating func appendInterpolation(_ value: String) { text += Markup.escaped(value) }
    mutating func appendInterpolation(_ value: Int) { text += String(value) }
    /// A length in a drawing, to a tenth.
    mutating func appendInterpolation(_ value: Double) {
      let tenths = Int((value * 10).rounded())
      let sign = tenths < 0 ? "-" : ""
      text += tenths % 10 == 0 ? String(tenths / 10) : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
  }

  static func + (a: Markup, b: Markup) -> Markup {
    var joined = a
    joined.text += b.text
    return joined
  }

  static func += (a: inout Markup, b: Markup) { a.text += b.text }

  /// By Unicode scalar: `"` with a combining accent behind it is another character than `"`, and would end an attribute.
  static func escaped(_ text: String) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: output += "&quot;"
      case 0x26: output += "&amp;"
      case 0x27: output += "&#39;"
      case 0x3C: output += "&lt;"
      case 0x3E: output += "&gt;"
      case 0x00..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF: output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// A text as one part of an address.
  static func pathPart(_ text: String) -> String {
    var output = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: ":"):
        output.unicodeScalars.append(Unicode.Scalar(byte))
      default: output += "%" + hexadecimal([byte]).uppercased()
      }
    }
    return output
  }
}

extension Sequence where Element == Markup {
  /// One behind the other.
  func joined(separator: Markup = "") -> Markup {
    var joined: Markup = ""
    for (index, markup) in enumerated() {
      if index > 0 { joined += separator }
      joined += markup
    }
    return joined
  }
}
