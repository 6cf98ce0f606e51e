/// Floats that are not plain digits.
enum RareFloat {
  /// `[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?`, or INF, INFINITY or NAN in any case with a sign or none.
  static func value(_ text: Bytes) -> Double? {
    var at = 0
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { at = 1 }
    let isNegative = text.first == UInt8(ascii: "-")
    let word = String(decoding: text[at...], as: UTF8.self).lowercased()
    if word == "inf" || word == "infinity" { return isNegative ? -Double.infinity : .infinity }
    if word == "nan" { return .nan }
    let start = at
    var points = 0
    var digits = 0
    while at < text.count, text[at] &- 48 < 10 || text[at] == UInt8(ascii: ".") {
      if text[at] == UInt8(ascii: ".") { points += 1 } else { digits += 1 }
      at += 1
    }
    guard digits > 0, points < 2, at > start else { return nil }
    if at < text.count {
      guard text[at] | 32 == UInt8(ascii: "e") else { return nil }
      at += 1
      if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
      guard at < text.count, text[at...].allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    }
    return Double(String(decoding: text, as: UTF8.self))
  }
}
