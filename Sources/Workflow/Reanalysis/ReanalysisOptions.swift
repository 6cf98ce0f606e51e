public import Interpretation
public import Logging

/// What `apus reanalyse` was asked for.
public struct ReanalysisOptions: Sendable {
  /// Folders of cases that `apus run` made.
  public var cases: [String]
  /// The annotation cache to tier by.
  public var cache: String
  /// The cache that the cases were tiered by, so that only what differs between the two is looked at; nil to read every
  /// case's calls.
  public var oldCache: String?
  /// Panels of PanelApp in place of those of the same numbers; empty for those that each case was tiered by.
  public var panels: [String] = []
  /// The test directory that tells the panels of a referral's test; nil for the panels that each case was tiered by.
  public var directory: String?
  /// The profile; nil for the one that each case was tiered by.
  public var profile: TieringProfile?
  /// The moment of the drafts, ISO 8601 with its zone.
  public var issued: String
  /// Where messages go.
  public var logger: Logger

  /// Cases and a cache.
  public init(cases: [String], cache: String, issued: String, logger: Logger) {
    self.cases = cases
    self.cache = cache
    self.issued = issued
    self.logger = logger
  }
}
