/// The collectors, in the order in which they report. A new one is one file, and one line here.
public enum AlignmentCollectors {
  /// All of them.
  public static let all: [any AlignmentCollector.Type] = [
    Flagstat.self,
    Idxstats.self,
    SamtoolsStats.self,
    SamtoolsStatsWalk.self,
    SamtoolsCoverage.self,
    DepthCollector.self,
    ChromosomeBins.self,
    SiteCounts.self,
    MosdepthCollector.self,
    GapsCollector.self,
    ReadDefinitions.self,
    YieldReads.self,
    CoverageDefinitions.self,
    InsertSizes.self,
    GCBiasReads.self,
    GCBias.self,
  ]

  /// The suffixes of all files that a pass may report.
  /// - Parameter collect: the names of the collectors; nil for all.
  public static func suffixes(_ collect: Set<String>?, _ options: AlignmentOptions) -> [String] {
    all.filter { collect?.contains($0.name) ?? true }.flatMap { $0.suffixes(options) }
  }

  /// What `--collect` takes, in order.
  public static var names: [String] {
    var names: [String] = []
    for collector in all where !names.contains(collector.name) { names.append(collector.name) }
    return names
  }
}
