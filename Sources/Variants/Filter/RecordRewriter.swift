import GenomicFiles

/// Writes a record anew with another FILTER, fewer samples, and INFO/AC and INFO/AN counted over them. All else is copied.
final class RecordRewriter {
  private let prepared: PreparedSelection
  private let genotypes: FilterGenotypes?
  private var bytes: [UInt8] = []
  private var columnEnds: [UInt32] = []
  private var ends: [UInt32] = []
  private var positions: [Int32] = []
  private let starts: [UInt32] = [0]
  /// Where the samples of the record stand.
  private var samples: [Range<Int>] = []

  init(_ prepared: PreparedSelection) {
    self.prepared = prepared
    genotypes =
      prepared.samples != nil && prepared.selection.updatesCounts ? FilterGenotypes(samples: 1) : nil
  }

  func rewrite(_ view: VariantRecords, _ record: Int, passes: Bool) throws(FilterRecordFault) {
    bytes.removeAll(keepingCapacity: true)
    columnEnds.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    positions.append(Int32(view.position(of: record)))
    let columns: [VCFColumn] = [.chrom, .pos, .id, .ref, .alt, .qual]
    for column in columns { append(view[view.column(column, of: record)]) }
    appendFilter(view[view.column(.filter, of: record)], passes: passes)
    endColumn()
    guard let chosen = prepared.samples else {
      append(view[view.column(.info, of: record)])
      let rest = view.column(.format, of: record).lowerBound..<view.line(record).upperBound
      if view.column(.info, of: record).upperBound < view.line(record).upperBound {
        let formatCount = view.column(.format, of: record).count
        columnEnds.append(UInt32(bytes.count + formatCount))
        bytes.append(contentsOf: view[rest])
      } else {
        bytes.removeLast()
        columnEnds.append(UInt32(bytes.count))
      }
      ends.append(UInt32(bytes.count))
      return
    }
    samples.removeAll(keepingCapacity: true)
    view.forEachSample(of: record) { _, range in samples.append(range) }
    try appendInfo(view, record, chosen)
    endColumn()
    bytes.append(contentsOf: view[view.column(.format, of: record)])
    columnEnds.append(UInt32(bytes.count))
    for sample in chosen {
      bytes.append(UInt8(ascii: "\t"))
      bytes.append(contentsOf: view[samples[sample]])
    }
    ends.append(UInt32(bytes.count))
  }

  func withRecord<R>(_ body: (VariantRecords) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes { bytes in
      try columnEnds.withUnsafeBufferPointer { columnEnds in
        try starts.withUnsafeBufferPointer { starts in
          try ends.withUnsafeBufferPointer { ends in
            try positions.withUnsafeBufferPointer { positions in
              try body(
                VariantRecords(
                  made: bytes, columnEnds: columnEnds, starts: starts, ends: ends, positions: positions))
            }
          }
        }
      }
    }
  }

  private func append(_ column: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: column)
    endColumn()
  }

  private func endColumn() {
    columnEnds.append(UInt32(bytes.count))
    bytes.append(UInt8(ascii: "\t"))
  }

  // MARK: FILTER

  /// As `bcftools filter -s` does (measured): a passing record without FILTER becomes PASS.
  private func appendFilter(_ filter: UnsafeRawBufferPointer, passes: Bool) {
    guard let soft = prepared.selection.softFilter else {
      bytes.append(contentsOf: filter)
      return
    }
    let isMissing = filter.elementsEqual(".".utf8)
    if passes {
      if isMissing || soft.resets { bytes.append(contentsOf: "PASS".utf8) } else { bytes.append(contentsOf: filter) }
      return
    }
    guard soft.adds, !isMissing, !filter.elementsEqual("PASS".utf8) else {
      bytes.append(contentsOf: prepared.failName)
      return
    }
    bytes.append(contentsOf: filter)
    let isThere = filter.split(separator: UInt8(ascii: ";")).contains { $0.elementsEqual(prepared.failName) }
    if !isThere {
      bytes.append(UInt8(ascii: ";"))
      bytes.append(contentsOf: prepared.failName)
    }
  }

  // MARK: INFO/AC and INFO/AN

  private func appendInfo(_ view: VariantRecords, _ record: Int, _ chosen: [Int]) throws(FilterRecordFault) {
    let info = view[view.column(.info, of: record)]
    let alt = view[view.column(.alt, of: record)]
    let alternates =
      alt.count == 1 && alt[0] == UInt8(ascii: ".") ? 0 : alt.reduce(1) { $0 + ($1 == UInt8(ascii: ",") ? 1 : 0) }
    guard let genotypes, try count(view, record, chosen, alternates, genotypes) else {
      bytes.append(contentsOf: info)
      return
    }
    let start = bytes.count
    var (hasCounts, hasNumber) = (false, false)
    func separate() { if bytes.count > start { bytes.append(UInt8(ascii: ";")) } }
    func appendCounts() {
      guard !hasCounts, alternates > 0 else { return }
      hasCounts = true
      separate()
      bytes.append(contentsOf: "AC=".utf8)
      for allele in 1...alternates {
        if allele > 1 { bytes.append(UInt8(ascii: ",")) }
        append(genotypes.count(of: allele))
      }
    }
    func appendNumber() {
      guard !hasNumber else { return }
      hasNumber = true
      separate()
      bytes.append(contentsOf: "AN=".utf8)
      append((0...alternates).reduce(0) { $0 + genotypes.count(of: $1) })
    }
    view.forEachInfo(of: record) { entry in
      let key = view[entry.key]
      if key.elementsEqual("AC".utf8) {
        appendCounts()
      } else if key.elementsEqual("AN".utf8) {
        appendNumber()
      } else {
        separate()
        bytes.append(contentsOf: view[entry.key.lowerBound..<(entry.value?.upperBound ?? entry.key.upperBound)])
      }
      return true
    }
    appendCounts()
    appendNumber()
  }

  /// Counts the alleles of the samples that stay; false where the record has no GT.
  private func count(
    _ view: VariantRecords, _ record: Int, _ chosen: [Int], _ alternates: Int, _ genotypes: FilterGenotypes
  ) throws(FilterRecordFault) -> Bool {
    let key: StaticString = "GT"
    let text = UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    guard let place = view.formatIndex(of: text, of: record),
      let base = view.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    else { return false }
    genotypes.begin()
    for sample in chosen {
      var position = samples[sample].lowerBound
      let end = samples[sample].upperBound
      var left = place
      while left > 0, position < end {
        if base[position] == UInt8(ascii: ":") { left -= 1 }
        position += 1
      }
      if left == 0 { genotypes.read(0, base, &position, end) }
    }
    guard genotypes.greatest <= alternates else {
      throw FilterRecordFault(reason: "GT names allele \(genotypes.greatest) of \(alternates)")
    }
    return true
  }

  private func append(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }
}
