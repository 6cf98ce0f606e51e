import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the lines and fixed columns of a batch stand, and their positions. Offsets are bytes of the batch.
struct VariantColumns: Sendable {
  /// Where each record's first nine columns end (the tab, or the line's end), nine a record.
  var columnEnds: [UInt32] = []
  /// Where each record starts.
  var starts: [UInt32] = []
  /// Where each record ends: its line feed, or the carriage return before it.
  var ends: [UInt32] = []
  /// POS, counted from 1.
  var positions: [Int32] = []
  /// Runs of records on one contig, in order.
  var runs: [VariantBatch.Run] = []
}

/// Finds lines, fixed columns and positions, and watches the order of records from batch to batch.
struct VCFLineScanner: Sendable {
  /// What a line breaks, and which record of the batch it is.
  struct Fault: Error {
    var record: Int
    var reason: String
  }

  private let hasFormat: Bool
  private let sampleCount: Int
  private var contig: [UInt8] = []
  private var position = 0
  private var finished: Set<[UInt8]> = []

  init(header: VCFHeader) {
    hasFormat = header.hasFormat
    sampleCount = header.samples.count
  }

  /// Scans whole lines.
  /// - Returns: the columns, and the first record that is out of order, if any.
  /// - Throws: the first fault; `columns` then ends with the record at fault.
  mutating func scan(_ bytes: UnsafeRawBufferPointer, into columns: inout VariantColumns) throws(Fault) -> Int? {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    let estimate = bytes.count / 100 + 16
    columns.starts.reserveCapacity(estimate)
    columns.ends.reserveCapacity(estimate)
    columns.positions.reserveCapacity(estimate)
    columns.columnEnds.reserveCapacity(9 * estimate)
    var unsorted: Int?
    var start = 0
    while start < bytes.count {
      let lineFeed = try scanLine(base, start, bytes.count, &columns)
      let record = columns.starts.count - 1
      let value = try positionValue(base, record, columns)
      columns.positions.append(Int32(value))
      if !track(base, record, value, &columns), unsorted == nil { unsorted = record }
      start = lineFeed + 1
    }
    return unsorted
  }

  /// Appends a line's columns and returns where its line feed stands.
  @inline(__always)
  private func scanLine(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ columns: inout VariantColumns
  ) throws(Fault) -> Int {
    let record = columns.starts.count
    columns.starts.append(UInt32(truncatingIfNeeded: start))
    if base[start] == UInt8(ascii: "#") {
      // Whoever reads the file next, or its index, would skip the line.
      throw Fault(
        record: record, reason: "the line begins with #, as those of the header do, and stands among the records")
    }
    var position = start
    var column = 0
    // The short columns mostly stand in one block, which reaches no further than the batch.
    if start + 64 <= count {
      var tabs = apus_places_64(base + start, UInt8(ascii: "\t"))
      let feeds = apus_places_64(base + start, UInt8(ascii: "\n"))
      // None behind the line's end.
      tabs &= (feeds & (0 &- feeds)) &- 1
      while column < 7, tabs != 0 {
        let tab = start + tabs.trailingZeroBitCount
        columns.columnEnds.append(UInt32(truncatingIfNeeded: tab))
        tabs &= tabs &- 1
        column += 1
        position = tab + 1
      }
    }
    // The rest of them byte by byte; INFO and FORMAT by memchr.
    while column < 7 {
      let byte = base[position]
      if byte == UInt8(ascii: "\t") {
        columns.columnEnds.append(UInt32(truncatingIfNeeded: position))
        column += 1
      } else if byte == UInt8(ascii: "\n") {
        break
      }
      position += 1
    }
    guard column == 7, let feed = memchr(base + position, 10, count - position) else {
      // One column ends with the line, so `column` tabs are `column + 1` columns.
      throw Fault(
        record: record,
        reason: "the line has \(column + 1) columns, fewer than the \(hasFormat ? 9 : 8) of its header")
    }
    let lineFeed = UnsafeRawPointer(feed) - UnsafeRawPointer(base)
    let end = lineFeed > start && base[lineFeed - 1] == UInt8(ascii: "\r") ? lineFeed - 1 : lineFeed
    columns.ends.append(UInt32(truncatingIfNeeded: end))
    let infoEnd = memchr(base + position, 9, end - position).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
    columns.columnEnds.append(UInt32(truncatingIfNeeded: infoEnd ?? end))
    var formatEnd = end
    if let infoEnd {
      formatEnd =
        memchr(base + infoEnd + 1, 9, end - infoEnd - 1).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? end
    }
    columns.columnEnds.append(UInt32(truncatingIfNeeded: formatEnd))
    guard (infoEnd != nil) == hasFormat, Self.tabs(base, formatEnd, end, count, most: sampleCount) == sampleCount
    else {
      throw Fault(record: record, reason: "the line has another number of columns than its header")
    }
    return lineFeed
  }

  /// The number of tabs between two places, counted as far as one more than `most` at least. `count` bytes can be read.
  private static func tabs(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ count: Int, most: Int
  ) -> Int {
    var number = 0
    var position = start
    if most >= fewSamples {
      while position < end, position + 64 <= count {
        var tabs = apus_places_64(base + position, UInt8(ascii: "\t"))
        if end - position < 64 { tabs &= 1 << UInt64(end - position) - 1 }
        number += tabs.nonzeroBitCount
        position += 64
      }
    }
    while position < end, number <= most, let tab = memchr(base + position, 9, end - position) {
      number += 1
      position = UnsafeRawPointer(tab) - UnsafeRawPointer(base) + 1
    }
    return number
  }

  /// Below this many samples a call of memchr for each is less work than a look at every byte.
  private static let fewSamples = 4

  @inline(__always)
  private func positionValue(_ base: UnsafePointer<UInt8>, _ record: Int, _ columns: VariantColumns) throws(Fault)
    -> Int
  {
    var index = Int(columns.columnEnds[9 * record]) + 1
    let end = Int(columns.columnEnds[9 * record + 1])
    var value = 0
    guard index < end, end - index <= 10 else { throw Fault(record: record, reason: "POS is not a position") }
    while index < end {
      let digit = base[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw Fault(record: record, reason: "POS is not a position") }
      value = value * 10 + Int(digit)
      index += 1
    }
    guard value <= Int(Int32.max) else { throw Fault(record: record, reason: "POS is beyond 2,147,483,647") }
    return value
  }

  /// Notes the record's contig and position.
  /// - Returns: whether the record is in order: contigs stand together, positions ascend.
  @inline(__always)
  private mutating func track(
    _ base: UnsafePointer<UInt8>, _ record: Int, _ value: Int, _ columns: inout VariantColumns
  ) -> Bool {
    let start = Int(columns.starts[record])
    let length = Int(columns.columnEnds[9 * record]) - start
    var isSorted = true
    let isSame =
      length == contig.count
      && contig.withUnsafeBufferPointer { memcmp($0.baseAddress ?? base, base + start, length) == 0 }
    if isSame {
      isSorted = value >= position
    } else {
      contig = Array(UnsafeBufferPointer(start: base + start, count: length))
      isSorted = finished.insert(contig).inserted
    }
    position = value
    if isSame, !columns.runs.isEmpty {
      columns.runs[columns.runs.count - 1].extend()
    } else {
      columns.runs.append(
        VariantBatch.Run(contig: String(decoding: contig, as: UTF8.self), records: record..<(record + 1)))
    }
    return isSorted
  }
}

extension VariantBatch.Run {
  fileprivate mutating func extend() { records = records.lowerBound..<(records.upperBound + 1) }
}
