public import Annotation
public import GenomicFiles
public import Genomics
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
  /// What was odd but legal in the files, with its count.
  public var warnings: [String: Int] = [:]
}

/// Reads a family's files, each once: the proband's normalised, split and annotated; the others' normalised and held
/// against the candidates. Memory holds the candidates and what was said of them.
///
/// - Parameters:
///   - annotator: made with ``tieringOptions``.
///   - reference: what records are normalised with: a FASTA that was held against the cache, or nil for the cache's bases.
/// - Throws: `InputError` for files that do not belong together, or are damaged; `CacheError`.
public func readFamily(
  _ input: FamilyInput, annotator: ConsequenceAnnotator, reference: (any ReferenceBases)? = nil,
  criteria: CandidateCriteria, resources: RunResources
) async throws -> FamilyReading {
  var samples: [[String]] = []
  for path in input.files {
    samples.append(try await withVariants(of: InputFile(path: path), resources: resources) { $0.header.samples })
  }
  let plan = try FamilyPlan(input, samples: samples)
  let places = ContigPlaces(annotator.source.contigs)
  guard
    let tap = CandidateTap(
      criteria, annotator: annotator, places: places, columns: plan.files[plan.main].columns, carriers: plan.carriers)
  else { preconditionFailure("the annotator was not made with tieringOptions") }
  let bases: any ReferenceBases = reference ?? annotator.source
  var job = familyJob(plan.files[plan.main].path, tap)
  job.annotator = annotator
  let result = try await processVariants(job, reference: bases, resources: resources)
  let taken = tap.all
  var reading = FamilyReading(family: plan.family, candidates: [])
  reading.recordsIn = result.counts.recordsIn
  reading.dropped = taken.dropped
  reading.starts = taken.starts.sorted
  reading.allelesIn = taken.candidates.count + taken.dropped.values.reduce(0, +)
  reading.candidates = ordered(taken.candidates, places, &reading)
  reading.withoutData = plan.withoutData
  reading.otherSamples = plan.otherSamples
  reading.isJoint = plan.files.count == 1
  reading.pseudoautosomal = places.basis
  reading.loaded = tap.sources.loaded
  reading.notLoaded = tap.sources.notLoaded
  reading.classifiedSources = tap.sources.classifiedSources
  reading.unusedSources = tap.sources.unusedSources
  reading.warnings = result.input?.warnings ?? [:]
  let index = CandidateIndex(reading.candidates)
  // By member: candidates of which the member's own file has no record.
  var silent: [Int: [Int]] = [:]
  for (number, file) in plan.files.enumerated() where number != plan.main {
    silent.merge(try await readRelatives(file, index, bases, &reading, resources)) { first, _ in first }
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
private func ordered(
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
  _ file: FamilyPlan.File, _ index: CandidateIndex, _ bases: any ReferenceBases, _ reading: inout FamilyReading,
  _ resources: RunResources
) async throws -> [Int: [Int]] {
  var silent: [Int: [Int]] = [:]
  let members = file.columns.indices.filter { file.columns[$0] != nil }
  let tap = RelativeTap(index, columns: members.compactMap { file.columns[$0] })
  let result = try await processVariants(familyJob(file.path, tap), reference: bases, resources: resources)
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
