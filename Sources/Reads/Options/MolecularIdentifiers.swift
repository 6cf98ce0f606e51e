/// Where unique molecular identifiers (UMI) stand, and how they are moved into the read's name.
///
/// They go behind the part of the name that mates share, after a colon: `@read:ACGT 1:N:0:ATCACG`, `@read:ACGT/1`. Two
/// identifiers are joined by `_`, and a prefix stands before them with `_` (fastp 0.23.2).
public struct MolecularIdentifiers: Sendable, Hashable, Codable {
  /// The place of the identifier.
  public enum Place: String, Sendable, Hashable, Codable, CaseIterable {
    /// The first index in the name's comment.
    case index1
    /// The second index in the comment of the second mate's name, after its `+`.
    case index2
    /// The first bases of the first mate.
    case read1
    /// The first bases of the second mate.
    case read2
    /// Both indexes.
    case perIndex = "per_index"
    /// The first bases of both mates.
    case perRead = "per_read"
  }

  /// The place.
  public var place: Place
  /// Bases of the identifier, where it stands in a read.
  public var length: Int
  /// Bases behind the identifier that are dropped.
  public var skipped: Int
  /// What stands before the identifier in the name; empty: nothing.
  public var prefix: String

  /// Identifiers at a place.
  public init(place: Place, length: Int = 0, skipped: Int = 0, prefix: String = "") {
    self.place = place
    self.length = length
    self.skipped = skipped
    self.prefix = prefix
  }
}
