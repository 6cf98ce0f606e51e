public import Annotation
import Batching
public import GenomicFiles
import Genomics
import Variants

/// What reading a family's files found.
public struct FamilyReading: Sendable {
  /// The members with data, in the order of the candidates' calls.
  public var family: Family
  /// Alleles that may matter, by place in the reference.
  public var candidates: [CandidateVariant]
  /// Records of the proband's file.
  public var recordsIn = 0
  /// Alleles of those records: the candidates and all that were dropped.
  public var allelesIn = 0
  /// Alleles that are no candidates, by why.
  public var dropped: [CandidateDrop: Int] = [:]
  /// For members with files of their own: what each candidate's call rests on, counted, by name.
  public var evidence: [String: [String: Int]] = [:]
  /// People of the family without data.
  public var withoutData: [String] = []
  /// Samples of the files that are nobody of the family.
  public var otherSamples = 0
  /// Whether all members are in the proband's file.
  public var isJoint = false
  /// How the pseudoautosomal regions of X and Y are known, by contig.
  public var pseudoautosomal: [String: ContigPlaces.Basis] = [:]
  /// Populations that the profile asks for and the cache holds.
  public var loaded: Set<FrequencyKey> = []
  /// Populations that the profile asks for and the cache does not hold.
  public var notLoaded: [FrequencyKey] = []
  /// Sources of classified variants that were asked.
  public var classifiedSources: [String] = []
  /// Sources with the field CLNSIG that no name of the profile's is, and were not asked.
  public var unusedSources: [String] = []
  /// Where the alleles of the proband's file start, so that the case is known where none of them changed.
  public var starts = AlleleStarts()
  /// Genes of the panels that the cache has under none of their names.
  public var unmatchedGenes: [UnmatchedGene] = []
  /// What was odd but legal in the files, with its count.
  public var warnings: [String: Int] = [:]
}

/// Reads a family's files, each once: the proband's normalised, split and annotated; the others' normalised and held
/// against the candidates. Memory holds the candidates and what was said of them.
///
/// - Parameters:
///   - annotator: made with ``tieringOptions``.
///   - reference: what records are normalised with: a FASTA that was held against the cache, or nil for the cache's bases.
///   - proband: what another pass over the proband's file took by the same criteria (``ProbandPass``); that file is then
///     not read. nil, or what is not of this family and file, reads it.
/// - Throws: `InputError` for files that do not belong together, or are damaged; `CacheError`.
public func readFamily(
  _ input: FamilyInput, annotator: ConsequenceAnnotator, reference: (any ReferenceBases)? = nil,
  criteria: CandidateCriteria, proband: ProbandReading? = nil, resources: RunResources
) async throws -> FamilyReading {
  let plan = try FamilyPlan(input, samples: try await sampleNames(of: input.files, resources))
  let bases: any ReferenceBases = reference ?? annotator.source
  // Beside the file, not behind it: the cache's genes are many.
  async let unmatched = resources.blocking.run { criteria.panels.unmatched(in: annotator.source) }
  let own: ProbandReading
  if let proband, proband.isOf(plan) {
    own = proband
  } else {
    own = try await readProband(plan, annotator, bases, criteria, resources)
  }
  var reading = try FamilyReading(plan, own, annotator: annotator, criteria)
  reading.unmatchedGenes = await unmatched
  let index = CandidateIndex(reading.candidates)
  // By member: candidates of which the member's own file has no record.
  var silent: [Int: [Int]] = [:]
  for (number, file) in plan.files.enumerated() where number != plan.main {
    let relatives = try await readRelatives(file, index, bases, annotator, &reading, resources)
    silent.merge(relatives) { first, _ in first }
  }
  let files =
    input.depths.map { (name: $0.key, path: $0.value, least: Int?.none) }
    + input.callable.map { (name: $0.key, path: $0.value, least: DepthEvidence.threshold) }
  for (name, path, least) in files.sorted(by: { ($0.name, $0.path) < ($1.name, $1.path) }) {
    guard let member = reading.family.members.firstIndex(where: { $0.name == name }), let wanted = silent[member] else {
      throw InputError(
        .mismatch, at: InputLocation(file: path),
        "\(name)'s calls are in the proband's file, whose records tell them", remedy: "leave the depth of \(name) out")
    }
    try await readDepth(path, of: member, wanted, index, least: least, &reading, resources)
  }
  return reading
}

/// Reads the proband's file for candidates alone.
private func readProband(
  _ plan: FamilyPlan, _ annotator: ConsequenceAnnotator, _ bases: any ReferenceBases, _ criteria: CandidateCriteria,
  _ resources: RunResources
) async throws -> ProbandReading {
  guard let tap = try CandidateTap(criteria, annotator: annotator, plan: plan) else {
    preconditionFailure("the annotator was not made with tieringOptions")
  }
  let path = plan.files[plan.main].path
  var job = familyJob(path, tap)
  job.annotator = annotator
  let result = try await processVariants(job, reference: bases, resources: resources)
  return ProbandReading(path: path, tap: tap, tap.all, result)
}

extension FamilyReading {
  /// What the proband's file alone tells.
  fileprivate init(
    _ plan: FamilyPlan, _ own: ProbandReading, annotator: ConsequenceAnnotator, _ criteria: CandidateCriteria
  ) throws(InputError) {
    self.init(family: plan.family, candidates: [])
    if let origins = plan.originColumns, let found = own.origins {
      family.origin = OriginEvidence(
        found.chromosomes, scattered: found.scattered, hasFather: origins.father != nil,
        hasMother: origins.mother != nil, contigs: annotator.source.contigs,
        warning: criteria.profile.homozygosityWarning, rules: try ParentalOriginRules.standard())
    }
    recordsIn = own.recordsIn
    dropped = own.taken.dropped
    starts = own.taken.starts.sorted
    allelesIn = own.taken.candidates.count + own.taken.dropped.values.reduce(0, +)
    let places = ContigPlaces(annotator.source.contigs)
    candidates = ordered(own.taken.candidates, places, &self)
    withoutData = plan.withoutData
    otherSamples = plan.otherSamples
    isJoint = plan.files.count == 1
    warnings.merge(own.warnings, uniquingKeysWith: +)
    setBasis(annotator, criteria)
  }

  /// Tells what was asked of the cache.
  mutating func setBasis(_ annotator: ConsequenceAnnotator, _ criteria: CandidateCriteria) {
    let sources = SourceFields(criteria.profile, sources: annotator.source.build.sources)
    pseudoautosomal = ContigPlaces(annotator.source.contigs).basis
    loaded = sources.loaded
    notLoaded = sources.notLoaded
    classifiedSources = sources.classifiedSources
    unusedSources = sources.unusedSources
  }
}

/// The entries that candidates are made of.
public var tieringOptions: ConsequenceOptions { ConsequenceOptions(fields: ConsequenceEntries.fields) }

func familyJob(_ path: String, _ tap: any VariantTap) -> VariantJob {
  var job = VariantJob(input: InputFile(path: path), output: nil)
  job.normalises = true
  job.splits = true
  job.leavesUnspecified = true
  job.tap = tap
  return job
}

/// Candidates by place, each allele once. Calls of an allele that stands in several records must agree, or are unknown.
func ordered(
  _ candidates: [CandidateVariant], _ places: ContigPlaces, _ reading: inout FamilyReading
) -> [CandidateVariant] {
  func key(_ one: CandidateVariant) -> (Int, Int, String, String) {
    (places.order(of: one.contig), one.position, one.reference, one.alternate)
  }
  var kept: [CandidateVariant] = []
  // Ties keep the file's order.
  for (_, candidate) in candidates.enumerated().sorted(by: {
    key($0.element) == key($1.element) ? $0.offset < $1.offset : key($0.element) < key($1.element)
  }) {
    guard let last = kept.last, key(last) == key(candidate) else {
      kept.append(candidate)
      continue
    }
    reading.dropped[.duplicate, default: 0] += 1
    for (member, call) in candidate.calls.enumerated()
    where call.copies.map(\.rawValue).sorted() != last.calls[member].copies.map(\.rawValue).sorted() {
      kept[kept.count - 1].calls[member] = .unknown
      reading.warnings["calls-of-one-allele-disagree", default: 0] += 1
    }
  }
  return kept
}

/// - Returns: by member, the candidates of which the file has no record.
private func readRelatives(
  _ file: FamilyPlan.File, _ index: CandidateIndex, _ bases: any ReferenceBases, _ annotator: ConsequenceAnnotator,
  _ reading: inout FamilyReading, _ resources: RunResources
) async throws -> [Int: [Int]] {
  var silent: [Int: [Int]] = [:]
  let members = file.columns.indices.filter { file.columns[$0] != nil }
  let tap = RelativeTap(index, columns: members.compactMap { file.columns[$0] })
  var job = familyJob(file.path, tap)
  job.annotator = HeldAgainst(annotator: annotator)
  let result = try await processVariants(job, reference: bases, resources: resources)
  reading.warnings.merge(result.input?.warnings ?? [:], uniquingKeysWith: +)
  for (place, found) in tap.all.enumerated() {
    let member = members[place]
    var counts: [String: Int] = [:]
    for number in reading.candidates.indices {
      let candidate = reading.candidates[number]
      let start = candidate.position - 1
      let (call, outcome) = (found[number] ?? CallEvidence()).call(
        span: start..<(start + candidate.reference.utf8.count))
      reading.candidates[number].calls[member] = call
      counts[outcome.rawValue, default: 0] += 1
      if outcome == .none { silent[member, default: []].append(number) }
    }
    silent[member, default: []] += []
    reading.evidence[reading.family.members[member].name] = counts
  }
  return silent
}

/// Fills calls that a member's own file left unknown, where depth suffices.
private func readDepth(
  _ path: String, of member: Int, _ wanted: [Int], _ index: CandidateIndex, least: Int?,
  _ reading: inout FamilyReading, _ resources: RunResources
) async throws {
  let one = reading.family.members[member]
  let depths = try await DepthEvidence.read(path, index, wanted: Set(wanted), least: least, resources: resources)
  for number in wanted {
    guard let depth = depths[number], depth >= DepthEvidence.threshold,
      let ploidy = DepthEvidence.ploidy(reading.candidates[number].place, one.xCopies)
    else { continue }
    reading.candidates[number].calls[member] = PersonCall(
      Array(repeating: .reference, count: ploidy), evidence: .depth, depth: depth)
    reading.evidence[one.name, default: [:]][PersonCall.Evidence.depth.rawValue, default: 0] += 1
    reading.evidence[one.name, default: [:]][CallEvidence.Outcome.none.rawValue, default: 0] -= 1
  }
}
