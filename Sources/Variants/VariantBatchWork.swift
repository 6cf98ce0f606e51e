import GenomicFiles
import Genomics

/// A batch with the reference bases around its records.
struct VariantWork: Sendable {
  let batch: VariantBatch
  /// One a run of `batch.runs`; empty where nothing is normalised.
  let views: [ReferenceView]
  /// What a scout found of its records; nil without one.
  var notes: VariantNotes?
}

/// The lines that a batch became.
struct VariantOutcome: Sendable {
  struct Line {
    /// Where it ends in `bytes`; it starts where the one before ends.
    var end: Int
    /// POS, counted from 1.
    var position: Int
    /// The number of reference bases that it spans.
    var span: Int
    /// The record's index in the batch.
    var record: Int32
    /// The alternate of that record, counted from 1; 0 where the line has all of them.
    var allele: Int32
  }

  struct Run {
    var contig: String
    /// Indices in `lines`.
    var lines: Range<Int>
    /// The last POS that was read; whatever follows in the input stands there or later.
    var lastInputPosition: Int
    /// Whether the positions ascend.
    var isSorted: Bool
  }

  var bytes: [UInt8] = []
  var lines: [Line] = []
  var runs: [Run] = []
  /// Indices of the lines that may be joined with others; ascending, none unless the job joins.
  var parts: [Int] = []
  var counts = VariantCounts()
  /// nil where nothing is annotated.
  var annotation: AnnotationCounts?
  /// What a tap took, by run; none without one.
  var tapped: [any VariantTapRun] = []
  /// What checking found; nil where nothing is checked.
  var check: CheckOutcome?
  /// Why nothing was made of the records.
  var refusal: InputError?
  /// Why nothing stands behind them.
  var damage: InputError?
}

/// Applies a job to a batch.
struct VariantTransform: Sendable {
  let job: VariantJob
  let header: VCFHeader
  /// Whether the lines are wanted, or only counts.
  let writes: Bool
  /// Whether an index of the lines is made on the way.
  let isIndexed: Bool
  /// The lists of the header.
  let fields: ListFields
  /// How the lines are encoded; nil where they stay text.
  let bcf: BCFOutput?
  /// What counts the records as read; nil for nothing.
  var stats: VariantStatsCollector?
  /// What is left out and rewritten before anything else; nil for nothing.
  var selection: PreparedSelection?
  /// What checks the records as read; nil for nothing.
  var checking: RecordChecking?

  /// Checks a unit and applies the job to it, unless an error was found in it or before it.
  func apply(_ unit: VariantUnit) throws -> VariantOutcome {
    guard let checking else {
      guard case .work(let work) = unit.content else { return VariantOutcome() }
      return try apply(work)
    }
    let found = checking.check(unit)
    var outcome = VariantOutcome()
    if case .work(let work) = unit.content, !checking.isInVain(found) {
      do {
        outcome = try apply(work)
      } catch let error as InputError where error.isOfRecords(in: work.batch.path) {
        outcome = VariantOutcome()
        outcome.refusal = error
      }
    }
    if let refusal = unit.refusal { outcome.refusal = refusal }
    outcome.damage = unit.damage
    outcome.check = found
    return outcome
  }

  func apply(_ work: VariantWork) throws -> VariantOutcome {
    let batch = work.batch
    try stats?.add(work)
    var outcome = VariantOutcome()
    var tally = VariantTally(sampleCount: header.samples.count)
    let selector = selection.map { VariantSelector($0) }
    try batch.withRecords { view in
      if writes { outcome.bytes.reserveCapacity(view.bytes.count + view.bytes.count / 16) }
      outcome.lines.reserveCapacity(view.count + view.count / 16)
      for (index, run) in batch.runs.enumerated() {
        let firstLine = outcome.lines.count
        tally.counts.recordsByContig[run.contig, default: 0] += run.records.count
        // One value a run: making it for every record would count references to the header up and down.
        var step = RecordStep(
          job: job, header: header, fields: fields, batch: batch, view: view, record: run.records.lowerBound,
          isIndexed: isIndexed, reference: work.views.isEmpty ? nil : work.views[index])
        selector?.begin(contig: run.contig)
        for record in run.records {
          tally.counts.recordsIn += 1
          let filter = view[view.column(.filter, of: record)]
          tally.count(filter: filter)
          tally.countGenotypes(view, record)
          if job.passOnly, !Self.isPass(filter) {
            tally.counts.dropped["filter-not-pass", default: 0] += 1
            continue
          }
          step.record = record
          guard let selector else {
            try step.run(into: &outcome, &tally)
            continue
          }
          try Self.run(&step, selector, view, into: &outcome, &tally)
        }
        step.flush(&outcome)
        let lines = firstLine..<outcome.lines.count
        tally.counts.recordsOut += lines.count
        var isSorted = true
        for line in lines.dropFirst() where outcome.lines[line].position < outcome.lines[line - 1].position {
          isSorted = false
        }
        outcome.runs.append(
          VariantOutcome.Run(
            contig: run.contig, lines: lines, lastInputPosition: view.position(of: run.records.upperBound - 1),
            isSorted: isSorted))
      }
    }
    if let selector {
      for (reason, count) in zip(VariantSelector.Reason.allCases, selector.dropped) where count > 0 {
        tally.counts.dropped[reason.rawValue, default: 0] += count
      }
    }
    outcome.counts = tally.named()
    if writes, let annotator = job.annotator {
      precondition(
        work.notes == nil || outcome.lines.count == batch.count, "a scout's records are written as they were read")
      try Self.withTap(job, batch) { tap in
        try outcome.annotate(with: annotator, as: job.annotationText, notes: work.notes, tap: tap)
      }
    } else {
      try Self.withTap(job, batch) { tap in if let tap { try outcome.tap(tap) } }
    }
    if writes, let bcf { try outcome.encode(as: bcf, path: batch.path) }
    return outcome
  }

  /// Gives the job's tap on a batch, if it has one.
  private static func withTap(
    _ job: VariantJob, _ batch: VariantBatch, _ body: (VariantTapPoint?) throws -> Void
  ) rethrows {
    guard let tap = job.tap else { return try body(nil) }
    try batch.withRecords { try body(VariantTapPoint(tap, batch, $0, hasOutput: job.output != nil)) }
  }

  /// Runs a record's step on the record as it is selected.
  private static func run(
    _ step: inout RecordStep, _ selector: VariantSelector, _ view: VariantRecords, into outcome: inout VariantOutcome,
    _ tally: inout VariantTally
  ) throws {
    let record = step.record
    do {
      switch try selector.select(view, record) {
      case .dropped: return
      case .kept: try step.run(into: &outcome, &tally)
      case .rewritten:
        // What waits to be copied stands in the view that is left.
        step.flush(&outcome)
        try selector.withRewritten { rewritten in
          step.view = rewritten
          step.record = 0
          step.origin = record
          defer {
            step.view = view
            step.origin = nil
          }
          try step.run(into: &outcome, &tally)
          step.flush(&outcome)
        }
      }
    } catch let fault as FilterRecordFault {
      throw step.malformed(fault.reason)
    }
  }

  private static func isPass(_ filter: UnsafeRawBufferPointer) -> Bool { filter.elementsEqual("PASS".utf8) }
}
