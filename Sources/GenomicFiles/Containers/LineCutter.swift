import Genomics

/// Cuts chunks so that each holds whole lines; the rest of a line goes in front of the next chunk.
public struct LineCutter {
  private let source: ChunkSource
  private let carry = ByteBuffer(capacity: 4096)
  private let addsFinalLineFeed: Bool
  /// Whether the last line had no line feed and was given one.
  public private(set) var addedFinalLineFeed = false
  private var endOffset = 0
  private var first: Chunk?

  /// The largest line that is taken, in bytes; a longer one is refused, so that memory stays bounded.
  public static let longestLine = 256 << 20

  /// Cuts what `source` gives.
  /// - Parameter addsFinalLineFeed: whether a last line without a line feed is taken as whole. Only for formats in which
  ///   a cut line is always told from a whole one.
  public init(_ source: ChunkSource, addsFinalLineFeed: Bool = false) {
    self.source = source
    self.addsFinalLineFeed = addsFinalLineFeed
  }

  /// Cuts `first`, which was taken from `source` already, and then what `source` gives.
  init(_ source: ChunkSource, first: Chunk) {
    self.source = source
    self.first = first
    addsFinalLineFeed = false
  }

  /// Cuts the text of a VCF or BCF.
  /// - Parameter addsFinalLineFeed: as above.
  public init(_ text: VariantText, addsFinalLineFeed: Bool = false) {
    source = text.source
    first = text.first
    self.addsFinalLineFeed = addsFinalLineFeed
  }

  private mutating func nextChunk() async throws -> Chunk? {
    if let chunk = first {
      first = nil
      return chunk
    }
    return try await source.next()
  }

  /// The next chunk; its last byte is a line feed.
  /// - Parameter line: the ordinal of the first line that was not given yet, counted from 1, for errors.
  /// - Throws: `InputError` of kind `truncated` when the input ends without a line feed.
  public mutating func next(line: Int? = nil) async throws -> Chunk? {
    while let chunk = try await nextChunk() {
      endOffset = chunk.dataOffset + chunk.count
      let end = chunk.withBytes { bytes in (bytes.lastLineFeed ?? -1) + 1 }
      guard end > 0 else {
        chunk.withBytes { carry.append($0) }
        guard carry.count <= Self.longestLine else {
          throw InputError(
            .malformed,
            at: InputLocation(file: source.input.path, record: line, offset: endOffset - carry.count),
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
      let offset = endOffset - carry.count
      if addsFinalLineFeed {
        [UInt8(ascii: "\n")].withUnsafeBytes { carry.append($0) }
        addedFinalLineFeed = true
        defer { carry.clear() }
        return Chunk(copying: carry.bytes, dataOffset: offset)
      }
      throw InputError(
        .truncated, at: InputLocation(file: source.input.path, record: line, offset: offset),
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
