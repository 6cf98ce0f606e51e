import Batching
public import GenomicFiles
import Genomics

/// One pass over an alignment file.
public struct AlignmentJob: Sendable {
  /// The file.
  public var input: InputFile
  /// The names of the collectors to run; nil for all.
  public var collect: Set<String>?
  /// What the collectors are told.
  public var options = AlignmentOptions()
  /// The reference; a CRAM may need it. One pass at a time uses it.
  public var reference: FASTAReference?
  /// Where large outputs go, by suffix.
  public var streams: [String: OutputStream] = [:]

  /// The MD5 that the file was delivered with; its `input` computes its own then.
  public var checksum: ChecksumFile?

  /// A pass that runs every collector.
  public init(input: InputFile) { self.input = input }
}

/// Decodes an alignment file once and feeds every collector.
///
/// - Parameter inspectHeader: called with the header before records are read; throws to refuse the file early.
/// - Throws: `InputError` for damaged or malformed input, for a CRAM without its reference, or for contigs that the
///   reference names otherwise or has with other lengths; what `inspectHeader` throws; `CancellationError`.
public func processAlignments(
  _ job: AlignmentJob, resources: RunResources, inspectHeader: @Sendable (SAMHeader) throws -> Void = { _ in }
) async throws -> AlignmentResult {
  var result = try await withChunks(of: job.input, endOfFile: .required, resources: resources) { source in
    let reader = try await AlignmentReader(
      source, reference: job.reference.map { DecodingReference($0, resources: resources) })
    try inspectHeader(reader.header)
    try await requireSites(reader.header, job, resources)
    try job.options.check(reader.header.contigs)
    return try await run(reader, job, resources)
  }
  result.input = job.input.summary
  if let checksum = job.checksum { try result.hold(against: checksum) }
  if let reference = job.reference {
    result.contigsNotInReference = try result.contigsMissing(from: reference.contigs, path: job.input.path)
  }
  return result
}

/// Refuses sites that cannot be places of the file or of the reference, before records are read.
private func requireSites(_ header: SAMHeader, _ job: AlignmentJob, _ resources: RunResources) async throws {
  guard let sites = job.options.samples.sites, job.collect?.contains(SiteCounts.name) ?? true else { return }
  try sites.require(header, path: job.input.path)
  if let reference = job.reference { try await resources.blocking.run { try sites.require(reference) } }
}

private func run(_ reader: sending AlignmentReader, _ job: AlignmentJob, _ resources: RunResources) async throws
  -> AlignmentResult
{
  let header = reader.header
  let setting = CollectorSetting(header: header, options: job.options, hasReference: job.reference != nil)
  let chosen = AlignmentCollectors.all.filter { job.collect?.contains($0.name) ?? true }
  // Which contigs carry records is always asked.
  let hidden: [any AlignmentCollector.Type] = chosen.contains { $0 == Idxstats.self } ? [] : [Idxstats.self]
  let parts = RecordParts((chosen + hidden).compactMap { $0 as? any RecordCollector.Type }, setting)
  var walk = try CoordinateWalk(
    chosen.compactMap { $0 as? any CoordinateCollector.Type }, setting, job, resources)
  let findsRuns = walk != nil
  try await orderedMap(
    inFlight: resources.window, budget: resources.budget,
    source: { try await reader.next() },
    transform: { (work: AlignmentWork) in
      let batch = try work.decode()
      parts.count(batch)
      return (batch, findsRuns ? ContigRuns(batch) : nil)
    },
    sink: { (batch: AlignmentBatch, runs: ContigRuns?) in
      if let runs { try await walk?.take(batch, runs) }
    })
  let isSorted = walk?.isSorted
  var collected: [any AlignmentCollector] = parts.total()
  guard let counts = collected.lazy.compactMap({ $0 as? Idxstats }).first else { preconditionFailure("always counted") }
  if !hidden.isEmpty { collected.removeAll { $0 is Idxstats } }
  for collector in try await walk?.finish() ?? [] { collected.append(collector) }
  let order = chosen.map { ObjectIdentifier($0) }
  collected.sort {
    order.firstIndex(of: ObjectIdentifier(type(of: $0))) ?? 0 < order.firstIndex(of: ObjectIdentifier(type(of: $1)))
      ?? 0
  }
  for case let sites as SiteCounts in collected { try sites.requireAgreement(header, path: job.input.path) }
  return AlignmentResult(
    header: header, records: counts.records, usedContigs: counts.usedContigs, isSorted: isSorted, input: nil,
    collected: collected)
}
