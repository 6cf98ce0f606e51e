/// What BCF's bytes mean (VCF 4.5, section 6.3): types, and the values that stand for "missing" and "the vector ends".
enum BCFType: UInt8 {
  case null = 0
  case int8 = 1
  case int16 = 2
  case int32 = 3
  case float = 5
  case character = 7

  /// Bytes a value.
  var size: Int {
    switch self {
    case .null: 0
    case .int8, .character: 1
    case .int16: 2
    case .int32, .float: 4
    }
  }

  /// The smallest type for whole numbers from `least` to `most`; each type keeps its eight lowest values for marks.
  static func fitting(least: Int32, most: Int32) -> BCFType {
    if most <= 127, least >= -120 { return .int8 }
    if most <= 32767, least >= -32760 { return .int16 }
    return .int32
  }
}

/// Marks inside BCF vectors. Whole numbers are held as 32-bit ones here, whatever their stored width.
enum BCFMark {
  static let missing = Int32.min
  static let vectorEnd = Int32.min + 1
  /// The least whole number that a value may have.
  static let least = Int32.min + 8
  static let missingFloat: UInt32 = 0x7F80_0001
  static let vectorEndFloat: UInt32 = 0x7F80_0002
  /// The one character of a missing string.
  static let missingString: UInt8 = 7
}

/// What BCF bytes break.
struct BCFFault: Error {
  var reason: String
}

/// Reads a record's bytes from front to back, never beyond their end.
struct BCFCursor {
  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  let end: Int

  init(_ bytes: UnsafeRawBufferPointer, from position: Int, to end: Int) {
    self.bytes = bytes
    self.position = position
    self.end = end
  }

  /// A vector: its type, its length, and where its values start.
  struct Vector {
    var type: BCFType
    var count: Int
    var start: Int
  }

  @inline(__always)
  mutating func take(_ count: Int, _ what: StaticString) throws(BCFFault) -> Int {
    guard count >= 0, count <= end - position else { throw BCFFault(reason: "\(what) reaches beyond the record") }
    defer { position += count }
    return position
  }

  @inline(__always)
  mutating func uint32(_ what: StaticString) throws(BCFFault) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: try take(4, what), as: UInt32.self))
  }

  /// The descriptor of a vector: type and length.
  @inline(__always)
  mutating func descriptor(_ what: StaticString) throws(BCFFault) -> (type: BCFType, count: Int) {
    let byte = bytes[try take(1, what)]
    guard let type = BCFType(rawValue: byte & 15) else {
      throw BCFFault(reason: "\(what) has type \(byte & 15), which BCF 2.2 does not know")
    }
    var count = Int(byte >> 4)
    if count == 15 {
      let length = try descriptor(what)
      guard length.count == 1 else { throw BCFFault(reason: "\(what) has a length that is no number") }
      let start = try take(length.type.size, what)
      switch length.type {
      case .int8, .int16, .int32: count = Int(integer(length.type, at: start))
      default: throw BCFFault(reason: "\(what) has a length that is no number")
      }
      guard count >= 0 else { throw BCFFault(reason: "\(what) has a length below zero") }
    }
    return (type, count)
  }

  /// A vector of its own; the cursor goes behind it.
  @inline(__always)
  mutating func vector(_ what: StaticString) throws(BCFFault) -> Vector {
    let (type, count) = try descriptor(what)
    guard count <= end - position else { throw BCFFault(reason: "\(what) reaches beyond the record") }
    return Vector(type: type, count: count, start: try take(count * type.size, what))
  }

  /// A single whole number, as dictionary keys are.
  @inline(__always)
  mutating func index(_ what: StaticString) throws(BCFFault) -> Int {
    let vector = try vector(what)
    switch vector.type {
    case .int8, .int16, .int32:
      guard vector.count == 1 else { throw BCFFault(reason: "\(what) is not one number") }
      return Int(integer(vector.type, at: vector.start))
    default: throw BCFFault(reason: "\(what) is not one number")
    }
  }

  /// A whole number, its marks widened to those of 32 bits.
  @inline(__always)
  func integer(_ type: BCFType, at offset: Int) -> Int32 {
    switch type {
    case .int8:
      let value = Int32(bytes.loadUnaligned(fromByteOffset: offset, as: Int8.self))
      return value >= -120 ? value : value - -128 + Int32.min
    case .int16:
      let value = Int32(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self)))
      return value >= -32760 ? value : value - -32768 + Int32.min
    default: return Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    }
  }

  @inline(__always)
  func floatBits(at offset: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}
