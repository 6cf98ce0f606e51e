import CCompression
import Genomics

/// Reads and writes the container that holds a CRAM's SAM header (CRAM 3.1 specification, section 7.1).
enum CRAMHeader {
  /// The largest header text that is taken, in bytes.
  private static let longestText = 1 << 30

  /// The text of the header in its first block, stored or deflated.
  /// - Parameter blocks: the container's blocks.
  static func text(of blocks: UnsafeRawBufferPointer) throws(CRAMContainerHeader.Fault) -> [UInt8] {
    let block = try CRAMBlock(blocks, at: 0)
    let data = UnsafeRawBufferPointer(rebasing: blocks[block.data])
    let content: [UInt8]
    switch block.method {
    case 0: content = Array(data)
    case 1: content = try inflate(data, to: block.inflatedSize)
    default: throw .malformed
    }
    guard content.count >= 4 else { throw .malformed }
    let length = content.withUnsafeBytes { Int(UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self))) }
    guard length <= content.count - 4 else { throw .malformed }
    return Array(content[4..<(4 + length)].prefix { $0 != 0 })
  }

  private static func inflate(
    _ data: UnsafeRawBufferPointer, to size: Int
  ) throws(CRAMContainerHeader.Fault) -> [UInt8] {
    guard size <= longestText, let inflater = libdeflate_alloc_decompressor() else { throw .malformed }
    defer { libdeflate_free_decompressor(inflater) }
    var status = LIBDEFLATE_BAD_DATA
    let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      status = libdeflate_gzip_decompress(inflater, data.baseAddress, data.count, buffer.baseAddress, size, nil)
      count = status == LIBDEFLATE_SUCCESS ? size : 0
    }
    guard status == LIBDEFLATE_SUCCESS else { throw .malformed }
    return content
  }

  /// A container with as much of a header as decoding needs: htslib parses it anew for each piece of the file.
  static func container(for header: SAMHeader) -> [UInt8] {
    let text = header.decodingText
    let content = word(UInt32(text.utf8.count)) + Array(text.utf8)
    var block: [UInt8] = [0, 0, 0]
    block += itf8(content.count) + itf8(content.count) + content
    block += word(crc(block))
    var container = word(UInt32(block.count))
    // No contig, start, span, records, record counter or bases; one block, at landmark 0.
    container += [0, 0, 0, 0, 0, 0, 1, 1, 0]
    container += word(crc(container))
    return container + block
  }

  /// The container that ends a file of version 3.
  static let endOfFile: [UInt8] = [
    0x0F, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0xE0, 0x45, 0x4F, 0x46, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00,
    0x05, 0xBD, 0xD9, 0x4F, 0x00, 0x01, 0x00, 0x06, 0x06, 0x01, 0x00, 0x01, 0x00, 0x01, 0x00, 0xEE, 0x63, 0x01, 0x4B,
  ]

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
  }

  private static func word(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

  private static func itf8(_ value: Int) -> [UInt8] {
    func byte(_ shift: Int) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
    switch value {
    case ..<0x80: return [byte(0)]
    case ..<0x4000: return [0x80 | byte(8), byte(0)]
    case ..<0x20_0000: return [0xC0 | byte(16), byte(8), byte(0)]
    case ..<0x1000_0000: return [0xE0 | byte(24), byte(16), byte(8), byte(0)]
    default: return [0xF0 | byte(28) & 0x0F, byte(20), byte(12), byte(4), byte(0) & 0x0F]
    }
  }
}
