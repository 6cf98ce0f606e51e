/// Checks over the bytes of a line, sixteen at a time: validation has to cost little beside inflating.
///
/// Only operations that stay single instructions on baseline x86-64 (SSE2) and arm64 are used; a mask is turned into
/// bytes, since choosing by mask is slow.
struct ByteChecks {
  private let base: UnsafeRawPointer
  private let count: Int

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    guard let start = bytes.baseAddress, !range.isEmpty else {
      // Never read: the count is 0.
      base = UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
      count = 0
      return
    }
    base = start + range.lowerBound
    count = range.count
  }

  /// Whether all bytes are in a range of ASCII.
  func allSatisfy(in range: ClosedRange<UInt8>) -> Bool {
    let low = Vector(repeating: range.lowerBound)
    // What is above the range has its high bit set after this is added, what is below has wrapped.
    let rise = Vector(repeating: 127 - (range.upperBound - range.lowerBound))
    let high = Vector(repeating: 0x80)
    return isClean { vector in
      let shifted = vector &- low
      return (shifted | (shifted &+ rise)) & high
    } byte: {
      !range.contains($0)
    }
  }

  /// Whether all bytes are A, C, G, T or N.
  func areCalls() -> Bool {
    let (a, c, g, t, n) = (
      Vector(repeating: UInt8(ascii: "A")), Vector(repeating: UInt8(ascii: "C")), Vector(repeating: UInt8(ascii: "G")),
      Vector(repeating: UInt8(ascii: "T")), Vector(repeating: UInt8(ascii: "N"))
    )
    return isClean { vector in
      ~(bytes(vector .== a) | bytes(vector .== c) | bytes(vector .== g) | bytes(vector .== t) | bytes(vector .== n))
    } byte: { byte in
      !(byte == UInt8(ascii: "A") || byte == UInt8(ascii: "C") || byte == UInt8(ascii: "G") || byte == UInt8(ascii: "T")
        || byte == UInt8(ascii: "N"))
    }
  }

  /// Whether no byte is a control character of ASCII.
  func areWithoutControls() -> Bool {
    let upper = Vector(repeating: 0xE0)
    let delete = Vector(repeating: 0x7F)
    return isClean { vector in
      bytes((vector & upper) .== Vector.zero) | bytes(vector .== delete)
    } byte: {
      $0 < 0x20 || $0 == 0x7F
    }
  }

  private typealias Vector = SIMD16<UInt8>

  @inline(__always)
  private func bytes(_ mask: SIMDMask<SIMD16<Int8>>) -> Vector { unsafeBitCast(mask, to: Vector.self) }

  /// Whether `vector` gives 0 for every sixteen bytes; `byte` says for fewer whether one is at fault. The last sixteen
  /// overlap those before them.
  @inline(__always)
  private func isClean(vector: (Vector) -> Vector, byte: (UInt8) -> Bool) -> Bool {
    guard count >= 16 else {
      for index in 0..<count where byte(base.load(fromByteOffset: index, as: UInt8.self)) { return false }
      return true
    }
    var fault = vector(base.loadUnaligned(fromByteOffset: count - 16, as: Vector.self))
    var index = 0
    while index < count - 16 {
      fault |= vector(base.loadUnaligned(fromByteOffset: index, as: Vector.self))
      index += 16
    }
    let halves = unsafeBitCast(fault, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] == 0
  }
}
