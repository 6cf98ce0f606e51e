/// The frequency rule: no limit of a mode may be exceeded (`>` fails).
///
/// An allele that was looked up and is not there counts as 0. A population that is not loaded, or could not be looked
/// up, leaves the rule unknown unless another one fails it: never a pass.
enum FrequencyMode: String, Hashable, CaseIterable, Sendable {
  case dominant
  case recessive
  case mitochondrial

  /// The limits that a filter is asked under; of X, monoallelic as dominant and biallelic as recessive (Apus).
  init(_ filter: SegregationFilter) {
    switch filter {
    case .simpleRecessive, .compoundHeterozygous, .uniparentalIsodisomy, .xLinkedSimpleRecessive,
      .xLinkedCompoundHeterozygous:
      self = .recessive
    case .inheritedAutosomalDominant, .inheritedAutosomalDominantPaternallyImprinted,
      .inheritedAutosomalDominantMaternallyImprinted, .deNovo, .xLinkedMonoallelic:
      self = .dominant
    case .mitochondrialGenome: self = .mitochondrial
    }
  }
}

/// What the frequency rule says of a variant under one mode.
struct FrequencyVerdict: Hashable, Sendable {
  var outcome: RuleOutcome
  /// A line a dataset.
  var lines: [TraceLine]
  /// The first limit that is exceeded, in words; nil where none is.
  var exceeded: String?
}

extension TieringProfile {
  /// What the frequency rule says of an allele.
  func frequencyVerdict(_ answers: [FrequencyKey: FrequencyAnswer], _ mode: FrequencyMode) -> FrequencyVerdict {
    var verdict = FrequencyVerdict(outcome: .pass, lines: [])
    for dataset in frequencies {
      var outcome = RuleOutcome.pass
      var values: [String] = []
      var limits: [String] = []
      for row in dataset.rows {
        guard let limit = row.limit(mode) else { continue }
        let answer = answers[FrequencyKey(dataset.id, row.population)]
        values.append("\(row.population) \(Self.told(answer))")
        limits.append("\(row.population) <= \(limit)")
        switch answer {
        case .value(let value, _) where value > limit || value.isNaN:
          outcome = .fail
          verdict.exceeded = verdict.exceeded ?? "\(dataset.title) \(row.population) \(value), above \(limit)"
        case .value, .absent: break
        case .notLookedUp, .none: if outcome == .pass { outcome = .unknown }
        }
      }
      guard !limits.isEmpty else { continue }
      verdict.lines.append(
        line(
          .frequency, outcome, values.joined(separator: ", "), "\(mode.rawValue): " + limits.joined(separator: ", "),
          data: dataset.title, source: dataset.rule))
      if outcome == .fail || (outcome == .unknown && verdict.outcome == .pass) { verdict.outcome = outcome }
    }
    return verdict
  }

  /// A population's answer in words.
  static func told(_ answer: FrequencyAnswer?) -> String {
    switch answer {
    case .value(let value, let number?): "\(value) (AN \(number))"
    case .value(let value, .none): "\(value) (AN not told)"
    case .absent: "not there, counts as 0"
    case .notLookedUp(let reason): "not looked up: \(reason)"
    case .none: "not loaded"
    }
  }
}

extension FrequencyDataset.Row {
  /// The limit under a mode; nil where it is not tested.
  func limit(_ mode: FrequencyMode) -> Double? {
    switch mode {
    case .dominant: dominant
    case .recessive: recessive
    case .mitochondrial: mitochondrial
    }
  }
}
