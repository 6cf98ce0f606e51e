/// Quartiles of days by the nearest rank (Hyndman and Fan 1996, definition 1). Each is told only where the minimum of times
/// or more lie on either side, itself among one of them.
public struct DayQuantiles: Sendable, Hashable {
  /// A quarter took as long or less.
  public var lower: Int?
  /// Half took as long or less.
  public var median: Int?
  /// Three quarters took as long or less.
  public var upper: Int?

  init(_ observations: [VariationObservation], _ rule: DisclosureRule) {
    let days = observations.compactMap(\.days).sorted()
    func quantile(_ percent: Int) -> Int { days[max(1, (days.count * percent + 99) / 100) - 1] }
    if days.count >= 2 * rule.minimum { median = quantile(50) }
    if days.count >= 4 * rule.minimum { (lower, upper) = (quantile(25), quantile(75)) }
  }
}
