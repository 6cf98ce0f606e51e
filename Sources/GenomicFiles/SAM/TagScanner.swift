#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Walks a record's tags in BAM encoding (SAM specification, section 4.2.4).
@usableFromInline struct TagScanner {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// A tag's value: its type, and for arrays (type `B`) the element type and count.
  struct Value {
    var type: UInt8
    var subtype: UInt8
    var count: Int
    var data: UnsafeRawPointer
  }

  /// The first value of a tag; nil where it is absent or the tags are broken before it.
  func value(_ first: UInt8, _ second: UInt8) -> Value? {
    var offset = 0
    while let next = nextTag(at: offset) {
      if bytes[offset] == first, bytes[offset + 1] == second { return next.value }
      offset = next.end
    }
    return nil
  }

  /// Whether the tags fill their bytes exactly.
  ///
  /// Walks them without making their values: every record of a BAM comes through here, and the walk was a quarter of
  /// a counting run's time.
  var isWellFormed: Bool {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
    let count = bytes.count
    var offset = 0
    while offset < count {
      guard offset + 4 <= count else { return false }
      let data = offset + 3
      switch base[offset + 2] {
      case UInt8(ascii: "Z"), UInt8(ascii: "H"):
        guard let end = memchr(base + data, 0, count - data) else { return false }
        offset = UnsafeRawPointer(end) - UnsafeRawPointer(base) + 1
      case UInt8(ascii: "A"), UInt8(ascii: "c"), UInt8(ascii: "C"): offset = data + 1
      case UInt8(ascii: "s"), UInt8(ascii: "S"): offset = data + 2
      case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "f"): offset = data + 4
      default:
        guard let next = nextTag(at: offset) else { return false }
        offset = next.end
      }
    }
    return offset == count
  }

  fileprivate func nextTag(at offset: Int) -> (value: Value, end: Int)? {
    guard let base = bytes.baseAddress, offset + 4 <= bytes.count else { return nil }
    let type = bytes[offset + 2]
    let data = offset + 3
    switch type {
    case UInt8(ascii: "Z"), UInt8(ascii: "H"):
      var end = data
      while end < bytes.count, bytes[end] != 0 { end += 1 }
      guard end < bytes.count else { return nil }
      return (Value(type: type, subtype: 0, count: end - data, data: base + data), end + 1)
    case UInt8(ascii: "B"):
      // Arrays hold numbers of up to four bytes: no letters, no doubles.
      guard data + 5 <= bytes.count, let size = Self.size(of: bytes[data]), size <= 4, bytes[data] != UInt8(ascii: "A")
      else { return nil }
      let count = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: data + 1, as: UInt32.self)))
      let end = data + 5 + count * size
      guard end <= bytes.count else { return nil }
      return (Value(type: type, subtype: bytes[data], count: count, data: base + data + 5), end)
    default:
      guard let size = Self.size(of: type), data + size <= bytes.count else { return nil }
      return (Value(type: type, subtype: 0, count: 1, data: base + data), data + size)
    }
  }

  private static func size(of type: UInt8) -> Int? {
    switch type {
    case UInt8(ascii: "A"), UInt8(ascii: "c"), UInt8(ascii: "C"): 1
    case UInt8(ascii: "s"), UInt8(ascii: "S"): 2
    case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "f"): 4
    case UInt8(ascii: "d"): 8
    default: nil
    }
  }
}

/// Gives a record's tags one after the other.
struct TagIterator {
  struct Tag {
    var first: UInt8
    var second: UInt8
    var value: TagScanner.Value
  }

  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next() -> Tag? {
    guard offset < bytes.count, let (value, end) = TagScanner(bytes).nextTag(at: offset) else { return nil }
    defer { offset = end }
    return Tag(first: bytes[offset], second: bytes[offset + 1], value: value)
  }
}
