import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Array<UInt8> {
  /// Appends bytes as one copy: as a raw buffer they would be appended one by one.
  @inline(__always)
  mutating func append(bytes: UnsafeRawBufferPointer) {
    append(
      contentsOf: UnsafeBufferPointer(start: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    )
  }

  /// Appends the letters of an ASCII literal.
  @inline(__always)
  mutating func append(ascii text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a number that is not negative.
  @inline(__always)
  mutating func append(number: Int) {
    if number >= 10 { append(number: number / 10) }
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes of a range.
  @inline(__always)
  func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }

  /// Where `byte` stands first from `start` on; the end where it does not.
  @inline(__always)
  func end(from start: Int, before byte: UInt8) -> Int {
    guard start < count, let base = baseAddress, let found = memchr(base + start, Int32(byte), count - start) else {
      return count
    }
    return UnsafeRawPointer(found) - base
  }

  /// Which of the 64 bytes from `start` on are `byte`, the first in the lowest bit; none behind the last.
  @inline(__always)
  func places(of byte: UInt8, inBlockAt start: Int) -> UInt64 {
    guard let base = baseAddress, start &+ 64 <= count else { return placesAtEnd(of: byte, from: start) }
    return apus_places_64(base + start, byte)
  }

  @inline(never)
  private func placesAtEnd(of byte: UInt8, from start: Int) -> UInt64 {
    var places: UInt64 = 0
    for index in start..<Swift.max(start, count) where self[index] == byte { places |= 1 << UInt64(index - start) }
    return places
  }

  /// Whether the bytes are the same as others.
  @inline(__always)
  func isSame(as other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let base = baseAddress, let otherBase = other.baseAddress else { return true }
    return memcmp(base, otherBase, count) == 0
  }

  /// Whether the bytes are an ASCII literal.
  @inline(__always)
  func isSame(as text: StaticString) -> Bool {
    isSame(as: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Whether this is one `.`: a missing value, or a list of them of any length (VCF 4.5, section 1.6.1.8).
  @inline(__always)
  var isMissing: Bool { count == 1 && self[0] == UInt8(ascii: ".") }
}
