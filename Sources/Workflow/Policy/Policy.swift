/// Limits on metrics, as data: a versioned file that every result names (DESIGN.md, decision 11).
///
/// A rule says what must hold. A metric that was not measured makes it UNKNOWN, never PASS.
public struct Policy: Sendable, Hashable {
  /// How a metric is compared with a limit.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    /// At least.
    case atLeast = ">="
    /// More than.
    case above = ">"
    /// At most.
    case atMost = "<="
    /// Less than.
    case below = "<"

    /// Whether a value meets a limit.
    public func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .atLeast: value >= limit
      case .above: value > limit
      case .atMost: value <= limit
      case .below: value < limit
      }
    }
  }

  /// What a metric must be.
  public struct Limit: Sendable, Hashable {
    /// The comparison that must hold.
    public var comparison: Comparison
    /// With what, in the rule's unit.
    public var value: Double
    /// What it is where it does not hold: `warn` or `fail`.
    public var otherwise: VerdictOutcome
  }

  /// One rule.
  public struct Rule: Sendable, Hashable {
    /// Its identifier, once in a policy.
    public var id: String
    /// The metric's identifier (reference: the manual's list of metrics).
    public var metric: String
    /// The metric's unit, which must be the one that it is measured in: a percent is no fraction.
    public var unit: String
    /// What it must be; nil for a metric that is reported without a limit.
    public var limit: Limit?
    /// Whether FAIL or UNKNOWN holds the case.
    public var isRequired: Bool
    /// Materials (as the sheet's `x_material` says) that the rule does not apply to.
    public var exempt: [String]
    /// Where the rule is from.
    public var source: String
  }

  /// Its name.
  public var id: String
  /// What it is, in words.
  public var title: String
  /// Where it is from.
  public var source: String
  /// The day from which it applies, as its source says; nil where it does not.
  public var effectiveFrom: String?
  /// The assembly that it is made for (`GRCh37`, `GRCh38`); nil for any.
  public var reference: String?
  /// What part of the reference its coverage is over, in words.
  public var territory: String?
  /// Which reads and bases count, in words.
  public var filters: String?
  /// The rules, in order.
  public var rules: [Rule]
  /// SHA-256 of the policy's text, in hexadecimal digits.
  public var digest: String
}
