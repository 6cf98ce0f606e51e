/// Counts of ``CandidateDrop``, without a dictionary that every allele of a genome would be looked up in.
struct CandidateDropCounts: Sendable {
  private var noListedConsequence = 0
  private var others: [CandidateDrop: Int] = [:]

  @inline(__always)
  mutating func add(_ reason: CandidateDrop) {
    // As nearly all are.
    if reason == .noListedConsequence { noListedConsequence += 1 } else { others[reason, default: 0] += 1 }
  }

  /// Reasons that came up, with how often.
  var named: [CandidateDrop: Int] {
    var named = others
    if noListedConsequence > 0 { named[.noListedConsequence] = noListedConsequence }
    return named
  }
}
