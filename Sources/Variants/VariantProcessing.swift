import Batching
public import GenomicFiles
import Genomics

/// What one pass over a VCF found and made.
public struct VariantResult: Sendable {
  /// The header as read.
  public var header: VCFHeader
  /// What was counted.
  public var counts: VariantCounts
  /// What annotating counted; nil where nothing was annotated.
  public var annotation: AnnotationCounts?
  /// What was counted of the records as read; nil where nothing was asked for.
  public var stats: VariantStats?
  /// Contigs that carry records, in the order met, and that the header does not declare.
  public var undeclaredContigs: [String]
  /// What checking the records as read found: warnings; nil where nothing was checked.
  public var check: CheckReport?
  /// The input as read.
  public var input: InputSummary?
  /// What a reader of the filter expression may take otherwise than it is meant.
  public var expressionNotes: [String] = []
  /// The output that waits for its final name, if there is one.
  public var pending: PendingOutput?
}

/// Reads a VCF once, checks, filters, normalises, counts and writes it.
///
/// Where the job checks, the file is read to its end whatever is wrong: `VariantCheckError` has the same report at any
/// number of threads and any size of batch, and comes before any other refusal of the file's records.
///
/// - Parameters:
///   - job: what is done; an annotator's refusals are thrown as they are.
///   - reference: a FASTA, or a cache's bases; needed where the job normalises; contigs with records are compared with it.
///   - inspectHeader: called with the header before records are read; throws to refuse the file early.
/// - Throws: `VariantCheckError` where the job checks and the file does not conform; `InputError` for damaged or
///   malformed input, contigs or REF that are not the reference's, records out of order where the output needs order;
///   `OutputError`; `CancellationError`.
public func processVariants(
  _ job: VariantJob, reference: (any ReferenceBases)?, resources: RunResources,
  inspectHeader: @Sendable (VCFHeader) throws -> Void = { _ in }
) async throws -> VariantResult {
  precondition(
    !(job.joins && (job.splits || job.atomizes || job.annotator != nil || job.writesBCF)), "joining stands alone")
  precondition(!job.normalises || reference != nil, "normalising needs a reference")
  precondition(job.annotationText == nil || !job.normalises, "what is normalised is written as VCF or BCF")
  var result = try await withVariants(of: job.input, regions: job.selection?.indexedRegions, resources: resources) {
    reader in
    try inspectHeader(reader.header)
    guard var plan = job.output else { return try await run(job, reader, reference, nil, resources) }
    if plan.indexedLongestContig != nil {
      plan.indexedLongestContig = reader.header.contigs.contigs.compactMap(\.length).max() ?? 0
      if job.writesBCF { plan.indexedContigs = reader.header.contigs.contigs.map(\.name) }
    }
    if !job.writesBCF { plan.content = .fields }
    let reading = Handoff(reader)
    var (result, output) = try await withOutput(plan, resources: resources) { stream in
      try await run(job, reading.take(), reference, stream, resources, indexReach: plan.indexReach)
    }
    result.pending = output
    return result
  }
  result.input = job.input.summary
  guard result.counts.balances else {
    preconditionFailure("records in do not equal records out and dropped")
  }
  return result
}

private func run(
  _ job: VariantJob, _ reader: sending VCFReader, _ reference: (any ReferenceBases)?, _ stream: OutputStream?,
  _ resources: RunResources, indexReach: Int? = nil
) async throws -> VariantResult {
  let inputHeader = reader.header
  let selection = try job.selection.map {
    try PreparedSelection($0, header: inputHeader, path: job.input.path)
  }
  var outputHeader = selection?.header ?? inputHeader
  if job.normalises { outputHeader.declareSplitFields(job) }
  if let annotator = job.annotator {
    for field in annotator.fields {
      outputHeader.metaLines.removeAll { $0.hasPrefix("##INFO=<ID=\(field.key),") }
      outputHeader.add(field.headerLine)
    }
  }
  let bcf = job.writesBCF ? try BCFOutput(header: outputHeader, path: job.input.path) : nil
  if let stream {
    switch job.annotationText {
    case .table: try await stream.append(AnnotationLayout(job.annotator?.fields ?? []).tableHeader)
    case .jsonLines: break
    case nil: try await stream.append(bcf?.headerBytes ?? Array(outputHeader.text.utf8))
    }
    try await stream.markHeaderEnd()
  }
  let stats = try job.stats.map {
    try VariantStatsCollector($0, header: inputHeader, hasReference: job.normalises, path: job.input.path)
  }
  let fields = ListFields(inputHeader)
  var check = job.check.map { CheckProgress($0, reader: reader) }
  let transform = VariantTransform(
    job: job, header: inputHeader, writes: stream != nil || job.tap != nil, isIndexed: indexReach != nil,
    fields: fields, bcf: bcf, stats: stats, selection: selection, checking: check?.checking)
  let loader = VariantLoader(
    reader: reader, blocks: reference.map { ReferenceBlocks($0, blocking: resources.blocking) },
    annotator: job.annotator, normalises: job.normalises, needsOrder: job.normalises || indexReach != nil,
    indexReach: indexReach, isChecked: check != nil)
  var order = VariantOrder(
    isIndexed: indexReach != nil, isBinary: bcf != nil, joining: job.joins ? fields : nil)
  var counts = VariantCounts()
  var annotation = job.annotator.map { _ in AnnotationCounts() }
  var undeclared: [String] = []
  try await orderedMap(
    inFlight: resources.window, budget: resources.budget,
    source: { try await loader.nextUnit() },
    transform: { (unit: VariantUnit) -> VariantOutcome in try transform.apply(unit) },
    sink: { (outcome: VariantOutcome) in
      if check?.add(outcome) == false { return }
      counts.merge(outcome.counts)
      if let part = outcome.annotation { annotation?.merge(part) }
      for run in outcome.runs where inputHeader.contigs[run.contig] == nil && !undeclared.contains(run.contig) {
        undeclared.append(run.contig)
      }
      for part in outcome.tapped { try part.deliver() }
      if stream == nil, job.tap != nil { return }
      if job.normalises {
        try await order.add(outcome, to: stream)
      } else if let stream {
        try await copy(outcome, to: stream)
      }
    })
  let report = try check?.finish()
  try await order.finish(to: stream)
  counts.merge(order.counts)
  return VariantResult(
    header: inputHeader, counts: counts, annotation: annotation, stats: stats?.finish(), undeclaredContigs: undeclared,
    check: report, input: nil, expressionNotes: selection?.filter?.notes ?? [], pending: nil)
}

/// Writes lines that were not moved.
private func copy(_ outcome: VariantOutcome, to stream: OutputStream) async throws {
  var entries = IndexEntries()
  for run in outcome.runs {
    entries.begin(contig: run.contig)
    for line in outcome.lines[run.lines] {
      let start = max(0, line.position - 1)
      entries.append(start: start, end: start + line.span, endOfBytes: line.end)
    }
  }
  try await stream.append(outcome.bytes, entries: entries)
}
