import CCompression
import Genomics

extension Chunk {
  /// Inflates the chunk's blocks into its data, checking size and CRC-32 of each.
  /// - Throws: `InputError` of kind `malformed` or `checksum` with the block's offset in the file.
  func inflateBlocks(path: String) throws {
    let storage = storage
    guard let inflater = storage.inflater() else {
      throw OutputError(.failed, path: path, reason: "no memory for an inflater", remedy: "give the job more memory")
    }
    let compressed = storage.compressed.bytes
    for block in storage.blocks {
      let location = InputLocation(file: path, offset: block.fileOffset, offsetBase: .file)
      let deflated = UnsafeRawBufferPointer(
        rebasing: compressed[(block.start + block.dataOffset)..<(block.start + block.size - 8)])
      let room = storage.data.spare(block.declaredSize)
      var written = 0
      let status = libdeflate_deflate_decompress(
        inflater, deflated.baseAddress, deflated.count, room.baseAddress, block.declaredSize, &written)
      guard status == LIBDEFLATE_SUCCESS, written == block.declaredSize else {
        // Either the deflate data are damaged or ISIZE is not their size; the CRC cannot tell before they inflate.
        throw InputError(
          .checksum, at: location,
          status == LIBDEFLATE_SUCCESS || status == LIBDEFLATE_INSUFFICIENT_SPACE || status == LIBDEFLATE_SHORT_OUTPUT
            ? "a BGZF block does not inflate to its stored size of \(block.declaredSize) bytes"
            : "a BGZF block does not inflate",
          remedy: "the file is damaged: fetch it again and compare its checksum")
      }
      let trailer = block.start + block.size - 8
      let stored = compressed.loadUnaligned(fromByteOffset: trailer, as: UInt32.self).littleEndian
      let computed = written == 0 ? 0 : libdeflate_crc32(0, room.baseAddress, written)
      guard stored == computed else {
        throw InputError(
          .checksum, at: location, "a BGZF block's CRC-32 differs from its data",
          remedy: "the file is damaged: fetch it again and compare its checksum")
      }
      storage.data.commit(written)
    }
  }
}
