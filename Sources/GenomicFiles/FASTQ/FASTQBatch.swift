public import Genomics

/// Whole FASTQ records (four lines each) in one contiguous buffer, with an index of the line ends.
///
/// Filled once, then only read: may be shared between tasks.
public final class FASTQBatch: @unchecked Sendable {
  let framed: FramedRecords
  /// Which of the framed records are the batch's.
  let selection: RecordSelection
  /// The bytes before their qualities were decoded, where they are kept.
  let originals: ByteBuffer?
  /// The number of records of the file before this batch. Of an interleaved file it counts both mates.
  public let firstRecord: Int
  /// The path of the file, for errors.
  public let path: String

  init(
    _ framed: FramedRecords, firstRecord: Int, path: String, originals: ByteBuffer? = nil,
    selection: RecordSelection = .all
  ) {
    self.framed = framed
    self.firstRecord = firstRecord
    self.path = path
    self.originals = originals
    self.selection = selection
  }

  /// The same records, of which only some are the batch's.
  func selecting(_ selection: RecordSelection) -> FASTQBatch {
    FASTQBatch(framed, firstRecord: firstRecord, path: path, originals: originals, selection: selection)
  }

  /// The number of records.
  public var count: Int { framed.count / selection.step }

  /// Appends the text of some records to an output, unchanged but for the decoding of qualities and the unwrapping of
  /// lines.
  public func write(_ records: Range<Int>, to stream: OutputStream) async throws {
    guard selection.step > 1 else {
      let range = withRecords { $0.byteRange(records) }
      return try await stream.append(framed.chunk, range)
    }
    var text: [UInt8] = []
    withRecords { view in
      for record in records { text.append(contentsOf: view.bytes[view.byteRange(record..<(record + 1))]) }
    }
    try await stream.append(text)
  }

  /// Gives the batch's bytes and record layout for the time of `body`.
  public func withRecords<R>(_ body: (FASTQRecords) throws -> R) rethrows -> R {
    try framed.chunk.withBytes { bytes in
      try framed.lineEnds.withUnsafeBufferPointer { ends in
        try body(FASTQRecords(bytes: bytes, lineEnds: ends, selection: selection, originals: originals?.bytes))
      }
    }
  }

  /// A record's number among the reads of its mate, from 0.
  public func number(of record: Int) -> Int { firstRecord / selection.step + record }

  /// Where a record stands, for an error.
  public func location(of record: Int) -> InputLocation {
    let physical = record * selection.step + selection.first
    return InputLocation(file: path, record: firstRecord + physical + 1, offset: framed.offset(of: physical))
  }
}

/// Records as they were found in the file: whole, but not checked yet.
struct FramedRecords {
  let chunk: Chunk
  /// Offsets of the line feeds in the chunk; four a record.
  let lineEnds: [UInt32]
  /// The offset of each record in the decompressed data, where unwrapping moved the records; else nil.
  var offsets: [Int]?

  var count: Int { lineEnds.count / 4 }

  /// The offset of a record's first byte in the decompressed data.
  func offset(of record: Int) -> Int {
    if let offsets { return offsets[record] }
    return chunk.dataOffset + (record == 0 ? 0 : Int(lineEnds[4 * record - 1]) + 1)
  }
}

/// Every record, or the first or second mates of interleaved ones.
struct RecordSelection: Sendable, Hashable {
  let first: Int
  let step: Int

  static let all = RecordSelection(first: 0, step: 1)
  static let firstMates = RecordSelection(first: 0, step: 2)
  static let secondMates = RecordSelection(first: 1, step: 2)
}
