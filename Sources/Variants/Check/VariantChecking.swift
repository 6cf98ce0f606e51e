import Batching
public import GenomicFiles
import Genomics

/// What a file is checked with.
public struct CheckJob: Sendable {
  /// The file.
  public var input: InputFile
  /// Whether warnings of the kinds that `CheckCode.isStrict` names are errors.
  public var isStrict: Bool
  /// How many problems of a kind are kept; the rest is counted.
  public var limit: Int

  /// A check of `input`.
  public init(input: InputFile, isStrict: Bool = false, limit: Int = 20) {
    self.input = input
    self.isStrict = isStrict
    self.limit = limit
  }
}

/// Checks a VCF or BCF against the version that it declares, from its first line to its last, whatever is wrong with it.
///
/// The report is the same at any number of threads and any size of batch. Memory does not grow with the file: problems
/// are kept up to a number of each kind, identifiers up to `IdentifierSet.most`. A BCF is checked as the text that it
/// stands for; its records' problems are placed by the record.
///
/// - Parameter reference: REF and contigs with records are compared with it, where it is given.
/// - Throws: `InputError` of kind `unreadable` or `unsupported`, and of the reference; damaged data is a problem of the
///   report. `CancellationError`.
public func checkVariants(
  _ job: CheckJob, reference: FASTAReference?, resources: RunResources
) async throws -> CheckReport {
  do {
    return try await withVariantText(of: job.input, resources: resources) { text in
      try await check(text, job, reference, resources)
    }
  } catch let error as InputError where error.isDamage(of: job.input) {
    // Not even the first bytes could be read.
    let (header, problems) = HeaderCheck.check([], isWhole: false, limit: job.limit)
    var order = RecordOrder(
      header, reference: nil, path: job.input.path, problems: problems, headerLines: 0, isByRecord: false)
    order.note(error)
    return order.report(isStrict: job.isStrict)
  }
}

private func check(
  _ text: VariantText, _ job: CheckJob, _ reference: FASTAReference?, _ resources: RunResources
) async throws -> CheckReport {
  let loader = CheckLoader(text, blocks: reference.map { ReferenceBlocks($0, blocking: resources.blocking) })
  var failure: InputError?
  do {
    try await loader.readHeader()
  } catch let error as InputError where error.isDamage(of: job.input) {
    failure = error
  }
  let hasReturn = loader.hasReturn
  let (header, problems) = HeaderCheck.check(loader.headerLines, isWhole: failure == nil, limit: job.limit)
  var order = RecordOrder(
    header, reference: reference?.contigs, path: job.input.path, problems: problems,
    headerLines: loader.headerLines.count, isByRecord: text.isBCF && !loader.headerLines.isEmpty)
  var addedFinalLineFeed = loader.addedFinalLineFeed
  if failure == nil {
    let reading = Handoff(loader)
    do {
      addedFinalLineFeed = try await checkLines(reading.take(), header, &order, job, resources)
    } catch let error as InputError where error.isDamage(of: job.input) {
      failure = error
    }
  }
  if let failure { order.note(failure) }
  order.finish(addedLineFeed: addedFinalLineFeed, hasReturn: hasReturn)
  return order.report(isStrict: job.isStrict)
}

/// Checks the data lines.
/// - Returns: whether the last line had no line feed.
private func checkLines(
  _ loader: sending CheckLoader, _ header: CheckedHeader, _ order: inout RecordOrder, _ job: CheckJob,
  _ resources: RunResources
) async throws -> Bool {
  let limit = job.limit
  var isWithoutLineFeed = false
  try await orderedMap(
    inFlight: resources.window, budget: resources.budget,
    source: { () -> CheckWork? in try await loader.next() },
    transform: { (work: CheckWork) -> CheckOutcome in
      var check = LineCheck(header: header, views: work.views, limit: limit)
      work.chunk.withBytes { check.run($0, from: work.start) }
      check.outcome.isWithoutLineFeed = work.isWithoutLineFeed
      return check.outcome
    },
    sink: { (outcome: CheckOutcome) in
      isWithoutLineFeed = outcome.isWithoutLineFeed
      order.add(outcome)
    })
  return isWithoutLineFeed
}

extension InputError {
  /// Whether the file was found, but what it holds is not whole.
  fileprivate func isDamage(of input: InputFile) -> Bool {
    guard location.file == input.path else { return false }
    return switch kind {
    case .truncated, .checksum, .malformed, .empty: true
    case .unreadable, .mismatch, .unsupported, .referenceMissing, .referenceMismatch: false
    }
  }
}
