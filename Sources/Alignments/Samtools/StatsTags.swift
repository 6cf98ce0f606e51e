#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The tags that the statistics are of, found in one walk over a record's tags. Of a tag that comes twice, the first.
struct StatsTags {
  /// A tag's place: its type, and its text without NUL or its bytes.
  struct Value {
    var type: UInt8
    var bytes: UnsafeRawBufferPointer
  }

  /// NM, the distance to the reference.
  private(set) var distance: Value?
  /// Barcodes and their qualities, in the order of ``BarcodeCounts/tags``.
  private(set) var barcodes: (Value?, Value?, Value?, Value?, Value?, Value?, Value?, Value?) = (
    nil, nil, nil, nil, nil, nil, nil, nil
  )
  /// Whether there is any barcode.
  private(set) var hasBarcode = false

  /// Walks a record's tags in BAM encoding (SAM specification, section 4.2.4), which its reader has checked.
  init(_ tags: UnsafeRawBufferPointer) {
    guard let base = tags.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    let count = tags.count
    var offset = 0
    while offset + 4 <= count {
      let start = offset + 3
      let type = base[offset + 2]
      var end: Int
      switch type {
      case UInt8(ascii: "Z"), UInt8(ascii: "H"):
        guard let found = memchr(base + start, 0, count - start) else { return }
        end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        note(base[offset], base[offset + 1], Value(type: type, bytes: .init(start: base + start, count: end - start)))
        offset = end + 1
        continue
      case UInt8(ascii: "A"), UInt8(ascii: "c"), UInt8(ascii: "C"): end = start + 1
      case UInt8(ascii: "s"), UInt8(ascii: "S"): end = start + 2
      case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "f"): end = start + 4
      case UInt8(ascii: "d"): end = start + 8
      case UInt8(ascii: "B"):
        guard start + 5 <= count else { return }
        let elements = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: start + 1, as: UInt32.self)
        let size =
          switch base[start] {
          case UInt8(ascii: "c"), UInt8(ascii: "C"): 1
          case UInt8(ascii: "s"), UInt8(ascii: "S"): 2
          default: 4
          }
        end = start + 5 + Int(UInt32(littleEndian: elements)) * size
      default: return
      }
      guard end <= count else { return }
      note(base[offset], base[offset + 1], Value(type: type, bytes: .init(start: base + start, count: end - start)))
      offset = end
    }
  }

  @inline(__always)
  private mutating func note(_ first: UInt8, _ second: UInt8, _ value: Value) {
    switch (first, second) {
    case (UInt8(ascii: "N"), UInt8(ascii: "M")): if distance == nil { distance = value }
    case (UInt8(ascii: "B"), UInt8(ascii: "C")): Self.keep(value, &barcodes.0, &hasBarcode)
    case (UInt8(ascii: "Q"), UInt8(ascii: "T")): if barcodes.1 == nil { barcodes.1 = value }
    case (UInt8(ascii: "C"), UInt8(ascii: "R")): Self.keep(value, &barcodes.2, &hasBarcode)
    case (UInt8(ascii: "C"), UInt8(ascii: "Y")): if barcodes.3 == nil { barcodes.3 = value }
    case (UInt8(ascii: "O"), UInt8(ascii: "X")): Self.keep(value, &barcodes.4, &hasBarcode)
    case (UInt8(ascii: "B"), UInt8(ascii: "Z")): if barcodes.5 == nil { barcodes.5 = value }
    case (UInt8(ascii: "R"), UInt8(ascii: "X")): Self.keep(value, &barcodes.6, &hasBarcode)
    case (UInt8(ascii: "Q"), UInt8(ascii: "X")): if barcodes.7 == nil { barcodes.7 = value }
    default: break
    }
  }

  @inline(__always)
  private static func keep(_ value: Value, _ place: inout Value?, _ hasBarcode: inout Bool) {
    if place == nil { place = value }
    hasBarcode = true
  }
}

extension StatsTags.Value {
  /// An integer of any size; nil for another type.
  var integer: Int? {
    switch type {
    case UInt8(ascii: "c"): Int(load(Int8.self))
    case UInt8(ascii: "C"): Int(load(UInt8.self))
    case UInt8(ascii: "s"): Int(load(Int16.self))
    case UInt8(ascii: "S"): Int(load(UInt16.self))
    case UInt8(ascii: "i"): Int(load(Int32.self))
    case UInt8(ascii: "I"): Int(load(UInt32.self))
    default: nil
    }
  }

  /// Text; nil for another type.
  var text: UnsafeRawBufferPointer? { type == UInt8(ascii: "Z") || type == UInt8(ascii: "H") ? bytes : nil }

  private func load<T: FixedWidthInteger>(_ type: T.Type) -> T { T(littleEndian: bytes.loadUnaligned(as: T.self)) }
}
