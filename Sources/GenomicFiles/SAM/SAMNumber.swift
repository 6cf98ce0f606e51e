/// Numbers of SAM text, in the forms that the specification's expressions allow.
enum SAMNumber {
  typealias Text = UnsafeBufferPointer<UInt8>

  /// A column of digits, without sign or leading zeros.
  @inline(__always)
  static func isColumn(_ text: Text, upTo limit: Int) -> Bool {
    guard !text.isEmpty, text.count <= 10, text.count == 1 || text[0] != UInt8(ascii: "0") else { return false }
    guard let value = digits(text) else { return false }
    return value <= limit
  }

  /// Digits behind an optional sign.
  @inline(__always)
  static func integer(_ text: Text) -> Int? {
    guard let first = text.first else { return nil }
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return digits(text) }
    let value = digits(Text(rebasing: text[1...]))
    return first == UInt8(ascii: "-") ? value.map { -$0 } : value
  }

  /// One digit or more; nil also beyond 15 significant digits.
  @inline(__always)
  private static func digits(_ text: Text) -> Int? {
    guard !text.isEmpty else { return nil }
    var value = 0
    for byte in text {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10, value < 100_000_000_000_000 else { return nil }
      value = 10 * value + Int(digit)
    }
    return value
  }

  /// `[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?`, and within a single-precision number's range.
  static func isFloat(_ text: Text) -> Bool {
    var index = 0
    func skipSign() {
      if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
    }
    func skipDigits() -> Int {
      let start = index
      while index < text.count, text[index] &- UInt8(ascii: "0") < 10 { index += 1 }
      return index - start
    }
    skipSign()
    let whole = skipDigits()
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      guard skipDigits() > 0 else { return false }
    } else if whole == 0 {
      return false
    }
    let hasExponent = index < text.count && text[index] | 0x20 == UInt8(ascii: "e")
    let mantissaEnd = index
    if hasExponent {
      index += 1
      skipSign()
      guard skipDigits() > 0 else { return false }
    }
    guard index == text.count else { return false }
    // Only these can leave the range.
    guard hasExponent || text.count > 38 else { return true }
    guard let value = Float(String(decoding: text, as: UTF8.self)), value.isFinite else { return false }
    return value != 0 || text[..<mantissaEnd].allSatisfy { !(49...57).contains($0) }
  }
}
