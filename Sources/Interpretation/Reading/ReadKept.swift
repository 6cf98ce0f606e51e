public import Annotation
public import GenomicFiles
import Batching
import Genomics
import Variants

/// A family as another cache sees it, from the candidates that were kept and the alleles at the places where the two
/// caches differ: what ``readFamily`` makes of all calls, without reading them.
///
/// - Parameters:
///   - kept: the candidates by the old cache, with `record`, what else its reading told.
///   - changes: what the alleles at all places where the caches differ are by both.
///   - now: made with ``tieringOptions``.
/// - Returns: nil where the calls have to be read: an allele that is a candidate now and was none stands in a part of
///   a record that was split, whose other alleles it does not tell, or relatives have files of their own, which were not
///   asked for it; or what was kept is not what the old cache makes of the calls.
/// - Throws: `InputError` for files that do not belong together; `CacheError`.
public func readFamily(
  _ input: FamilyInput, kept: KeptCandidates, _ record: FamilyReading.Record, _ changes: CandidateChanges,
  now: ConsequenceAnnotator, criteria: CandidateCriteria, resources: RunResources
) async throws -> FamilyReading? {
  let plan = try FamilyPlan(input, samples: try await sampleNames(of: input.files, resources))
  guard var reading = FamilyReading(record, family: plan.family, rules: try ParentalOriginRules.standard()),
    // The label of relatedness rests on the profile's limit.
    reading.family.origin.map({ $0.warning == criteria.profile.homozygosityWarning }) ?? true,
    let difference = KeptDifference(kept, changes, isJoint: reading.isJoint),
    kept.all.allSatisfy({ $0.calls.count == plan.family.members.count })
  else { return nil }
  let places = ContigPlaces(now.source.contigs)
  guard var teller = KeptTeller(now, criteria: criteria, places: places) else {
    preconditionFailure("the annotator was not made with tieringOptions")
  }
  var candidates = difference.added
  for one in kept.all where !difference.removed.contains(one.allele) {
    guard let candidate = try teller.candidate(one) else { return nil }
    candidates.append(candidate)
  }
  reading.candidates = ordered(candidates, places, &reading)
  for (reason, count) in changes.before.dropped { reading.dropped[reason, default: 0] -= count }
  for (reason, count) in changes.now.dropped { reading.dropped[reason, default: 0] += count }
  reading.dropped = reading.dropped.filter { $0.value != 0 }
  guard reading.dropped.values.allSatisfy({ $0 > 0 }),
    reading.candidates.count + reading.dropped.values.reduce(0, +) == reading.allelesIn
  else { return nil }
  reading.setBasis(now, criteria)
  reading.unmatchedGenes = await resources.blocking.run { criteria.panels.unmatched(in: now.source) }
  return reading
}

/// Which alleles became candidates, and which no longer are any.
private struct KeptDifference {
  let added: [CandidateVariant]
  let removed: Set<KeptAllele>

  /// - Returns: nil where it cannot be told without all calls.
  init?(_ kept: KeptCandidates, _ changes: CandidateChanges, isJoint: Bool) {
    let known = Set(kept.all.map(\.allele))
    let before = Set(changes.before.candidates.map(\.allele))
    let now = Set(changes.now.candidates.map(\.allele))
    guard before.isSubset(of: known), before.count == changes.before.candidates.count,
      now.count == changes.now.candidates.count
    else { return nil }
    added = changes.now.candidates.filter { !before.contains($0.allele) }
    removed = before.subtracting(now)
    guard isJoint || (added.isEmpty && removed.isEmpty) else { return nil }
    // A part of a split record has `.` for the record's other alleles.
    guard !added.contains(where: { $0.calls.contains { $0.copies.contains(.missing) } }) else { return nil }
    // It would be a second record of an allele that was kept.
    guard !added.contains(where: { known.contains($0.allele) }) else { return nil }
  }
}

/// Tells of kept alleles what a cache knows.
private struct KeptTeller {
  private let annotator: ConsequenceAnnotator
  private let reading: AlleleReading
  private let places: ContigPlaces
  private var contig: String?
  private var run: (any VariantRunAnnotator)?
  private var text: [UInt8] = []

  init?(_ annotator: ConsequenceAnnotator, criteria: CandidateCriteria, places: ContigPlaces) {
    guard let reading = AlleleReading(criteria, annotator: annotator) else { return nil }
    self.annotator = annotator
    self.reading = reading
    self.places = places
  }

  /// - Returns: nil for an allele that is no candidate by this cache.
  mutating func candidate(_ one: KeptCandidates.One) throws -> CandidateVariant? {
    if contig != one.contig {
      try annotator.require(
        contig: one.contig, declaredLength: nil, at: InputLocation(file: annotator.source.path))
      contig = one.contig
      run = annotator.begin(contig: one.contig)
    }
    text.removeAll(keepingCapacity: true)
    let (reference, alternate, info) = (Array(one.reference.utf8), Array(one.alternate.utf8), [UInt8(ascii: ".")])
    try reference.withUnsafeBytes { reference in
      try alternate.withUnsafeBytes { alternate in
        try info.withUnsafeBytes { info in
          try run?.annotate(
            position: one.position, reference: reference, alternates: alternate, info: info, into: &text)
        }
      }
    }
    let told = text.withUnsafeBytes { bytes in
      var entries = AnnotationEntries(bytes)
      return reading.read(&entries, allele: 1)
    }
    let start = one.position - 1
    return told.map { told in
      CandidateVariant(
        contig: one.contig, position: one.position, reference: one.reference, alternate: one.alternate,
        place: places.place(on: one.contig, start..<(start + reference.count)), filter: one.filter,
        transcripts: told.transcripts, frequencies: told.frequencies, known: told.known, calls: one.calls)
    }
  }
}
