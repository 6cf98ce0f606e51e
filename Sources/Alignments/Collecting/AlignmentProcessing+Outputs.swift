public import GenomicFiles

/// An output of the pass that is written on the way.
public struct AlignmentOutput: Sendable {
  /// The suffix by which collectors know it.
  public var suffix: String
  /// Where and how it is written.
  public var plan: OutputPlan

  /// An output.
  public init(suffix: String, plan: OutputPlan) {
    self.suffix = suffix
    self.plan = plan
  }
}

/// Decodes an alignment file once, feeds every collector, and writes the outputs that are too large to be held.
///
/// - Returns: what was found, and the outputs, which have no final name until they are committed; where the records are
///   not in coordinate order they are not to be, for nothing was written to them.
public func processAlignments(
  _ job: AlignmentJob, outputs: [AlignmentOutput], resources: RunResources,
  inspectHeader: @escaping @Sendable (SAMHeader) throws -> Void = { _ in }
) async throws -> (AlignmentResult, [PendingOutput]) {
  guard let first = outputs.first else {
    return (try await processAlignments(job, resources: resources, inspectHeader: inspectHeader), [])
  }
  let ((result, others), output) = try await withOutput(first.plan, resources: resources) { stream in
    var job = job
    job.streams[first.suffix] = stream
    return try await processAlignments(
      job, outputs: Array(outputs.dropFirst()), resources: resources, inspectHeader: inspectHeader)
  }
  return (result, [output] + others)
}
