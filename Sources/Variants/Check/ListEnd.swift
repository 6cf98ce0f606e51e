/// What ends a list beside the end of the bytes. Types and not values, so that each has code of its own.
protocol ListEnd {
  static func isEnd(_ byte: UInt8) -> Bool
  /// The highest bit of each byte of a word that ends a list, at least of the lowest one.
  static func ends(in word: UInt64) -> UInt64
  /// Whether a text may not hold `=`.
  static var watchesEquals: Bool { get }
}

/// A column: nothing ends its list.
enum ColumnEnd: ListEnd {
  @inline(__always) static func isEnd(_ byte: UInt8) -> Bool { false }
  @inline(__always) static func ends(in word: UInt64) -> UInt64 { 0 }
  @inline(__always) static var watchesEquals: Bool { false }
}

/// INFO: a semicolon.
enum InfoEnd: ListEnd {
  @inline(__always) static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ";") }
  @inline(__always) static func ends(in word: UInt64) -> UInt64 { ByteWord.places(of: UInt8(ascii: ";"), in: word) }
  @inline(__always) static var watchesEquals: Bool { true }
}

/// A sample: a colon or a tab.
enum SampleEnd: ListEnd {
  @inline(__always) static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\t") }
  @inline(__always) static func ends(in word: UInt64) -> UInt64 {
    ByteWord.places(of: UInt8(ascii: ":"), in: word) | ByteWord.places(of: UInt8(ascii: "\t"), in: word)
  }
  @inline(__always) static var watchesEquals: Bool { false }
}
