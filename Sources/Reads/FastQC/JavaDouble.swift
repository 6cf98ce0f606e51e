/// Numbers as Java 8 to 18 write them (`Double.toString`), which is how FastQC's tables are written.
///
/// Two things differ from Swift's description. The form: `1.0E7` from ten million on, plain digits from a thousandth up to
/// there. The digits: Java's loop stops by a test of its own and now and then gives one digit more than the shortest text
/// that reads back (JDK-4511638, mended in Java 19). The method is Steele and White's free-format printing (1990) with a
/// remainder `b` over a scale `s` and a half-gap `m`.
enum JavaDouble {
  /// Appends the text of a number.
  static func append(_ value: Double, to text: inout [UInt8]) {
    if value.isNaN { return text.append(contentsOf: "NaN".utf8) }
    if value.sign == .minus { text.append(UInt8(ascii: "-")) }
    if value.isInfinite { return text.append(contentsOf: "Infinity".utf8) }
    if value == 0 { return text.append(contentsOf: "0.0".utf8) }
    JavaDigits(value.magnitude).append(to: &text)
  }

  /// The text of a number.
  static func text(_ value: Double) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
