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

  func run(into outcome: inout VariantOutcome, _ tally: inout VariantTally) throws {
    let refRange = view.column(.ref, of: record)
    let altRange = view.column(.alt, of: record)
    let ref = view[refRange]
    let alt = view[altRange]
    if refRange.count == 1, altRange.count == 1, Base.isVCFBase(alt[0]) {
      try runSNV(ref, alt, into: &outcome, &tally)
      return
    }
    guard !ref.isEmpty, ref.allSatisfy(Base.isVCFBase) else { throw malformed("REF is not bases A, C, G, T or N") }
    let alternates = try alternates(alt)
    guard try checkReference(ref, alternates, into: &outcome, &tally) else { return }
    // Only records whose alternates are all bases are moved; `*` of a record that is split is left behind.
    let special = alternates.compactMap { AlleleClass($0.kind) }
    let bases = alternates.filter { $0.kind == .bases }
    let isSplit = job.splits && job.normalises && alternates.count > 1 && !bases.isEmpty
    let holding = special.first { !(isSplit && $0 == .overlappingDeletion) }
    guard job.normalises, let reference, holding == nil else {
      if job.normalises, let holding { tally.count(untouched: holding) }
      count(ref, alternates, &tally)
      appendLine(refCount: ref.count, to: &outcome)
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
  private func runSNV(
    _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, into outcome: inout VariantOutcome,
    _ tally: inout VariantTally
  ) throws {
    guard Base.isVCFBase(ref[0]) else { throw malformed("REF is not bases A, C, G, T or N") }
    let upperRef = Base.uppercased(ref[0])
    let upperAlt = Base.uppercased(alt[0])
    if reference != nil {
      guard try checkReference(ref, [(alt, .bases)], into: &outcome, &tally) else { return }
    }
    if upperRef == upperAlt {
      tally.count(class: .equalToReference)
      if job.normalises { tally.count(untouched: .equalToReference) }
    } else {
      tally.countSNV(upperRef, upperAlt)
    }
    if job.normalises, ref[0] != upperRef || alt[0] != upperAlt {
      appendRewritten([[upperRef], [upperAlt]], position: view.position(of: record), to: &outcome)
    } else {
      appendLine(refCount: 1, to: &outcome)
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
      count(alleles, &tally)
      try append(alleles, position: position, split: split, to: &outcome)
      return
    }
    var normaliser = AlleleNormaliser(alleles: alleles, position: position - 1)
    let change = normaliser.normalise(reference)
    if change.isShifted { tally.counts.leftAligned += 1 }
    if change.isTrimmed { tally.counts.trimmed += 1 }
    if change.isLimited { tally.counts.shiftLimited += 1 }
    let normal = normaliser.alleles
    count(normal, &tally)
    try append(normal, position: normaliser.position + 1, split: split, to: &outcome)
  }

  private func alternates(_ alt: UnsafeRawBufferPointer) throws -> [Alternate] {
    try alt.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { slice in
      let text = UnsafeRawBufferPointer(rebasing: slice)
      guard let kind = AlternateAlleleKind(text) else { throw malformed("ALT holds an allele that VCF does not allow") }
      return (text, kind)
    }
  }

  /// Counts the alternates of a line that is written as it stands.
  func count(_ ref: UnsafeRawBufferPointer, _ alternates: [Alternate], _ tally: inout VariantTally) {
    for alternate in alternates {
      if let special = AlleleClass(alternate.kind) {
        tally.count(class: special)
      } else {
        tally.count(ref, alternate.text)
      }
    }
  }

  private func count(_ alleles: [[UInt8]], _ tally: inout VariantTally) {
    alleles[0].withUnsafeBytes { ref in
      for alternate in alleles.dropFirst() { alternate.withUnsafeBytes { tally.count(ref, $0) } }
    }
  }

  func malformed(_ reason: String) -> InputError {
    InputError(
      .malformed, at: batch.location(of: origin ?? record), reason, remedy: "correct the line, or make the file again")
  }
}
