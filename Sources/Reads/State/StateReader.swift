import Genomics

/// Reads what `StateWriter` wrote. Every number is checked, so that a damaged or made-up file is refused, never trusted.
struct StateReader {
  private let bytes: [UInt8]
  private let end: Int
  private let path: String
  private(set) var offset: Int
  /// No count of reads or bases comes near this, and sums of a few thousand such stay numbers.
  private static let largest: UInt64 = 1 << 50

  init(_ bytes: [UInt8], _ range: Range<Int>, path: String) {
    self.bytes = bytes
    self.path = path
    offset = range.lowerBound
    end = range.upperBound
  }

  func fault(_ reason: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path, offset: offset), reason,
      remedy: "make the state again with apus fastq --state")
  }

  mutating func number() throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < end {
      let byte = bytes[offset]
      offset += 1
      guard shift < 63 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw fault("the state holds a number that does not end")
  }

  mutating func int() throws -> Int {
    let value = try number()
    guard value <= Self.largest else { throw fault("the state holds a number that is too large") }
    return Int(value)
  }

  /// A number of things that follow, each of at least one byte.
  mutating func count() throws -> Int {
    let count = try int()
    guard count <= end - offset else { throw fault("the state announces more than it holds") }
    return count
  }

  mutating func data() throws -> [UInt8] {
    let count = try count()
    defer { offset += count }
    return Array(bytes[offset..<(offset + count)])
  }

  mutating func text() throws -> String { String(decoding: try data(), as: UTF8.self) }

  mutating func ints() throws -> [Int] {
    var values: [Int] = []
    for _ in 0..<(try count()) { values.append(try int()) }
    return values
  }

  mutating func ints(_ expected: Int) throws -> [Int] {
    let values = try ints()
    guard values.count == expected else { throw fault("a table of the state has another size") }
    return values
  }

  mutating func numbers() throws -> [UInt64] {
    var values: [UInt64] = []
    for _ in 0..<(try count()) {
      let value = try number()
      guard value <= Self.largest else { throw fault("the state holds a number that is too large") }
      values.append(value)
    }
    return values
  }

  mutating func counts() throws -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for _ in 0..<(try count()) { counts[try int()] = try int() }
    return counts
  }

  mutating func named() throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for _ in 0..<(try count()) { counts[try text()] = try int() }
    return counts
  }

  var isAtEnd: Bool { offset == end }
}
