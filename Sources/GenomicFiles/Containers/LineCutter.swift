import Genomics

/// Cuts chunks so that each holds whole lines; the rest of a line goes in front of the next chunk.
public struct LineCutter {
  private let source: ChunkSource
  private let carry = ByteBuffer(capacity: 4096)
  private var first: Chunk?

  /// The largest line that is taken, in bytes; a longer one is refused, so that memory stays bounded.
  public static let longestLine = 256 << 20

  /// Cuts what `source` gives.
  public init(_ source: ChunkSource) { self.source = source }

  /// Cuts `first`, which was taken from `source` already, and then what `source` gives.
  init(_ source: ChunkSource, first: Chunk) {
    self.source = source
    self.first = first
  }

  private mutating func nextChunk() async throws -> Chunk? {
    if let chunk = first {
      first = nil
      return chunk
    }
    return try await source.next()
  }

  /// The next chunk; its last byte is a line feed.
  /// - Throws: `InputError` of kind `truncated` when the input ends without a line feed.
  public mutating func next() async throws -> Chunk? {
    while let chunk = try await nextChunk() {
      let end = chunk.withBytes { bytes in (bytes.lastLineFeed ?? -1) + 1 }
      guard end > 0 else {
        chunk.withBytes { carry.append($0) }
        guard carry.count <= Self.longestLine else {
          throw InputError(
            .malformed,
            at: InputLocation(file: source.input.path, offset: chunk.dataOffset + chunk.count - carry.count),
            "a line is longer than \(Self.longestLine) bytes", remedy: "check that the file is text of the named format"
          )
        }
        continue
      }
      let tail = chunk.withBytes { bytes in Array(UnsafeRawBufferPointer(rebasing: bytes[end...])) }
      chunk.data.truncate(to: end)
      chunk.prepend(carry.bytes)
      carry.clear()
      tail.withUnsafeBytes { carry.append($0) }
      return chunk
    }
    guard carry.count == 0 else {
      throw InputError(
        .truncated, at: InputLocation(file: source.input.path),
        "the last line does not end with a line feed",
        remedy: "the file was probably cut short: fetch it again, or add the line feed if it is whole")
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  /// The index of the last line feed.
  var lastLineFeed: Int? {
    var index = count
    while index > 0 {
      index -= 1
      if self[index] == UInt8(ascii: "\n") { return index }
    }
    return nil
  }
}
