import GenomicFiles
import Genomics

/// A record's way through a job. One step serves the records of a run, one after the other.
struct RecordStep {
  /// An alternate allele as it stands in the line.
  typealias Alternate = (text: UnsafeRawBufferPointer, kind: AlternateAlleleKind)

  let job: VariantJob
  let header: VCFHeader
  let batch: VariantBatch
  var view: VariantRecords
  /// The record's index in `view`.
  var record: Int
  /// The record's index in the batch, where `view` is not the batch's own.
  var origin: Int?
  /// Whether the spans of the lines are wanted.
  let isIndexed: Bool
  /// nil where nothing is normalised.
  let reference: ReferenceView?
  /// Memory that is kept from record to record.
  var splitter: RecordSplitter
  var normaliser = AlleleNormaliser()
  var atoms: [AlleleAtoms.Atom] = []
  var spare: [UInt8] = []
  /// Lines that are written as they stand and not copied yet: they are next to each other in the batch.
  var pending = 0..<0

  init(
    job: VariantJob, header: VCFHeader, fields: ListFields, batch: VariantBatch, view: VariantRecords, record: Int,
    isIndexed: Bool, reference: ReferenceView?
  ) {
    self.job = job
    self.header = header
    self.batch = batch
    self.view = view
    self.record = record
    self.isIndexed = isIndexed
    self.reference = reference
    splitter = RecordSplitter(fields: fields)
  }

  mutating func run(into outcome: inout VariantOutcome, _ tally: inout VariantTally) throws {
    let ref = view[view.column(.ref, of: record)]
    let alt = view[view.column(.alt, of: record)]
    if ref.count == 1, alt.count == 1, Base.isVCFBase(alt[0]) {
      try runSNV(ref, alt, into: &outcome, &tally)
      return
    }
    guard !ref.isEmpty, ref.allSatisfy(Base.isVCFBase) else { throw malformed("REF is not bases A, C, G, T or N") }
    if !alt.isEmpty, alt.allSatisfy(Base.isVCFBase) {
      try runPair(ref, alt, into: &outcome, &tally)
    } else {
      try runList(ref, alt, into: &outcome, &tally)
    }
  }

  /// One base for another: nothing can move, so the line is copied unless its case changes.
  private mutating func runSNV(
    _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, into outcome: inout VariantOutcome,
    _ tally: inout VariantTally
  ) throws {
    guard Base.isVCFBase(ref[0]) else { throw malformed("REF is not bases A, C, G, T or N") }
    let upperRef = Base.uppercased(ref[0])
    let upperAlt = Base.uppercased(alt[0])
    if let reference, reference.base(at: view.position(of: record) - 1) != upperRef || upperRef == UInt8(ascii: "N") {
      guard try checkReference(ref, alt, into: &outcome, &tally) else { return }
    }
    if upperRef == upperAlt {
      tally.count(class: .equalToReference)
      if job.normalises { tally.count(untouched: .equalToReference) }
    } else {
      tally.countSNV(upperRef, upperAlt)
    }
    if job.normalises, ref[0] != upperRef || alt[0] != upperAlt {
      begin([alt], ref)
      appendRewritten(to: &outcome)
    } else {
      appendLine(refCount: 1, to: &outcome)
    }
  }

  /// One alternate of bases.
  private mutating func runPair(
    _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, into outcome: inout VariantOutcome,
    _ tally: inout VariantTally
  ) throws {
    guard try checkReference(ref, alt, into: &outcome, &tally) else { return }
    let isNormal =
      ref[ref.count - 1] != alt[alt.count - 1] && (ref.count == 1 || alt.count == 1 || ref[0] != alt[0])
      && Self.isUpper(ref) && Self.isUpper(alt) && !job.atomizes
    guard job.normalises, !isNormal, let reference else {
      tally.count(ref, alt)
      appendLine(refCount: ref.count, to: &outcome)
      return
    }
    if job.atomizes, try atomize(ref, alt, part: nil, reference, into: &outcome, &tally) { return }
    begin([alt], ref)
    try normalise(part: nil, reference, into: &outcome, &tally)
  }

  /// Several alternates, or one that is no bases.
  private mutating func runList(
    _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, into outcome: inout VariantOutcome,
    _ tally: inout VariantTally
  ) throws {
    let alternates = try alternates(alt)
    guard try checkReference(ref, alt, into: &outcome, &tally) else { return }
    // Only records whose alternates are all bases are moved; `*` of a record that is split is left behind.
    let special = alternates.compactMap { AlleleClass($0.kind) }
    let bases = alternates.filter { $0.kind == .bases }
    let isSplit = (job.splits || job.atomizes) && job.normalises && alternates.count > 1 && !bases.isEmpty
    let holding = special.first {
      !(isSplit && ($0 == .overlappingDeletion || ($0 == .unspecified && job.leavesUnspecified)))
    }
    guard job.normalises, let reference, holding == nil else {
      if job.normalises, let holding { tally.count(untouched: holding) }
      count(ref, alt, &tally)
      appendLine(refCount: ref.count, to: &outcome)
      return
    }
    guard isSplit else {
      begin(bases.map(\.text), ref)
      try normalise(part: nil, reference, into: &outcome, &tally)
      return
    }
    guard try beginSplit(ref, alt, alternates.count, isAllBases: special.isEmpty) else {
      tally.counts.untouched["localAlleles", default: 0] += 1
      count(ref, alt, &tally)
      appendLine(refCount: ref.count, to: &outcome)
      return
    }
    tally.counts.recordsSplit += 1
    tally.counts.recordsAddedBySplitting += bases.count - 1
    tally.counts.overlappingDeletionAllelesNotSplit += special.count { $0 == .overlappingDeletion }
    var isFirst = true
    let before = outcome.bytes.count
    for (index, alternate) in alternates.enumerated() where alternate.kind == .bases {
      try checkParts(outcome.bytes.count - before)
      let part = Part(allele: index + 1, isFirst: isFirst)
      isFirst = false
      if job.atomizes, try atomize(ref, alternate.text, part: part, reference, into: &outcome, &tally) { continue }
      begin([alternate.text], ref)
      try normalise(part: part, reference, into: &outcome, &tally)
    }
  }

  /// An allele of a record that is split.
  struct Part {
    /// Counted from 1.
    var allele: Int
    var isFirst: Bool
  }

  private mutating func begin(_ alternates: [UnsafeRawBufferPointer], _ ref: UnsafeRawBufferPointer) {
    normaliser.begin(at: view.position(of: record) - 1)
    normaliser.add(ref)
    for alternate in alternates { normaliser.add(alternate) }
  }

  /// Normalises the alleles that the normaliser holds, counts and writes them.
  private mutating func normalise(
    part: Part?, link: [UInt8] = [], _ reference: ReferenceView, into outcome: inout VariantOutcome,
    _ tally: inout VariantTally
  ) throws {
    if normaliser.hasTwins {
      // An alternate that is the reference, or stands twice, has no normal form.
      tally.count(untouched: .equalToReference)
    } else {
      let change = normaliser.normalise(reference)
      if change.isShifted { tally.counts.leftAligned += 1 }
      if change.isTrimmed { tally.counts.trimmed += 1 }
      if change.isLimited { tally.counts.shiftLimited += 1 }
    }
    spare.removeAll(keepingCapacity: true)
    normaliser.append(0, to: &spare)
    let refCount = spare.count
    for allele in 1..<normaliser.count {
      normaliser.append(allele, to: &spare)
      spare.withUnsafeBytes { tally.count($0.slice(0..<refCount), $0.slice(refCount..<$0.count)) }
      spare.removeSubrange(refCount...)
    }
    if let part {
      do { try appendPart(part, link: link, to: &outcome) } catch { throw malformed(error.reason) }
    } else if link.isEmpty {
      appendRewritten(to: &outcome)
    } else {
      appendLinked(link, to: &outcome)
    }
  }

  /// Takes an allele apart.
  /// - Returns: whether it has several atoms, which were written.
  private mutating func atomize(
    _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, part: Part?, _ reference: ReferenceView,
    into outcome: inout VariantOutcome, _ tally: inout VariantTally
  ) throws -> Bool {
    AlleleAtoms.find(ref, alt, into: &atoms)
    guard atoms.count > 1 else { return false }
    tally.counts.allelesAtomized += 1
    tally.counts.recordsAddedByAtomizing += atoms.count - 1
    var link: [UInt8] = []
    let before = outcome.bytes.count
    for (index, atom) in atoms.enumerated() {
      try checkParts(outcome.bytes.count - before)
      link.removeAll(keepingCapacity: true)
      link.append(ascii: ";APUS_ATOM=")
      for text in [view[view.column(.chrom, of: record)], view[view.column(.pos, of: record)], ref, alt] {
        SplitFields.appendEncoded(text, to: &link)
        link.append(UInt8(ascii: "|"))
      }
      link.append(number: index + 1)
      link.append(UInt8(ascii: "|"))
      link.append(number: atoms.count)
      normaliser.begin(at: view.position(of: record) - 1 + atom.offset)
      normaliser.add(ref.slice(atom.offset..<(atom.offset + atom.refCount)))
      normaliser.add(alt.slice(atom.offset..<(atom.offset + atom.altCount)))
      try normalise(part: part, link: link, reference, into: &outcome, &tally)
    }
    return true
  }

  /// Every part holds the whole record's alleles, so that they can be joined again: parts of a million alternates would
  /// come to terabytes.
  private func checkParts(_ bytes: Int) throws {
    guard bytes > 1 << 28 else { return }
    throw malformed("the parts of the record come to more than \(1 << 28) bytes")
  }

  private mutating func beginSplit(
    _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, _ alternateCount: Int, isAllBases: Bool
  ) throws -> Bool {
    let columns = SplitColumns(
      chrom: view[view.column(.chrom, of: record)], pos: view[view.column(.pos, of: record)], ref: ref, alt: alt,
      info: view[view.column(.info, of: record)], format: view[view.column(.format, of: record)],
      samples: header.samples.isEmpty ? nil : view[view.samples(of: record)])
    do {
      return try splitter.begin(columns, alternateCount: alternateCount, isAllBases: isAllBases)
    } catch {
      throw malformed(error.reason)
    }
  }

  private func alternates(_ alt: UnsafeRawBufferPointer) throws -> [Alternate] {
    try alt.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { slice in
      let text = UnsafeRawBufferPointer(rebasing: slice)
      guard let kind = AlternateAlleleKind(text) else { throw malformed("ALT holds an allele that VCF does not allow") }
      return (text, kind)
    }
  }

  func malformed(_ reason: String) -> InputError {
    InputError(
      .malformed, at: batch.location(of: origin ?? record), reason, remedy: "correct the line, or make the file again")
  }
}
