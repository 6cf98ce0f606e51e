import GenomicFiles

/// One sample's column of a record, borrowed from its batch: a value is found when it is asked for, and what stands
/// behind it is never looked at.
struct SampleValues {
  private let column: UnsafeRawBufferPointer

  /// No column: every value is missing.
  init() { column = UnsafeRawBufferPointer(start: nil, count: 0) }

  /// - Parameter column: the sample's text, without the tabs around it.
  init(_ column: UnsafeRawBufferPointer) { self.column = column }

  /// A value by its place in FORMAT; nil where it is missing, or was dropped as trailing (VCF 4.5, section 1.6.2).
  @inline(__always)
  func bytes(_ place: FormatPlaces.Place) -> UnsafeRawBufferPointer? {
    guard place >= 0, let base = column.baseAddress else { return nil }
    let count = column.count
    var start = 0
    for _ in 0..<place {
      start = Self.colon(base, start, count)
      guard start < count else { return nil }
      start += 1
    }
    let end = Self.colon(base, start, count)
    guard end > start, end - start > 1 || column[start] != UInt8(ascii: ".") else { return nil }
    return UnsafeRawBufferPointer(start: base + start, count: end - start)
  }

  /// Where the next colon stands; `count` where there is none. Eight bytes at once: most values are shorter than what a
  /// call of memchr costs.
  @inline(__always)
  private static func colon(_ base: UnsafeRawPointer, _ start: Int, _ count: Int) -> Int {
    var place = start
    while place + 8 <= count {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let rest = word ^ 0x3A3A_3A3A_3A3A_3A3A
      // The lowest mark is right; higher ones may be of borrows.
      let marks = (rest &- 0x0101_0101_0101_0101) & ~rest & 0x8080_8080_8080_8080
      if marks != 0 { return place + marks.trailingZeroBitCount / 8 }
      place += 8
    }
    while place < count, base.load(fromByteOffset: place, as: UInt8.self) != UInt8(ascii: ":") { place += 1 }
    return place
  }

  /// The number at a place of a list, counted from 0; nil where it is missing or none.
  @inline(__always)
  func integer(_ place: FormatPlaces.Place, at index: Int = 0) -> Int? {
    guard let bytes = bytes(place) else { return nil }
    return Self.part(bytes, index).flatMap { VCFNumber.integer($0) }
  }

  func float(_ place: FormatPlaces.Place, at index: Int = 0) -> Double? {
    guard let bytes = bytes(place) else { return nil }
    return Self.part(bytes, index).flatMap { VCFNumber.float($0) }
  }

  /// The sum of a list of counts, and one of them (its place counted from 0; nil where the list is shorter).
  /// - Returns: nil where one of the counts is missing or none.
  @inline(__always)
  func counts(_ place: FormatPlaces.Place, picking index: Int) -> (picked: Int?, sum: Int)? {
    guard let bytes = bytes(place) else { return nil }
    var (sum, value, digits, part) = (0, 0, 0, 0)
    var picked: Int?
    for offset in 0..<bytes.count {
      let digit = bytes[offset] &- UInt8(ascii: "0")
      if digit < 10 {
        guard digits < 15 else { return nil }
        value = value &* 10 &+ Int(digit)
        digits += 1
      } else {
        guard bytes[offset] == UInt8(ascii: ","), digits > 0 else { return nil }
        if part == index { picked = value }
        sum += value
        part += 1
        (value, digits) = (0, 0)
      }
    }
    guard digits > 0 else { return nil }
    if part == index { picked = value }
    return (picked, sum + value)
  }

  @inline(__always)
  private static func part(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UnsafeRawBufferPointer? {
    var start = 0
    var left = index
    for place in 0..<bytes.count where bytes[place] == UInt8(ascii: ",") {
      if left == 0 { return UnsafeRawBufferPointer(rebasing: bytes[start..<place]) }
      left -= 1
      start = place + 1
    }
    return left == 0 ? UnsafeRawBufferPointer(rebasing: bytes[start...]) : nil
  }
}
