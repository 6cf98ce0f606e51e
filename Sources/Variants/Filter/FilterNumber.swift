#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers of INFO, FORMAT and QUAL as htslib 1.16 reads them: as much of the text as is a number; missing where none is,
/// or where it does not fit 32 bits.
enum FilterNumber {
  /// A whole number; moves `position` behind it.
  @inline(__always)
  static func integer(_ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int) -> Double {
    var index = position
    var isNegative = false
    if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    let first = index
    var value = 0
    while index < end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = min(value, 1 << 40) &* 10 &+ Int(digit)
      index += 1
    }
    guard index > first else { return FilterMissing.value }
    position = index
    if isNegative { value = -value }
    // The lowest eight values of 32 bits are reserved in BCF.
    guard value <= 2_147_483_647, value >= -2_147_483_640 else { return FilterMissing.value }
    return Double(value)
  }

  /// A floating-point number, rounded to 32 bits.
  @inline(__always)
  static func float(_ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int) -> Double {
    var index = position
    var isNegative = false
    if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var mantissa = 0
    var digits = 0
    var scale = 0
    while index < end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      mantissa = mantissa &* 10 &+ Int(digit)
      digits += 1
      index += 1
    }
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index += 1
      while index < end {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        mantissa = mantissa &* 10 &+ Int(digit)
        digits += 1
        scale += 1
        index += 1
      }
    }
    let isPlain = index == end || bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: ":")
    guard digits > 0, digits <= 15, isPlain || bytes[index] == UInt8(ascii: "\t") else {
      return slowFloat(bytes, &position, end)
    }
    position = index
    let value = scale == 0 ? Double(mantissa) : Double(mantissa) / tens[scale]
    return Double(Float(isNegative ? -value : value))
  }

  /// Powers of ten that a double holds exactly.
  private static let tens: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  @inline(never)
  private static func slowFloat(_ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int) -> Double {
    let count = end - position
    guard count > 0 else { return FilterMissing.value }
    if count == 1, bytes[position] == UInt8(ascii: ".") { return FilterMissing.value }
    // A copy, for strtod wants an end; no number of a file is longer.
    let length = min(count, 500)
    let start = position
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { text in
      for index in 0..<length { text[index] = CChar(bitPattern: bytes[start + index]) }
      text[length] = 0
      guard let base = UnsafePointer(text.baseAddress), bytes[start] > 32 else { return FilterMissing.value }
      var rest: UnsafeMutablePointer<CChar>?
      let value = strtod(base, &rest)
      guard let rest, UnsafePointer(rest) > base else { return FilterMissing.value }
      position = start + (UnsafePointer(rest) - base)
      return Double(Float(value))
    }
  }
}
