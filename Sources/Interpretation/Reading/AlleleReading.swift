import Annotation

/// Reads from an annotation what makes an allele a candidate, wherever the annotation comes from: a pass over calls, or
/// an allele that was kept.
struct AlleleReading: Sendable {
  let criteria: CandidateCriteria
  let entries: ConsequenceEntries
  let sources: SourceFields

  /// What genes and sources tell of a candidate.
  struct Told {
    var transcripts: [TranscriptConsequence]
    var frequencies: FrequencyAnswers
    var known: [KnownEvidence]?
  }

  /// - Returns: nil where the annotator's entries lack a field that a candidate needs.
  init?(_ criteria: CandidateCriteria, annotator: ConsequenceAnnotator) {
    guard let entries = ConsequenceEntries(annotator.entryFields) else { return nil }
    self.criteria = criteria
    self.entries = entries
    sources = SourceFields(criteria.profile, sources: annotator.source.build.sources)
  }

  /// - Parameters:
  ///   - annotation: the record's entries.
  ///   - allele: the alternate's number in the annotated record, counted from 1.
  /// - Returns: nil for an allele that is no candidate.
  func read(_ annotation: inout AnnotationEntries, allele: Int) -> Told? {
    guard let entries = annotation.value(of: Self.consequences) else { return nil }
    let known = sources.known(&annotation, allele: allele)
    // Only what may speak for a variant makes it a candidate; a benign classification alone does not.
    let isKnown = known?.contains { $0.mentionsPathogenic } ?? false
    // Of what is known, the rules ask for genes on which it does nothing listed; else most entries are ballast.
    let transcripts =
      isKnown
      ? self.entries.entries(entries, allele: allele)
      : self.entries.entries(entries, allele: allele, where: criteria.mayWant).filter(criteria.wants)
    guard isKnown || !transcripts.isEmpty else { return nil }
    return Told(
      transcripts: transcripts,
      frequencies: sources.answers(&annotation, allele: allele), known: known)
  }

  /// The key of the entries on transcripts.
  static let consequences = Array("CSQ".utf8)
}
