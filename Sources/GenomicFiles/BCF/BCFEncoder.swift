import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Encodes VCF lines as BCF 2.2 records, with the types that htslib chooses, so that the bytes compare.
///
/// Nothing is changed silently: a value that its declared Type cannot hold, or a key that the header does not declare,
/// is a fault. One encoder serves one worker.
final class BCFEncoder {
  /// A value that BCF cannot hold, with the field that has it.
  struct Fault: Error {
    var reason: String
  }

  let header: VCFHeader
  let dictionary: BCFDictionary
  /// Values of the field at hand: whole numbers with their marks, or the bits of floats.
  var integers: [Int32] = []
  private let filters: Set<[UInt8]>
  var fields: [Field] = []
  /// Where each field of each sample stands, samples outermost; empty where the sample drops it.
  var values: [Range<Int>] = []
  private var keys: [KeyEntry] = []

  /// A FORMAT field of the record at hand.
  struct Field {
    var place: Int
    var type: FieldType
    var isGenotype: Bool
  }

  private struct KeyEntry {
    var name: [UInt8]
    var place: Int?
    var definition: FieldDefinition?
    var isFormat: Bool
  }

  init(header: VCFHeader, dictionary: BCFDictionary) {
    self.header = header
    self.dictionary = dictionary
    filters = Set(header.filters.map { Array($0.utf8) } + [Array("PASS".utf8)])
  }

  /// Appends the record of a line (without its line feed).
  func append(_ line: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(Fault) {
    let columns = try Columns(line, hasFormat: header.hasFormat)
    let start = output.count
    append(UInt32(0), to: &output)
    append(UInt32(0), to: &output)
    guard let contig = dictionary.contig(columns[0]) else {
      throw Fault(reason: "CHROM \(text(columns[0])) has no ##contig line, which BCF needs")
    }
    guard let position = VCFNumber.integer(columns[1]), position >= 0, position <= Int(Int32.max) else {
      throw Fault(reason: "POS is not a position")
    }
    append(UInt32(contig), to: &output)
    append(UInt32(bitPattern: Int32(position - 1)), to: &output)
    let spanPlace = output.count
    append(UInt32(columns[3].count), to: &output)
    append(try quality(columns[5]), to: &output)
    let countsPlace = output.count
    append(UInt32(0), to: &output)
    append(UInt32(header.samples.count), to: &output)
    appendString(columns[2], to: &output, isMissingEmpty: true)
    let alleles = appendAlleles(columns[3], columns[4], to: &output)
    try appendFilter(columns[6], to: &output)
    let (infos, end) = try appendInfo(columns[7], to: &output)
    if let end, end >= position { store(UInt32(end - position + 1), at: spanPlace, in: &output) }
    guard infos < 1 << 16, alleles < 1 << 16 else { throw Fault(reason: "more entries than BCF can count") }
    store(UInt32(alleles << 16 | infos), at: countsPlace, in: &output)
    let samplesStart = output.count
    store(UInt32(samplesStart - start - 8), at: start, in: &output)
    if !header.samples.isEmpty {
      let formats = try appendSamples(columns[8], columns.samples, to: &output)
      store(UInt32(formats << 24 | header.samples.count), at: countsPlace + 4, in: &output)
      store(UInt32(output.count - samplesStart), at: start + 4, in: &output)
    }
  }

  private func quality(_ column: UnsafeRawBufferPointer) throws(Fault) -> UInt32 {
    if isDot(column) { return BCFMark.missingFloat }
    return UInt32(bitPattern: try float(column, "QUAL"))
  }

  private func appendAlleles(
    _ reference: UnsafeRawBufferPointer, _ alternates: UnsafeRawBufferPointer, to output: inout [UInt8]
  ) -> Int {
    appendString(reference, to: &output)
    if isDot(alternates) { return 1 }
    var count = 1
    var start = 0
    for index in 0...alternates.count where index == alternates.count || alternates[index] == UInt8(ascii: ",") {
      appendString(UnsafeRawBufferPointer(rebasing: alternates[start..<index]), to: &output)
      start = index + 1
      count += 1
    }
    return count
  }

  private func appendFilter(_ column: UnsafeRawBufferPointer, to output: inout [UInt8]) throws(Fault) {
    integers.removeAll(keepingCapacity: true)
    if !isDot(column) {
      for part in column.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
        let name = UnsafeRawBufferPointer(rebasing: part)
        guard let place = key(name, isFormat: false).place, filters.contains(Array(name)) else {
          throw Fault(reason: "FILTER \(text(name)) has no ##FILTER line, which BCF needs")
        }
        integers.append(Int32(place))
      }
    }
    appendIntegers(to: &output)
  }

  /// - Returns: the number of entries, and the value of END.
  private func appendInfo(
    _ column: UnsafeRawBufferPointer, to output: inout [UInt8]
  ) throws(Fault) -> (count: Int, end: Int?) {
    if isDot(column) { return (0, nil) }
    var count = 0
    var end: Int?
    var start = 0
    while start <= column.count {
      let stop = Self.index(of: UInt8(ascii: ";"), in: column, from: start)
      defer { start = stop + 1 }
      if stop == start { continue }
      let entry = UnsafeRawBufferPointer(rebasing: column[start..<stop])
      let equals = Self.index(of: UInt8(ascii: "="), in: entry, from: 0)
      let name = UnsafeRawBufferPointer(rebasing: entry[..<equals])
      let known = key(name, isFormat: false)
      guard let place = known.place, let definition = known.definition else {
        throw Fault(reason: "INFO \(text(name)) has no ##INFO line, which BCF needs")
      }
      count += 1
      appendKey(place, to: &output)
      guard equals < entry.count else {
        output.append(0)
        continue
      }
      let value = UnsafeRawBufferPointer(rebasing: entry[(equals + 1)...])
      switch definition.type {
      case .integer:
        integers.removeAll(keepingCapacity: true)
        try takeList(value, isFloat: false, place)
        if name.elementsEqual("END".utf8), let first = integers.first, first != BCFMark.missing { end = Int(first) }
        appendIntegers(to: &output)
      case .float:
        integers.removeAll(keepingCapacity: true)
        try takeList(value, isFloat: true, place)
        appendDescriptor(.float, integers.count, to: &output)
        for bits in integers { append(bits, as: .float, to: &output) }
      case .flag, .character, .string: appendString(value, to: &output)
      }
    }
    return (count, end)
  }

  /// Appends a list of numbers to `integers`.
  /// - Parameter place: the key's number, for a fault.
  func takeList(_ list: UnsafeRawBufferPointer, isFloat: Bool, _ place: Int) throws(Fault) {
    var start = 0
    while start <= list.count {
      let stop = Self.index(of: UInt8(ascii: ","), in: list, from: start)
      let part = UnsafeRawBufferPointer(rebasing: list[start..<stop])
      start = stop + 1
      if isDot(part) {
        integers.append(isFloat ? Int32(bitPattern: BCFMark.missingFloat) : BCFMark.missing)
      } else if isFloat {
        integers.append(try float(part, name(place)))
      } else {
        guard let value = VCFNumber.integer(part), value >= Int(BCFMark.least), value <= Int(Int32.max) else {
          throw Fault(reason: "\(name(place)) has \(text(part)), which is not a whole number of 32 bits")
        }
        integers.append(Int32(value))
      }
    }
  }

  /// The bits of a number.
  private func float(_ part: UnsafeRawBufferPointer, _ name: @autoclosure () -> String) throws(Fault) -> Int32 {
    guard let value = VCFNumber.float(part) else {
      throw Fault(reason: "\(name()) has \(text(part)), which is not a number")
    }
    let single = Float(value)
    // "inf" is legal; a number that only becomes it is lost.
    guard single.isFinite || !part.contains(where: { $0 &- UInt8(ascii: "0") < 10 }) else {
      throw Fault(reason: "\(name()) has \(text(part)), which is more than a Float of 32 bits can hold")
    }
    return Int32(bitPattern: single.bitPattern)
  }

  private func name(_ place: Int) -> String { String(decoding: dictionary.strings[place] ?? [], as: UTF8.self) }

  // MARK: Keys

  /// What the header says of a key; found once a file, then by comparing bytes.
  func key(
    _ name: UnsafeRawBufferPointer, isFormat: Bool
  ) -> (place: Int?, definition: FieldDefinition?) {
    for entry in keys where entry.isFormat == isFormat && entry.name.count == name.count {
      if entry.name.elementsEqual(name) { return (entry.place, entry.definition) }
    }
    let string = String(decoding: name, as: UTF8.self)
    let entry = KeyEntry(
      name: Array(name), place: dictionary.string(name),
      definition: isFormat ? header.format[string] : header.info[string], isFormat: isFormat)
    // A file with more keys than this pays for a dictionary instead of a list.
    if keys.count < 256 { keys.append(entry) }
    return (entry.place, entry.definition)
  }

  func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes.prefix(60), as: UTF8.self) }

  @inline(__always)
  func isDot(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.count == 1 && bytes[0] == UInt8(ascii: ".") }

  /// The first place of a byte from `start` on; the end where there is none.
  @inline(__always)
  static func index(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - base
  }
}

/// The columns of a line.
private struct Columns {
  private let line: UnsafeRawBufferPointer
  private var ends: (Int, Int, Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0, 0, 0)
  let samples: UnsafeRawBufferPointer

  init(_ line: UnsafeRawBufferPointer, hasFormat: Bool) throws(BCFEncoder.Fault) {
    self.line = line
    var position = 0
    var found = 0
    withUnsafeMutableBytes(of: &ends) { raw in
      let ends = raw.bindMemory(to: Int.self)
      while found < 9, position <= line.count {
        let end = BCFEncoder.index(of: UInt8(ascii: "\t"), in: line, from: position)
        ends[found] = end
        found += 1
        position = end + 1
      }
      for rest in found..<9 { ends[rest] = line.count }
    }
    guard found >= (hasFormat ? 9 : 8) else { throw BCFEncoder.Fault(reason: "the line has too few columns") }
    samples = UnsafeRawBufferPointer(rebasing: line[min(line.count, position)...])
  }

  subscript(column: Int) -> UnsafeRawBufferPointer {
    let (start, end) = withUnsafeBytes(of: ends) { raw in
      let ends = raw.bindMemory(to: Int.self)
      return (column == 0 ? 0 : min(ends[column - 1] + 1, ends[column]), ends[column])
    }
    return UnsafeRawBufferPointer(rebasing: line[start..<end])
  }
}
