/// A tier; the order of `rank` is that of precedence among tiers of one class of variant.
public enum Tier: String, Sendable, Hashable, Codable, CaseIterable {
  case tier1 = "TIER1"
  case tier2 = "TIER2"
  case tier3 = "TIER3"
  /// Copy numbers.
  case tierA = "TIERA"
  case tierB = "TIERB"
  /// Copy numbers that meet genes outside the panels alone.
  case null = "NULL"

  /// The lower, the higher the tier.
  public var rank: Int {
    switch self {
    case .tier1, .tierA: 1
    case .tier2, .tierB: 2
    case .tier3, .null: 3
    }
  }
}

/// What comes of a rule. Unknown is never a pass.
public enum RuleOutcome: String, Sendable, Hashable, Codable, CaseIterable {
  case pass
  case fail
  case unknown
}

/// How complete a pass assumes penetrance to be.
public enum Penetrance: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case complete
  case incomplete

  /// Complete before incomplete.
  public static func < (a: Self, b: Self) -> Bool { a == .complete && b == .incomplete }
}

/// How well a rule's source is established (marks of the project's reference page).
public enum SourceMark: String, Sendable, Hashable, Codable, CaseIterable {
  /// Confirmed in the primary source.
  case confirmed = "C"
  /// Confirmed by measurement.
  case measured = "M"
  /// Reported by its own authors.
  case authors = "A"
  /// Not established.
  case notEstablished = "N"
  /// A rule of Apus where the public text stops: never under another's name.
  case apus = "P"

  /// Whether a result must say that the rule is not from a confirmed source.
  public var isFlagged: Bool { self == .notEstablished || self == .apus }
}
