public import Genomics

/// A stretch of which the proband has both copies from one parent, as a segment caller found it.
public struct UPDSegment: Sendable, Hashable {
  /// Kinds (GelReportModels 6.2).
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case isodisomy
    case heterodisomy
    case both
  }

  /// Whose copies (GelReportModels 6.2).
  public enum Origin: String, Sendable, Hashable, Codable, CaseIterable {
    case paternal
    case maternal
    case unknown
  }

  /// Where, 0-based half-open.
  public var region: Region
  /// The kind.
  public var kind: Kind
  /// Whose copies.
  public var origin: Origin

  /// A segment.
  public init(region: Region, kind: Kind, origin: Origin = .unknown) {
    self.region = region
    self.kind = kind
    self.origin = origin
  }
}
