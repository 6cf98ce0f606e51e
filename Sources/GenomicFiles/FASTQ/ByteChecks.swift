/// Checks over the bytes of lines, sixteen at a time: validation has to cost little beside inflating.
///
/// Only operations that stay single instructions on baseline x86-64 (SSE2) and arm64 are used; a mask is turned into
/// bytes, since choosing by mask is slow. Each check takes at least sixteen bytes: the last sixteen overlap those before.
enum ByteChecks {
  typealias Vector = SIMD16<UInt8>

  /// Whether a sequence is of A, C, G, T and N alone and its quality, of the same length, of `!` to `~`.
  @inline(__always)
  static func areUsual(sequence: UnsafeRawPointer, quality: UnsafeRawPointer, count: Int) -> Bool {
    var calls = call(at: sequence, count - 16)
    var faults = qualityFault(at: quality, count - 16)
    var index = 0
    while index < count - 16 {
      calls &= call(at: sequence, index)
      faults |= qualityFault(at: quality, index)
      index += 16
    }
    return isZero(~calls | (faults & Vector(repeating: 0x80)))
  }

  /// Whether no byte is a control character of ASCII.
  @inline(__always)
  static func areWithoutControls(_ base: UnsafeRawPointer, count: Int) -> Bool {
    var faults = control(at: base, count - 16)
    var index = 0
    while index < count - 16 {
      faults |= control(at: base, index)
      index += 16
    }
    return isZero(faults)
  }

  @inline(__always)
  private static func load(_ base: UnsafeRawPointer, _ offset: Int) -> Vector {
    base.loadUnaligned(fromByteOffset: offset, as: Vector.self)
  }

  /// All ones for A, C, G, T and N.
  @inline(__always)
  private static func call(at base: UnsafeRawPointer, _ offset: Int) -> Vector {
    let vector = load(base, offset)
    return bytes(vector .== Vector(repeating: UInt8(ascii: "A")))
      | bytes(vector .== Vector(repeating: UInt8(ascii: "C")))
      | bytes(vector .== Vector(repeating: UInt8(ascii: "G"))) | bytes(vector .== Vector(repeating: UInt8(ascii: "T")))
      | bytes(vector .== Vector(repeating: UInt8(ascii: "N")))
  }

  /// The high bit for bytes outside `!` to `~`: below, the first difference wraps; above, the sum reaches it.
  @inline(__always)
  private static func qualityFault(at base: UnsafeRawPointer, _ offset: Int) -> Vector {
    let shifted = load(base, offset) &- Vector(repeating: 33)
    return shifted | (shifted &+ Vector(repeating: 34))
  }

  /// All ones for control characters.
  @inline(__always)
  private static func control(at base: UnsafeRawPointer, _ offset: Int) -> Vector {
    let vector = load(base, offset)
    return bytes((vector & Vector(repeating: 0xE0)) .== Vector.zero) | bytes(vector .== Vector(repeating: 0x7F))
  }

  @inline(__always)
  private static func bytes(_ mask: SIMDMask<SIMD16<Int8>>) -> Vector { unsafeBitCast(mask, to: Vector.self) }

  @inline(__always)
  private static func isZero(_ vector: Vector) -> Bool {
    let halves = unsafeBitCast(vector, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] == 0
  }
}
