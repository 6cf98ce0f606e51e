#if canImport(Glibc)
  public import Glibc
#elseif canImport(Musl)
  public import Musl
#elseif canImport(Darwin)
  public import Darwin
#endif

/// An entry of INFO: `KEY=VALUE`, or `KEY` alone. Byte ranges of the batch.
public struct InfoEntry: Sendable {
  /// The key.
  public var key: Range<Int>
  /// The value, percent-encoded as it stands; nil where there is no `=`: a flag.
  public var value: Range<Int>?

  /// An entry.
  @inlinable @inline(__always)
  public init(key: Range<Int>, value: Range<Int>?) {
    self.key = key
    self.value = value
  }
}

// INFO, FORMAT and the samples of a record, found when somebody asks. Nothing is allocated or copied.
extension VariantRecords {
  /// Where `byte` stands first in a range; nil where it does not.
  @inlinable @inline(__always)
  public func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    guard let base = bytes.baseAddress, !range.isEmpty,
      let found = memchr(base + range.lowerBound, Int32(byte), range.count)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// Whether the bytes of a range are `text`.
  @inlinable @inline(__always)
  public func equals(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> Bool {
    guard range.count == text.count else { return false }
    guard let base = bytes.baseAddress, let other = text.baseAddress else { return text.isEmpty }
    return memcmp(base + range.lowerBound, other, text.count) == 0
  }

  /// Calls `body` with the parts of a range between separators, in order; an empty range has one empty part.
  ///
  /// `body` returns whether it wants more.
  @inlinable @inline(__always)
  public func forEachPart(
    of range: Range<Int>, separator: UInt8, _ body: (Range<Int>) throws -> Bool
  ) rethrows {
    var start = range.lowerBound
    while let end = firstIndex(of: separator, in: start..<range.upperBound) {
      guard try body(start..<end) else { return }
      start = end + 1
    }
    _ = try body(start..<range.upperBound)
  }

  /// Calls `body` with the entries of INFO, in order; none where INFO is `.`. `body` returns whether it wants more.
  @inlinable @inline(__always)
  public func forEachInfo(of record: Int, _ body: (InfoEntry) throws -> Bool) rethrows {
    let info = column(.info, of: record)
    if info.count == 1, bytes[info.lowerBound] == UInt8(ascii: ".") { return }
    try forEachPart(of: info, separator: UInt8(ascii: ";")) { entry in
      guard let equals = firstIndex(of: UInt8(ascii: "="), in: entry) else {
        return try body(InfoEntry(key: entry, value: nil))
      }
      return try body(InfoEntry(key: entry.lowerBound..<equals, value: (equals + 1)..<entry.upperBound))
    }
  }

  /// The first INFO entry of a key; nil where the record has none.
  @inlinable
  public func info(_ key: UnsafeRawBufferPointer, of record: Int) -> InfoEntry? {
    var found: InfoEntry?
    forEachInfo(of: record) { entry in
      guard equals(entry.key, key) else { return true }
      found = entry
      return false
    }
    return found
  }

  /// The place of a key in FORMAT, counted from 0; nil where the record does not have it.
  @inlinable
  public func formatIndex(of key: UnsafeRawBufferPointer, of record: Int) -> Int? {
    var index = 0
    var found: Int?
    forEachPart(of: column(.format, of: record), separator: UInt8(ascii: ":")) { part in
      if equals(part, key) {
        found = index
        return false
      }
      index += 1
      return true
    }
    return found
  }

  /// Calls `body` with each sample's column (its index from 0, its bytes), in order.
  @inlinable @inline(__always)
  public func forEachSample(of record: Int, _ body: (Int, Range<Int>) throws -> Void) rethrows {
    let samples = samples(of: record)
    guard !samples.isEmpty else { return }
    var index = 0
    try forEachPart(of: samples, separator: UInt8(ascii: "\t")) { part in
      try body(index, part)
      index += 1
      return true
    }
  }

  /// Calls `body` with each sample's value of the FORMAT field at `place` (counted from 0); nil where the sample drops
  /// it as trailing (VCF 4.5, section 1.6.2).
  @inlinable @inline(__always)
  public func forEachSampleValue(
    at place: Int, of record: Int, _ body: (Int, Range<Int>?) throws -> Void
  ) rethrows {
    try forEachSample(of: record) { index, sample in
      var start = sample.lowerBound
      var left = place
      while left > 0 {
        guard let end = firstIndex(of: UInt8(ascii: ":"), in: start..<sample.upperBound) else {
          try body(index, nil)
          return
        }
        start = end + 1
        left -= 1
      }
      try body(index, start..<(firstIndex(of: UInt8(ascii: ":"), in: start..<sample.upperBound) ?? sample.upperBound))
    }
  }
}

/// Numbers as VCF writes them (VCF 4.5, section 1.3).
public enum VCFNumber {
  /// A whole number; nil where the bytes are none, or none that fits.
  @inlinable @inline(__always)
  public static func integer(_ text: UnsafeRawBufferPointer) -> Int? {
    guard let first = text.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    var index = isNegative || first == UInt8(ascii: "+") ? 1 : 0
    guard index < text.count, text.count <= 18 else { return nil }
    var value = 0
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// A floating-point number, also `inf` and `nan` in any case; nil where the bytes are none.
  ///
  /// Up to 15 digits and small exponents are exact without the C library: the quotient or product of two numbers that a
  /// double holds exactly is rounded once.
  @inlinable
  public static func float(_ text: UnsafeRawBufferPointer) -> Double? {
    var index = 0
    guard let first = text.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    if isNegative || first == UInt8(ascii: "+") { index = 1 }
    var mantissa = 0
    var digits = 0
    var scale = 0
    var hasPoint = false
    while index < text.count {
      let byte = text[index]
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 {
        mantissa = mantissa &* 10 &+ Int(digit)
        digits += 1
        if hasPoint { scale -= 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      index += 1
    }
    guard index == text.count, digits > 0, digits <= 15, scale >= -22 else { return slowFloat(text) }
    let value = scale == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[-scale]
    return isNegative ? -value : value
  }

  @usableFromInline static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  @usableFromInline
  static func slowFloat(_ text: UnsafeRawBufferPointer) -> Double? {
    guard
      text.allSatisfy({ byte in
        byte != UInt8(ascii: "x") && byte != UInt8(ascii: "X") && byte != UInt8(ascii: "(") && byte > 32 && byte < 127
      })
    else { return nil }
    return Double(String(decoding: text, as: UTF8.self))
  }
}
