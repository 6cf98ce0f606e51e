import GenomicFiles
public import Genomics
import Synchronization

/// Checks the records of a file while they are worked on: by the workers, on the columns that the reader found.
final class RecordChecking: Sendable {
  private let header: CheckedHeader
  private let options: VariantCheckOptions
  /// Set once something is wrong. What is made of later records is thrown away, so it need not be made.
  private let isDone = Atomic(false)

  init(_ header: CheckedHeader, _ options: VariantCheckOptions) {
    self.header = header
    self.options = options
  }

  /// Checks a unit's lines, each by itself.
  func check(_ unit: VariantUnit) -> CheckOutcome {
    // No reference: comparing REF and contigs with it is the matter of what normalises.
    var check = LineCheck(header: header, views: [:], limit: options.limit)
    switch unit.content {
    case .work(let work): work.batch.withRecords { check.run($0) }
    case .onlyChecked(let batch): batch.withRecords { check.run($0) }
    case .lines(let chunk): chunk.withBytes { check.run($0, from: 0) }
    case .nothing: break
    }
    return check.outcome
  }

  /// Whether nothing that is made of a unit would be kept.
  func isInVain(_ found: CheckOutcome) -> Bool {
    isDone.load(ordering: .relaxed) || found.problems.hasErrors(isStrict: options.isStrict)
  }

  func stop() { isDone.store(true, ordering: .relaxed) }
}

/// Follows the check from batch to batch beside the work; batches come in order.
struct CheckProgress {
  let checking: RecordChecking
  private let options: VariantCheckOptions
  private var order: RecordOrder
  private let headerHasReturn: Bool
  /// The first refusal of the work, and what ended reading.
  private var refusal: InputError?
  private var damage: InputError?

  init(_ options: VariantCheckOptions, reader: VCFReader) {
    // The reader takes every line with # for the header's; behind the first column line none is.
    let lines = reader.headerLines.map { Array($0.utf8) }
    let columns = lines.firstIndex { HeaderCheck.isColumnLine($0) } ?? lines.count - 1
    let (header, problems) = HeaderCheck.check(Array(lines[...columns]), isWhole: true, limit: options.limit)
    checking = RecordChecking(header, options)
    self.options = options
    order = RecordOrder(
      header, reference: nil, path: reader.path, problems: problems, headerLines: columns + 1,
      isByRecord: reader.isByRecord, undeclaredContigs: .warning)
    headerHasReturn = reader.headerHasReturn
    if columns + 1 < lines.count {
      var check = LineCheck(header: header, views: [:], limit: options.limit)
      let rest: [UInt8] = Array(lines[(columns + 1)...].joined(separator: [10])) + [10]
      rest.withUnsafeBytes { check.run($0, from: 0) }
      order.add(check.outcome)
    }
  }

  /// Takes what a batch gave.
  /// - Returns: whether its records may be written.
  mutating func add(_ outcome: VariantOutcome) -> Bool {
    if let found = outcome.check { order.add(found) }
    if refusal == nil { refusal = outcome.refusal ?? outcome.damage }
    if let damage = outcome.damage { self.damage = damage }
    let isGood = refusal == nil && !order.problems.hasErrors(isStrict: options.isStrict)
    if !isGood { checking.stop() }
    return isGood
  }

  /// The report of the whole file.
  /// - Throws: `VariantCheckError` where it has errors, and else the first refusal.
  mutating func finish() throws -> CheckReport {
    let hasErrors = order.problems.hasErrors(isStrict: options.isStrict)
    if hasErrors, let damage { order.note(damage) }
    order.finish(addedLineFeed: false, hasReturn: headerHasReturn)
    if hasErrors {
      throw VariantCheckError(report: order.report(isStrict: options.isStrict))
    }
    if let refusal { throw refusal }
    return order.report(isStrict: options.isStrict)
  }
}

/// A file that was to be worked on does not conform to the version of VCF that it declares.
public struct VariantCheckError: Error, CustomStringConvertible {
  /// What is wrong with it.
  public var report: CheckReport

  /// The refusal in one line.
  public var refusal: InputError {
    let count = report.errors == 1 ? "1 error" : "\(report.errors) errors"
    return InputError(
      .malformed, at: InputLocation(file: report.path), "\(count) against VCF \(report.version.name)",
      remedy: "correct the file, or leave the check out with --no-check")
  }

  /// What is wrong, a line a problem, and then the refusal.
  public var description: String { report.text() + refusal.description }
}
