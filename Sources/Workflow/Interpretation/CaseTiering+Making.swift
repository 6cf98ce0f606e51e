import Annotation
import GenomicFiles
import Genomics
import Interpretation

extension CaseTiering {
  /// Reads a case's files and gives its variants tiers.
  /// - Parameters:
  ///   - annotator: made with `tieringOptions`.
  ///   - reference: what records are normalised with; nil for the cache's bases.
  ///   - proband: what another pass over the proband's file took; nil reads it.
  ///   - provisional: why the results are provisional; nil where they are not.
  init(
    _ input: TieringInput, _ panels: PanelSet, profile: TieringProfile, annotator: ConsequenceAnnotator,
    reference: FASTAReference?, proband: ProbandReading? = nil, provisional: String?, resources: RunResources
  ) async throws {
    let assembly = annotator.source.build.assembly.flatMap { Assembly(rawValue: $0) }
    let reading = try await readFamily(
      input.family, annotator: annotator, reference: reference,
      criteria: CandidateCriteria(profile: profile, panels: PanelIndex(panels, assembly: assembly)), proband: proband,
      resources: resources)
    try await self.init(
      reading, input, panels, profile: profile, source: annotator.source, provisional: provisional,
      resources: resources)
  }

  /// Gives a family's candidates tiers, with the small files of callers beside them.
  init(
    _ reading: FamilyReading, _ input: TieringInput, _ panels: PanelSet, profile: TieringProfile,
    source: AnnotationCache, provisional: String?, resources: RunResources
  ) async throws {
    let assembly = source.build.assembly.flatMap { Assembly(rawValue: $0) }
    let person = reading.family.members[reading.family.proband]
    var copyNumbers: StructuralReading?
    if let cnv = input.copyNumbers {
      var other: StructuralReading?
      if let sv = input.structural {
        other = try await readCopyNumbers(
          sv, sample: person.name, xCopies: person.xCopies, cache: source, resources: resources)
      }
      copyNumbers = try await readCopyNumbers(
        cnv, sample: person.name, xCopies: person.xCopies, cache: source, other: other?.candidates,
        resources: resources)
    }
    let repeats =
      input.repeats.isEmpty
      ? nil : try await readRepeats(input.repeats, family: reading.family, cache: source, resources: resources)
    let tierer = Tierer(
      profile: profile, panels: panels, family: reading.family, assembly: assembly, loaded: reading.loaded)
    let result = try await tierer.tier(
      reading.candidates, structural: copyNumbers?.candidates, repeats: repeats, resources: resources)
    self.init(
      reading: reading, result: result,
      report: TierReport(
        reading, result, cache: source, droppedStructural: copyNumbers?.dropped, showsIncomplete: false,
        provisional: provisional),
      copyNumbers: copyNumbers, hasRepeats: repeats != nil, profile: profile, cacheDigest: source.digest)
  }
}
