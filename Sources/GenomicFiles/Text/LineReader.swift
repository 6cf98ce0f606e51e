import Batching
public import Genomics

/// Whole lines of a text file, in one buffer.
public final class LineBatch: Sendable {
  let chunk: Chunk
  let path: String
  /// The ordinal of the first line, counted from 1.
  public let firstLine: Int

  init(chunk: Chunk, firstLine: Int, path: String) {
    self.chunk = chunk
    self.firstLine = firstLine
    self.path = path
  }

  /// Gives each line, without its line end, and where it stands. `body` returns whether it wants more.
  public func forEachLine(
    _ body: (_ line: UnsafeRawBufferPointer, _ location: () -> InputLocation) throws -> Bool
  ) rethrows {
    try chunk.forEachLine(firstLine: firstLine, path: path) { line in
      try body(line.bytes) { InputLocation(file: line.path, record: line.number, offset: line.offset) }
    }
  }
}

/// Cuts a text file (plain, gzip or BGZF) into batches of whole lines.
public final class LineReader {
  private var cutter: LineCutter
  private let path: String
  private var nextLine = 1

  init(_ source: ChunkSource) {
    path = source.input.path
    cutter = LineCutter(source)
  }

  /// The next batch; nil at the end.
  public func next() async throws -> LineBatch? {
    guard let chunk = try await cutter.next(line: nextLine) else { return nil }
    let batch = LineBatch(chunk: chunk, firstLine: nextLine, path: path)
    chunk.withBytes { bytes in
      for byte in bytes where byte == UInt8(ascii: "\n") { nextLine += 1 }
    }
    return batch
  }
}

/// Reads a text file once, a batch of lines at a time.
/// - Throws: what `body` throws; what reading throws.
public func withLines<R: Sendable>(
  of input: InputFile, resources: RunResources, _ body: (sending LineReader) async throws -> R
) async throws -> R {
  try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    try await body(LineReader(source))
  }
}
