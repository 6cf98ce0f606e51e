import Batching
public import GenomicFiles

/// What pharmacogenomics is asked.
public struct PharmacogenomicsRequest: Sendable {
  /// A VCF or BCF; gVCF too.
  public var variants: InputFile
  /// The sample's name; nil takes the only one.
  public var sample: String?
  /// The definitions.
  public var definitions: DefinitionSet
  /// The genes that are asked for; nil for all that have definitions. No other gene is matched or listed.
  public var asked: Set<String>?
  /// Per-base depth of the sample's alignments, for positions without a record.
  public var depth: InputFile?
  /// The depth that a line of `depth` without a fourth column stands for: of a file that tells only where depth suffices.
  public var callableDepth: Int?
  /// What reference calls without a record must have.
  public var thresholds: ReferenceThresholds
  /// Calls of other programs.
  public var outsideCalls: [OutsideCall]
  /// The signed dosing table.
  public var dosing: DosingTable?

  /// A request.
  public init(
    variants: InputFile, sample: String? = nil, definitions: DefinitionSet, depth: InputFile? = nil,
    thresholds: ReferenceThresholds = ReferenceThresholds(), outsideCalls: [OutsideCall] = [],
    dosing: DosingTable? = nil
  ) {
    self.variants = variants
    self.sample = sample
    self.definitions = definitions
    self.depth = depth
    self.thresholds = thresholds
    self.outsideCalls = outsideCalls
    self.dosing = dosing
  }
}

/// Calls pharmacogenes of one sample.
///
/// The file is read once. Records near defining positions are normalised against the reference, which must be proven to
/// be the definitions' assembly.
/// - Throws: `PharmacogenomicsError` (78) where the assembly is not proven or another; `CacheError`; `InputError`.
public func callPharmacogenes(
  _ request: PharmacogenomicsRequest, reference: PharmacogenomicReference, resources: RunResources
) async throws -> PharmacogenomicsResult {
  try reference.require(request.definitions)
  let caller = PharmacogenomicsCaller(request: request, reference: reference)
  let plan = try await resources.blocking.run { try caller.plan() }
  let records = try await readSampleRecords(
    of: request.variants, sample: request.sample, windows: plan.windows, reference: reference, resources: resources)
  var depths: SpanDepths?
  if let depth = request.depth {
    depths = try await readDepth(
      of: depth, stated: request.callableDepth, over: plan.spans, reference: reference, resources: resources)
  }
  let known = depths
  return try await resources.blocking.run { try caller.result(records, depths: known) }
}
