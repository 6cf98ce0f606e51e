/// Sixteen bytes at a time, in operations that stay single instructions on baseline x86-64 (SSE2) and arm64.
enum ByteVectors {
  typealias Vector = SIMD16<UInt8>

  /// Bytes of a vector.
  static let lanes = 16

  @inline(__always)
  static func load(_ bytes: UnsafePointer<UInt8>, _ offset: Int = 0) -> Vector {
    UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: offset, as: Vector.self)
  }

  /// All ones, which are -1, where bytes are equal.
  @inline(__always)
  static func equal(_ a: Vector, _ b: Vector) -> Vector { unsafeBitCast(a .== b, to: Vector.self) }

  /// All ones where bytes of `a` are the lower ones.
  @inline(__always)
  static func less(_ a: Vector, _ b: Vector) -> Vector { unsafeBitCast(a .< b, to: Vector.self) }

  /// All ones in the last lanes.
  @inline(__always)
  static func last(_ count: Int) -> Vector {
    let numbers = Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    return unsafeBitCast(numbers .>= Vector(repeating: UInt8(truncatingIfNeeded: lanes &- count)), to: Vector.self)
  }

  @inline(__always)
  static func isZero(_ vector: Vector) -> Bool {
    let halves = unsafeBitCast(vector, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] == 0
  }

  /// Sums of neighbouring bytes.
  @inline(__always)
  static func pairSums(_ vector: Vector) -> SIMD8<UInt16> {
    let pairs = unsafeBitCast(vector, to: SIMD8<UInt16>.self)
    return (pairs & SIMD8(repeating: 0xFF)) &+ (pairs &>> SIMD8(repeating: 8))
  }

  /// The sum of all lanes.
  @inline(__always)
  static func total(_ sums: SIMD8<UInt16>) -> Int {
    let halves = unsafeBitCast(sums, to: SIMD2<UInt64>.self)
    let low: UInt64 = 0x0000_FFFF_0000_FFFF
    let quarters = (halves[0] & low) &+ (halves[0] &>> 16 & low) &+ (halves[1] & low) &+ (halves[1] &>> 16 & low)
    return Int(truncatingIfNeeded: (quarters &>> 32) &+ (quarters & 0xFFFF_FFFF))
  }
}
