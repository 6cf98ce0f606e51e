import GenomicFiles

/// Read starts by the share of G and C in the reference beside them, as Picard's CollectGcBiasMetrics counts them.
///
/// Every mapped record counts, also secondary, supplementary, duplicate and QC-fail ones. Source: Picard 2.27.5,
/// measured; `Docs/picard-differences.md`. Needs the bases of every contig.
public struct GCBias: CoordinateCollector, Equatable {
  /// `gc-bias`.
  public static let name = "gc-bias"
  /// Windows are counted over the whole reference.
  public static var referenceNeed: ReferenceNeed { .everyContig }

  /// Windows of the reference by their percentage of G and C.
  private(set) var windows = [Int](repeating: 0, count: GCWindows.binCount)
  /// Reads that start in a window of such a percentage.
  private(set) var reads = [Int](repeating: 0, count: GCWindows.binCount)
  /// Their bases.
  private(set) var bases = [Int](repeating: 0, count: GCWindows.binCount)
  /// Bases of theirs that differ from the reference, are inserted or are deleted.
  private(set) var errors = [Int](repeating: 0, count: GCWindows.binCount)
  /// Contigs that the reference does not have.
  private(set) var contigsWithoutBases = 0

  private var contig: ContigBases?
  private var isCounted = true
  private var letters = ReadLetters()

  /// Nothing counted; nil without a reference.
  public init?(_ setting: CollectorSetting) {
    guard setting.hasReference else { return nil }
  }

  /// Equal counts.
  public static func == (a: GCBias, b: GCBias) -> Bool {
    a.windows == b.windows && a.reads == b.reads && a.bases == b.bases && a.errors == b.errors
      && a.contigsWithoutBases == b.contigsWithoutBases
  }

  /// Begins a contig.
  public mutating func begin(_ contig: Int, bases: ContigBases?) {
    countWindows()
    self.contig = bases
    isCounted = bases == nil
    if bases == nil { contigsWithoutBases += 1 }
  }

  /// Counts records.
  public mutating func add(_ slice: AlignmentSlice) {
    countWindows()
    guard let contig else { return }
    contig.bytes.withUnsafeBufferPointer { reference in
      slice.forEachRecord { add($0, reference) }
    }
  }

  /// Ends the last contig.
  public mutating func finish() {
    countWindows()
    contig = nil
  }

  /// Adds other contigs.
  public mutating func merge(_ other: GCBias) {
    for bin in windows.indices {
      windows[bin] += other.windows[bin]
      reads[bin] += other.reads[bin]
      bases[bin] += other.bases[bin]
      errors[bin] += other.errors[bin]
    }
    contigsWithoutBases += other.contigsWithoutBases
  }

  /// Not in `begin`, which no other collector runs beside, where the contig has records.
  private mutating func countWindows() {
    guard !isCounted, let contig else { return }
    isCounted = true
    contig.bytes.withUnsafeBufferPointer { GCWindows.count($0, into: &windows) }
  }

  private mutating func add(_ record: AlignmentRecord, _ reference: UnsafeBufferPointer<UInt8>) {
    let flags = record.flags
    guard !flags.contains(.unmapped), record.sequenceLength > 0, record.position >= 0 else { return }
    var aligned = 0
    var gapped = 0
    for operation in record.cigar {
      if operation.consumesReference { aligned += operation.length }
      // I and D.
      if operation.code == 1 || operation.code == 2 { gapped += operation.length }
    }
    // A reverse read's window ends with its last base. Picard counts positions from 1 and windows from 0.
    let start = flags.contains(.reverse) ? record.position + aligned - GCWindows.length : record.position + 1
    guard start > 0, let bin = GCWindows.share(at: start, reference) else { return }
    reads[bin] &+= 1
    bases[bin] &+= record.sequenceLength
    errors[bin] &+= gapped &+ mismatches(record, reference)
  }

  private mutating func mismatches(_ record: AlignmentRecord, _ reference: UnsafeBufferPointer<UInt8>) -> Int {
    guard let contig = reference.baseAddress else { return 0 }
    return letters.withLetters(record) { read in
      guard let read = UnsafeRawBufferPointer(read).baseAddress else { return 0 }
      var mismatches = 0
      var offset = 0
      var position = record.position
      for operation in record.cigar {
        if operation.isAligned {
          let count = max(0, min(operation.length, reference.count - position, record.sequenceLength - offset))
          mismatches &+= ReadLetters.mismatches(read + offset, UnsafeRawPointer(contig + position), count)
        }
        if operation.consumesQuery { offset += operation.length }
        if operation.consumesReference { position += operation.length }
      }
      return mismatches
    }
  }

  /// Nothing: ``GCBiasReads`` tells, since it runs also where this one cannot.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {}
}
