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

/// The text of a VCF, from its first line on: as it stands in the file or, of a BCF, as lines that were made of it.
public struct VariantText: Sendable {
  let source: ChunkSource
  /// What was taken from `source` already.
  let first: Chunk?
  /// Whether the file is BCF: a line of its text is then a record with a number of its own.
  public let isBCF: Bool
}

/// Reads the text of a VCF (plain, gzip or BGZF) or of a BCF once, whatever it looks like. BCF records become lines on
/// the workers.
///
/// - Parameter body: pulls chunks; when it returns or throws before the end, reading stops. What is wrong with a BCF,
///   its header too, is thrown where the text would go on.
/// - Throws: what `body` throws; what reading the first bytes throws.
public func withVariantText<R: Sendable>(
  of input: InputFile, resources: RunResources, _ body: (VariantText) async throws -> R
) async throws -> R {
  try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    let first = try await firstChunk(of: source)
    guard let first, first.withBytes({ $0.starts(with: "BCF".utf8) }) else {
      return try await body(VariantText(source: source, first: first, isBCF: false))
    }
    let pool = LeasePool<ChunkStorage>(capacity: 2 * resources.window + 4) {
      ChunkStorage(batchBytes: 2 * resources.batchBytes)
    }
    return try await withProducer(capacity: 2) { (queue: ChunkQueue) in
      let cutter = BCFCutter(source, first: first)
      let header = try await BCFHeader(cutter, path: input.path)
      let cutting = Handoff(cutter)
      try await queue.send(header.chunk)
      try await render(cutting.take(), header, pool, to: queue, resources, path: input.path)
    } consume: { queue in
      try await body(VariantText(source: ChunkSource(queue: queue, input: input), first: nil, isBCF: true))
    }
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
  return try await withVariantText(of: input, resources: resources) { text in
    var first = text.first
    if first == nil { first = try await text.source.next() }
    guard let first else {
      throw InputError(
        .empty, at: InputLocation(file: input.path), "the file is empty", remedy: "give a whole VCF or BCF")
    }
    return try await body(
      try await VCFReader(text.source, first: first, isByRecord: text.isBCF, resources: resources))
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
    transform: { (work: (piece: BCFCutter.Piece, text: Chunk)) -> (Chunk, InputError?) in
      (work.text, header.render(work.piece, to: work.text, path: path))
    },
    sink: { (text: (chunk: Chunk, fault: InputError?)) in
      // What stands before a faulty record goes on, however the file was cut.
      if text.chunk.count > 0 { try await queue.send(text.chunk) }
      if let fault = text.fault { throw fault }
    })
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
      return (try await VCFReader(source, first: first, isByRecord: false, resources: resources).header, nil)
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
  /// - Returns: what is wrong with the first record that is none; the lines are those before it.
  func render(_ piece: BCFCutter.Piece, to text: Chunk, path: String) -> InputError? {
    let renderer = BCFRenderer(dictionary: dictionary, sampleCount: sampleCount)
    text.storage.reset()
    text.data.reserve(piece.chunk.count + piece.chunk.count / 2)
    let origin = piece.chunk.dataOffset
    text.origins = RecordOrigins(firstRecord: piece.firstRecord, offsets: piece.offsets.map { origin + $0 })
    return piece.chunk.withBytes { bytes in
      for (index, offset) in piece.offsets.enumerated() {
        let whole = text.data.count
        do throws(BCFFault) {
          try renderer.append(bytes, at: offset, to: text.data)
        } catch {
          text.data.truncate(to: whole)
          return InputError(
            .malformed,
            at: InputLocation(file: path, record: piece.firstRecord + index + 1, offset: origin + offset),
            error.reason, remedy: "the file is damaged, or its writer is wrong: make it again")
        }
      }
      return nil
    }
  }
}
