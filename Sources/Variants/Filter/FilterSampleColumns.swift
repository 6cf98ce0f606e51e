import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A FORMAT field of all samples of one record.
struct FilterSampleColumn {
  let kind: FilterFormatSlot.Kind
  let needsAll: Bool
  /// Whether the record's FORMAT names the field.
  var isNamed = false
  /// Where FORMAT names it: which of its fields, counted from 0.
  var field = 0
  /// Whether a sample has it: what all samples drop is not there.
  var isThere = false
  /// The first value of each sample.
  let first: UnsafeMutablePointer<Double>
  /// All values one after the other, where more than the first is wanted.
  var values: UnsafeMutablePointer<Double>
  var capacity: Int
  /// Where each sample's values start; one more than samples.
  let offsets: UnsafeMutablePointer<Int>
  /// The most values that a sample has.
  var most = 0
  /// Where each sample's text stands, and its length.
  let starts: UnsafeMutablePointer<Int>
  let counts: UnsafeMutablePointer<Int>

  init(_ slot: FilterFormatSlot, samples: Int) {
    kind = slot.kind
    needsAll = slot.needsAll
    capacity = slot.needsAll ? 4 * samples + 16 : 1
    first = .allocate(capacity: samples)
    values = .allocate(capacity: capacity)
    offsets = .allocate(capacity: samples + 1)
    starts = .allocate(capacity: samples)
    counts = .allocate(capacity: samples)
    first.initialize(repeating: FilterMissing.value, count: samples)
    offsets.initialize(repeating: 0, count: samples + 1)
    starts.initialize(repeating: 0, count: samples)
    counts.initialize(repeating: 0, count: samples)
  }

  func deallocate() {
    first.deallocate()
    values.deallocate()
    offsets.deallocate()
    starts.deallocate()
    counts.deallocate()
  }
}

/// The fields of FORMAT that a program reads, found in one scan of a record's samples. `@exclusivity(unchecked)` as in
/// `FilterEvaluator`.
final class FilterSampleColumns {
  private let sampleCount: Int
  private let keys: [[UInt8]]
  let columns: UnsafeMutablePointer<FilterSampleColumn>
  private let columnCount: Int
  let genotypes: FilterGenotypes?
  private let genotypeColumn: Int
  /// The FORMAT for which `fields` was made.
  @exclusivity(unchecked) private var format: [UInt8] = []
  /// For each field of FORMAT up to the last that is wanted, its column; -1 for none.
  @exclusivity(unchecked) private var fields: [Int32] = []
  @exclusivity(unchecked) private var hasFields = false

  init(_ program: FilterProgram) {
    sampleCount = program.sampleCount
    keys = program.formats.map(\.key)
    columnCount = keys.count
    columns = .allocate(capacity: max(1, columnCount))
    for (index, slot) in program.formats.enumerated() {
      (columns + index).initialize(to: FilterSampleColumn(slot, samples: program.sampleCount))
    }
    genotypeColumn = program.genotypeSlot ?? -1
    genotypes = program.genotypeSlot.map { _ in FilterGenotypes(samples: program.sampleCount) }
  }

  deinit {
    for index in 0..<columnCount { columns[index].deallocate() }
    columns.deallocate()
  }

  func load(_ view: VariantRecords, _ record: Int, _ bytes: UnsafePointer<UInt8>) {
    readFormat(view, view.column(.format, of: record))
    genotypes?.begin()
    for index in 0..<columnCount {
      columns[index].isThere = false
      columns[index].most = 0
      columns[index].offsets[0] = 0
    }
    guard !fields.isEmpty else { return }
    let range = view.samples(of: record)
    let end = range.upperBound
    var position = range.lowerBound
    fields.withUnsafeBufferPointer { fields in
      for sample in 0..<sampleCount {
        var field = 0
        while true {
          let column = Int(fields[field])
          if column >= 0 { read(column, sample, bytes, &position, end) }
          field += 1
          // To the end of the field.
          while position < end, bytes[position] != UInt8(ascii: ":"), bytes[position] != UInt8(ascii: "\t") {
            position += 1
          }
          guard position < end, bytes[position] == UInt8(ascii: ":"), field < fields.count else { break }
          position += 1
        }
        // Trailing fields that the sample drops are missing.
        while field < fields.count {
          let column = Int(fields[field])
          if column >= 0 { drop(column, sample) }
          field += 1
        }
        if position < end, bytes[position] != UInt8(ascii: "\t") {
          let tab = memchr(bytes + position, 9, end - position)
          position = tab.map { UnsafeRawPointer($0) - UnsafeRawPointer(bytes) } ?? end
        }
        position += 1
      }
    }
  }

  /// Which field of FORMAT a column is, counted from 0; -1 where the record's FORMAT does not name it.
  func field(of column: Int, _ view: VariantRecords, _ record: Int) -> Int {
    readFormat(view, view.column(.format, of: record))
    return columns[column].isNamed ? columns[column].field : -1
  }

  /// Finds the places of the fields, unless FORMAT is the same as before.
  private func readFormat(_ view: VariantRecords, _ range: Range<Int>) {
    let text = view[range]
    let isSame =
      hasFields && text.count == format.count
      && format.withUnsafeBytes { known in
        text.isEmpty || memcmp(known.baseAddress!, text.baseAddress!, text.count) == 0
      }
    if isSame { return }
    hasFields = true
    format.removeAll(keepingCapacity: true)
    format.append(contentsOf: text)
    fields.removeAll(keepingCapacity: true)
    for index in 0..<columnCount { columns[index].isNamed = false }
    guard !text.isEmpty else { return }
    view.forEachPart(of: range, separator: UInt8(ascii: ":")) { part in
      let found = keys.firstIndex { key in key.withUnsafeBytes { view.equals(part, $0) } }
      if let found, !columns[found].isNamed {
        columns[found].isNamed = true
        columns[found].field = fields.count
        fields.append(Int32(found))
      } else {
        fields.append(-1)
      }
      return true
    }
    while fields.last == -1 { fields.removeLast() }
  }

  @inline(__always)
  private func read(
    _ index: Int, _ sample: Int, _ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int
  ) {
    let column = columns + index
    column.pointee.isThere = true
    switch column.pointee.kind {
    case .integer:
      if column.pointee.needsAll {
        readAll(column, sample, bytes, &position, end) { FilterNumber.integer($0, &$1, $2) }
      } else {
        column.pointee.first[sample] = FilterNumber.integer(bytes, &position, end)
      }
    case .float:
      if column.pointee.needsAll {
        readAll(column, sample, bytes, &position, end) { FilterNumber.float($0, &$1, $2) }
      } else {
        column.pointee.first[sample] = FilterNumber.float(bytes, &position, end)
      }
    case .text, .genotype:
      let start = position
      if column.pointee.kind == .genotype { genotypes?.read(sample, bytes, &position, end) }
      while position < end, bytes[position] != UInt8(ascii: ":"), bytes[position] != UInt8(ascii: "\t") {
        position += 1
      }
      column.pointee.starts[sample] = start
      column.pointee.counts[sample] = position - start
    }
  }

  @inline(__always)
  private func readAll(
    _ column: UnsafeMutablePointer<FilterSampleColumn>, _ sample: Int, _ bytes: UnsafePointer<UInt8>,
    _ position: inout Int, _ end: Int, _ number: (UnsafePointer<UInt8>, inout Int, Int) -> Double
  ) {
    let start = column.pointee.offsets[sample]
    var next = start
    while true {
      if next == column.pointee.capacity { Self.grow(column) }
      column.pointee.values[next] = number(bytes, &position, end)
      next += 1
      while position < end, bytes[position] > UInt8(ascii: ","), bytes[position] != UInt8(ascii: ":") { position += 1 }
      guard position < end, bytes[position] == UInt8(ascii: ",") else { break }
      position += 1
    }
    column.pointee.offsets[sample + 1] = next
    column.pointee.first[sample] = column.pointee.values[start]
    column.pointee.most = max(column.pointee.most, next - start)
  }

  private func drop(_ index: Int, _ sample: Int) {
    let column = columns + index
    column.pointee.first[sample] = FilterMissing.value
    if column.pointee.needsAll { column.pointee.offsets[sample + 1] = column.pointee.offsets[sample] }
    // -1 stands for a `.` that the file does not hold.
    column.pointee.starts[sample] = -1
    column.pointee.counts[sample] = 1
    if index == genotypeColumn { genotypes?.drop(sample) }
  }

  @inline(never)
  private static func grow(_ column: UnsafeMutablePointer<FilterSampleColumn>) {
    let larger = UnsafeMutablePointer<Double>.allocate(capacity: 2 * column.pointee.capacity)
    larger.initialize(from: column.pointee.values, count: column.pointee.capacity)
    column.pointee.values.deallocate()
    column.pointee.values = larger
    column.pointee.capacity *= 2
  }
}
