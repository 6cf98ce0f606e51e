/// One sample's genotypes at a panel's sites, as a VCF has them.
public struct PanelGenotypes: Sendable, Hashable {
  /// The file.
  public var path: String
  /// The panel's digest.
  public var panel: String
  /// Alternate alleles (0 to 2) by the site's index in the panel; -1 where the file says nothing that can be compared.
  public var alternates: [Int8]

  /// Genotypes of a panel.
  public init(path: String, panel: String, alternates: [Int8]) {
    self.path = path
    self.panel = panel
    self.alternates = alternates
  }

  /// The sites with a genotype.
  public var count: Int { alternates.filter { $0 >= 0 }.count }
}

/// How far genotypes from the reads and from a file agree.
public struct GenotypeConcordance: Sendable, Equatable {
  /// Evidence of whether both are of one person.
  public enum Evidence: String, Sendable {
    /// 0.95 or more of the sites agree.
    case samePerson = "agrees"
    /// Between.
    case unclear = "unclear"
    /// Fewer than 0.9 agree.
    case swapSuspected = "swap-suspected"
    /// Fewer than 100 sites could be compared.
    case unknown = "unknown"
  }

  /// Sites of autosomes with a genotype on both sides.
  public var sites: Int
  /// Those with the same one.
  public var same: Int

  /// Sites below which nothing is told.
  public static let leastSites = 100

  /// The share of sites that agree; nil where unknown.
  public var concordance: Double? { sites >= Self.leastSites ? Double(same) / Double(sites) : nil }

  /// What it is evidence of.
  public var evidence: Evidence {
    guard let concordance else { return .unknown }
    if concordance >= 0.95 { return .samePerson }
    return concordance < 0.9 ? .swapSuspected : .unclear
  }
}
