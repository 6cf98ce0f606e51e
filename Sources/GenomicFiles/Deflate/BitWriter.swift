/// Writes bit fields, least significant bit first (RFC 1951, section 3.1.1).
///
/// The caller has made sure that the room holds the bits and 8 bytes more: `flush` stores whole words.
struct BitWriter {
  private var bits: UInt64 = 0
  private var count = 0
  private(set) var position: UnsafeMutableRawPointer

  /// A writer that starts at a byte.
  init(at start: UnsafeMutableRawPointer) { position = start }

  /// Appends `length` bits. Between two flushes there is room for 57.
  @inline(__always)
  mutating func put(_ value: UInt64, _ length: Int) {
    bits |= value &<< UInt64(truncatingIfNeeded: count)
    count &+= length
  }

  /// Stores the whole bytes.
  @inline(__always)
  mutating func flush() {
    position.storeBytes(of: bits.littleEndian, as: UInt64.self)
    position += count &>> 3
    bits &>>= UInt64(truncatingIfNeeded: count & ~7)
    count &= 7
  }

  /// Fills the last byte with zeros.
  mutating func finish() {
    flush()
    guard count > 0 else { return }
    position.storeBytes(of: UInt8(truncatingIfNeeded: bits), as: UInt8.self)
    position += 1
    bits = 0
    count = 0
  }
}
