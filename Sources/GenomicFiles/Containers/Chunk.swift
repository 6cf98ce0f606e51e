import Batching
import CCompression

/// The storage of one chunk, reused over and over: decompressed bytes and, for BGZF, the blocks they came from.
final class ChunkStorage {
  let data: ByteBuffer
  let compressed = ByteBuffer(capacity: 0)
  var blocks: [BGZFBlock] = []
  private var decompressor: OpaquePointer?

  init(batchBytes: Int) {
    data = ByteBuffer(capacity: batchBytes, headroom: min(64 << 10, batchBytes))
  }

  init(data: ByteBuffer) { self.data = data }

  deinit { if let decompressor { libdeflate_free_decompressor(decompressor) } }

  func reset() {
    data.clear()
    compressed.clear()
    blocks.removeAll(keepingCapacity: true)
  }

  /// libdeflate's state, made once a storage; nil only when memory is out.
  func inflater() -> OpaquePointer? {
    if decompressor == nil { decompressor = libdeflate_alloc_decompressor() }
    return decompressor
  }
}

/// A stretch of an input's decompressed bytes, on its way from the reader to whoever cuts it into records.
///
/// The chunk is handed on, never shared while it changes: one holder at a time writes.
public final class Chunk: @unchecked Sendable {
  let storage: ChunkStorage
  // Held for its end, which gives the storage back; nil for a chunk that owns its storage.
  private let lease: Lease<ChunkStorage>?
  /// Whether its storage goes back to a pool.
  let isPooled: Bool
  /// The offset of the first byte in the decompressed data.
  public internal(set) var dataOffset: Int
  /// Set where the bytes are lines that were made from a BCF.
  var origins: RecordOrigins?

  init(_ lease: consuming Lease<ChunkStorage>, dataOffset: Int) {
    storage = lease.storage
    self.lease = consume lease
    isPooled = true
    self.dataOffset = dataOffset
  }

  /// A chunk outside any pool.
  init(owning data: ByteBuffer, dataOffset: Int) {
    storage = ChunkStorage(data: data)
    lease = nil
    isPooled = false
    self.dataOffset = dataOffset
  }

  /// A chunk outside any pool, for the few bytes that end an input.
  convenience init(copying bytes: UnsafeRawBufferPointer, dataOffset: Int) {
    let data = ByteBuffer(capacity: bytes.count)
    data.append(bytes)
    self.init(owning: data, dataOffset: dataOffset)
  }

  var data: ByteBuffer { storage.data }

  /// The number of bytes.
  public var count: Int { data.count }

  /// Gives the bytes for the time of `body`.
  @inline(__always)
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try body(data.bytes) }

  /// Puts what was left of the chunk before in front of this one.
  func prepend(_ bytes: UnsafeRawBufferPointer) {
    data.prepend(bytes)
    dataOffset -= bytes.count
  }
}
