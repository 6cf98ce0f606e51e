/// What the rule of known (likely) pathogenic variants says of an allele.
struct KnownVerdict: Hashable, Sendable {
  /// Significance, review status and match together; the frequency aside.
  var evidence: RuleOutcome
  /// Whether the custom frequency is below the limit.
  var frequency: RuleOutcome
  /// The transcripts that a match by protein is of; nil where the allele itself is known.
  var transcripts: Set<String>?
  var lines: [TraceLine]

  /// Pass, or unknown by the frequency alone: a tier that is provisional.
  var gives: (tier: Bool, provisional: Bool) {
    (evidence == .pass && frequency != .fail, frequency == .unknown)
  }
}

extension TieringProfile {
  /// What the rule says of a candidate.
  /// - Parameters:
  ///   - texts: of this profile.
  ///   - kept: of this profile, from one candidate to the next.
  func knownVerdict(_ candidate: CandidateVariant, _ texts: ProfileTexts, _ kept: inout KnownLines) -> KnownVerdict {
    let answer = candidate.frequencies[known.frequency]
    let frequency: RuleOutcome
    switch answer {
    case .value(let value, _): frequency = value.isNaN ? .unknown : value < known.below ? .pass : .fail
    case .absent: frequency = .pass
    case .notLookedUp, .none: frequency = .unknown
    }
    guard let entries = candidate.known else {
      return KnownVerdict(
        evidence: .unknown, frequency: frequency,
        lines: [line(.knownSignificance, .unknown, "no source of known variants is loaded", texts.significances)])
    }
    guard !entries.isEmpty else {
      return KnownVerdict(
        evidence: .fail, frequency: frequency,
        lines: [line(.knownSignificance, .fail, "not in a source of known variants", texts.significances)])
    }
    var best = KnownVerdict(evidence: .fail, frequency: frequency, lines: [])
    var all: [TraceLine] = []
    for entry in entries.count == 1 ? entries : entries.sorted(by: { Self.key($0) < Self.key($1) }) {
      let lines = lines(entry, candidate, texts, &kept)
      all += lines
      let outcome: RuleOutcome =
        lines.contains { $0.outcome == .fail } ? .fail : lines.contains { $0.outcome == .unknown } ? .unknown : .pass
      let transcripts: Set<String>?
      switch entry.match {
      case .allele: transcripts = nil
      case .protein(let transcript, _): transcripts = [transcript]
      }
      if outcome == .pass, best.evidence == .pass {
        // The allele itself is more than a change of the protein.
        best.transcripts =
          best.transcripts == nil || transcripts == nil ? nil : best.transcripts?.union(transcripts ?? [])
      } else if outcome == .pass || (outcome == .unknown && best.evidence == .fail) {
        best.evidence = outcome
        best.transcripts = transcripts
      }
    }
    best.lines = all
    best.lines.append(
      line(
        .knownFrequency, frequency, Self.told(answer), "< \(known.below)",
        data: frequencies.first { $0.id == known.frequency.dataset }?.title))
    return best
  }

  private static func key(_ entry: KnownEvidence) -> String {
    "\(entry.source)\t\(entry.match)\t\(entry.significance)\t\(entry.reviewStatus ?? "")\t\(entry.conflicting ?? "")"
  }

  private func lines(
    _ entry: KnownEvidence, _ candidate: CandidateVariant, _ texts: ProfileTexts, _ kept: inout KnownLines
  ) -> [TraceLine] {
    if let lines = kept.lines[entry] { return lines }
    let lines = lines(entry, candidate, texts)
    // A match by protein is of the candidate's own transcripts.
    if entry.match == .allele { kept.lines[entry] = lines }
    return lines
  }

  private func lines(_ entry: KnownEvidence, _ candidate: CandidateVariant, _ texts: ProfileTexts) -> [TraceLine] {
    var lines = [
      line(
        .knownSignificance, significance(entry),
        entry.significance + (entry.conflicting.map { " (\($0))" } ?? ""), texts.significances, data: entry.source)
    ]
    let status = entry.reviewStatus.map(Self.words)
    lines.append(
      line(
        .knownReviewStatus, status.map { known.reviewStatuses.contains($0) ? .pass : .fail } ?? .unknown,
        entry.reviewStatus ?? "not loaded", texts.reviewStatuses, data: entry.source))
    let (match, told) = match(entry, candidate)
    lines.append(
      line(.knownMatch, match, told, "the allele, or the same change in the same transcript", data: entry.source))
    return lines
  }

  private func significance(_ entry: KnownEvidence) -> RuleOutcome {
    let words = entry.significance.split(whereSeparator: { "/|&;,".contains($0) }).map { Self.words(String($0)) }
    if words.contains(where: known.significances.contains) { return .pass }
    guard words.contains(where: known.conflicts.contains) else { return .fail }
    guard known.conflictPathogenicAtLeast != nil || known.conflictBenignAtMost != nil else { return .pass }
    guard let counts = entry.conflicting.flatMap(Self.counts) else { return .unknown }
    if let least = known.conflictPathogenicAtLeast, counts.pathogenic < least { return .fail }
    if let most = known.conflictBenignAtMost, counts.benign > most { return .fail }
    return .pass
  }

  /// How the source's variant answers to the allele: a match by protein holds in its own transcript alone.
  private func match(_ entry: KnownEvidence, _ candidate: CandidateVariant) -> (RuleOutcome, String) {
    switch entry.match {
    case .allele: return (.pass, "the allele itself")
    case .protein(let transcript, let hgvsp):
      let told = "the same protein: \(hgvsp) in \(transcript)"
      let lengths = (candidate.reference.utf8.count, candidate.alternate.utf8.count)
      if lengths.0 == lengths.1, lengths.0 > 1, !known.matchesProteinOfMNV {
        return (.fail, told + "; several bases are not matched by protein")
      }
      guard let own = candidate.transcripts.first(where: { $0.transcript == transcript }) else {
        return (.fail, told + ", which is none of the allele's")
      }
      guard let change = own.hgvsp else { return (.unknown, told + "; the allele has no name of its own there") }
      return (Self.change(change) == Self.change(hgvsp) ? .pass : .fail, told)
    }
  }

  /// `p.Arg5Ter` of `ENSP…:p.(Arg5Ter)`.
  private static func change(_ hgvsp: String) -> String {
    let own = hgvsp.split(separator: ":").last.map(String.init) ?? hgvsp
    return own.filter { $0 != "(" && $0 != ")" }.replacingOccurrences("%3D", with: "=")
  }

  /// Lower case, with single spaces for `_`, `&` and commas.
  static func words(_ text: String) -> String {
    text.lowercased().split(whereSeparator: { "_& ,".contains($0) }).joined(separator: " ")
  }

  /// (Likely) pathogenic and (likely) benign ones of `Pathogenic(1)|Likely_benign(2)`; nil where a count is none.
  private static func counts(_ text: String) -> (pathogenic: Int, benign: Int)? {
    var counts = (pathogenic: 0, benign: 0)
    for part in text.split(whereSeparator: { "|&,".contains($0) }) {
      let pieces = part.split(separator: "(")
      guard pieces.count == 2, pieces[1].hasSuffix(")"), let count = Int(pieces[1].dropLast()) else { return nil }
      switch words(String(pieces[0])) {
      case "pathogenic", "likely pathogenic": counts.pathogenic += count
      case "benign", "likely benign": counts.benign += count
      default: break
      }
    }
    return counts
  }
}

extension String {
  /// Without Foundation.
  fileprivate func replacingOccurrences(_ part: String, with other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
