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
  ]

  /// What `--collect` takes, in order.
  public static var names: [String] {
    var names: [String] = []
    for collector in all where !names.contains(collector.name) { names.append(collector.name) }
    return names
  }
}
