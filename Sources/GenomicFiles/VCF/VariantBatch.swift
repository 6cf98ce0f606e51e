public import Genomics

/// VCF data lines in one contiguous buffer, with the ends of their fixed columns and their positions.
///
/// INFO and the samples are text until somebody asks. Filled once, then only read.
public final class VariantBatch: @unchecked Sendable {
  let chunk: Chunk
  /// Where lines and columns stand; set once, by the reader.
  var columns = VariantColumns()
  /// Runs of records on one contig, in order.
  public var runs: [Run] { columns.runs }
  /// The 1-based line of the first record.
  public let firstLine: Int
  /// The path of the file, for errors.
  public let path: String
  /// Names that the header declares.
  public let header: VCFHeader

  /// Records on the same contig, one after the other.
  public struct Run: Sendable {
    /// The contig's name.
    public var contig: String
    /// The records' indices in the batch.
    public var records: Range<Int>
  }

  init(chunk: Chunk, firstLine: Int, path: String, header: VCFHeader) {
    self.chunk = chunk
    self.firstLine = firstLine
    self.path = path
    self.header = header
  }

  /// The same batch with bytes of its own. A batch that is kept while reading goes on would hold a chunk that the reader
  /// needs again.
  public func owned() -> VariantBatch {
    guard chunk.isPooled else { return self }
    let own = chunk.withBytes { Chunk(copying: $0, dataOffset: chunk.dataOffset) }
    own.origins = chunk.origins
    let batch = VariantBatch(chunk: own, firstLine: firstLine, path: path, header: header)
    batch.columns = columns
    return batch
  }

  /// The number of records.
  public var count: Int { columns.starts.count }

  /// Gives the batch's text and columns for the time of `body`.
  @inline(__always)
  public func withRecords<R>(_ body: (VariantRecords) throws -> R) rethrows -> R {
    try chunk.withBytes { bytes in
      try columns.columnEnds.withUnsafeBufferPointer { columnEnds in
        try columns.starts.withUnsafeBufferPointer { starts in
          try columns.ends.withUnsafeBufferPointer { ends in
            try columns.positions.withUnsafeBufferPointer { positions in
              try body(
                VariantRecords(
                  bytes: bytes, columnEnds: columnEnds, starts: starts, ends: ends, positions: positions))
            }
          }
        }
      }
    }
  }

  /// Where a record stands: its line (its ordinal, in a BCF), and its offset in the decompressed data.
  public func location(of record: Int) -> InputLocation {
    if let origins = chunk.origins {
      return InputLocation(
        file: path, record: origins.firstRecord + record + 1, offset: origins.offsets[record])
    }
    return location(ofLine: record)
  }

  private func location(ofLine record: Int) -> InputLocation {
    InputLocation(file: path, record: firstLine + record, offset: chunk.dataOffset + Int(columns.starts[record]))
  }
}

/// The fixed columns of a VCF line, in order.
public enum VCFColumn: Int, Sendable {
  case chrom, pos, id, ref, alt, qual, filter, info, format
}

/// A borrowed view of a batch's records. Byte ranges are relative to `bytes`.
public struct VariantRecords {
  /// All bytes of the batch.
  public let bytes: UnsafeRawBufferPointer
  @usableFromInline let columnEnds: UnsafeBufferPointer<UInt32>
  @usableFromInline let starts: UnsafeBufferPointer<UInt32>
  @usableFromInline let ends: UnsafeBufferPointer<UInt32>
  @usableFromInline let positions: UnsafeBufferPointer<Int32>

  /// The number of records.
  @inlinable @inline(__always)
  public var count: Int { starts.count }

  /// The whole line, without its line end.
  @inlinable @inline(__always)
  public func line(_ record: Int) -> Range<Int> { Int(starts[record])..<Int(ends[record]) }

  /// A fixed column; empty for FORMAT where the line has none.
  @inlinable @inline(__always)
  public func column(_ column: VCFColumn, of record: Int) -> Range<Int> {
    let index = 9 * record + column.rawValue
    let end = Int(columnEnds[index])
    let start = column == .chrom ? Int(starts[record]) : Int(columnEnds[index - 1]) + 1
    return min(start, end)..<end
  }

  /// What follows FORMAT: the sample columns with the tabs between them; empty where there are none.
  @inlinable @inline(__always)
  public func samples(of record: Int) -> Range<Int> {
    let end = Int(ends[record])
    return min(Int(columnEnds[9 * record + 8]) + 1, end)..<end
  }

  /// Where the nine fixed columns end: the tab, or the line's end.
  @inlinable @inline(__always)
  public func columnEnds(of record: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(rebasing: columnEnds[9 * record..<9 * record + 9])
  }

  /// POS, counted from 1.
  @inlinable @inline(__always)
  public func position(of record: Int) -> Int { Int(positions[record]) }

  /// The bytes of a range.
  @inlinable @inline(__always)
  public subscript(range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[range]) }
}
