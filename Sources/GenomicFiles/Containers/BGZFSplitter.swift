import Genomics

/// Cuts the stored bytes of a BGZF file into work for the inflaters: whole blocks, about a batch of decompressed bytes.
///
/// Blocks; use on the blocking executor.
final class BGZFSplitter {
  private let reader: RawReader
  private let raw: ByteBuffer
  private let batchBytes: Int
  private let endOfFile: EndOfFileBlock
  private var atEnd = false
  private var fileOffset = 0
  private var dataOffset = 0
  private var lastBlockWasEmpty = false
  private(set) var warnings: [String: Int] = [:]

  /// A block's decompressed size is at most 64 KiB (SAM specification, section 4.1).
  private static let largestBlock = 1 << 16

  init(reader: RawReader, head: ByteBuffer, batchBytes: Int, endOfFile: EndOfFileBlock) {
    self.reader = reader
    raw = head
    self.batchBytes = batchBytes
    self.endOfFile = endOfFile
  }

  /// Fills a storage with blocks.
  /// - Returns: the decompressed offset of its first byte, or nil at the end of the input.
  /// - Throws: `InputError` where the file ends inside a block, or is not BGZF from some block on.
  func next(into storage: ChunkStorage) throws -> Int? {
    storage.reset()
    let first = dataOffset
    var total = 0
    while total < batchBytes {
      let location = InputLocation(file: reader.path, offset: fileOffset, offsetBase: .file)
      switch BGZFBlockHeader(raw.bytes) {
      case .invalid(let reason) where raw.count > 0:
        throw InputError(
          .malformed, at: location, "\(reason) where a BGZF block should start",
          remedy: "the file is damaged or was joined with another kind of file: fetch or compress it again with bgzip")
      case .block(let size, let dataStart) where raw.count >= size:
        let block = UnsafeRawBufferPointer(rebasing: raw.bytes[..<size])
        let declared = Int(block.loadUnaligned(fromByteOffset: size - 4, as: UInt32.self).littleEndian)
        guard declared <= Self.largestBlock else {
          throw InputError(
            .malformed, at: location,
            "a BGZF block declares \(declared) bytes, more than the 65,536 that the format allows",
            remedy: "the file is damaged: fetch it again and compare its checksum")
        }
        if total > 0, total + declared > batchBytes { return first }
        storage.blocks.append(
          BGZFBlock(
            fileOffset: fileOffset, start: storage.compressed.count, size: size, dataOffset: dataStart,
            declaredSize: declared))
        storage.compressed.append(block)
        raw.dropFirst(size)
        fileOffset += size
        dataOffset += declared
        total += declared
        lastBlockWasEmpty = declared == 0
      default:
        if atEnd {
          guard raw.count == 0 else {
            throw InputError(
              .truncated, at: location, "the file ends inside a BGZF block",
              remedy: "the file was cut short: fetch it again and compare its size")
          }
          return try finish(first: first, storage: storage)
        }
        try refill()
      }
    }
    return first
  }

  private func finish(first: Int, storage: ChunkStorage) throws -> Int? {
    if !lastBlockWasEmpty {
      switch endOfFile {
      case .required:
        throw InputError(
          .truncated, at: InputLocation(file: reader.path, offset: fileOffset, offsetBase: .file),
          "the BGZF end-of-file block is missing",
          remedy: "the file was probably cut short: fetch it again and compare its size")
      case .expected:
        warnings["bgzf-end-of-file-block-missing", default: 0] += 1
        lastBlockWasEmpty = true
      }
    }
    return storage.blocks.isEmpty ? nil : first
  }

  private func refill() throws {
    let rest = Array(raw.bytes)
    raw.clear()
    rest.withUnsafeBytes { raw.append($0) }
    let size = 512 << 10
    let count = try reader.fill(raw.spare(size))
    raw.commit(count)
    atEnd = count < size
  }
}
