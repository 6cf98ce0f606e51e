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
  func frequencyOutcome(_ answers: [FrequencyKey: FrequencyAnswer], _ mode: FrequencyMode) -> RuleOutcome {
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
  func exceeded(_ answers: [FrequencyKey: FrequencyAnswer], _ mode: FrequencyMode) -> String? {
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
  func frequencyLines(_ answers: [FrequencyKey: FrequencyAnswer], _ mode: FrequencyMode) -> [TraceLine] {
    frequencies.compactMap { dataset in
      let rows = dataset.rows.compactMap { row in row.limit(mode).map { (row: row, limit: $0) } }
      guard !rows.isEmpty else { return nil }
      let told = rows.map { answers[FrequencyKey(dataset.id, $0.row.population)] }
      let outcomes = zip(told, rows).map { Self.outcome($0, $1.limit) }
      return line(
        .frequency, outcomes.contains(.fail) ? .fail : outcomes.contains(.unknown) ? .unknown : .pass,
        zip(rows, told).map { "\($0.row.population) \(Self.told($1))" }.joined(separator: ", "),
        "\(mode.rawValue): " + rows.map { "\($0.row.population) <= \($0.limit)" }.joined(separator: ", "),
        data: dataset.title, source: dataset.rule)
    }
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
