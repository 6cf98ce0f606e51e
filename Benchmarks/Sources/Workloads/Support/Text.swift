/// Text is built as bytes: a `String` per field would cost more than everything else in the hot loops.
extension [UInt8] {
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(text: String) {
    append(contentsOf: text.utf8)
  }

  /// A decimal integer.
  mutating func append(decimal value: Int) {
    var rest = value.magnitude
    if value < 0 { append(45) }
    var divisor: UInt = 1
    while rest / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(48 + UInt8(rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// `value` / 10^`places`, with exactly `places` digits after the point.
  mutating func append(fixed value: Int, places: Int) {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    if value < 0 { append(45) }
    let magnitude = Int(value.magnitude)
    append(decimal: magnitude / scale)
    append(46)
    var rest = magnitude % scale
    for _ in 0..<places {
      scale /= 10
      append(48 + UInt8(rest / scale))
      rest %= scale
    }
  }
}
