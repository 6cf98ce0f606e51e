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
  private let path: String
  private let budget: RunResources
  private var pending: Chunk?
  private var nextLine = 1
  private var lastContig = ""
  private var lastPosition = 0
  private var finishedContigs: Set<String> = []
  /// Whether the records seen so far stand in order of contig and position.
  public private(set) var isSorted = true
  private var firstUnsorted: InputLocation?
  /// The file's header.
  public let header: VCFHeader

  /// Reads the header.
  /// - Throws: `InputError`: what reading found, a header that is no VCF's, BCF, an empty file.
  public init(_ source: ChunkSource, resources: RunResources) async throws {
    path = source.input.path
    budget = resources
    cutter = LineCutter(source)
    var lines: [String] = []
    var isHeader = true
    while isHeader {
      guard let chunk = try await cutter.next(line: lines.count + 1) else { break }
      let consumed = try chunk.withBytes { bytes in
        try Self.takeHeader(bytes, into: &lines, isHeader: &isHeader, path: source.input.path)
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
    nextLine = lines.count + 1
  }

  private static func takeHeader(
    _ bytes: UnsafeRawBufferPointer, into lines: inout [String], isHeader: inout Bool, path: String
  ) throws -> Int {
    if lines.isEmpty, bytes.starts(with: "BCF".utf8) {
      throw InputError(
        .unsupported, at: InputLocation(file: path), "the file is BCF, which this version does not read yet",
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
      try await budget.budget.withThread { try reader.value.scan(batch) }
      nextLine += batch.count
      if batch.count > 0 { return batch }
    }
  }

  /// Refuses records out of order, for outputs that need the order.
  public func requireSorted() throws {
    guard !isSorted, let location = firstUnsorted else { return }
    throw InputError(
      .malformed, at: location, "the record is out of order: contigs must stand together, positions ascend",
      remedy: "sort the file with bcftools sort")
  }

  private func scan(_ batch: VariantBatch) throws {
    let expectedColumns = header.hasFormat ? 9 : 8
    try batch.chunk.withBytes { bytes in
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      let estimate = bytes.count / 100 + 16
      batch.starts.reserveCapacity(estimate)
      batch.ends.reserveCapacity(estimate)
      batch.positions.reserveCapacity(estimate)
      batch.columnEnds.reserveCapacity(9 * estimate)
      var position = 0
      while position < bytes.count {
        let start = position
        let record = batch.starts.count
        batch.starts.append(UInt32(truncatingIfNeeded: start))
        // The short columns byte by byte; INFO and the samples by memchr.
        var column = 0
        while column < 7 {
          let byte = base[position]
          if byte == UInt8(ascii: "\t") {
            batch.columnEnds.append(UInt32(truncatingIfNeeded: position))
            column += 1
          } else if byte == UInt8(ascii: "\n") {
            break
          }
          position += 1
        }
        guard column == 7, let feed = memchr(base + position, 10, bytes.count - position) else {
          // One column ends with the line, so `column` tabs are `column + 1` columns.
          batch.ends.append(UInt32(truncatingIfNeeded: position))
          throw malformed(
            batch, record, "the line has \(column + 1) columns, fewer than the \(expectedColumns) of its header")
        }
        let lineFeed = UnsafeRawPointer(feed) - UnsafeRawPointer(base)
        let end = lineFeed > start && base[lineFeed - 1] == UInt8(ascii: "\r") ? lineFeed - 1 : lineFeed
        batch.ends.append(UInt32(truncatingIfNeeded: end))
        let infoEnd = memchr(base + position, 9, end - position).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
        batch.columnEnds.append(UInt32(truncatingIfNeeded: infoEnd ?? end))
        var formatEnd = end
        if let infoEnd {
          formatEnd =
            memchr(base + infoEnd + 1, 9, end - infoEnd - 1).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
            ?? end
        }
        batch.columnEnds.append(UInt32(truncatingIfNeeded: formatEnd))
        guard (infoEnd != nil) == header.hasFormat,
          Self.tabs(base, formatEnd, end, most: header.samples.count) == header.samples.count
        else {
          throw malformed(batch, record, "the line has another number of columns than its header")
        }
        try parsePosition(batch, record, base)
        trackContig(batch, record, base)
        position = lineFeed + 1
      }
    }
  }

  /// The number of tabs between two places, counted as far as one more than `most`.
  private static func tabs(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, most: Int) -> Int {
    var count = 0
    var position = start
    while position < end, count <= most, let tab = memchr(base + position, 9, end - position) {
      count += 1
      position = UnsafeRawPointer(tab) - UnsafeRawPointer(base) + 1
    }
    return count
  }

  private func parsePosition(_ batch: VariantBatch, _ record: Int, _ base: UnsafePointer<UInt8>) throws {
    var index = Int(batch.columnEnds[9 * record]) + 1
    let end = Int(batch.columnEnds[9 * record + 1])
    var value = 0
    guard index < end, end - index <= 10 else { throw malformed(batch, record, "POS is not a position") }
    while index < end {
      let digit = base[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw malformed(batch, record, "POS is not a position") }
      value = value * 10 + Int(digit)
      index += 1
    }
    guard value <= Int(Int32.max) else { throw malformed(batch, record, "POS is beyond 2,147,483,647") }
    batch.positions.append(Int32(value))
  }

  private func trackContig(_ batch: VariantBatch, _ record: Int, _ base: UnsafePointer<UInt8>) {
    let start = Int(batch.starts[record])
    let name = UnsafeBufferPointer(start: base + start, count: Int(batch.columnEnds[9 * record]) - start)
    let position = Int(batch.positions[record])
    if !batch.runs.isEmpty, lastContig.utf8.count == name.count, lastContig.utf8.elementsEqual(name) {
      batch.runs[batch.runs.count - 1].records = batch.runs[batch.runs.count - 1].records.lowerBound..<(record + 1)
      if position < lastPosition { noteUnsorted(batch, record) }
    } else {
      let contig = String(decoding: name, as: UTF8.self)
      if contig != lastContig {
        if !finishedContigs.insert(contig).inserted { noteUnsorted(batch, record) }
        lastContig = contig
      } else if position < lastPosition {
        noteUnsorted(batch, record)
      }
      batch.runs.append(VariantBatch.Run(contig: contig, records: record..<(record + 1)))
    }
    lastPosition = position
  }

  private func noteUnsorted(_ batch: VariantBatch, _ record: Int) {
    guard isSorted else { return }
    isSorted = false
    firstUnsorted = batch.location(of: record)
  }

  private func malformed(_ batch: VariantBatch, _ record: Int, _ reason: String) -> InputError {
    InputError(.malformed, at: batch.location(of: record), reason, remedy: "correct the line, or make the file again")
  }
}
