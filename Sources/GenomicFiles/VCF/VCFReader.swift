import Batching
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cuts the chunks of a VCF text into batches of whole lines and finds the fixed columns and positions.
public final class VCFReader {
  private var cutter: LineCutter
  /// The path of the file, for errors.
  public let path: String
  private let budget: RunResources
  private var pending: Chunk?
  private var nextLine = 1
  private var scanner: VCFLineScanner
  /// Whether the records seen so far stand in order of contig and position.
  public private(set) var isSorted = true
  private var firstUnsorted: InputLocation?
  /// The file's header.
  public let header: VCFHeader
  /// The header's lines as they stand, without line ends.
  public let headerLines: [String]
  /// Whether a line of the header ends with a carriage return.
  public private(set) var headerHasReturn = false
  /// Whether places are numbers of records and not lines: of a BCF, and where only parts of a file are read.
  public let isByRecord: Bool
  /// Whether `next` refused lines that `nextUnscanned` would give.
  public private(set) var hasRefusedLines = false

  /// Reads the header.
  /// - Throws: `InputError`: what reading found, a header that is no VCF's, BCF, an empty file.
  public convenience init(_ source: ChunkSource, resources: RunResources) async throws {
    guard let first = try await source.next() else {
      throw InputError(
        .empty, at: InputLocation(file: source.input.path), "the file is empty", remedy: "give a whole VCF")
    }
    try await self.init(source, first: first, isByRecord: false, resources: resources)
  }

  /// Reads the header, beginning with a chunk that was taken from `source` already.
  init(_ source: ChunkSource, first: Chunk, isByRecord: Bool, resources: RunResources) async throws {
    path = source.input.path
    self.isByRecord = isByRecord
    budget = resources
    cutter = LineCutter(source, first: first)
    var lines: [String] = []
    var isHeader = true
    var hasReturn = false
    while isHeader {
      guard let chunk = try await cutter.next(line: lines.count + 1) else { break }
      let consumed = try chunk.withBytes { bytes in
        try Self.takeHeader(bytes, into: &lines, &isHeader, &hasReturn, path: source.input.path)
      }
      chunk.data.dropFirst(consumed)
      chunk.dataOffset += consumed
      if !isHeader { pending = chunk }
    }
    guard !lines.isEmpty else {
      throw InputError(
        pending == nil ? .empty : .malformed, at: InputLocation(file: path),
        pending == nil ? "the file is empty" : "the file does not begin with a VCF header", remedy: "give a whole VCF")
    }
    header = try VCFHeader(lines: lines, path: path)
    headerLines = lines
    headerHasReturn = hasReturn
    scanner = VCFLineScanner(header: header)
    nextLine = lines.count + 1
  }

  /// Reads records behind a header that is known.
  init(_ source: ChunkSource, header: VCFHeader, resources: RunResources) {
    path = source.input.path
    budget = resources
    cutter = LineCutter(source)
    self.header = header
    headerLines = header.text.split(separator: "\n").map(String.init)
    isByRecord = true
    scanner = VCFLineScanner(header: header)
  }

  private static func takeHeader(
    _ bytes: UnsafeRawBufferPointer, into lines: inout [String], _ isHeader: inout Bool, _ hasReturnInAny: inout Bool,
    path: String
  ) throws -> Int {
    if lines.isEmpty, bytes.starts(with: "BCF".utf8) {
      throw InputError(
        .unsupported, at: InputLocation(file: path), "the file is BCF, where only VCF is taken",
        remedy: "convert it with bcftools view -Oz")
    }
    var position = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "#") else {
        isHeader = false
        return position
      }
      var end = position
      while bytes[end] != UInt8(ascii: "\n") { end += 1 }
      let hasReturn = end > position && bytes[end - 1] == UInt8(ascii: "\r")
      guard let line = String(validating: bytes[position..<(hasReturn ? end - 1 : end)], as: UTF8.self) else {
        // Decoded with replacement letters, the header would be written other than it was read.
        throw InputError(
          .malformed, at: InputLocation(file: path, record: lines.count + 1), "the header line is not UTF-8",
          remedy: "convert the file to UTF-8 with iconv")
      }
      if hasReturn { hasReturnInAny = true }
      lines.append(line)
      position = end + 1
    }
    return position
  }

  /// The next batch, of at least one record; nil at the end.
  /// - Throws: `InputError` of kind `malformed` or `truncated`.
  public func next() async throws -> VariantBatch? {
    while true {
      let chunk: Chunk
      if let held = pending {
        pending = nil
        chunk = held
      } else if let following = try await cutter.next(line: nextLine) {
        chunk = following
      } else {
        return nil
      }
      let batch = VariantBatch(chunk: chunk, firstLine: nextLine, path: path, header: header)
      let reader = Exclusive(self)
      do {
        try await budget.budget.withThread { try reader.value.scan(batch) }
      } catch {
        pending = chunk
        hasRefusedLines = true
        throw error
      }
      nextLine += batch.count
      if batch.count > 0 { return batch }
    }
  }

  /// Lines behind the batch that was given last, without a look at them, so that those which the reader refuses can be
  /// looked at by others. Whole lines; nil at the end.
  /// - Throws: `InputError` of kind `malformed` or `truncated`.
  public func nextUnscanned() async throws -> Chunk? {
    if let held = pending {
      pending = nil
      return held
    }
    return try await cutter.next()
  }

  /// Refuses records out of order, for outputs that need the order.
  public func requireSorted() throws {
    guard !isSorted, let location = firstUnsorted else { return }
    throw InputError(
      .malformed, at: location, "the record is out of order: contigs must stand together, positions ascend",
      remedy: "sort the file with bcftools sort")
  }

  private func scan(_ batch: VariantBatch) throws {
    // A copy, so that the loop works on its own memory; the state goes on only where the batch is good.
    var scanner = scanner
    var columns = VariantColumns()
    do {
      let unsorted = try batch.chunk.withBytes { bytes in try scanner.scan(bytes, into: &columns) }
      batch.columns = columns
      if let unsorted, isSorted {
        isSorted = false
        firstUnsorted = batch.location(of: unsorted)
      }
      self.scanner = scanner
    } catch let fault as VCFLineScanner.Fault {
      batch.columns = columns
      throw InputError(
        .malformed, at: batch.location(of: fault.record), fault.reason,
        remedy: "correct the line, or make the file again")
    }
  }
}
