import GenomicFiles
import Genomics

/// One record's way through a job.
struct RecordStep {
  let job: VariantJob
  let header: VCFHeader
  let batch: VariantBatch
  let view: VariantRecords
  let record: Int
  /// nil where nothing is normalised.
  let reference: ReferenceView?

  mutating func run(into outcome: inout VariantOutcome, _ tally: inout VariantTally) throws {
    let refRange = view.column(.ref, of: record)
    let altRange = view.column(.alt, of: record)
    let ref = view[refRange]
    let alt = view[altRange]
    if refRange.count == 1, altRange.count == 1, Base.isVCFBase(alt[0]) {
      try runSNV(ref[0], alt[0], into: &outcome, &tally)
      return
    }
    guard !ref.isEmpty, ref.allSatisfy(Base.isVCFBase) else { throw malformed("REF is not bases A, C, G, T or N") }
    let alternates = try alternates(alt)
    guard try checkReference(ref, into: &outcome, &tally) else { return }
    // Only records whose alternates are all bases are moved; `*` of a record that is split is left behind.
    let special = alternates.compactMap { AlleleClass($0.kind) }
    let bases = alternates.filter { $0.kind == .bases }
    let isSplit = job.splits && job.normalises && alternates.count > 1 && !bases.isEmpty
    if let first = special.first(where: { !(isSplit && $0 == .overlappingDeletion) }) {
      if job.normalises { tally.count(untouched: first) }
      for alternate in alternates {
        tally.count(class: AlleleClass(alternate.kind) ?? Self.looseClass(ref, alternate.text))
      }
      appendLine(span: declaredSpan(ref.count), to: &outcome)
      return
    }
    guard job.normalises, let reference else {
      for alternate in alternates { tally.count(class: Self.looseClass(ref, alternate.text)) }
      appendLine(span: ref.count, to: &outcome)
      return
    }
    let upperRef = ref.map(Base.uppercased)
    if isSplit {
      tally.counts.recordsSplit += 1
      tally.counts.recordsAddedBySplitting += bases.count - 1
      tally.counts.overlappingDeletionAllelesNotSplit += special.count
      for (index, alternate) in alternates.enumerated() where alternate.kind == .bases {
        try normalise(
          [upperRef, alternate.text.map(Base.uppercased)], split: (index + 1, alternates.count), reference,
          into: &outcome, &tally)
      }
    } else {
      try normalise(
        [upperRef] + bases.map { $0.text.map(Base.uppercased) }, split: nil, reference, into: &outcome, &tally)
    }
  }

  /// One base for another: nothing can move, so the line is copied unless its case changes.
  private func runSNV(_ ref: UInt8, _ alt: UInt8, into outcome: inout VariantOutcome, _ tally: inout VariantTally)
    throws
  {
    guard Base.isVCFBase(ref) else { throw malformed("REF is not bases A, C, G, T or N") }
    let upperRef = Base.uppercased(ref)
    let upperAlt = Base.uppercased(alt)
    if reference != nil {
      let keeps = try withUnsafeBytes(of: ref) { try checkReference($0, into: &outcome, &tally) }
      guard keeps else { return }
    }
    if upperRef == upperAlt {
      tally.count(class: .equalToReference)
      if job.normalises { tally.count(untouched: .equalToReference) }
    } else {
      tally.countSNV(upperRef, upperAlt)
    }
    if job.normalises, ref != upperRef || alt != upperAlt {
      appendRewritten([[upperRef], [upperAlt]], position: view.position(of: record), split: nil, to: &outcome)
    } else {
      appendLine(span: 1, to: &outcome)
    }
  }

  private func normalise(
    _ alleles: [[UInt8]], split: (allele: Int, of: Int)?, _ reference: ReferenceView,
    into outcome: inout VariantOutcome,
    _ tally: inout VariantTally
  ) throws {
    let position = view.position(of: record)
    guard Set(alleles).count == alleles.count else {
      // An alternate that is the reference, or stands twice, has no normal form.
      tally.count(untouched: .equalToReference)
      tally.count(class: .equalToReference)
      try append(alleles, position: position, split: split, to: &outcome)
      return
    }
    var normaliser = AlleleNormaliser(alleles: alleles, position: position - 1)
    let change = normaliser.normalise(reference)
    if change.isShifted { tally.counts.leftAligned += 1 }
    if change.isTrimmed { tally.counts.trimmed += 1 }
    if change.isLimited { tally.counts.shiftLimited += 1 }
    let normal = normaliser.alleles
    for alternate in normal.dropFirst() {
      normal[0].withUnsafeBytes { ref in
        alternate.withUnsafeBytes { alt in
          if ref.count == 1, alt.count == 1 {
            tally.countSNV(ref[0], alt[0])
          } else {
            tally.count(class: AlleleClass(reference: ref, alternate: alt))
          }
        }
      }
    }
    try append(normal, position: normaliser.position + 1, split: split, to: &outcome)
  }

  private func append(
    _ alleles: [[UInt8]], position: Int, split: (allele: Int, of: Int)?, to outcome: inout VariantOutcome
  ) throws {
    do {
      try appendThrowing(alleles, position: position, split: split, to: &outcome)
    } catch {
      throw malformed("\(error.field) has \(error.found) values where its Number asks for \(error.expected)")
    }
  }

  private func appendThrowing(
    _ alleles: [[UInt8]], position: Int, split: (allele: Int, of: Int)?, to outcome: inout VariantOutcome
  ) throws(RecordSplitter.ArityFault) {
    guard let split else {
      appendRewritten(alleles, position: position, split: nil, to: &outcome)
      return
    }
    let splitter = RecordSplitter(header: header, view: view, record: record, alternateCount: split.of)
    appendFixed(alleles, position: position, to: &outcome)
    try splitter.appendInfo(split.allele, to: &outcome.bytes)
    let format = view[view.column(.format, of: record)]
    if !format.isEmpty {
      outcome.bytes.append(UInt8(ascii: "\t"))
      outcome.bytes.append(contentsOf: format)
      if !header.samples.isEmpty {
        outcome.bytes.append(UInt8(ascii: "\t"))
        try splitter.appendSamples(split.allele, to: &outcome.bytes)
      }
    }
    end(position: position, span: alleles[0].count, &outcome)
  }

  /// Appends the line with other alleles and position; everything from QUAL on as it stands.
  private func appendRewritten(
    _ alleles: [[UInt8]], position: Int, split: Int?, to outcome: inout VariantOutcome
  ) {
    appendFixed(alleles, position: position, to: &outcome)
    let rest = view.column(.info, of: record).lowerBound..<view.line(record).upperBound
    outcome.bytes.append(contentsOf: view[rest])
    end(position: position, span: alleles[0].count, &outcome)
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

  private func appendLine(span: Int, to outcome: inout VariantOutcome) {
    outcome.bytes.append(contentsOf: view[view.line(record)])
    end(position: view.position(of: record), span: span, &outcome)
  }

  private func end(position: Int, span: Int, _ outcome: inout VariantOutcome) {
    outcome.bytes.append(UInt8(ascii: "\n"))
    outcome.lines.append(VariantOutcome.Line(end: outcome.bytes.count, position: position, span: span))
  }

  /// Compares REF with the FASTA.
  /// - Returns: whether the record goes on to be normalised; if not, it was dropped or appended as it is.
  private func checkReference(
    _ ref: UnsafeRawBufferPointer, into outcome: inout VariantOutcome, _ tally: inout VariantTally
  ) throws -> Bool {
    guard let reference else { return true }
    let start = view.position(of: record) - 1
    var isAmbiguous = false
    for (index, byte) in ref.enumerated() {
      let base = Base.uppercased(byte)
      guard let expected = reference.base(at: start + index) else {
        return try mismatch(
          "REF reaches beyond the \(reference.length) bases of \(reference.contig)", into: &outcome, &tally)
      }
      if expected == base { continue }
      let mask = Base.iupacMask(expected)
      // N in the FASTA is no evidence for a base; the other codes are.
      guard mask != 15, Base.iupacMask(base) & mask == Base.iupacMask(base), base != UInt8(ascii: "N") else {
        return try mismatch(
          "REF has \(Character(Unicode.Scalar(base))) where \(reference.contig):\(start + index + 1) of the FASTA has \(Character(Unicode.Scalar(expected)))",
          into: &outcome, &tally)
      }
      isAmbiguous = true
    }
    if isAmbiguous { tally.counts.referenceAmbiguous += 1 }
    return true
  }

  private func mismatch(_ reason: String, into outcome: inout VariantOutcome, _ tally: inout VariantTally) throws
    -> Bool
  {
    switch job.referenceCheck {
    case .error:
      throw InputError(
        .mismatch, at: batch.location(of: record), reason,
        remedy: "give the FASTA that the variants were called on, or --check-ref warn or exclude")
    case .warn:
      tally.counts.referenceMismatches += 1
      appendLine(span: view.column(.ref, of: record).count, to: &outcome)
    case .exclude: tally.counts.dropped["reference-mismatch", default: 0] += 1
    }
    return false
  }

  private func alternates(_ alt: UnsafeRawBufferPointer) throws -> [(
    text: UnsafeRawBufferPointer, kind: AlternateAlleleKind
  )] {
    try alt.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { slice in
      let text = UnsafeRawBufferPointer(rebasing: slice)
      guard let kind = AlternateAlleleKind(text) else { throw malformed("ALT holds an allele that VCF does not allow") }
      return (text, kind)
    }
  }

  /// The reference bases that a symbolic allele or block spans: to INFO/END where it is there.
  private func declaredSpan(_ refCount: Int) -> Int {
    let info = view[view.column(.info, of: record)]
    for entry in info.split(separator: UInt8(ascii: ";")) where entry.starts(with: "END=".utf8) {
      if let end = Int(String(decoding: entry.dropFirst(4), as: UTF8.self)), end >= view.position(of: record) {
        return end - view.position(of: record) + 1
      }
    }
    return refCount
  }

  /// The class of an allele that was not trimmed: told from the lengths alone where the bases would mislead.
  private static func looseClass(_ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer) -> AlleleClass {
    if ref.count == alt.count { return ref.count == 1 ? .snv : .mnv }
    if ref.count < alt.count, alt.starts(with: ref) { return .insertion }
    if alt.count < ref.count, ref.starts(with: alt) { return .deletion }
    return .complex
  }

  private func malformed(_ reason: String) -> InputError {
    InputError(.malformed, at: batch.location(of: record), reason, remedy: "correct the line, or make the file again")
  }
}
