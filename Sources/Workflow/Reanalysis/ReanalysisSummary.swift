#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What came of tiering cases again: `apus-reanalysis/1`.
public struct ReanalysisSummary: Sendable, Encodable {
  /// What became of a case.
  public enum State: String, Sendable, Hashable, Encodable {
    /// Tiers differ: its folder has new tiers and a draft.
    case changed
    /// No tier differs: its folder stands as it was.
    case unchanged
    /// It could not be tiered again: its folder stands as it was.
    case failed
  }

  /// How much of a case had to be looked at.
  public enum Path: String, Sendable, Hashable, Encodable {
    /// What it was tiered by is what it would be tiered by.
    case nothing
    /// Where its alleles start: none of those that changed.
    case index
    /// The records at alleles that changed: the same to the rules.
    case records
    /// The candidates that were kept with it, and the records at alleles that changed.
    case candidates
    /// All of its calls.
    case calls
  }

  /// One case.
  public struct Case: Sendable, Encodable {
    /// Its name; the folder's where the case could not be read.
    public var name: String
    /// Its folder as given.
    public var folder: String
    /// What became of it.
    public var state: State
    /// Every variant whose tiers differ.
    public var changes: [TierChange] = []
    /// What the case was tiered by before.
    public var before: Basis?
    /// What it was tiered by now.
    public var now: Basis?
    /// The report that the folder has now: its version and state.
    public var report: String?
    /// How much of the case had to be looked at.
    public var path = Path.nothing
    /// What to know of the case.
    public var warnings: [String] = []
    /// Why it failed.
    public var failure: String?
    /// The same, as it was thrown.
    public var error: (any Error)?

    private enum CodingKeys: String, CodingKey {
      case name = "case"
      case folder, state, changes, before, now, report, path, warnings, failure
    }

    /// Changes of a direction.
    public func count(_ direction: TierChange.Direction) -> Int { changes.count { $0.direction == direction } }
  }

  /// What tiers rest on.
  public struct Basis: Sendable, Hashable, Encodable {
    /// The digest of the cache's content.
    public var cache: String
    /// The profile's identifier and digest.
    public var profile: String
    /// Panels with their versions.
    public var panels: [String]
  }

  /// `apus-reanalysis/1`.
  public var schema = "apus-reanalysis/1"
  /// The digest of the new cache's content.
  public var cache: String
  /// Each case, in the order given.
  public var cases: [Case] = []

  init(cache: String) { self.cache = cache }

  /// The document: keys in order, the same for the same content.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
