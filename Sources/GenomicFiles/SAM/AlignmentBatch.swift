public import Genomics

/// Alignments in BAM encoding in one contiguous buffer, with the offset of each.
///
/// Filled once, then only read.
public final class AlignmentBatch: @unchecked Sendable {
  private let chunk: Chunk
  /// Where each record's `block_size` stands in the chunk.
  @usableFromInline let offsets: [UInt32]
  /// Where the chunk's bytes begin. The chunk lives as long as the batch and no longer changes.
  @usableFromInline let base: UnsafeRawPointer?
  /// The number of records of the file before this batch.
  public let firstRecord: Int
  private let path: String
  /// Where the container that the records were decoded from stands in the file; nil where the chunk has their offsets.
  private let storedOffset: Int?

  init(chunk: Chunk, offsets: [UInt32], firstRecord: Int, path: String, storedOffset: Int? = nil) {
    self.storedOffset = storedOffset
    self.chunk = chunk
    base = chunk.withBytes { $0.baseAddress }
    self.offsets = offsets
    self.firstRecord = firstRecord
    self.path = path
  }

  /// The number of records.
  public var count: Int { offsets.count }

  /// The number of bytes of all records.
  var byteCount: Int { chunk.count }

  /// Gives each record in order to `body`, with its index in the batch.
  @inlinable @inline(__always)
  public func forEachRecord(_ body: (Int, AlignmentRecord) throws -> Void) rethrows {
    try forEachRecord(in: 0..<offsets.count, body)
  }

  /// Gives some records in order to `body`, with their indices in the batch.
  ///
  /// Inlinable, with `body`: a call of a closure a record and collector was a twentieth of a run.
  @inlinable @inline(__always)
  public func forEachRecord(in records: Range<Int>, _ body: (Int, AlignmentRecord) throws -> Void) rethrows {
    guard let base else { return }
    try withExtendedLifetime(self) {
      try offsets.withUnsafeBufferPointer { offsets in
        for index in records {
          let start = base + Int(offsets[index])
          let size = Int(Int32(littleEndian: start.loadUnaligned(as: Int32.self)))
          try body(index, AlignmentRecord(base: start + 4, size: size))
        }
      }
    }
  }

  /// Appends the records to an output in BAM encoding.
  public func write(to stream: OutputStream) async throws {
    try await stream.append(chunk, 0..<chunk.count)
  }

  /// Where a record stands: its ordinal, and its offset in the decompressed data, or that of its container in the file.
  public func location(of record: Int) -> InputLocation {
    if let storedOffset {
      return InputLocation(file: path, record: firstRecord + record + 1, offset: storedOffset, offsetBase: .file)
    }
    return InputLocation(file: path, record: firstRecord + record + 1, offset: chunk.dataOffset + Int(offsets[record]))
  }

  /// Checks that each record's parts fit its size and its references exist, so that no accessor reads past it.
  /// - Throws: `InputError` of kind `malformed` for the first record at fault.
  func validate(contigCount: Int) throws {
    try forEachRecord { index, record in
      if let reason = record.fault(contigCount: contigCount) {
        throw InputError(
          .malformed, at: location(of: index), reason, remedy: "the file is damaged: fetch it again, or make it again")
      }
    }
  }
}

extension AlignmentRecord {
  /// The smallest `block_size`: the fixed fields.
  static let fixedSize = 32

  func fault(contigCount: Int) -> String? {
    guard size >= Self.fixedSize else { return "the record is shorter than its fixed fields" }
    guard nameLength >= 1, sequenceLength >= 0, tagsOffset <= size else {
      return "the record's parts do not fit its size of \(size) bytes"
    }
    guard (base + 32 + nameLength - 1).load(as: UInt8.self) == 0 else { return "the read's name does not end with NUL" }
    guard SAMLineChecks.isName(name.bindMemory(to: UInt8.self)) else {
      return "the read's name holds a letter other than ! to ? and A to ~"
    }
    guard (-1..<contigCount).contains(contig), (-1..<contigCount).contains(mateContig) else {
      return "the record names a reference sequence that the header does not have"
    }
    guard position >= -1, matePosition >= -1 else { return "a position is negative" }
    guard TagScanner(tags).isWellFormed else { return "the record's tags are broken" }
    return cigarFault
  }

  /// As htslib's `bam_read1` checks it: a CIGAR of a mapped read must consume the bases that are there.
  private var cigarFault: String? {
    var consumed = 0
    var clips = ClipGrammar()
    for operation in cigar {
      guard operation.code <= 8 else { return "the CIGAR holds an operation that SAM does not have" }
      if operation.consumesQuery { consumed += operation.length }
      clips.take(operation.code)
    }
    guard clips.isKept else { return "the CIGAR holds a clip between other operations" }
    guard consumed == sequenceLength || storedCigarCount == 0 || sequenceLength == 0 || flags.contains(.unmapped) else {
      return "the CIGAR consumes \(consumed) bases and the sequence has \(sequenceLength)"
    }
    return nil
  }
}
