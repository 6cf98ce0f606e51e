import Batching
import Genomics

/// Ordered chunks of an input's decompressed bytes.
typealias ChunkQueue = BoundedQueue<Chunk>

/// The chunks of one input, pulled one at a time.
public struct ChunkSource: Sendable {
  let queue: ChunkQueue
  /// The input that the chunks come from.
  public let input: InputFile

  /// The next chunk, or nil when every byte was delivered and found good.
  /// - Throws: `InputError`, `OutputError` of kind `failed`, or `CancellationError`.
  public func next() async throws -> Chunk? { try await queue.next() }
}

/// Reads an input once: reading on the blocking executor, inflating under the run's thread budget (BGZF blocks in
/// parallel, gzip by one task), chunks in order and a bounded number of them in memory.
///
/// - Parameters:
///   - endOfFile: what a BGZF file without its end-of-file block means.
///   - body: pulls the chunks. When it returns or throws before the end, reading stops.
/// - Throws: what `body` throws; through the source's `next()`, what reading throws.
public func withChunks<R: Sendable>(
  of input: InputFile, endOfFile: EndOfFileBlock, resources: RunResources,
  _ body: (ChunkSource) async throws -> R
) async throws -> R {
  let batchBytes = resources.batchBytes
  // In flight: the inflaters' window, the queue, what the consumer holds in its own window, and one being filled.
  let pool = LeasePool<ChunkStorage>(capacity: 2 * resources.window + 4) { ChunkStorage(batchBytes: batchBytes) }
  return try await withProducer(capacity: 2) { queue in
    try await ChunkProducer(input: input, endOfFile: endOfFile, resources: resources, pool: pool, queue: queue).run()
  } consume: { queue in
    try await body(ChunkSource(queue: queue, input: input))
  }
}

private struct ChunkProducer {
  let input: InputFile
  let endOfFile: EndOfFileBlock
  let resources: RunResources
  let pool: LeasePool<ChunkStorage>
  let queue: ChunkQueue

  private static let rawBytes = 512 << 10

  func run() async throws {
    let input = input
    let (reader, head) = try await resources.blocking.run {
      let reader = try RawReader(input)
      let head = ByteBuffer(capacity: Self.rawBytes)
      head.commit(try reader.fill(head.spare(Self.rawBytes)))
      return (reader, Exclusive(head))
    }
    let container = Container(head: head.value.bytes)
    let warnings: [String: Int]
    switch container {
    case .plain:
      try await plain(reader, head: head)
      warnings = [:]
    case .gzip:
      try await gzip(reader, head: head)
      warnings = [:]
    case .bgzf:
      warnings = try await bgzf(reader, head: head)
    }
    input.finish(
      InputSummary(
        path: input.path, bytes: reader.bytesRead, sha256: reader.sha256, md5: reader.md5, container: container,
        warnings: warnings))
  }

  private func plain(_ reader: RawReader, head: Exclusive<ByteBuffer>) async throws {
    let batchBytes = resources.batchBytes
    var offset = 0
    var atEnd = head.value.count < Self.rawBytes
    // The head is larger than a small batch, so it is cut like the rest.
    while head.value.count > 0 || !atEnd {
      let chunk = Chunk(try await pool.lease(), dataOffset: offset)
      chunk.storage.reset()
      let taken = min(batchBytes, head.value.count)
      chunk.data.append(UnsafeRawBufferPointer(rebasing: head.value.bytes[..<taken]))
      head.value.dropFirst(taken)
      if taken < batchBytes, !atEnd {
        let wanted = batchBytes - taken
        let count = try await resources.blocking.run { try reader.fill(chunk.data.spare(wanted)) }
        chunk.data.commit(count)
        atEnd = count < wanted
      }
      offset += chunk.count
      if chunk.count > 0 { try await queue.send(chunk) }
    }
  }

  private func gzip(_ reader: RawReader, head: Exclusive<ByteBuffer>) async throws {
    let raws = LeasePool<ByteBuffer>(capacity: 3) { ByteBuffer(capacity: Self.rawBytes) }
    let blocking = resources.blocking
    try await withProducer(capacity: 2) { (queue: BoundedQueue<RawChunk>) in
      while true {
        let raw = RawChunk(try await raws.lease())
        let count = try await blocking.run {
          raw.buffer.clear()
          return try reader.fill(raw.buffer.spare(Self.rawBytes))
        }
        guard count > 0 else { return }
        raw.buffer.commit(count)
        try await queue.send(raw)
        if count < Self.rawBytes { return }
      }
    } consume: { (rawQueue: BoundedQueue<RawChunk>) in
      try await inflate(head: head, rest: rawQueue)
    }
  }

  private func inflate(head: Exclusive<ByteBuffer>, rest: BoundedQueue<RawChunk>) async throws {
    let inflater = Exclusive(GzipInflater(path: input.path))
    let batchBytes = resources.batchBytes
    // The head first; afterwards the buffer of the raw chunk, which has to be kept as long.
    var stored = head
    var raw: RawChunk?
    defer { withExtendedLifetime(raw) {} }
    var offset = 0
    var atEnd = false
    while !atEnd {
      let chunk = Chunk(try await pool.lease(), dataOffset: offset)
      chunk.storage.reset()
      while chunk.count < batchBytes {
        let input = stored
        let goesOn = try await resources.budget.withThread {
          try inflater.value.inflate(input.value, into: chunk.data, upTo: batchBytes)
        }
        if goesOn { continue }
        raw = nil
        raw = try await rest.next()
        guard let raw else {
          atEnd = true
          break
        }
        stored = Exclusive(raw.buffer)
      }
      offset += chunk.count
      if chunk.count > 0 { try await queue.send(chunk) }
    }
    try inflater.value.finish()
  }

  private func bgzf(_ reader: RawReader, head: Exclusive<ByteBuffer>) async throws -> [String: Int] {
    let splitter = Exclusive(
      BGZFSplitter(reader: reader, head: head.value, batchBytes: resources.batchBytes, endOfFile: endOfFile))
    let path = input.path
    let queue = queue
    let pool = pool
    let blocking = resources.blocking
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: {
        let chunk = Chunk(try await pool.lease(), dataOffset: 0)
        guard let offset = try await blocking.run({ try splitter.value.next(into: chunk.storage) }) else { return nil }
        chunk.dataOffset = offset
        return chunk
      },
      transform: { (chunk: Chunk) in
        try chunk.inflateBlocks(path: path)
        return chunk
      },
      sink: { (chunk: Chunk) in
        if chunk.count > 0 { try await queue.send(chunk) }
      })
    return splitter.value.warnings
  }
}

/// Stored bytes on their way to the gzip inflater.
private final class RawChunk: @unchecked Sendable {
  // One holder at a time: the reader fills it, then the inflater empties it.
  private let lease: Lease<ByteBuffer>
  init(_ lease: consuming Lease<ByteBuffer>) { self.lease = lease }
  var buffer: ByteBuffer { lease.storage }
}

/// Says to the compiler what the code around it keeps: only one task at a time touches the value.
struct Exclusive<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
