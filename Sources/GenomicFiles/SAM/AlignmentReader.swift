import Genomics

/// Records on their way to a worker, which decodes and checks them.
public struct AlignmentWork: Sendable {
  enum Form {
    case bam(AlignmentBatch, contigCount: Int)
    case sam(SAMLines)
    case cram(CRAMContainers)
  }

  let form: Form

  /// Decodes and checks the records. CPU work: under the run's thread budget.
  /// - Throws: `InputError` of kind `malformed` for the first record at fault; for CRAM also of kind `checksum`,
  ///   `referenceMissing` or `referenceMismatch`.
  public func decode() throws -> AlignmentBatch {
    switch form {
    case .bam(let batch, let contigCount):
      try batch.validate(contigCount: contigCount)
      return batch
    case .sam(let lines): return try lines.parse()
    case .cram(let containers): return try containers.decode()
    }
  }
}

/// Reads BAM (over our own parallel BGZF), SAM text (lines checked by us and parsed by htslib on the workers) or CRAM
/// (cut into containers by us and decoded by htslib on the workers).
public final class AlignmentReader {
  private let source: ChunkSource
  private let carry = ByteBuffer(capacity: 4096)
  private var pending: Chunk?
  private var cutter: LineCutter?
  private var parsingHeader: SharedSAMHeader?
  private var containers: (cutter: CRAMCutter, context: CRAMContext)?
  private var records = 0
  private var nextLine = 1
  /// The file's header.
  public let header: SAMHeader

  /// The largest record that is taken, in bytes.
  public static let longestRecord = 256 << 20

  /// Reads the header.
  /// - Parameter reference: what a CRAM is decoded against; other formats do not look at it.
  /// - Throws: `InputError`: what reading found, another format, an empty file, a reference that is not the CRAM's.
  public init(_ source: ChunkSource, reference: DecodingReference? = nil) async throws {
    self.source = source
    guard var first = try await source.next() else {
      throw InputError(
        .empty, at: InputLocation(file: source.input.path), "the file is empty",
        remedy: "give a whole BAM, CRAM or SAM")
    }
    // A writer may cut its blocks inside the magic or the first line.
    while first.count < 4096, first.withBytes({ !$0.contains(UInt8(ascii: "\n")) }),
      let following = try await source.next()
    {
      first.withBytes { following.prepend($0) }
      first = following
    }
    let magic = first.withBytes { Array($0.prefix(4)) }
    if magic == [0x42, 0x41, 0x4D, 1] {
      (header, pending) = try await Self.readBAMHeader(first, source)
      return
    }
    if magic == Array("CRAM".utf8) {
      let cutter = CRAMCutter(source, first: first)
      let text = try await cutter.readHeader()
      header = try SAMHeader(bytes: text, binaryContigs: nil, path: source.input.path, textOffset: nil)
      let context = try await CRAMContext(
        path: source.input.path, definition: cutter.definition, header: header, reference: reference)
      containers = (cutter, context)
      return
    }
    guard magic.first == UInt8(ascii: "@") || Self.beginsWithRecord(first) else {
      throw InputError(
        .malformed, at: InputLocation(file: source.input.path), "the file is none of BAM, CRAM and SAM",
        remedy: "give a BAM or CRAM, or a SAM with its header")
    }
    var cutter = LineCutter(source, first: first)
    var text: [UInt8] = []
    var lines = 0
    var isHeader = true
    while isHeader, let chunk = try await cutter.next(line: lines + 1) {
      let consumed = chunk.withBytes { bytes in
        var position = 0
        while position < bytes.count, bytes[position] == UInt8(ascii: "@") {
          while bytes[position] != UInt8(ascii: "\n") { position += 1 }
          position += 1
          lines += 1
        }
        text.append(contentsOf: bytes[..<position])
        isHeader = position == bytes.count
        return position
      }
      chunk.data.dropFirst(consumed)
      chunk.dataOffset += consumed
      if !isHeader { pending = chunk }
    }
    header = try SAMHeader(bytes: text, binaryContigs: nil, path: source.input.path, isText: true)
    parsingHeader = try SharedSAMHeader(header, path: source.input.path)
    self.cutter = cutter
    nextLine = lines + 1
  }

  /// Whether the first line has the columns of an alignment before SEQ, which may be longer than the chunk.
  private static func beginsWithRecord(_ first: Chunk) -> Bool {
    first.withBytes { bytes in
      bytes.prefix { $0 != UInt8(ascii: "\n") }.count { $0 == UInt8(ascii: "\t") } >= 9
    }
  }

  /// The next records, at least one; nil at the end.
  /// - Throws: `InputError` of kind `malformed` or `truncated`.
  public func next() async throws -> AlignmentWork? {
    if let (cutter, context) = containers {
      return try await cutter.next().map { AlignmentWork(form: .cram(CRAMContainers($0, context))) }
    }
    if let parsingHeader { return try await nextLines(parsingHeader) }
    while true {
      let chunk: Chunk
      if let held = pending {
        pending = nil
        chunk = held
      } else if let following = try await source.next() {
        chunk = following
        chunk.prepend(carry.bytes)
        carry.clear()
      } else {
        guard carry.count == 0 else {
          throw InputError(
            .truncated, at: InputLocation(file: source.input.path, record: records + 1),
            "the file ends inside a record", remedy: "the file was cut short: fetch it again and compare its size")
        }
        return nil
      }
      if let batch = try cut(chunk) {
        return AlignmentWork(form: .bam(batch, contigCount: header.contigs.contigs.count))
      }
    }
  }

  private func cut(_ chunk: Chunk) throws -> AlignmentBatch? {
    var offsets: [UInt32] = []
    let end = try chunk.withBytes { bytes in
      offsets.reserveCapacity(bytes.count / 200)
      var position = 0
      while position + 4 <= bytes.count {
        let size = Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int32.self)))
        guard size >= AlignmentRecord.fixedSize, size <= Self.longestRecord else {
          throw InputError(
            .malformed,
            at: InputLocation(
              file: source.input.path, record: records + offsets.count + 1, offset: chunk.dataOffset + position),
            "the record declares an impossible size of \(size) bytes",
            remedy: "the file is damaged: fetch it again, or make it again")
        }
        guard position + 4 + size <= bytes.count else { break }
        offsets.append(UInt32(truncatingIfNeeded: position))
        position += 4 + size
      }
      carry.append(UnsafeRawBufferPointer(rebasing: bytes[position...]))
      return position
    }
    guard !offsets.isEmpty else { return nil }
    chunk.data.truncate(to: end)
    let batch = AlignmentBatch(chunk: chunk, offsets: offsets, firstRecord: records, path: source.input.path)
    records += batch.count
    return batch
  }

  private func nextLines(_ parsingHeader: SharedSAMHeader) async throws -> AlignmentWork? {
    let chunk: Chunk
    if let held = pending {
      pending = nil
      chunk = held
    } else if let following = try await cutter?.next(line: nextLine) {
      chunk = following
    } else {
      return nil
    }
    let lines = SAMLines(
      chunk: chunk, header: parsingHeader, contigs: header.contigs, firstRecord: records, firstLine: nextLine,
      path: source.input.path)
    records += lines.count
    nextLine += lines.count
    return AlignmentWork(form: .sam(lines))
  }

  /// Reads the header over as many chunks as it takes.
  /// - Returns: the header, and what follows it in its last chunk.
  private static func readBAMHeader(_ first: Chunk, _ source: ChunkSource) async throws -> (SAMHeader, Chunk?) {
    var parser = BAMHeaderParser(path: source.input.path)
    var chunk = first
    while try !parser.take(chunk) {
      guard let following = try await source.next() else {
        throw InputError(
          .truncated, at: InputLocation(file: source.input.path), "the file ends inside its header",
          remedy: "the file was cut short: fetch it again and compare its size")
      }
      chunk = following
    }
    return (try parser.header(), chunk.count > 0 ? chunk : nil)
  }
}
