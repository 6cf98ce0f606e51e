/// What came of a rule, or of all rules together.
public enum VerdictOutcome: String, Sendable, Codable, CaseIterable {
  /// Assessed and met.
  case pass = "PASS"
  /// Assessed; asks for attention.
  case warn = "WARN"
  /// Assessed and not met.
  case fail = "FAIL"
  /// Not to be assessed with the data given. Never a pass.
  case unknown = "UNKNOWN"
  /// Not part of this run.
  case notAssessed = "NOT ASSESSED"
}

/// One rule, what came of it, and on what evidence.
public struct RuleResult: Sendable, Codable, Equatable {
  /// The rule's identifier.
  public var id: String
  /// The rule in words.
  public var rule: String
  /// What came of it.
  public var outcome: VerdictOutcome
  /// Whether FAIL or UNKNOWN holds the case.
  public var isRequired: Bool
  /// The values that it was decided on.
  public var evidence: String

  enum CodingKeys: String, CodingKey {
    case id, rule, outcome
    case isRequired = "required"
    case evidence
  }
}

/// The verdict on one sample: `verdict.json`.
public struct Verdict: Sendable, Codable, Equatable {
  /// `apus-verdict/1`.
  public var schema = "apus-verdict/1"
  /// The sample.
  public var sample: String
  /// All rules together.
  public var verdict: VerdictOutcome
  /// Each rule.
  public var rules: [RuleResult]

  /// The verdict that these rules make: FAIL before UNKNOWN before WARN; only required rules can make it FAIL or UNKNOWN.
  public init(sample: String, rules: [RuleResult]) {
    self.sample = sample
    self.rules = rules
    let required = rules.filter(\.isRequired).map(\.outcome)
    if required.contains(.fail) {
      verdict = .fail
    } else if required.contains(.unknown) {
      verdict = .unknown
    } else if rules.contains(where: { $0.outcome == .warn || (!$0.isRequired && $0.outcome == .fail) }) {
      verdict = .warn
    } else {
      verdict = required.isEmpty ? .notAssessed : .pass
    }
  }
}
