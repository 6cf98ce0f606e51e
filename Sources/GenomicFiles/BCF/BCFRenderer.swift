import CHTSlib
import Genomics

/// Writes BCF records as VCF lines, number for number as bcftools does.
///
/// Floats go through htslib's own `kputd`, so that text made from BCF compares byte for byte.
final class BCFRenderer {
  private let dictionary: BCFDictionary
  private let sampleCount: Int
  private var scratch = kstring_t()
  /// FORMAT fields of the record at hand.
  private var formats: [(key: Int, type: BCFType, count: Int, start: Int)] = []
  private let genotypeKey: Int?

  init(dictionary: BCFDictionary, sampleCount: Int) {
    self.dictionary = dictionary
    self.sampleCount = sampleCount
    genotypeKey = Array("GT".utf8).withUnsafeBytes { dictionary.string($0) }
  }

  deinit { apus_free(scratch.s) }

  /// Appends the line of the record that starts at `offset`; whole, as the cutter made sure.
  func append(_ bytes: UnsafeRawBufferPointer, at offset: Int, to output: ByteBuffer) throws(BCFFault) {
    let sharedBytes = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    let samplesBytes = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)))
    let shared = offset + 8
    var cursor = BCFCursor(bytes, from: shared, to: shared + sharedBytes)
    let contig = Int(Int32(bitPattern: try cursor.uint32("CHROM")))
    let position = Int(Int32(bitPattern: try cursor.uint32("POS")))
    _ = try cursor.uint32("rlen")
    let quality = try cursor.uint32("QUAL")
    let alleles = try cursor.uint32("the number of alleles")
    let formatsAndSamples = try cursor.uint32("the number of samples")
    guard contig >= 0, contig < dictionary.contigs.count, let name = dictionary.contigs[contig] else {
      throw BCFFault(reason: "CHROM is contig number \(contig), which the header does not declare")
    }
    guard position >= -1 else { throw BCFFault(reason: "POS is below zero") }
    let samples = Int(formatsAndSamples & 0xFF_FFFF)
    guard samples == sampleCount else {
      throw BCFFault(reason: "the record has \(samples) samples and the header \(sampleCount)")
    }
    append(name, to: output)
    tab(output)
    append(integer: position + 1, to: output)
    tab(output)
    try appendID(&cursor, to: output)
    try appendAlleles(&cursor, count: Int(alleles >> 16), to: output)
    tab(output)
    if quality == BCFMark.missingFloat { dot(output) } else { append(float: quality, to: output) }
    tab(output)
    try appendFilter(&cursor, to: output)
    tab(output)
    try appendInfo(&cursor, count: Int(alleles & 0xFFFF), to: output)
    guard cursor.position == cursor.end else { throw BCFFault(reason: "bytes are left over behind INFO") }
    if sampleCount > 0 {
      let start = shared + sharedBytes
      var rest = BCFCursor(bytes, from: start, to: start + samplesBytes)
      try appendSamples(&rest, formats: Int(formatsAndSamples >> 24), to: output)
      guard rest.position == rest.end else { throw BCFFault(reason: "bytes are left over behind the samples") }
    } else if samplesBytes > 0 {
      throw BCFFault(reason: "the record has bytes for samples and the header no samples")
    }
    put(UInt8(ascii: "\n"), output)
  }

  private func appendID(_ cursor: inout BCFCursor, to output: ByteBuffer) throws(BCFFault) {
    let id = try cursor.vector("ID")
    guard id.type == .character || id.count == 0 else { throw BCFFault(reason: "ID is not a string") }
    try appendString(cursor, at: id.start, count: id.count, to: output)
  }

  private func appendAlleles(_ cursor: inout BCFCursor, count: Int, to output: ByteBuffer) throws(BCFFault) {
    guard count > 0 else { throw BCFFault(reason: "the record has no REF") }
    for allele in 0..<count {
      let vector = try cursor.vector("an allele")
      guard vector.type == .character || vector.count == 0 else { throw BCFFault(reason: "an allele is not a string") }
      put(allele < 2 ? UInt8(ascii: "\t") : UInt8(ascii: ","), output)
      try appendString(cursor, at: vector.start, count: vector.count, to: output)
    }
    if count == 1 {
      tab(output)
      dot(output)
    }
  }

  private func appendFilter(_ cursor: inout BCFCursor, to output: ByteBuffer) throws(BCFFault) {
    let filters = try cursor.vector("FILTER")
    if filters.count == 0 {
      dot(output)
      return
    }
    guard filters.type.rawValue <= BCFType.int32.rawValue else { throw BCFFault(reason: "FILTER is not numbers") }
    for index in 0..<filters.count {
      if index > 0 { put(UInt8(ascii: ";"), output) }
      let key = Int(cursor.integer(filters.type, at: filters.start + index * filters.type.size))
      append(try string(key, "FILTER"), to: output)
    }
  }

  private func appendInfo(_ cursor: inout BCFCursor, count: Int, to output: ByteBuffer) throws(BCFFault) {
    if count == 0 { dot(output) }
    for index in 0..<count {
      if index > 0 { put(UInt8(ascii: ";"), output) }
      append(try string(try cursor.index("an INFO key"), "INFO"), to: output)
      let value = try cursor.vector("an INFO value")
      if value.count == 0 { continue }
      put(UInt8(ascii: "="), output)
      try appendValues(cursor, value.type, count: value.count, at: value.start, to: output)
    }
  }

  private func appendSamples(_ cursor: inout BCFCursor, formats count: Int, to output: ByteBuffer) throws(BCFFault) {
    if count == 0 {
      for _ in 0...sampleCount {
        tab(output)
        dot(output)
      }
      return
    }
    formats.removeAll(keepingCapacity: true)
    for index in 0..<count {
      let key = try cursor.index("a FORMAT key")
      put(index == 0 ? UInt8(ascii: "\t") : UInt8(ascii: ":"), output)
      append(try string(key, "FORMAT"), to: output)
      let (type, values) = try cursor.descriptor("a FORMAT field")
      let (size, overflow) = (values * type.size).multipliedReportingOverflow(by: sampleCount)
      guard !overflow else { throw BCFFault(reason: "a FORMAT field reaches beyond the record") }
      formats.append((key, type, values, try cursor.take(size, "a FORMAT field")))
    }
    for sample in 0..<sampleCount {
      tab(output)
      for (index, format) in formats.enumerated() {
        if index > 0 { put(UInt8(ascii: ":"), output) }
        let start = format.start + sample * format.count * format.type.size
        if format.key == genotypeKey, format.type.rawValue <= BCFType.int32.rawValue {
          try appendGenotype(cursor, format.type, count: format.count, at: start, to: output)
        } else {
          try appendValues(cursor, format.type, count: format.count, at: start, to: output)
        }
      }
    }
  }

  /// Alleles are stored as (index + 1) × 2, plus 1 where phased with the one before (VCF 4.5, section 6.3.3).
  private func appendGenotype(
    _ cursor: BCFCursor, _ type: BCFType, count: Int, at start: Int, to output: ByteBuffer
  ) throws(BCFFault) {
    var isEmpty = true
    for index in 0..<count {
      let value = cursor.integer(type, at: start + index * type.size)
      if value == BCFMark.vectorEnd { break }
      guard value >= 0 || value == BCFMark.missing else { throw BCFFault(reason: "GT is no genotype") }
      if !isEmpty { put(value & 1 == 1 ? UInt8(ascii: "|") : UInt8(ascii: "/"), output) }
      isEmpty = false
      if value == BCFMark.missing || value >> 1 == 0 {
        dot(output)
      } else {
        append(integer: Int(value >> 1) - 1, to: output)
      }
    }
    if isEmpty { dot(output) }
  }

  private func appendValues(
    _ cursor: BCFCursor, _ type: BCFType, count: Int, at start: Int, to output: ByteBuffer
  ) throws(BCFFault) {
    switch type {
    case .null: dot(output)
    case .character: try appendString(cursor, at: start, count: count, to: output)
    case .float:
      for index in 0..<count {
        let bits = cursor.floatBits(at: start + 4 * index)
        if bits == BCFMark.vectorEndFloat { break }
        if index > 0 { put(UInt8(ascii: ","), output) }
        if bits == BCFMark.missingFloat { dot(output) } else { append(float: bits, to: output) }
      }
    case .int8, .int16, .int32:
      for index in 0..<count {
        let value = cursor.integer(type, at: start + index * type.size)
        if value == BCFMark.vectorEnd { break }
        if index > 0 { put(UInt8(ascii: ","), output) }
        if value == BCFMark.missing { dot(output) } else { append(integer: Int(value), to: output) }
      }
    }
  }

  private func appendString(
    _ cursor: BCFCursor, at start: Int, count: Int, to output: ByteBuffer
  ) throws(BCFFault) {
    guard count > 0, cursor.bytes[start] != BCFMark.missingString else {
      dot(output)
      return
    }
    let stored = UnsafeRawBufferPointer(rebasing: cursor.bytes[start..<(start + count)])
    let text = UnsafeRawBufferPointer(rebasing: stored[..<(stored.firstIndex(of: 0) ?? count)])
    // A line feed would make two records of one.
    for byte in text where byte == 9 || byte == 10 || byte == 13 {
      throw BCFFault(reason: "a string holds a tab or a line end")
    }
    output.append(text)
  }

  private func string(_ key: Int, _ what: StaticString) throws(BCFFault) -> [UInt8] {
    guard key >= 0, key < dictionary.strings.count, let name = dictionary.strings[key] else {
      throw BCFFault(reason: "\(what) has key number \(key), which the header does not declare")
    }
    return name
  }

  private func append(_ text: [UInt8], to output: ByteBuffer) { text.withUnsafeBytes { output.append($0) } }

  @inline(__always)
  private func put(_ byte: UInt8, _ output: ByteBuffer) {
    output.spare(1)[0] = byte
    output.commit(1)
  }

  @inline(__always)
  private func tab(_ output: ByteBuffer) { put(UInt8(ascii: "\t"), output) }

  @inline(__always)
  private func dot(_ output: ByteBuffer) { put(UInt8(ascii: "."), output) }

  private func append(integer value: Int, to output: ByteBuffer) {
    let room = output.spare(20)
    var place = 20
    var rest = value.magnitude
    repeat {
      place -= 1
      room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 {
      place -= 1
      room[place] = UInt8(ascii: "-")
    }
    let count = 20 - place
    for index in 0..<count { room[index] = room[place + index] }
    output.commit(count)
  }

  private func append(float bits: UInt32, to output: ByteBuffer) {
    scratch.l = 0
    _ = kputd(Double(Float(bitPattern: bits)), &scratch)
    output.append(UnsafeRawBufferPointer(start: scratch.s, count: scratch.l))
  }
}
