import Genomics

extension Tierer {
  /// Whether a homozygous candidate lies in a run of homozygosity, and whether a segment of disomy covers it; nothing where
  /// that was not assessed. No tier rests on a run.
  func originLines(_ work: CandidateWork) -> [TraceLine] {
    let candidate = work.candidate
    guard candidate.place == .autosome, let origin = family.origin,
      let chromosome = origin.chromosomes.first(where: { $0.contig == candidate.contig })
    else { return [] }
    let position = OneBasedPosition(candidate.position).zeroBased
    func isHere(_ region: Region) -> Bool { region.contig == candidate.contig && region.contains(position) }
    var lines: [TraceLine] = []
    if chromosome.hasRunsAssessed, work.genotypes[family.proband].open == .alternate {
      let run = origin.runs.first { isHere($0.region) }
      lines.append(
        origin.line(
          .runLength, run == nil ? .fail : .pass,
          run.map { "homozygous in a run of homozygosity, \($0.region), \($0.region.count) bases" }
            ?? "homozygous outside of runs of homozygosity",
          "a run of \(origin.rules.count(.runLength)) bases or more"))
    }
    for segment in origin.segments where isHere(segment.region) {
      let kind = segment.parts.first { isHere($0.region) }?.kind ?? .both
      let doubt = segment.doubt.map { "; not used: \($0.rawValue)" } ?? ""
      lines.append(
        origin.line(
          .originShare, segment.doubt == nil ? .pass : .unknown,
          "\(kind == .both ? "disomy of a kind that is not known" : kind.rawValue), \(segment.origin.rawValue),"
            + " \(segment.region), \(segment.sitesFor) informative sites for it, \(segment.sitesAgainst) against\(doubt)",
          "\(origin.rules.count(.originSites)) sites for it or more, over"
            + " \(origin.rules.count(.originLength)) bases or more"))
    }
    return lines
  }
}

extension OriginEvidence {
  /// A line of a trace.
  func line(_ id: ParentalOriginRules.ID, _ outcome: RuleOutcome, _ value: String, _ threshold: String) -> TraceLine {
    let source = rules.thresholds[id]
    return TraceLine(
      rule: "\(rules.id).\(id.rawValue)", outcome: outcome, value: value, threshold: threshold, person: nil,
      source: source?.source ?? "the rules do not tell", mark: source?.mark ?? .notEstablished, data: nil)
  }

  /// What a person must read before the tiers.
  var banners: [String] {
    var banners: [String] = []
    if isConsistentWithRelatedness == true, let fraction {
      banners.append(
        "Runs of homozygosity cover \(Self.percent(fraction)) of the autosomes (spoken of from \(Self.percent(warning)), a"
          + " limit of Apus): evidence consistent with parental relatedness, and no more than that.")
    }
    for run in runs where run.isPossibleIsodisomy {
      banners.append(
        "A possible isodisomy segment, \(run.region): a long run of homozygosity on one chromosome alone. The parents'"
          + " genotypes tell more.")
    }
    let used = segments.filter { $0.doubt == nil }
    if !used.isEmpty {
      banners.append(
        "Genotypes fit uniparental disomy at "
          + used.map { "\($0.region) (\($0.origin.rawValue))" }.joined(separator: ", ")
          + ": evidence to be confirmed by another method.")
    }
    if segments.contains(where: { $0.doubt == .manyChromosomes }) {
      banners.append(
        "Segments that fit uniparental disomy lie on \(Set(segments.map(\.region.contig)).count) chromosomes: check the"
          + " samples and the pedigree. None of them is used.")
    }
    return banners
  }

  /// A fraction in percent, with two decimals.
  static func percent(_ fraction: Double) -> String {
    let hundredths = Int((fraction * 10_000).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }
}
