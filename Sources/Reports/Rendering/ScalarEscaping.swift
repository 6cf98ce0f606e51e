import Mustache

/// Escapes text for HTML and XML, by Unicode scalar.
///
/// The escaping built into swift-mustache goes by `Character`, and `"` followed by a combining accent is another
/// character than `"`: it would pass unescaped and end an attribute. This one cannot be got round that way. Characters
/// that no XML document may hold become U+FFFD, because a page that stops being readable helps nobody.
struct ScalarEscaping: MustacheContentType {
  static let name = "APUS-HTML"

  func escapeText(_ text: String) -> String {
    let needsWork = text.utf8.contains { byte in
      // 0xEF begins U+FFFE and U+FFFF, 0xC2 the C1 controls.
      byte < 0x20 || byte == 0x22 || byte == 0x26 || byte == 0x27 || byte == 0x3C || byte == 0x3E || byte == 0x7F
        || byte == 0xEF || byte == 0xC2
    }
    guard needsWork else { return text }
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: escaped += "&quot;"
      case 0x26: escaped += "&amp;"
      case 0x27: escaped += "&#39;"
      case 0x3C: escaped += "&lt;"
      case 0x3E: escaped += "&gt;"
      case 0x09, 0x0A, 0x0D: escaped.unicodeScalars.append(scalar)
      case 0x00..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF: escaped.unicodeScalars.append("\u{FFFD}")
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
