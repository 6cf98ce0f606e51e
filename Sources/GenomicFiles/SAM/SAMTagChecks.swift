/// Holds the tags of a line of SAM text against the specification (section 1.5): `TAG:TYPE:VALUE`, each tag once.
struct SAMTagChecks {
  typealias Text = UnsafeBufferPointer<UInt8>

  /// A bit for each tag, by the low six bits of its first letter and the low seven of its second.
  private var seen = [UInt64](repeating: 0, count: 128)

  /// What is wrong with the columns that are left, as a clause that names the tag; nil where nothing is.
  mutating func fault(_ columns: inout SAMColumns) -> String? {
    for index in 0..<seen.count { seen[index] = 0 }
    while let column = columns.next() {
      guard column.count >= 5, column[2] == UInt8(ascii: ":"), column[4] == UInt8(ascii: ":"),
        SAMHeaderLine.isLetter(column[0]), SAMHeaderLine.isLetter(column[1]) || SAMHeaderLine.isDigit(column[1])
      else { return "TAG: the field \(Self.shown(column)) is not TAG:TYPE:VALUE" }
      let bit = Int(column[0] & 63) << 7 | Int(column[1] & 127)
      guard seen[bit >> 6] >> UInt64(bit & 63) & 1 == 0 else { return "TAG \(Self.name(column)) stands twice" }
      seen[bit >> 6] |= 1 << UInt64(bit & 63)
      if let expected = Self.expectation(column[3], Text(rebasing: column[5...])) {
        return "TAG \(Self.name(column)) of type \(Self.shown(Text(rebasing: column[3..<4]))) is no \(expected)"
      }
    }
    return nil
  }

  /// What a value should have been; nil where it is.
  @inline(__always)
  private static func expectation(_ type: UInt8, _ value: Text) -> StaticString? {
    switch type {
    case UInt8(ascii: "i"):
      guard let number = SAMNumber.integer(value), number >= Int(Int32.min), number <= Int(UInt32.max) else {
        return "whole number from -2147483648 to 4294967295"
      }
    case UInt8(ascii: "Z"):
      var faults: UInt8 = 0
      for byte in value { faults |= byte &- 32 > 94 ? 1 : 0 }
      guard faults == 0 else { return "printable text" }
    case UInt8(ascii: "A"):
      guard value.count == 1, value[0] &- 33 <= 93 else { return "single printable letter" }
    case UInt8(ascii: "f"):
      guard SAMNumber.isFloat(value) else { return "number of single precision" }
    case UInt8(ascii: "H"):
      let areDigits = value.allSatisfy { SAMHeaderLine.isDigit($0) || $0 &- UInt8(ascii: "A") < 6 }
      guard areDigits, value.count.isMultiple(of: 2) else { return "pairs of the digits 0 to 9 and A to F" }
    case UInt8(ascii: "B"):
      guard isArray(value) else { return "array of numbers in their type's range" }
    default: return "type that SAM has: one of AifZHB"
    }
    return nil
  }

  private static func isArray(_ value: Text) -> Bool {
    let range: ClosedRange<Int>
    switch value.first {
    case UInt8(ascii: "c"): range = -0x80...0x7F
    case UInt8(ascii: "C"): range = 0...0xFF
    case UInt8(ascii: "s"): range = -0x8000...0x7FFF
    case UInt8(ascii: "S"): range = 0...0xFFFF
    case UInt8(ascii: "i"): range = -0x8000_0000...0x7FFF_FFFF
    case UInt8(ascii: "I"): range = 0...0xFFFF_FFFF
    case UInt8(ascii: "f"): range = 0...0
    default: return false
    }
    let areFloats = value[0] == UInt8(ascii: "f")
    var index = 1
    while index < value.count {
      guard value[index] == UInt8(ascii: ",") else { return false }
      let start = index + 1
      index = start
      while index < value.count, value[index] != UInt8(ascii: ",") { index += 1 }
      let element = Text(rebasing: value[start..<index])
      if areFloats {
        guard SAMNumber.isFloat(element) else { return false }
      } else {
        guard let number = SAMNumber.integer(element), range.contains(number) else { return false }
      }
    }
    return true
  }

  private static func name(_ column: Text) -> String { String(decoding: column.prefix(2), as: UTF8.self) }

  /// A field's start for a message; no more of it, for it may name a person.
  private static func shown(_ text: Text) -> String { SAMHeaderLine.shown(text.prefix(8)) }
}
