/// One rule that was asked, and what came of it.
public struct TraceLine: Sendable, Hashable, Codable {
  /// The rule's identifier in the profile.
  public var rule: String
  /// What came of it.
  public var outcome: RuleOutcome
  /// What was found.
  public var value: String
  /// What was asked for.
  public var threshold: String
  /// The person who decided it; nil where none did.
  public var person: String?
  /// Where the rule is from.
  public var source: String
  /// How well that is established.
  public var mark: SourceMark
  /// The data that the value is from, with its version; nil for the case's own data.
  public var data: String?
}
