/// The outcome of reading a BGZF block's header (SAM specification, section 4.1).
enum BGZFBlockHeader {
  /// A whole header: the block's total size and where its deflate data starts, both in bytes.
  case block(size: Int, dataOffset: Int)
  /// The bytes end before the header does.
  case incomplete
  /// Not a BGZF block, for the reason given.
  case invalid(String)

  /// Reads the header at the start of `bytes`.
  init(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 12 else {
      let magic: [UInt8] = [0x1F, 0x8B, 0x08]
      for index in 0..<min(3, bytes.count) where bytes[index] != magic[index] {
        self = .invalid("not a gzip block")
        return
      }
      self = .incomplete
      return
    }
    guard bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 0x08 else {
      self = .invalid("not a gzip block")
      return
    }
    guard bytes[3] & 4 != 0 else {
      self = .invalid("a gzip member without BGZF's BC field")
      return
    }
    let extraLength = Int(bytes[10]) | Int(bytes[11]) << 8
    let dataOffset = 12 + extraLength
    guard bytes.count >= dataOffset else {
      self = .incomplete
      return
    }
    var field = 12
    while field + 4 <= dataOffset {
      let length = Int(bytes[field + 2]) | Int(bytes[field + 3]) << 8
      if bytes[field] == UInt8(ascii: "B"), bytes[field + 1] == UInt8(ascii: "C"), length == 2, field + 6 <= dataOffset
      {
        let size = (Int(bytes[field + 4]) | Int(bytes[field + 5]) << 8) + 1
        // Deflate data of at least one byte, then CRC-32 and ISIZE.
        guard size >= dataOffset + 9 else {
          self = .invalid("a BGZF block size of \(size), too small for its own header")
          return
        }
        self = .block(size: size, dataOffset: dataOffset)
        return
      }
      field += 4 + length
    }
    self = .invalid("a gzip member without BGZF's BC field")
  }
}

/// A BGZF block inside a chunk's compressed bytes.
struct BGZFBlock {
  /// Where the block stands in the file, in bytes.
  var fileOffset: Int
  /// Where it stands in the chunk's compressed bytes.
  var start: Int
  /// Total size, header and trailer included.
  var size: Int
  /// Where its deflate data start, from `start`.
  var dataOffset: Int
  /// The decompressed size that its trailer declares.
  var declaredSize: Int
}

/// The empty block that ends a BGZF file (SAM specification, section 4.1.2).
let bgzfEndOfFileBlock: [UInt8] = [
  0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1B, 0, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]
