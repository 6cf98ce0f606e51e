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
  /// Informative sites for it; nil where not told.
  public var sitesFor: Int?
  /// Informative sites against it; nil where not told.
  public var sitesAgainst: Int?

  /// A segment.
  public init(
    region: Region, kind: Kind, origin: Origin = .unknown, sitesFor: Int? = nil, sitesAgainst: Int? = nil
  ) {
    self.region = region
    self.kind = kind
    self.origin = origin
    self.sitesFor = sitesFor
    self.sitesAgainst = sitesAgainst
  }

  /// The segment in words: `isodisomy 20:1-5000 (maternal; 812 informative sites for it, 1 against)`.
  var told: String {
    let counts = sitesFor.map { "; \($0) informative sites for it, \(sitesAgainst ?? 0) against" } ?? ""
    return "\(kind.rawValue) \(region) (\(origin == .unknown ? "origin not known" : origin.rawValue)\(counts))"
  }
}
