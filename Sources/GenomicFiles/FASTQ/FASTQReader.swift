import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cuts the chunks of a FASTQ file into batches of whole records.
///
/// Only the frame is found here (four lines a record); `FASTQRecords.validate` checks the records, in parallel.
public final class FASTQReader {
  private let source: ChunkSource
  private let carry = ByteBuffer(capacity: 4096)
  private var records = 0
  private var isAtEnd = false
  private var endOffset = 0

  /// The largest record that is taken, in bytes.
  public static let longestRecord = 256 << 20

  /// Reads what `source` gives.
  public init(_ source: ChunkSource) { self.source = source }

  /// Records read so far.
  public var recordsRead: Int { records }

  /// The next batch, of at least one record; nil at the end of a file that ends with a whole record.
  /// - Throws: `InputError` of kind `truncated` where the file ends inside a record.
  public func next() async throws -> FASTQBatch? {
    while !isAtEnd {
      guard let chunk = try await source.next() else {
        isAtEnd = true
        return try lastRecord()
      }
      chunk.prepend(carry.bytes)
      carry.clear()
      endOffset = chunk.dataOffset + chunk.count
      if let batch = try cut(chunk) { return batch }
    }
    return nil
  }

  private func cut(_ chunk: Chunk) throws -> FASTQBatch? {
    var ends: [UInt32] = []
    chunk.withBytes { bytes in
      ends.reserveCapacity(bytes.count / 64)
      bytes.appendLineFeeds(to: &ends)
    }
    ends.removeLast(ends.count % 4)
    let end = ends.last.map { Int($0) + 1 } ?? 0
    chunk.withBytes { carry.append(UnsafeRawBufferPointer(rebasing: $0[end...])) }
    guard carry.count <= Self.longestRecord else {
      throw InputError(
        .malformed,
        at: InputLocation(file: source.input.path, record: records + 1, offset: chunk.dataOffset + end),
        "a record is longer than \(Self.longestRecord) bytes", remedy: "check that the file is FASTQ")
    }
    guard !ends.isEmpty else { return nil }
    chunk.data.truncate(to: end)
    let batch = FASTQBatch(chunk: chunk, lineEnds: ends, firstRecord: records, path: source.input.path)
    records += batch.count
    return batch
  }

  /// What follows the last whole record: nothing, blank lines, or a record without its final line feed. The last is
  /// legal, since the length of its quality shows whether the record is whole.
  private func lastRecord() throws -> FASTQBatch? {
    guard !carry.bytes.allSatisfy({ $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else { return nil }
    [UInt8(ascii: "\n")].withUnsafeBytes { carry.append($0) }
    var ends: [UInt32] = []
    carry.bytes.appendLineFeeds(to: &ends)
    guard ends.count == 4 else {
      throw InputError(
        .truncated,
        at: InputLocation(file: source.input.path, record: records + 1, offset: endOffset - carry.count + 1),
        "the file ends inside a record",
        remedy: "the file was probably cut short: fetch it again and compare its size")
    }
    let chunk = Chunk(copying: carry.bytes, dataOffset: endOffset - carry.count + 1)
    let batch = FASTQBatch(chunk: chunk, lineEnds: ends, firstRecord: records, path: source.input.path)
    records += 1
    return batch
  }
}

extension UnsafeRawBufferPointer {
  /// Appends the offset of each line feed.
  func appendLineFeeds(to ends: inout [UInt32]) {
    guard let base = baseAddress else { return }
    var position = 0
    while position < count, let hit = memchr(base + position, Int32(UInt8(ascii: "\n")), count - position) {
      let offset = UnsafeRawPointer(hit) - base
      ends.append(UInt32(truncatingIfNeeded: offset))
      position = offset + 1
    }
  }
}
