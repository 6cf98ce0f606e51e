/// One alternate allele of a family, with everything that tiering asks of it: where it lies, what it does to
/// transcripts, what sources know of it, and who carries it. Normalised: parsimonious and left-aligned.
public struct CandidateVariant: Sendable, Hashable, Codable {
  /// Where an allele lies, as far as inheritance asks.
  public enum Place: String, Sendable, Hashable, Codable, CaseIterable {
    case autosome
    /// On X or Y, where the two pair.
    case pseudoautosomal
    /// X outside the pseudoautosomal regions.
    case x
    /// Y outside the pseudoautosomal regions.
    case y
    case mitochondrial
    /// Any other contig: not tiered.
    case other
  }

  /// FILTER of the proband's record.
  public enum Filter: Sendable, Hashable, Codable {
    case passed
    case failed([String])
    /// `.`: no filter was applied.
    case notApplied
  }

  /// The contig's name, as in the reference.
  public var contig: String
  /// POS, counted from 1.
  public var position: Int
  /// REF, in capitals.
  public var reference: String
  /// ALT, in capitals.
  public var alternate: String
  /// Where it lies.
  public var place: Place
  /// FILTER of the proband's record.
  public var filter: Filter
  /// One entry a transcript that the allele meets, in the order of CSQ.
  public var transcripts: [TranscriptConsequence]
  /// What each frequency dataset and population answers; a pair that is not a key was not loaded.
  public var frequencies: FrequencyAnswers
  /// What sources of known variants tell; nil where none is loaded.
  public var known: [KnownEvidence]?
  /// One call a member of the family, in the family's order.
  public var calls: [PersonCall]

  /// A candidate.
  public init(
    contig: String, position: Int, reference: String, alternate: String, place: Place, filter: Filter = .passed,
    transcripts: [TranscriptConsequence] = [], frequencies: FrequencyAnswers = [:],
    known: [KnownEvidence]? = nil, calls: [PersonCall]
  ) {
    self.contig = contig
    self.position = position
    self.reference = reference
    self.alternate = alternate
    self.place = place
    self.filter = filter
    self.transcripts = transcripts
    self.frequencies = frequencies
    self.known = known
    self.calls = calls
  }
}
