import GenomicFiles
import Genomics
import Synchronization
import Variants

/// Reads from a relative's own file what it says of candidates.
///
/// An absent record says nothing: callers write no record where they saw the reference, and none where they saw nothing.
final class RelativeTap: VariantTap {
  /// What was found, by sample column, then by candidate.
  typealias Found = [[Int: CallEvidence]]

  let index: CandidateIndex
  /// The sample columns read.
  let columns: [Int]
  private let found: Mutex<Found>

  init(_ index: CandidateIndex, columns: [Int]) {
    self.index = index
    self.columns = columns
    found = Mutex(Array(repeating: [:], count: columns.count))
  }

  func begin(contig: String, header: VCFHeader) -> any VariantTapRun {
    RelativeTapRun(tap: self, contig: contig, isWanted: index.has(contig))
  }

  func take(_ part: Found) {
    found.withLock { found in
      for (column, evidence) in part.enumerated() {
        for (candidate, one) in evidence { found[column][candidate, default: CallEvidence()].merge(one) }
      }
    }
  }

  /// What all records said.
  var all: Found { found.withLock { $0 } }
}

private struct RelativeTapRun: VariantTapRun {
  let tap: RelativeTap
  let contig: String
  let isWanted: Bool
  private var found: RelativeTap.Found
  private var lastRecord = -1

  init(tap: RelativeTap, contig: String, isWanted: Bool) {
    self.tap = tap
    self.contig = contig
    self.isWanted = isWanted
    found = Array(repeating: [:], count: tap.columns.count)
  }

  mutating func look(at record: TappedRecord) throws {
    guard isWanted else { return }
    lookForAlleles(record)
    // The parts of a split record come one after the other.
    guard record.record != lastRecord else { return }
    lastRecord = record.record
    lookAround(record)
  }

  func deliver() throws { tap.take(found) }

  /// A filter that failed tells that the caller does not stand by the call.
  private func isTrusted(_ record: TappedRecord) -> Bool {
    record.filter.elementsEqual("PASS".utf8) || record.filter.elementsEqual(".".utf8)
  }

  /// Candidates that a line has as its alternates.
  private mutating func lookForAlleles(_ record: TappedRecord) {
    var samples: RecordSamples?
    var number = 0
    for alternate in record.alternates.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      number += 1
      let bytes = UnsafeRawBufferPointer(rebasing: alternate)
      guard AlternateAlleleKind(bytes) == .bases else { continue }
      let shape = AlleleShape(start: record.position - 1, reference: record.reference, alternate: bytes)
      guard let candidate = tap.index.number(shape, on: contig) else { continue }
      let read = samples ?? RecordSamples(record.original, record.record)
      samples = read
      for (place, column) in tap.columns.enumerated() {
        var call = read.call(column, allele: record.allele ?? number) { _ in .record }
        // A gVCF writes 0/0 also where its caller saw nothing, with a quality of 0.
        let isUnsure =
          read.hasUnspecified && call.copies.allSatisfy { $0 == .reference }
          && !ReferenceCallRule.suffices(read.fields(column).leastDepth, call.quality)
        if isUnsure || !isTrusted(record) { call.copies = call.copies.map { _ in .missing } }
        found[place][candidate, default: CallEvidence()].add(exact: call)
      }
    }
  }

  /// Candidates that a record covers, whatever it has there.
  private mutating func lookAround(_ record: TappedRecord) {
    let view = record.original
    let start = view.position(of: record.record) - 1
    let reference = view[view.column(.ref, of: record.record)]
    var end = start + reference.count
    let declared = view.info(Self.key("END"), of: record.record)?.value
      .flatMap { Int(String(decoding: view[$0], as: UTF8.self)) }
    var samples: RecordSamples?
    // An END of a structural record says nothing of the bases in between, so it counts for blocks alone.
    if let declared, declared > end {
      let read = RecordSamples(view, record.record)
      samples = read
      if read.isReferenceOnly { end = declared }
    }
    var entries: [CandidateIndex.Entry] = []
    tap.index.forEach(on: contig, in: start..<end) { entries.append($0) }
    let read: RecordSamples
    if entries.isEmpty {
      // Blocks of VCF 4.5 tell their length for each sample.
      guard Self.mayHaveLength(view, record.record) else { return }
      read = samples ?? RecordSamples(view, record.record)
    } else {
      read = samples ?? RecordSamples(view, record.record)
    }
    for (place, column) in tap.columns.enumerated() {
      let fields = read.fields(column)
      if let length = fields.blockLength, length > end - start {
        tap.index.forEach(on: contig, in: start..<(start + length)) {
          add(record, read, fields, $0, start..<(start + length), place)
        }
      } else {
        for entry in entries { add(record, read, fields, entry, start..<end, place) }
      }
    }
  }

  private mutating func add(
    _ record: TappedRecord, _ read: RecordSamples, _ fields: RecordSamples.Fields, _ entry: CandidateIndex.Entry,
    _ range: Range<Int>, _ place: Int
  ) {
    let start = range.lowerBound
    guard let genotype = fields.genotype else { return }
    let isReference = genotype.alleles.allSatisfy { $0 == 0 }
    let suffices = ReferenceCallRule.suffices(fields.leastDepth, fields.quality)
    let isTrusted = isTrusted(record)
    if isReference, isTrusted, read.isReferenceOnly || read.hasUnspecified {
      guard suffices else { return }
      found[place][entry.number, default: CallEvidence()].add(
        CallEvidence.Stretch(
          range: range, ploidy: genotype.ploidy, depth: fields.leastDepth, quality: fields.quality))
      return
    }
    guard !read.isReferenceOnly else { return }
    let view = record.original
    let reference = view[view.column(.ref, of: record.record)]
    let copies = genotype.alleles.map { number -> PersonCall.Copy in
      guard isTrusted, let number else { return .missing }
      if number == 0 { return .reference }
      guard read.alternates.indices.contains(number - 1) else { return .missing }
      let alternate = read.alternates[number - 1]
      switch alternate.kind {
      case .bases:
        return AlleleShape(start: start, reference: reference, alternate: alternate.text).copy(at: entry.shape)
      // The deletion is a record of its own; here the bases are gone.
      case .overlappingDeletion: return .other
      case .some(.none), .unspecified, .symbolic, .breakend, nil: return .missing
      }
    }
    if range.lowerBound <= entry.span.lowerBound, range.upperBound >= entry.span.upperBound {
      // The record of the allele itself is told elsewhere.
      guard !copies.contains(.alternate) else { return }
      let call = read.call(fields, genotype, copies, evidence: .record, allele: nil)
      found[place][entry.number, default: CallEvidence()].add(covering: call)
    } else if isTrusted, suffices, copies.allSatisfy({ $0 == .reference }) {
      found[place][entry.number, default: CallEvidence()].add(
        CallEvidence.Stretch(
          range: range, ploidy: genotype.ploidy, depth: fields.leastDepth, quality: fields.quality))
    }
  }

  private static func key(_ text: StaticString) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  private static func mayHaveLength(_ view: VariantRecords, _ record: Int) -> Bool {
    view.formatIndex(of: key("LEN"), of: record) != nil
  }
}
