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

/// Whether the alleles at some places of a normalised, split and indexed file are the same candidates by two caches.
///
/// - Parameters:
///   - starts: places of the file's records, counted from 0, by contig.
///   - old, now: made with ``tieringOptions``.
/// - Throws: `InputError` for a file that is damaged or has no index; `CacheError`.
public func areSameCandidates(
  _ path: String, at starts: [String: [Int]], old: ConsequenceAnnotator, now: ConsequenceAnnotator,
  criteria: CandidateCriteria, resources: RunResources
) async throws -> Bool {
  let one = try await candidates(path, starts, old, criteria, resources)
  return one == (try await candidates(path, starts, now, criteria, resources))
}

private func candidates(
  _ path: String, _ starts: [String: [Int]], _ annotator: ConsequenceAnnotator, _ criteria: CandidateCriteria,
  _ resources: RunResources
) async throws -> [CandidateVariant] {
  let samples = try await withVariants(of: InputFile(path: path), resources: resources) { $0.header.samples.count }
  guard
    let tap = CandidateTap(
      criteria, annotator: annotator, places: ContigPlaces(annotator.source.contigs), columns: Array(0..<samples),
      carriers: Array(0..<samples))
  else { preconditionFailure("the annotator was not made with tieringOptions") }
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
  var job = familyJob(path, tap)
  job.selection = selection
  job.annotator = annotator
  _ = try await processVariants(job, reference: annotator.source, resources: resources)
  return tap.all.candidates
}
