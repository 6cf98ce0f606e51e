/// What is known of a sample at one position.
public struct PositionCall: Sendable, Hashable {
  /// The state of a position.
  public enum State: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every copy is called, and is the reference.
    case calledReference = "called-reference"
    /// A copy has a documented alternate allele.
    case calledVariant = "called-variant"
    /// A copy has bases that no definition of the position documents.
    case calledUndocumented = "called-undocumented"
    /// The file has the position and makes no call.
    case noCall = "no-call"
    /// Nothing in the input speaks of the position.
    case notInFile = "not-in-file"
    /// The record did not pass the caller's filters.
    case filtered
  }

  /// What a call rests on.
  public enum Evidence: String, Sendable, Hashable, Codable, CaseIterable {
    /// A record of the position.
    case record
    /// A reference block of a gVCF, or a site called without an alternate allele.
    case referenceBlock = "reference-block"
    /// Depth of the sample's alignments, and no record.
    case depth
    case none
  }

  /// Whether copies stand in the order of a phase set.
  public enum Phase: Sendable, Hashable {
    case unphased
    /// The set's name; nil for "phased with all others without a name".
    case phased(set: String?)
  }

  /// The state.
  public var state: State
  /// The bases of each copy, as definitions write them; nil where a copy is not called. Empty without a call.
  public var copies: [String?]
  /// Phase.
  public var phase: Phase
  /// What it rests on.
  public var evidence: Evidence
  /// Names of filters that the record failed.
  public var filters: [String]
  /// Why, in words, where the state alone does not say.
  public var note: String?

  /// A call.
  public init(
    state: State, copies: [String?] = [], phase: Phase = .unphased, evidence: Evidence = .none, filters: [String] = [],
    note: String? = nil
  ) {
    self.state = state
    self.copies = copies
    self.phase = phase
    self.evidence = evidence
    self.filters = filters
    self.note = note
  }

  /// Whether every copy is called.
  public var isComplete: Bool { isCalled && copies.allSatisfy { $0 != nil } }

  /// Whether a copy is called.
  var isCalled: Bool {
    switch state {
    case .calledReference, .calledVariant, .calledUndocumented: true
    case .noCall, .notInFile, .filtered: false
    }
  }

  /// The copies as VCF people write them: `C/T`, `C|T`, `./T`; nil without a call.
  public var text: String? {
    guard isCalled else { return nil }
    let separator = if case .phased = phase { "|" } else { "/" }
    return copies.map { $0 ?? "." }.joined(separator: separator)
  }
}
