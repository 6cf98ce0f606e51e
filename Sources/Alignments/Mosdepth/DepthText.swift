/// Text of rows of depth, without a String for each number.
struct DepthText {
  /// The text so far.
  private(set) var bytes: [UInt8] = []

  /// Appends text.
  mutating func append(_ text: [UInt8]) { bytes += text }

  /// Appends a tab and a number of 0 or more.
  mutating func appendColumn(_ number: Int) {
    bytes.append(UInt8(ascii: "\t"))
    if number < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
      return
    }
    let start = bytes.count
    var rest = number
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    bytes[start...].reverse()
  }

  /// Appends a tab and text.
  mutating func appendColumn(_ text: String) {
    bytes.append(UInt8(ascii: "\t"))
    bytes += text.utf8
  }

  /// Ends a row.
  mutating func endRow() { bytes.append(UInt8(ascii: "\n")) }

  /// Takes the text away.
  mutating func take() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }
}
