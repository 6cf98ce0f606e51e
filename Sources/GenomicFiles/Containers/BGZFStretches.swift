import Batching
import Genomics

/// A stretch of a BGZF file between two virtual offsets (SAM specification, section 4.1.1): the block's place in the file
/// times 65,536, plus the place in the block's data.
struct BGZFStretch: Hashable {
  var start: UInt64
  var end: UInt64

  /// In the file's order, those that touch joined, so that nothing is read twice.
  static func merged(_ stretches: [BGZFStretch]) -> [BGZFStretch] {
    var merged: [BGZFStretch] = []
    for stretch in stretches.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) where stretch.start < stretch.end {
      if let last = merged.last, stretch.start <= last.end {
        merged[merged.count - 1].end = max(last.end, stretch.end)
      } else {
        merged.append(stretch)
      }
    }
    return merged
  }
}

/// Reads stretches of a BGZF file as chunks, in order; blocks are inflated in parallel.
struct BGZFStretchProducer {
  let input: InputFile
  let stretches: [BGZFStretch]
  let resources: RunResources
  let pool: LeasePool<ChunkStorage>

  /// Blocks of one stretch, and what of their data belongs to it.
  private struct Piece: Sendable {
    let chunk: Chunk
    /// Bytes before the stretch in the first block.
    let skipped: Int
    /// Bytes behind the stretch in the last block.
    let dropped: Int
  }

  func send(to queue: ChunkQueue) async throws {
    let (input, blocking, pool, path) = (input, resources.blocking, pool, input.path)
    let reader = Exclusive(
      try await blocking.run { StretchReader(reader: try RawReader(input), batchBytes: resources.batchBytes) })
    let remaining = Handoff(stretches)
    var stretches = remaining.take()[...]
    var current: BGZFStretch?
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: { () -> Piece? in
        if current == nil { current = stretches.popFirst() }
        guard let stretch = current else { return nil }
        let chunk = Chunk(try await pool.lease(), dataOffset: 0)
        let part = try await blocking.run { try reader.value.fill(chunk.storage, stretch) }
        current = part.rest
        return Piece(chunk: chunk, skipped: part.skipped, dropped: part.dropped)
      },
      transform: { (piece: Piece) -> Chunk in
        try piece.chunk.inflateBlocks(path: path)
        let count = piece.chunk.count
        guard piece.skipped + piece.dropped <= count else {
          throw InputError(
            .malformed, at: InputLocation(file: path), "the index points beyond a block",
            remedy: "the index is not this file's: make it again with bcftools index")
        }
        piece.chunk.data.truncate(to: count - piece.dropped)
        piece.chunk.data.dropFirst(piece.skipped)
        return piece.chunk
      },
      sink: { (chunk: Chunk) in if chunk.count > 0 { try await queue.send(chunk) } })
  }
}

/// Blocks; one task uses it.
private final class StretchReader {
  private let reader: RawReader
  private let raw = ByteBuffer(capacity: 1 << 17)
  private let batchBytes: Int
  private var fileOffset = -1

  init(reader: RawReader, batchBytes: Int) {
    self.reader = reader
    self.batchBytes = batchBytes
  }

  /// Fills a storage with blocks of a stretch.
  /// - Returns: what of their data is outside of it, and what of it is left.
  func fill(
    _ storage: ChunkStorage, _ stretch: BGZFStretch
  ) throws -> (skipped: Int, dropped: Int, rest: BGZFStretch?) {
    storage.reset()
    let last = Int(stretch.end >> 16)
    let lastBytes = Int(stretch.end & 0xFFFF)
    try seek(to: Int(stretch.start >> 16))
    var total = 0
    while true {
      if fileOffset > last || fileOffset == last && lastBytes == 0 {
        return (Int(stretch.start & 0xFFFF), 0, nil)
      }
      if total >= batchBytes {
        return (
          Int(stretch.start & 0xFFFF), 0, BGZFStretch(start: UInt64(fileOffset) << 16, end: stretch.end)
        )
      }
      let isLast = fileOffset == last
      let declared = try takeBlock(into: storage)
      total += declared
      if isLast {
        guard lastBytes <= declared else { throw refusal("the index points beyond a block") }
        return (Int(stretch.start & 0xFFFF), declared - lastBytes, nil)
      }
    }
  }

  private func seek(to offset: Int) throws {
    guard fileOffset != offset else { return }
    try reader.seek(to: offset)
    raw.clear()
    fileOffset = offset
  }

  private func takeBlock(into storage: ChunkStorage) throws -> Int {
    while true {
      switch BGZFBlockHeader(raw.bytes) {
      case .block(let size, let dataStart) where raw.count >= size:
        let block = UnsafeRawBufferPointer(rebasing: raw.bytes[..<size])
        let declared = Int(block.loadUnaligned(fromByteOffset: size - 4, as: UInt32.self).littleEndian)
        guard declared <= 1 << 16 else { throw refusal("a BGZF block declares \(declared) bytes") }
        storage.blocks.append(
          BGZFBlock(
            fileOffset: fileOffset, start: storage.compressed.count, size: size, dataOffset: dataStart,
            declaredSize: declared))
        storage.compressed.append(block)
        raw.dropFirst(size)
        fileOffset += size
        return declared
      case .invalid(let reason) where raw.count > 0: throw refusal("\(reason) where the index has a BGZF block")
      default:
        let rest = Array(raw.bytes)
        raw.clear()
        rest.withUnsafeBytes { raw.append($0) }
        let count = try reader.fill(raw.spare(1 << 17))
        guard count > 0 else { throw refusal("the file ends inside a BGZF block that the index has") }
        raw.commit(count)
      }
    }
  }

  private func refusal(_ reason: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: reader.path, offset: fileOffset, offsetBase: .file), reason,
      remedy: "the index is not this file's, or the file is cut: make the index again with bcftools index")
  }
}
