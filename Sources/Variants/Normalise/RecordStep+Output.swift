import GenomicFiles
import Genomics

// Writing the lines that a record becomes.
extension RecordStep {
  /// Whether no letter is lower case.
  static func isUpper(_ text: UnsafeRawBufferPointer) -> Bool {
    for byte in text where byte &- UInt8(ascii: "a") < 26 { return false }
    return true
  }

  /// Counts the alternates of a line that is written as it stands.
  func count(_ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, _ tally: inout VariantTally) {
    var start = 0
    while start <= alt.count {
      let end = alt.end(from: start, before: UInt8(ascii: ","))
      let allele = alt.slice(start..<end)
      if let special = AlternateAlleleKind(allele).flatMap(AlleleClass.init) {
        tally.count(class: special)
      } else {
        tally.count(ref, allele)
      }
      start = end + 1
    }
  }

  /// Appends one allele of a record that is split.
  mutating func appendPart(_ part: Part, link: [UInt8], to outcome: inout VariantOutcome) throws(RecordSplitter.Fault) {
    appendFixed(to: &outcome)
    try splitter.appendColumns(part.allele, isFirst: part.isFirst, link: link, to: &outcome.bytes)
    end(&outcome, allele: part.allele)
  }

  /// Appends the line with the normaliser's alleles and position; everything from QUAL on as it stands.
  mutating func appendRewritten(to outcome: inout VariantOutcome) {
    appendFixed(to: &outcome)
    outcome.bytes.append(bytes: view[view.column(.info, of: record).lowerBound..<view.line(record).upperBound])
    end(&outcome)
  }

  /// The same with an INFO entry more.
  mutating func appendLinked(_ link: [UInt8], to outcome: inout VariantOutcome) {
    appendFixed(to: &outcome)
    let info = view.column(.info, of: record)
    if view[info].isMissing {
      outcome.bytes += link.dropFirst()
    } else {
      outcome.bytes.append(bytes: view[info])
      outcome.bytes += link
    }
    outcome.bytes.append(bytes: view[info.upperBound..<view.line(record).upperBound])
    end(&outcome)
  }

  /// Appends CHROM to FILTER and the tab behind it.
  private mutating func appendFixed(to outcome: inout VariantOutcome) {
    flush(&outcome)
    let tab = UInt8(ascii: "\t")
    outcome.bytes.append(bytes: view[view.column(.chrom, of: record)])
    outcome.bytes.append(tab)
    outcome.bytes.append(number: normaliser.position + 1)
    outcome.bytes.append(tab)
    outcome.bytes.append(bytes: view[view.column(.id, of: record)])
    for allele in 0..<normaliser.count {
      outcome.bytes.append(allele < 2 ? tab : UInt8(ascii: ","))
      normaliser.append(allele, to: &outcome.bytes)
    }
    outcome.bytes.append(tab)
    let rest = view.column(.qual, of: record).lowerBound..<view.column(.filter, of: record).upperBound
    outcome.bytes.append(bytes: view[rest])
    outcome.bytes.append(tab)
  }

  private func end(_ outcome: inout VariantOutcome, allele: Int = 0) {
    outcome.bytes.append(UInt8(ascii: "\n"))
    end(
      at: outcome.bytes.count, position: normaliser.position + 1, refCount: normaliser.length(0), allele: allele,
      &outcome)
  }

  /// Appends the line as it stands: lines next to each other are copied at once, later.
  mutating func appendLine(refCount: Int, to outcome: inout VariantOutcome) {
    let line = view.line(record)
    // A carriage return before the line feed keeps lines apart.
    if !pending.isEmpty, pending.upperBound + 1 == line.lowerBound {
      pending = pending.lowerBound..<line.upperBound
    } else {
      flush(&outcome)
      pending = line
    }
    end(
      at: outcome.bytes.count + pending.count + 1, position: view.position(of: record), refCount: refCount, &outcome)
  }

  /// Copies the lines that wait for it.
  mutating func flush(_ outcome: inout VariantOutcome) {
    guard !pending.isEmpty else { return }
    outcome.bytes.append(bytes: view[pending])
    outcome.bytes.append(UInt8(ascii: "\n"))
    pending = 0..<0
  }

  private func end(
    at end: Int, position: Int, refCount: Int, allele: Int = 0, _ outcome: inout VariantOutcome
  ) {
    if job.joins, isPart { outcome.parts.append(outcome.lines.count) }
    let span = isIndexed ? declaredSpan(position: position, refCount: refCount) : refCount
    outcome.lines.append(
      VariantOutcome.Line(
        end: end, position: position, span: span, record: Int32(truncatingIfNeeded: origin ?? record),
        allele: Int32(truncatingIfNeeded: allele)))
  }

  /// Whether the record was split from another, and not taken apart since.
  private var isPart: Bool {
    func has(_ key: StaticString) -> Bool {
      view.info(UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount), of: record) != nil
    }
    return has("APUS_ORIG") && !has("APUS_ATOM")
  }

  /// The reference bases from `position` to INFO/END where it is there and not before it, else of REF: what tabix goes by.
  private func declaredSpan(position: Int, refCount: Int) -> Int {
    guard let value = view.bytes.endValue(ofInfo: view.column(.info, of: record)),
      let last = Int(String(decoding: view.bytes[value], as: UTF8.self)), last >= position
    else { return refCount }
    // No contig is longer, so a larger END is cut: it must not overflow, nor take the index beyond its reach.
    return min(last, Int(Int32.max)) - position + 1
  }
}

extension UnsafeRawBufferPointer {
  /// The value of the first INFO entry `END` that has one; nil where there is none. Without going from entry to entry:
  /// it is looked for in every record that is written, and few have it.
  fileprivate func endValue(ofInfo info: Range<Int>) -> Range<Int>? {
    var block = info.lowerBound
    // Whether the byte before the block is a D.
    var before: UInt64 = 0
    while block < info.upperBound {
      let letters = places(of: UInt8(ascii: "D"), inBlockAt: block)
      var ends = places(of: UInt8(ascii: "="), inBlockAt: block) & (letters << 1 | before)
      before = letters >> 63
      while ends != 0 {
        let equals = block + ends.trailingZeroBitCount
        let start = equals - 3
        ends &= ends &- 1
        guard equals < info.upperBound else { return nil }
        guard start >= info.lowerBound, self[start] == UInt8(ascii: "E"), self[start + 1] == UInt8(ascii: "N"),
          start == info.lowerBound || self[start - 1] == UInt8(ascii: ";")
        else { continue }
        let end = slice(0..<info.upperBound).end(from: equals + 1, before: UInt8(ascii: ";"))
        if end > equals + 1 { return (equals + 1)..<end }
      }
      block += 64
    }
    return nil
  }
}
