public import GenomicFiles
public import Genomics

/// Sees the records of a pass behind its last step, for the few that something else is made of. What is written stays
/// as it is without one.
public protocol VariantTap: Sendable {
  /// Work on one run of records on a contig; runs are looked at on several threads at once.
  func begin(contig: String, header: VCFHeader) -> any VariantTapRun
}

/// Looks at the records of one run, one after the other.
public protocol VariantTapRun: Sendable {
  /// Looks at a record.
  mutating func look(at record: TappedRecord) throws
  /// Hands over what was taken. Called once, in the order of the file, one run after the other.
  func deliver() throws
}

/// A record as a tap sees it; borrowed for the time of the call.
public struct TappedRecord {
  /// POS, counted from 1, normalised where the job normalises; as are REF and ALT.
  public let position: Int
  /// REF.
  public let reference: UnsafeRawBufferPointer
  /// ALT.
  public let alternates: UnsafeRawBufferPointer
  /// FILTER.
  public let filter: UnsafeRawBufferPointer
  /// What the annotator adds to INFO: `KEY=VALUE` with semicolons between them; empty for nothing.
  public let annotation: UnsafeRawBufferPointer
  /// The annotator's ``VariantRunAnnotator/marks`` of the record.
  public let marks: UInt64
  /// The records as read, of which this is, or is a part of, one.
  public let original: VariantRecords
  /// Its index in `original`.
  public let record: Int
  /// Which alternate of the record as read this is, counted from 1; nil where it has all of them.
  public let allele: Int?
  let batch: VariantBatch

  /// Where the record as read stands.
  public func location() -> InputLocation { batch.location(of: record) }
}

/// A tap with the batch that its records were read from; valid while the batch's records are borrowed.
struct VariantTapPoint {
  let tap: any VariantTap
  let batch: VariantBatch
  // Borrowed once for all records: to borrow them for each counts five arrays' references up and down.
  let original: VariantRecords
  /// Whether the lines are written, too.
  let hasOutput: Bool

  init(_ tap: any VariantTap, _ batch: VariantBatch, _ original: VariantRecords, hasOutput: Bool) {
    self.tap = tap
    self.batch = batch
    self.original = original
    self.hasOutput = hasOutput
  }

  func begin(contig: String) -> (any VariantTapRun)? { tap.begin(contig: contig, header: batch.header) }

  @inline(__always)
  func look(
    at line: TappedLine, _ annotation: UnsafeRawBufferPointer, marks: UInt64, _ run: inout (any VariantTapRun)?
  ) throws {
    try run?.look(
      at: TappedRecord(
        position: line.line.position, reference: line.reference, alternates: line.alternates, filter: line.filter,
        annotation: annotation, marks: marks, original: original, record: Int(line.line.record),
        allele: line.line.allele == 0 ? nil : Int(line.line.allele), batch: batch))
  }
}

/// The columns of a line that a tap is shown.
struct TappedLine {
  let line: VariantOutcome.Line
  let reference: UnsafeRawBufferPointer
  let alternates: UnsafeRawBufferPointer
  let filter: UnsafeRawBufferPointer

  init(
    _ line: VariantOutcome.Line, reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer,
    filter: UnsafeRawBufferPointer
  ) {
    self.line = line
    self.reference = reference
    self.alternates = alternates
    self.filter = filter
  }
}

extension VariantOutcome {
  /// Shows the lines, which are not annotated, to a tap.
  mutating func tap(_ point: VariantTapPoint) throws {
    var start = 0
    var taken: [any VariantTapRun] = []
    try bytes.withUnsafeBytes { bytes in
      for run in runs {
        var tapped = point.begin(contig: run.contig)
        for index in run.lines {
          let line = bytes.slice(start..<lines[index].end)
          start = lines[index].end
          let ref = Self.column(line, after: Self.column(line, after: Self.column(line, after: -1).end).end)
          let reference = Self.column(line, after: ref.end)
          let alternates = Self.column(line, after: reference.end)
          let filter = Self.column(line, after: Self.column(line, after: alternates.end).end)
          let shown = TappedLine(
            lines[index], reference: line.slice(reference.start..<reference.end),
            alternates: line.slice(alternates.start..<alternates.end), filter: line.slice(filter.start..<filter.end))
          try point.look(at: shown, UnsafeRawBufferPointer(start: nil, count: 0), marks: 0, &tapped)
        }
        if let tapped { taken.append(tapped) }
      }
    }
    self.tapped += taken
    if !point.hasOutput { forgetLines() }
  }

  /// Drops what nobody writes.
  mutating func forgetLines() {
    bytes = []
    lines = []
    for index in runs.indices { runs[index].lines = 0..<0 }
  }
}
