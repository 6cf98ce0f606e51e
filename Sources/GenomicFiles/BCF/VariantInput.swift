import Batching
public import Genomics

/// Where the records of a chunk of text stand in the BCF that it was made from.
final class RecordOrigins: Sendable {
  /// The number of records before the first.
  let firstRecord: Int
  /// Offsets of the records in the decompressed BCF.
  let offsets: [Int]

  init(firstRecord: Int, offsets: [Int]) {
    self.firstRecord = firstRecord
    self.offsets = offsets
  }
}

/// Reads a VCF (plain, gzip or BGZF) or a BCF once. BCF records become lines on the workers, so that whatever follows
/// knows one form alone; errors name the BCF's record and offset.
///
/// - Parameters:
///   - regions: where given, only the parts of the file are read that its index (`.tbi` or `.csi`) has for them: every
///     record that overlaps a region, and others near them. Records are then counted from the first that is read.
///   - body: pulls batches from the reader; when it returns or throws before the end, reading stops.
/// - Throws: what `body` throws; what reading throws, also for a file that is neither VCF nor BCF, or has no index.
public func withVariants<R: Sendable>(
  of input: InputFile, regions: [Region]? = nil, resources: RunResources,
  _ body: (sending VCFReader) async throws -> R
) async throws -> R {
  if let regions { return try await withIndexedVariants(of: input, regions: regions, resources: resources, body) }
  return try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    guard let first = try await firstChunk(of: source) else {
      throw InputError(
        .empty, at: InputLocation(file: input.path), "the file is empty", remedy: "give a whole VCF or BCF")
    }
    guard first.withBytes({ $0.starts(with: "BCF".utf8) }) else {
      return try await body(try await VCFReader(source, first: first, resources: resources))
    }
    let cutter = BCFCutter(source, first: first)
    let header = try await BCFHeader(cutter, path: input.path)
    let cutting = Handoff(cutter)
    let pool = LeasePool<ChunkStorage>(capacity: 2 * resources.window + 4) {
      ChunkStorage(batchBytes: 2 * resources.batchBytes)
    }
    return try await withProducer(capacity: 2) { (queue: ChunkQueue) in
      try await queue.send(header.chunk)
      try await render(cutting.take(), header, pool, to: queue, resources, path: input.path)
    } consume: { queue in
      let lines = ChunkSource(queue: queue, input: input)
      guard let first = try await lines.next() else { preconditionFailure("the header is always sent") }
      return try await body(try await VCFReader(lines, first: first, resources: resources))
    }
  }
}

/// The first chunk, joined with the next while it is too short for a magic.
private func firstChunk(of source: ChunkSource) async throws -> Chunk? {
  guard var first = try await source.next() else { return nil }
  while first.count < 5, let following = try await source.next() {
    first.withBytes { following.prepend($0) }
    first = following
  }
  return first
}

private func render(
  _ cutter: sending BCFCutter, _ header: BCFHeader, _ pool: LeasePool<ChunkStorage>, to queue: ChunkQueue,
  _ resources: RunResources, path: String
) async throws {
  let cutting = Handoff(cutter)
  let source = cutting.take()
  try await orderedMap(
    inFlight: resources.window, budget: resources.budget,
    source: { () -> (BCFCutter.Piece, Chunk)? in
      guard let piece = try await source.nextPiece() else { return nil }
      return (piece, Chunk(try await pool.lease(), dataOffset: piece.chunk.dataOffset))
    },
    transform: { (work: (piece: BCFCutter.Piece, text: Chunk)) -> Chunk in
      try header.render(work.piece, to: work.text, path: path)
      return work.text
    },
    sink: { (chunk: Chunk) in try await queue.send(chunk) })
}

/// Reads what an index has for regions.
private func withIndexedVariants<R: Sendable>(
  of input: InputFile, regions: [Region], resources: RunResources, _ body: (sending VCFReader) async throws -> R
) async throws -> R {
  // The header first, by reading the file's start; then the stretches.
  let (header, bcf) = try await withChunks(
    of: InputFile(path: input.path), endOfFile: .expected, resources: resources
  ) { source -> (VCFHeader, BCFHeader?) in
    guard let first = try await firstChunk(of: source) else {
      throw InputError(
        .empty, at: InputLocation(file: input.path), "the file is empty", remedy: "give a whole VCF or BCF")
    }
    guard first.withBytes({ $0.starts(with: "BCF".utf8) }) else {
      return (try await VCFReader(source, first: first, resources: resources).header, nil)
    }
    let bcf = try await BCFHeader(BCFCutter(source, first: first), path: input.path)
    return (try bcf.vcf(path: input.path), bcf)
  }
  let stretches = try await resources.blocking.run {
    try VariantIndex(
      of: input.path, contigs: bcf?.dictionary.contigs.map { $0.map { String(decoding: $0, as: UTF8.self) } ?? "" }
    )
    .stretches(regions)
  }
  let pool = LeasePool<ChunkStorage>(capacity: 2 * resources.window + 4) {
    ChunkStorage(batchBytes: resources.batchBytes)
  }
  let producer = BGZFStretchProducer(input: input, stretches: stretches, resources: resources, pool: pool)
  return try await withProducer(capacity: 2) { (queue: ChunkQueue) in
    try await producer.send(to: queue)
  } consume: { queue in
    let source = ChunkSource(queue: queue, input: input)
    guard let bcf else { return try await body(VCFReader(source, header: header, resources: resources)) }
    let cutting = Handoff(BCFCutter(source))
    let texts = LeasePool<ChunkStorage>(capacity: 2 * resources.window + 4) {
      ChunkStorage(batchBytes: 2 * resources.batchBytes)
    }
    return try await withProducer(capacity: 2) { (queue: ChunkQueue) in
      try await render(cutting.take(), bcf, texts, to: queue, resources, path: input.path)
    } consume: { queue in
      try await body(
        VCFReader(ChunkSource(queue: queue, input: input), header: header, resources: resources))
    }
  }
}

/// A BCF's header: its dictionaries, and its lines as a VCF has them.
struct BCFHeader: Sendable {
  let dictionary: BCFDictionary
  let sampleCount: Int
  let chunk: Chunk

  /// - Throws: `InputError` of kind `malformed`, `truncated` or `unsupported`.
  init(_ cutter: BCFCutter, path: String) async throws {
    let text = try await cutter.readHeader()
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the header is not UTF-8", remedy: "make the file again")
    }
    var lines = valid.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    let columns = lines.last ?? ""
    sampleCount = max(0, columns.split(separator: "\t", omittingEmptySubsequences: false).count - 9)
    dictionary = try BCFDictionary(lines, path: path)
    lines = lines.map(BCFDictionary.withoutPlace)
    let rendered = Array((lines + [""]).joined(separator: "\n").utf8)
    chunk = rendered.withUnsafeBytes { Chunk(copying: $0, dataOffset: 0) }
  }

  /// The header as a VCF has it.
  func vcf(path: String) throws(InputError) -> VCFHeader {
    let text = chunk.withBytes { String(decoding: $0, as: UTF8.self) }
    return try VCFHeader(lines: text.split(separator: "\n").map(String.init), path: path)
  }

  /// Writes a piece's records as lines. CPU work.
  func render(_ piece: BCFCutter.Piece, to text: Chunk, path: String) throws {
    let renderer = BCFRenderer(dictionary: dictionary, sampleCount: sampleCount)
    text.storage.reset()
    text.data.reserve(piece.chunk.count + piece.chunk.count / 2)
    let origin = piece.chunk.dataOffset
    try piece.chunk.withBytes { bytes in
      for (index, offset) in piece.offsets.enumerated() {
        do throws(BCFFault) {
          try renderer.append(bytes, at: offset, to: text.data)
        } catch {
          throw InputError(
            .malformed,
            at: InputLocation(file: path, record: piece.firstRecord + index + 1, offset: origin + offset),
            error.reason, remedy: "the file is damaged, or its writer is wrong: make it again")
        }
      }
    }
    text.origins = RecordOrigins(firstRecord: piece.firstRecord, offsets: piece.offsets.map { origin + $0 })
  }
}
