import Genomics

/// Cuts the chunks of a BCF so that each holds whole records; reads the header.
final class BCFCutter {
  private let source: ChunkSource
  private let carry = ByteBuffer(capacity: 4096)
  private var pending: Chunk?
  private var records = 0
  /// What is wrong behind the records that were given last.
  private var fault: InputError?

  /// The largest record that is taken, in bytes; a longer one is refused, so that memory stays bounded.
  static let longestRecord = 256 << 20
  private static let longestHeader = 1 << 30

  /// Begins with a chunk that was taken from `source` already, if one was.
  init(_ source: ChunkSource, first: Chunk? = nil) {
    self.source = source
    pending = first
  }

  /// Whole records of one chunk, and where they start in it.
  final class Piece: @unchecked Sendable {
    // Handed from the cutter to a worker; one holder at a time.
    let chunk: Chunk
    let offsets: [Int]
    /// The number of records before the first.
    let firstRecord: Int

    init(chunk: Chunk, offsets: [Int], firstRecord: Int) {
      self.chunk = chunk
      self.offsets = offsets
      self.firstRecord = firstRecord
    }
  }

  private func next() async throws -> Chunk? {
    if let chunk = pending {
      pending = nil
      return chunk
    }
    return try await source.next()
  }

  /// The header's text, without the zero bytes behind it.
  /// - Throws: `InputError` of kind `malformed`, `truncated` or `unsupported`.
  func readHeader() async throws -> [UInt8] {
    let bytes = ByteBuffer(capacity: 1 << 16)
    var offset = 0
    func fill(_ count: Int) async throws {
      while bytes.count < count {
        guard let chunk = try await next() else {
          throw InputError(
            .truncated, at: InputLocation(file: source.input.path), "the file ends inside the BCF header",
            remedy: "the file was cut short: fetch it again and compare its size")
        }
        offset = chunk.dataOffset + chunk.count
        chunk.withBytes { bytes.append($0) }
      }
    }
    try await fill(9)
    guard bytes.bytes[3] == 2, bytes.bytes[4] == 1 || bytes.bytes[4] == 2 else {
      throw InputError(
        .unsupported, at: InputLocation(file: source.input.path),
        "the file is BCF \(bytes.bytes[3]).\(bytes.bytes[4]), and only BCF 2.1 and 2.2 are read",
        remedy: "convert it with bcftools view -Ob")
    }
    let length = Int(UInt32(littleEndian: bytes.bytes.loadUnaligned(fromByteOffset: 5, as: UInt32.self)))
    guard length <= Self.longestHeader else {
      throw InputError(
        .malformed, at: InputLocation(file: source.input.path, offset: 5),
        "the header declares \(length) bytes of text", remedy: "the file is damaged: fetch it again")
    }
    try await fill(9 + length)
    let text = Array(bytes.bytes[9..<(9 + length)].prefix { $0 != 0 })
    let rest = UnsafeRawBufferPointer(rebasing: bytes.bytes[(9 + length)...])
    if !rest.isEmpty { pending = Chunk(copying: rest, dataOffset: offset - rest.count) }
    return text
  }

  /// The next records, at least one; nil at the end.
  /// - Throws: `InputError` of kind `malformed` or `truncated`.
  func nextPiece() async throws -> Piece? {
    if let fault { throw fault }
    while let chunk = try await next() {
      chunk.prepend(carry.bytes)
      carry.clear()
      var offsets: [Int] = []
      let end = chunk.withBytes { bytes in cut(bytes, chunk.dataOffset, into: &offsets) }
      chunk.withBytes { carry.append(UnsafeRawBufferPointer(rebasing: $0[end...])) }
      chunk.data.truncate(to: end)
      guard !offsets.isEmpty else {
        if let fault { throw fault }
        continue
      }
      defer { records += offsets.count }
      return Piece(chunk: chunk, offsets: offsets, firstRecord: records)
    }
    guard carry.count == 0 else {
      throw InputError(
        .truncated, at: InputLocation(file: source.input.path, record: records + 1),
        "the file ends inside a record", remedy: "the file was cut short: fetch it again and compare its size")
    }
    return nil
  }

  /// Finds whole records; notes what is wrong with the first that is none.
  /// - Returns: where the records end.
  private func cut(_ bytes: UnsafeRawBufferPointer, _ dataOffset: Int, into offsets: inout [Int]) -> Int {
    var position = 0
    while position + 8 <= bytes.count {
      let shared = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
      let samples = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self)))
      // CHROM, POS, rlen, QUAL and the counts are 24 bytes (VCF 4.5, section 6.3.1).
      guard shared >= 24, shared + samples <= Self.longestRecord else {
        fault = InputError(
          .malformed,
          at: InputLocation(
            file: source.input.path, record: records + offsets.count + 1, offset: dataOffset + position),
          "a record declares \(shared) and \(samples) bytes", remedy: "the file is damaged: fetch it again")
        break
      }
      guard position + 8 + shared + samples <= bytes.count else { break }
      offsets.append(position)
      position += 8 + shared + samples
    }
    return position
  }
}
