import GenomicFiles

/// Makes the original record of the parts that `RecordSplitter` made of it, byte for byte.
///
/// The record is split again, and is right only where that gives the parts as they are: parts that were changed apart
/// since, so that no single record says what they say, are not joined.
struct RecordJoiner {
  private let fields: ListFields
  private var splitter: RecordSplitter
  private var proof: [UInt8] = []

  init(fields: ListFields) {
    self.fields = fields
    splitter = RecordSplitter(fields: fields)
  }

  /// Appends the record.
  /// - Parameter parts: all of its alleles that are bases, in order, without line feeds.
  /// - Returns: false where the parts are not what splitting made; `output` then holds nothing of use.
  mutating func join(
    _ parts: [(allele: Int, line: UnsafeRawBufferPointer)], _ record: SplitOrigin, into output: inout [UInt8]
  ) -> Bool {
    let columns = parts.compactMap { LineColumns($0.line) }
    guard columns.count == parts.count, !columns.isEmpty,
      zip(parts, columns).allSatisfy({ fits($0.allele, $1, record) })
    else { return false }
    let tab = UInt8(ascii: "\t")
    output += record.contig
    output.append(tab)
    output.append(number: record.position)
    output.append(tab)
    output.append(bytes: columns[0][.id])
    output.append(tab)
    output += record.reference
    output.append(tab)
    output += record.alternates
    for column in [VCFColumn.qual, .filter] {
      output.append(tab)
      output.append(bytes: columns[0][column])
    }
    output.append(tab)
    appendInfo(columns, to: &output)
    if !columns[0][.format].isEmpty {
      output.append(tab)
      guard appendFormat(columns, parts.map(\.allele), to: &output) else { return false }
    }
    return output.withUnsafeBytes { proves($0, parts, columns, record) }
  }

  /// Whether a part can be the allele of the record: no normalising changes how much longer it is than REF.
  private func fits(_ allele: Int, _ part: LineColumns, _ record: SplitOrigin) -> Bool {
    // On a contig that was named anew the original would stand among strangers.
    guard allele <= record.lengths.count, let length = record.lengths[allele - 1],
      record.contig.withUnsafeBytes({ part[.chrom].isSame(as: $0) })
    else { return false }
    return part[.alt].count - part[.ref].count == length - record.reference.count
  }

  /// Splits the record again and compares.
  private mutating func proves(
    _ line: UnsafeRawBufferPointer, _ parts: [(allele: Int, line: UnsafeRawBufferPointer)], _ columns: [LineColumns],
    _ record: SplitOrigin
  ) -> Bool {
    guard let joined = LineColumns(line) else { return false }
    let original = SplitColumns(
      chrom: joined[.chrom], pos: joined[.pos], ref: joined[.ref], alt: joined[.alt], info: joined[.info],
      format: joined[.format], samples: joined.samples)
    do {
      let isWhole = try !splitter.begin(
        original, alternateCount: record.lengths.count, isAllBases: record.lengths.allSatisfy { $0 != nil })
      if isWhole { return false }
      for (place, part) in columns.enumerated() {
        proof.removeAll(keepingCapacity: true)
        try splitter.appendColumns(parts[place].allele, isFirst: place == 0, to: &proof)
        guard proof.withUnsafeBytes({ $0.isSame(as: part.fromInfo) }),
          [VCFColumn.id, .qual, .filter].allSatisfy({ joined[$0].isSame(as: part[$0]) })
        else { return false }
      }
      return true
    } catch {
      return false
    }
  }

  private func appendInfo(_ parts: [LineColumns], to output: inout [UInt8]) {
    let start = output.count
    let info = parts[0][.info]
    let rest = RestValues(parts[0].info(SplitFields.rest))
    var hasEntry = false
    var place = 0
    while place <= info.count {
      let end = info.end(from: place, before: UInt8(ascii: ";"))
      let entry = info.slice(place..<end)
      place = end + 1
      let equals = entry.end(from: 0, before: UInt8(ascii: "="))
      let key = entry.slice(0..<equals)
      let kind = fields.kind(ofInfo: key)
      if kind == .own { continue }
      if hasEntry { output.append(UInt8(ascii: ";")) }
      hasEntry = true
      if kind == .copied || equals == entry.count {
        output.append(bytes: entry)
        continue
      }
      output.append(bytes: entry.slice(0..<(equals + 1)))
      if let value = rest[key] {
        output += value
      } else {
        let values = parts.map { $0.info(key) ?? entry.slice(0..<0) }
        Self.appendList(values, kind, to: &output)
      }
    }
    if !hasEntry, output.count == start { output.append(UInt8(ascii: ".")) }
  }

  /// Appends FORMAT and the samples.
  private func appendFormat(_ parts: [LineColumns], _ alleles: [Int], to output: inout [UInt8]) -> Bool {
    let colon = UInt8(ascii: ":")
    var keys: [(text: UnsafeRawBufferPointer, kind: ListFields.Kind)] = []
    let format = parts[0][.format]
    var start = 0
    while start <= format.count {
      let end = format.end(from: start, before: colon)
      keys.append((format.slice(start..<end), fields.kind(ofFormat: format.slice(start..<end))))
      start = end + 1
    }
    var isFirst = true
    for (text, kind) in keys where kind != .own {
      if !isFirst { output.append(colon) }
      output.append(bytes: text)
      isFirst = false
    }
    guard parts[0].samples != nil else { return true }
    let texts = parts.compactMap(\.samples)
    guard texts.count == parts.count else { return false }
    var cursors = Array(repeating: 0, count: texts.count)
    while cursors[0] <= texts[0].count {
      var samples: [UnsafeRawBufferPointer] = []
      for place in texts.indices {
        guard cursors[place] <= texts[place].count else { return false }
        let end = texts[place].end(from: cursors[place], before: UInt8(ascii: "\t"))
        samples.append(texts[place].slice(cursors[place]..<end))
        cursors[place] = end + 1
      }
      output.append(UInt8(ascii: "\t"))
      guard appendSample(samples, keys, alleles, to: &output) else { return false }
    }
    return true
  }

  private func appendSample(
    _ samples: [UnsafeRawBufferPointer], _ keys: [(text: UnsafeRawBufferPointer, kind: ListFields.Kind)],
    _ alleles: [Int], to output: inout [UInt8]
  ) -> Bool {
    let colon = UInt8(ascii: ":")
    // What is left over stands behind GT, or first; it is needed before.
    let restPlace = keys.firstIndex { $0.text.isSame(as: "APUS_REST") }
    var rest = RestValues(nil)
    if let restPlace { rest = RestValues(Self.field(samples[0], restPlace)) }
    var cursors = Array(repeating: 0, count: samples.count)
    var isFirst = true
    for (place, key) in keys.enumerated() {
      guard cursors[0] <= samples[0].count else { return true }
      var values: [UnsafeRawBufferPointer] = []
      for sample in samples.indices where sample == 0 || place != restPlace {
        guard cursors[sample] <= samples[sample].count else { return false }
        let end = samples[sample].end(from: cursors[sample], before: colon)
        values.append(samples[sample].slice(cursors[sample]..<end))
        cursors[sample] = end + 1
      }
      if key.kind == .own { continue }
      if !isFirst { output.append(colon) }
      isFirst = false
      if let value = rest[key.text] {
        output += value
        continue
      }
      switch key.kind {
      case .genotype:
        guard Self.appendGenotype(values, alleles, to: &output) else { return false }
      case .copied, .local, .own: output.append(bytes: values[0])
      case let kind: Self.appendList(values, kind, to: &output)
      }
    }
    return cursors[0] > samples[0].count
  }

  private static func field(_ sample: UnsafeRawBufferPointer, _ place: Int) -> UnsafeRawBufferPointer? {
    var start = 0
    for _ in 0..<place {
      start = sample.end(from: start, before: UInt8(ascii: ":")) + 1
      guard start <= sample.count else { return nil }
    }
    return sample.slice(start..<sample.end(from: start, before: UInt8(ascii: ":")))
  }

  /// Splitting keeps a genotype's marks and makes each allele one letter, so the parts' texts lie side by side.
  private static func appendGenotype(
    _ parts: [UnsafeRawBufferPointer], _ alleles: [Int], to output: inout [UInt8]
  ) -> Bool {
    guard parts.allSatisfy({ $0.count == parts[0].count }) else { return false }
    for index in 0..<parts[0].count {
      if let part = parts.firstIndex(where: { $0[index] == UInt8(ascii: "1") }) {
        output.append(number: alleles[part])
      } else {
        output.append(parts[0][index])
      }
    }
    return true
  }

  private static func appendList(
    _ parts: [UnsafeRawBufferPointer], _ kind: ListFields.Kind, to output: inout [UInt8]
  ) {
    output.append(bytes: parts[0])
    // A lone `.` stands for the whole list, and a list of Number=G is told by what is left over.
    if kind == .perGenotype || parts.allSatisfy(\.isMissing) { return }
    for part in parts.dropFirst() {
      let start = kind == .perAllele ? min(part.count, part.end(from: 0, before: UInt8(ascii: ",")) + 1) : 0
      output.append(UInt8(ascii: ","))
      output.append(bytes: part.slice(start..<part.count))
    }
  }
}

/// What a field `APUS_REST` holds: values by the bytes of their keys.
private struct RestValues {
  private var values: [(key: [UInt8], value: [UInt8])] = []

  init(_ text: UnsafeRawBufferPointer?) {
    guard let text, !text.isMissing else { return }
    let parts = text.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map {
      SplitFields.decoded(UnsafeRawBufferPointer(rebasing: $0))
    }
    for place in stride(from: 0, to: parts.count - 1, by: 2) { values.append((parts[place], parts[place + 1])) }
  }

  subscript(key: UnsafeRawBufferPointer) -> [UInt8]? {
    values.first { $0.key.count == key.count && $0.key.withUnsafeBytes { $0.isSame(as: key) } }?.value
  }
}
