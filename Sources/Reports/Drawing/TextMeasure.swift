/// Widths of text in an unknown system face: estimates, on the wide side, because a label that is cut is worse than a
/// gap beside one.
package enum TextMeasure {
  /// Size of labels in the view box's units, as in the style sheet.
  package static let labelSize = 13.0
  /// Size that a name at the end of a line or in a key is measured at: bold letters are wider.
  package static let nameSize = 15.0

  /// Estimated width of a line of text.
  package static func width(_ text: String, size: Double = labelSize) -> Double {
    var width = 0.0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x69, 0x6A, 0x6C, 0x20, 0x21, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0x7C: width += 0.32
      case 0x4D, 0x57, 0x6D, 0x77, 0x25, 0x40: width += 0.92
      case 0x41...0x5A: width += 0.7
      case 0x300...0x36F: break
      case 0x1100...: width += 1.05
      default: width += 0.58
      }
    }
    return width * size
  }

  /// The text, or as much of its beginning and end as fits round an ellipsis: names often differ in their last letters.
  package static func fitted(_ text: String, to limit: Double, size: Double = labelSize) -> String {
    guard width(text, size: size) > limit else { return text }
    let characters = Array(text)
    var (head, tail) = ("", "")
    for length in 1..<max(2, characters.count) {
      // The beginning gets two letters for each of the end.
      let longerHead = String(characters.prefix(length - length / 3))
      let longerTail = String(characters.suffix(length / 3))
      guard width(longerHead + "…" + longerTail, size: size) <= limit else { break }
      (head, tail) = (longerHead, longerTail)
    }
    return head + "…" + tail
  }
}
