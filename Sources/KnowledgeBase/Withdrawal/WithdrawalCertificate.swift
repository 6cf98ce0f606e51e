#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Proof of a withdrawal: what a base held before and after, without a word of whom.
public struct WithdrawalCertificate: Codable, Sendable, Hashable {
  /// `apus-withdrawal-certificate/1`.
  public var schema = "apus-withdrawal-certificate/1"
  /// When, `YYYY-MM-DD` in UTC.
  public var date: String
  /// The base's digest before.
  public var digestBefore: String
  /// The base's digest after: that of a base that never held the people.
  public var digestAfter: String
  /// How many people were asked for.
  public var asked: Int
  /// How many of them the base held, and does no longer.
  public var withdrawn: Int
  /// How many it never held, or not any more.
  public var notHeld: Int
  /// Rows of the withdrawn people's tables, which were overwritten and dropped.
  public var blocks: Int
  /// Alleles of people that no count counts any more.
  public var cells: Int
  /// Events of classification that stay, and name nobody any more.
  public var detachedClassifications: Int
  /// Identifiers of releases that were made while the base held them.
  public var supersededReleases: [String]
  /// The version of Apus.
  public var apus: String?

  /// The certificate as a file: JSON with sorted keys.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
