public import Annotation
public import GenomicFiles
import Genomics
import Variants

extension TieringProfile {
  /// Which sources the rules ask, and which changes of theirs can change an answer.
  ///
  /// Of a source of classified variants, entries whose significance is neither on the rule's list nor a conflict of it
  /// fail the rule whatever they say; frequencies count as they are.
  public func relevance(in sources: [KnownSourceBuild]) -> [String: SourceRelevance] {
    let fields = SourceFields(self, sources: sources)
    let letters = "pathogenic"
    let isTold = (known.significances + known.conflicts).allSatisfy { $0.lowercased().contains(letters) }
    var relevance: [String: SourceRelevance] = [:]
    for name in fields.classifiedSources { relevance[name] = isTold ? .mentioning(letters) : .any }
    for name in fields.populationSources { relevance[name] = .any }
    return relevance
  }
}

/// What the alleles at some places of the proband's file are by two caches.
public struct CandidateChanges: Sendable {
  let before: CandidateTap.Taken
  let now: CandidateTap.Taken

  /// Whether they are the same candidates, so that every rule has the same answer.
  public var isEmpty: Bool { before.candidates == now.candidates }
}

/// Reads the alleles at some places of the proband's file by two caches.
///
/// - Parameters:
///   - input: the family; its files normalised, and the proband's split and indexed.
///   - starts: places of the file's records, counted from 0, by contig.
///   - old, now: made with ``tieringOptions``.
/// - Throws: `InputError` for a file that is damaged or has no index; `CacheError`.
public func candidateChanges(
  _ input: FamilyInput, at starts: [String: [Int]], old: ConsequenceAnnotator, now: ConsequenceAnnotator,
  criteria: CandidateCriteria, resources: RunResources
) async throws -> CandidateChanges {
  let plan = try FamilyPlan(input, samples: try await sampleNames(of: input.files, resources))
  return CandidateChanges(
    before: try await taken(plan, starts, old, criteria, resources),
    now: try await taken(plan, starts, now, criteria, resources))
}

private func taken(
  _ plan: FamilyPlan, _ starts: [String: [Int]], _ annotator: ConsequenceAnnotator, _ criteria: CandidateCriteria,
  _ resources: RunResources
) async throws -> CandidateTap.Taken {
  guard let tap = try CandidateTap(criteria, annotator: annotator, plan: plan) else {
    preconditionFailure("the annotator was not made with tieringOptions")
  }
  var regions: [Region] = []
  for contig in annotator.source.contigs.contigs.map(\.name) {
    for start in starts[contig] ?? [] {
      regions.append(
        Region(contig: contig, start: ZeroBasedPosition(start), end: ZeroBasedPosition(start + 1)))
    }
  }
  var selection = VariantSelection()
  selection.regions = RegionSet(regions)
  selection.usesIndex = true
  selection.updatesCounts = false
  var job = familyJob(plan.files[plan.main].path, tap)
  job.selection = selection
  job.annotator = annotator
  _ = try await processVariants(job, reference: annotator.source, resources: resources)
  return tap.all
}
