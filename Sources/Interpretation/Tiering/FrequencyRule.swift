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

extension TieringProfile {
  /// What the frequency rule says of an allele under a mode. Asked of every candidate: no text is made here.
  func frequencyOutcome(_ answers: FrequencyAnswers, _ mode: FrequencyMode) -> RuleOutcome {
    var outcome = RuleOutcome.pass
    for dataset in frequencies {
      for row in dataset.rows {
        guard let limit = row.limit(mode) else { continue }
        switch Self.outcome(answers[FrequencyKey(dataset.id, row.population)], limit) {
        case .pass: break
        case .fail: return .fail
        case .unknown: outcome = .unknown
        }
      }
    }
    return outcome
  }

  /// The first limit of a mode that is exceeded, in words; nil where none is.
  func exceeded(_ answers: FrequencyAnswers, _ mode: FrequencyMode) -> String? {
    for dataset in frequencies {
      for row in dataset.rows {
        let answer = answers[FrequencyKey(dataset.id, row.population)]
        if let limit = row.limit(mode), case .value(let value, _) = answer, Self.outcome(answer, limit) == .fail {
          return "\(dataset.title) \(row.population) \(value), above \(limit)"
        }
      }
    }
    return nil
  }

  /// A line a dataset, with every population's value and limit.
  /// - Parameter texts: of this profile.
  func frequencyLines(_ answers: FrequencyAnswers, _ mode: FrequencyMode, _ texts: ProfileTexts) -> [TraceLine] {
    var lines: [TraceLine] = []
    for (number, dataset) in frequencies.enumerated() {
      guard let threshold = texts.frequencyLimits[mode]?[number] else { continue }
      var outcome = RuleOutcome.pass
      var value = ""
      for row in dataset.rows {
        guard let limit = row.limit(mode) else { continue }
        let answer = answers[FrequencyKey(dataset.id, row.population)]
        switch Self.outcome(answer, limit) {
        case .pass: break
        case .fail: outcome = .fail
        case .unknown: outcome = outcome == .fail ? .fail : .unknown
        }
        if !value.isEmpty { value += ", " }
        value += row.population
        value += " "
        value += Self.told(answer)
      }
      lines.append(
        line(.frequency, outcome, value, threshold, data: dataset.title, source: dataset.rule))
    }
    return lines
  }

  private static func outcome(_ answer: FrequencyAnswer?, _ limit: Double) -> RuleOutcome {
    switch answer {
    // A frequency that is no number tells nothing.
    case .value(let value, _): value.isNaN ? .unknown : value > limit ? .fail : .pass
    case .absent: .pass
    case .notLookedUp, .none: .unknown
    }
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
