/// An annotation cache that is refused (exit code 78): damaged, or built for another reference than the data's.
public struct CacheError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The class of fault; each is a stable code for JSON logs.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The file is no cache, or of a version that this program does not read.
    case notACache = "cache-not-a-cache"
    /// A digest differs from the bytes, or the file is cut.
    case damaged = "cache-damaged"
    /// The data were made with another reference, or name contigs otherwise.
    case otherReference = "cache-other-reference"
    /// No source of the cache has the identifiers that are asked for.
    case lacksIdentifiers = "cache-lacks-identifiers"
  }

  /// The class of fault.
  public var kind: Kind
  /// The cache's path.
  public var path: String
  /// What is wrong, as a clause without a full stop.
  public var reason: String
  /// What to do about it.
  public var remedy: String

  /// An error of the given kind.
  public init(_ kind: Kind, path: String, _ reason: String, remedy: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
    self.remedy = remedy
  }

  /// `PATH: what is wrong; what to do`.
  public var description: String { "\(path): \(reason); \(remedy)" }
}
