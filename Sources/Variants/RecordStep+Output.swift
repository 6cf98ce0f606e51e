import GenomicFiles
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Writing the lines that a record becomes.
extension RecordStep {
  /// Appends a record with normalised alleles, or one allele of a record that is split.
  func append(
    _ alleles: [[UInt8]], position: Int, split: (allele: Int, of: Int)?, to outcome: inout VariantOutcome
  ) throws {
    guard let split else {
      appendRewritten(alleles, position: position, to: &outcome)
      return
    }
    do {
      try appendSplit(alleles, position: position, split.allele, of: split.of, to: &outcome)
    } catch {
      throw malformed(error.reason)
    }
  }

  private func appendSplit(
    _ alleles: [[UInt8]], position: Int, _ allele: Int, of alternateCount: Int, to outcome: inout VariantOutcome
  ) throws(RecordSplitter.Fault) {
    let splitter = RecordSplitter(header: header, view: view, record: record, alternateCount: alternateCount)
    appendFixed(alleles, position: position, to: &outcome)
    try splitter.appendInfo(allele, to: &outcome.bytes)
    let format = view[view.column(.format, of: record)]
    if !format.isEmpty {
      outcome.bytes.append(UInt8(ascii: "\t"))
      outcome.bytes.append(contentsOf: format)
      if !header.samples.isEmpty {
        outcome.bytes.append(UInt8(ascii: "\t"))
        try splitter.appendSamples(allele, to: &outcome.bytes)
      }
    }
    end(position: position, refCount: alleles[0].count, &outcome)
  }

  /// Appends the line with other alleles and position; everything from QUAL on as it stands.
  func appendRewritten(_ alleles: [[UInt8]], position: Int, to outcome: inout VariantOutcome) {
    appendFixed(alleles, position: position, to: &outcome)
    let rest = view.column(.info, of: record).lowerBound..<view.line(record).upperBound
    outcome.bytes.append(contentsOf: view[rest])
    end(position: position, refCount: alleles[0].count, &outcome)
  }

  /// Appends CHROM to FILTER and the tab behind it.
  private func appendFixed(_ alleles: [[UInt8]], position: Int, to outcome: inout VariantOutcome) {
    let tab = UInt8(ascii: "\t")
    outcome.bytes.append(contentsOf: view[view.column(.chrom, of: record)])
    outcome.bytes.append(tab)
    outcome.bytes.append(contentsOf: String(position).utf8)
    outcome.bytes.append(tab)
    outcome.bytes.append(contentsOf: view[view.column(.id, of: record)])
    for (index, allele) in alleles.enumerated() {
      outcome.bytes.append(index < 2 ? tab : UInt8(ascii: ","))
      outcome.bytes.append(contentsOf: allele)
    }
    outcome.bytes.append(tab)
    let rest = view.column(.qual, of: record).lowerBound..<view.column(.filter, of: record).upperBound
    outcome.bytes.append(contentsOf: view[rest])
    outcome.bytes.append(tab)
  }

  /// Appends the line as it stands.
  func appendLine(refCount: Int, to outcome: inout VariantOutcome) {
    outcome.bytes.append(contentsOf: view[view.line(record)])
    end(position: view.position(of: record), refCount: refCount, &outcome)
  }

  private func end(position: Int, refCount: Int, _ outcome: inout VariantOutcome) {
    outcome.bytes.append(UInt8(ascii: "\n"))
    let span = isIndexed ? declaredSpan(position: position, refCount: refCount) : refCount
    outcome.lines.append(VariantOutcome.Line(end: outcome.bytes.count, position: position, span: span))
  }

  /// The reference bases from `position` to INFO/END where it is there and not before it, else of REF: what tabix goes by.
  private func declaredSpan(position: Int, refCount: Int) -> Int {
    let info = view[view.column(.info, of: record)]
    guard let base = info.baseAddress else { return refCount }
    let key = UInt32(bigEndian: 0x454E_443D)  // END=
    var start = 0
    while start + 4 < info.count {
      let rest = info.count - start
      let end = memchr(base + start, 59, rest).map { UnsafeRawPointer($0) - base } ?? info.count
      if end - start > 4, base.loadUnaligned(fromByteOffset: start, as: UInt32.self) == key {
        guard let last = Int(String(decoding: info[(start + 4)..<end], as: UTF8.self)), last >= position else { break }
        // No contig is longer, so a larger END is cut: it must not overflow, nor take the index beyond its reach.
        return min(last, Int(Int32.max)) - position + 1
      }
      start = end + 1
    }
    return refCount
  }
}
