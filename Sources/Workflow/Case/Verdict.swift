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
  /// What was measured against what, for a rule of a policy.
  public var measure: Measure?

  /// A metric beside a policy's limit.
  public struct Measure: Sendable, Codable, Equatable {
    /// The policy's name.
    public var policy: String
    /// SHA-256 of the policy's text.
    public var policyDigest: String
    /// The metric's identifier.
    public var metric: String
    /// Its unit.
    public var unit: String
    /// Its value; nil where it was not measured.
    public var value: Double?
    /// What must hold between value and limit; nil where the policy sets no limit.
    public var comparison: String?
    /// The limit.
    public var limit: Double?
    /// Which records and bases count, and over what.
    public var definition: String?
    /// Where the rule is from.
    public var source: String
    /// Another program that measured it too.
    public var otherProgram: String?
    /// What that program found.
    public var otherValue: Double?
  }

  /// Whether it holds its case.
  var isHolding: Bool { isRequired && (outcome == .fail || outcome == .unknown) }

  enum CodingKeys: String, CodingKey {
    case id, rule, outcome
    case isRequired = "required"
    case evidence, measure
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
