/// Everything that was found of one candidate.
struct CandidateWork: Sendable {
  /// A pair that it is half of, in one gene.
  struct Pair: Sendable {
    /// The other half.
    var partner: String
    /// Complete, or incomplete where it is a pair with incomplete penetrance alone.
    var penetrance: Penetrance
    /// What was answered.
    var answer: PairAnswer
    /// Rules of the other half that could not be asked.
    var provisional: [String]
  }

  var candidate: CandidateVariant
  var genotypes: [PersonGenotype]
  var known: KnownVerdict
  var genes: [GeneView]
  var frequency: [FrequencyMode: RuleOutcome]
  var answers: [FilterAnswer]
  /// Pairs that passed, by gene.
  var pairs: [String: [Pair]] = [:]
  /// Pairs that did not, by gene.
  var misses: [String: [Pair]] = [:]

  /// `contig-POS-REF-ALT`.
  var name: String {
    "\(candidate.contig)-\(candidate.position)-\(candidate.reference)-\(candidate.alternate)"
  }

  /// What a filter says of the candidate in a gene.
  struct Verdict: Sendable {
    var outcome: RuleOutcome
    var penetrance: Penetrance
    var isPossible = false
    var partners: [String] = []
    var provisional: [String] = []
    var person: String?
    var reason: String
    var ignored: [String] = []
  }

  /// A filter's verdict: complete penetrance where it passes, otherwise incomplete where that does.
  func verdict(_ filter: SegregationFilter, gene: String, _ segregation: Segregation) -> Verdict? {
    if filter.isOfPairs { return pairVerdict(filter, gene: gene, segregation) }
    var best: Int?
    for place in answers.indices where answers[place].filter == filter {
      let outcome = answers[place].outcome
      guard let found = best else {
        best = place
        continue
      }
      if outcome == .pass && answers[found].outcome != .pass || outcome == .unknown && answers[found].outcome == .fail {
        best = place
      }
    }
    guard let best else { return nil }
    let answer = answers[best]
    return Verdict(
      outcome: answer.outcome, penetrance: answer.penetrance, person: answer.person, reason: answer.reason,
      ignored: answer.ignored)
  }

  private func pairVerdict(_ filter: SegregationFilter, gene: String, _ segregation: Segregation) -> Verdict? {
    if let found = pairs[gene], !found.isEmpty {
      let penetrance = found.map(\.penetrance).min() ?? .complete
      // What is shown, asks for nothing more and holds with complete penetrance comes first.
      let sorted = found.sorted {
        ($0.penetrance == .complete ? 0 : 1, $0.answer.isPossible ? 1 : 0, $0.provisional.count, $0.partner)
          < ($1.penetrance == .complete ? 0 : 1, $1.answer.isPossible ? 1 : 0, $1.provisional.count, $1.partner)
      }
      return Verdict(
        outcome: .pass, penetrance: penetrance, isPossible: sorted.allSatisfy(\.answer.isPossible),
        partners: sorted.map(\.partner), provisional: sorted[0].provisional,
        reason: "\(sorted[0].partner): \(sorted[0].answer.reason)",
        ignored: Set(sorted.flatMap(\.answer.ignored)).map(segregation.name).sorted())
    }
    let missed = misses[gene] ?? []
    guard let miss = missed.first(where: { $0.answer.outcome == .unknown }) ?? missed.first else {
      return Verdict(outcome: .fail, penetrance: .incomplete, reason: "no other variant of the gene qualifies")
    }
    return Verdict(
      outcome: miss.answer.outcome, penetrance: .incomplete, person: miss.answer.person.map(segregation.name),
      reason: "\(miss.partner): \(miss.answer.reason)")
  }
}
