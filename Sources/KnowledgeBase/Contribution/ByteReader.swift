/// Reads packed numbers and bytes; what ends too early, or is none, is `damaged`.
///
/// It borrows the bytes: it must not outlive what it was made from.
struct ByteReader {
  /// The bytes are not what was packed.
  struct Damaged: Error {}

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset: Int

  init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  var isAtEnd: Bool { offset >= bytes.count }

  @inline(__always)
  mutating func byte() throws -> UInt8 {
    guard offset < bytes.count else { throw Damaged() }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// Seven bits a byte, the lowest first; the highest bit tells that more follow.
  @inline(__always)
  mutating func number() throws -> Int {
    let first = try byte()
    if first < 128 { return Int(first) }
    return try longNumber(first)
  }

  private mutating func longNumber(_ first: UInt8) throws -> Int {
    var (number, shift): (UInt, UInt) = (UInt(first & 127), 7)
    while true {
      let byte = try byte()
      // Nine bytes of seven bits: what is packed is never negative.
      guard shift < 63, byte < 128 ? byte > 0 : true else { throw Damaged() }
      number |= UInt(byte & 127) << shift
      shift += 7
      if byte < 128 { return Int(bitPattern: number) }
    }
  }

  /// A number that a place of a contig may be added to.
  @inline(__always)
  mutating func distance() throws -> Int {
    let number = try number()
    guard number < 1 << 40 else { throw Damaged() }
    return number
  }

  mutating func signed() throws -> Int {
    let number = try number()
    return number & 1 == 0 ? number >> 1 : -(number >> 1) - 1
  }

  mutating func skip(_ count: Int) throws {
    guard count >= 0, count <= bytes.count - offset else { throw Damaged() }
    offset += count
  }

  mutating func text() throws -> String {
    let count = try number()
    let start = offset
    try skip(count)
    return try string(start..<offset)
  }

  /// Whether one of the two parts of a text that was passed, with `|` between, may be the name: in either case of ASCII
  /// letters.
  func isNamed(_ name: String, _ range: Range<Int>) -> Bool {
    let text = bytes[range]
    guard let bar = text.firstIndex(of: UInt8(ascii: "|")) else { return true }
    func isSame(_ part: Slice<UnsafeRawBufferPointer>) -> Bool {
      part.count == name.utf8.count
        && part.elementsEqual(name.utf8) { GeneName.folded($0) == GeneName.folded($1) }
    }
    return isSame(text[range.lowerBound..<bar]) || isSame(text[(bar + 1)..<range.upperBound])
  }

  /// Text that was passed already.
  func string(_ range: Range<Int>) throws -> String {
    // What is no UTF-8 would be mended silently, and packed again as something else.
    guard let text = String(validating: bytes[range], as: UTF8.self) else { throw Damaged() }
    return text
  }
}

extension [UInt8] {
  /// Seven bits a byte, the lowest first; the highest bit tells that more follow.
  @inline(__always)
  mutating func pack(_ number: Int) {
    var rest = UInt(bitPattern: number)
    while rest > 127 {
      append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  mutating func pack(signed number: Int) { pack(number < 0 ? (-(number + 1)) << 1 | 1 : number << 1) }

  mutating func pack(_ text: String) {
    pack(text.utf8.count)
    append(contentsOf: text.utf8)
  }
}
