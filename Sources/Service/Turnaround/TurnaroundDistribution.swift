/// How long the tests of one category took in one laboratory: a distribution, never a mean alone.
public struct TurnaroundDistribution: Sendable, Hashable {
  /// One clock.
  public struct Observation: Sendable, Hashable {
    /// The table's name.
    public var table: String
    /// The category; nil where it is not established.
    public var category: String?
    /// The laboratory (ODS code), as the events tell it; nil where they do not.
    public var laboratory: String?
    /// Where the clock stands.
    public var state: TurnaroundState

    /// A clock of a category in a laboratory.
    public init(table: String, category: String?, laboratory: String?, state: TurnaroundState) {
      self.table = table
      self.category = category
      self.laboratory = laboratory
      self.state = state
    }
  }

  /// A quantile of the days that stopped clocks took.
  public struct Quantile: Sendable, Hashable {
    /// Percent: 0 is the shortest, 100 the longest.
    public var percent: Int
    /// Calendar days.
    public var days: Int
  }

  /// A bar of the histogram.
  public struct Bar: Sendable, Hashable {
    /// The days that it covers.
    public var days: ClosedRange<Int>
    /// How many stopped clocks took so many days.
    public var count: Int
  }

  /// The quantiles that are told, by the nearest rank (Hyndman and Fan 1996, definition 1): each is a time that was
  /// observed.
  public static let percents = [0, 10, 25, 50, 75, 90, 100]
  /// The width of a bar in days.
  public static let barDays = 7

  /// The table's name.
  public var table: String
  /// The category; nil where it is not established.
  public var category: String?
  /// The laboratory; nil where the events do not tell it.
  public var laboratory: String?
  /// Clocks that stopped within the standard.
  public private(set) var met = 0
  /// Clocks that stopped beyond it.
  public private(set) var missed = 0
  /// Clocks that run within it.
  public private(set) var running = 0
  /// Clocks that run beyond it.
  public private(set) var overdue = 0
  /// Cancelled before the clock stopped.
  public private(set) var cancelled = 0
  /// Clocks of which nothing can be said, by reason.
  public private(set) var unknown: [TurnaroundState.Unknown: Int] = [:]
  /// The days that stopped clocks took, in rising order.
  public private(set) var days: [Int] = []

  /// The clocks that stopped.
  public var stopped: Int { met + missed }

  /// Among the clocks whose outcome is known - stopped, or running beyond the standard - the share that was in time; nil
  /// where there is none. Leaving out overdue clocks would make a laboratory look better the longer it waits.
  public var shareWithin: Double? {
    let known = stopped + overdue
    return known == 0 ? nil : Double(met) / Double(known)
  }

  /// The quantiles; empty where no clock has stopped.
  public var quantiles: [Quantile] {
    days.isEmpty
      ? []
      : Self.percents.map { percent in
        let rank = max(1, (days.count * percent + 99) / 100)
        return Quantile(percent: percent, days: days[rank - 1])
      }
  }

  /// The histogram from 0 days to the longest time, empty bars too.
  public var histogram: [Bar] {
    guard let longest = days.last else { return [] }
    var counts = Array(repeating: 0, count: longest / Self.barDays + 1)
    for day in days { counts[day / Self.barDays] += 1 }
    return counts.enumerated().map {
      Bar(days: $0 * Self.barDays...($0 + 1) * Self.barDays - 1, count: $1)
    }
  }

  /// Distributions of all groups, by table, category and laboratory; groups whose category or laboratory is not known
  /// come last.
  public static func distributions(of observations: [Observation]) -> [TurnaroundDistribution] {
    struct Key: Hashable {
      var table: String
      var category: String?
      var laboratory: String?
    }
    func rank(_ text: String?) -> (Int, String) { (text == nil ? 1 : 0, text ?? "") }
    return Dictionary(grouping: observations) {
      Key(table: $0.table, category: $0.category, laboratory: $0.laboratory)
    }
    .sorted { a, b in
      if a.key.table != b.key.table { return a.key.table < b.key.table }
      if a.key.category != b.key.category { return rank(a.key.category) < rank(b.key.category) }
      return rank(a.key.laboratory) < rank(b.key.laboratory)
    }
    .map { key, group in
      var distribution = TurnaroundDistribution(
        table: key.table, category: key.category, laboratory: key.laboratory)
      for observation in group { distribution.add(observation.state) }
      distribution.days.sort()
      return distribution
    }
  }

  private init(table: String, category: String?, laboratory: String?) {
    self.table = table
    self.category = category
    self.laboratory = laboratory
  }

  private mutating func add(_ state: TurnaroundState) {
    switch state {
    case .unknown(let why): unknown[why, default: 0] += 1
    case .cancelled: cancelled += 1
    case .running: running += 1
    case .overdue: overdue += 1
    case .met(let elapsed):
      met += 1
      days.append(elapsed)
    case .missed(let elapsed, _):
      missed += 1
      days.append(elapsed)
    }
  }
}
