/// The values of one field in a chunk; see `KnownEncoding`.
struct KnownColumn {
  private let bytes: UnsafeRawBufferPointer
  let encoding: KnownEncoding
  /// How many strings there are; of numbers one, their prefix.
  let count: Int
  private let width: Int
  private let place: Int
  private let letters: Int
  private let codes: Int

  /// - Parameter bytes: those of the chunk.
  /// - Returns: nil where no row has a value.
  init?(_ bytes: UnsafeRawBufferPointer, field: Int) {
    let entry = KnownChunkLayout.head + field * KnownChunkLayout.field
    guard let encoding = KnownEncoding(rawValue: UInt32(truncatingIfNeeded: bytes.u32(at: entry))), encoding != .none
    else { return nil }
    self.bytes = bytes
    self.encoding = encoding
    width = bytes.u32(at: entry + 4)
    place = bytes.u32(at: entry + 8)
    count = bytes.u32(at: entry + 12)
    letters = place + 4 * count
    codes = KnownChunkLayout.padded(letters + bytes.u32(at: place + 4 * (count - 1)))
  }

  /// A row's code: 0 for none; of strings the string's number from 1, of numbers the number and one.
  @inline(__always)
  func code(of row: Int) -> Int {
    switch width {
    case 1: Int(bytes[codes + row])
    case 2: Int(bytes.littleEndian(UInt16.self, at: codes + 2 * row))
    default: bytes.u32(at: codes + 4 * row)
    }
  }

  /// A string by its number from 0; of numbers the prefix.
  @inline(__always)
  func string(_ number: Int) -> UnsafeRawBufferPointer {
    let start = number == 0 ? 0 : bytes.u32(at: place + 4 * (number - 1))
    let end = bytes.u32(at: place + 4 * number)
    return UnsafeRawBufferPointer(rebasing: bytes[(letters + start)..<(letters + end)])
  }
}
