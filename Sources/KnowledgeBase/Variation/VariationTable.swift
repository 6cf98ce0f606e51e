/// A measure by unit and indication, with every small number left out.
///
/// The observations are cut into groups that share none: of each unit those indications that have enough of their own, and
/// the rest of the unit together; and units that are too small, all together. Of each group the boxes of two numbers are
/// told (`DisclosureRule`), and everything else is computed from boxes alone. So no sum and no difference tells more than the
/// boxes do, and a number of 1 to minimum − 1 follows from none (`Docs/variation.md`).
public struct VariationTable: Sendable, Hashable {
  /// An indication of a unit.
  public struct Cell: Sendable, Hashable {
    /// The code; nil where it is not told.
    public var indication: String?
    /// What is told.
    public var figures: VariationFigures
    /// Days that stopped clocks took; empty where too few stopped.
    public var days: DayQuantiles
  }

  /// A laboratory, region or Trust.
  public struct Unit: Sendable, Hashable {
    /// The name; nil for those of whom it is not told, or, among small units, for all of them.
    public var name: String?
    /// Indications with enough observations, sorted; the one that is not told last.
    public var cells: [Cell]
    /// All other indications together.
    public var rest: VariationFigures
    /// Observations whose outcome is not known.
    public var unknown: ClosedRange<Int>
    /// Days that stopped clocks took, of all indications.
    public var days: DayQuantiles

    /// All indications: the sum of what is told.
    public var figures: VariationFigures { cells.reduce(rest) { $0 + $1.figures } }
  }

  /// The least number that is told.
  public let minimum: Int
  /// Numbers are told as multiples of it.
  public let rounding: Int
  /// The least number of observations of which a unit or an indication stands by itself.
  public let threshold: Int
  /// Units with enough observations, sorted.
  public let units: [Unit]
  /// Observations of which the unit is not told; nil where too few.
  public let unnamed: Unit?
  /// All smaller units together.
  public let others: Unit

  /// Everything: the sum of what is told.
  public var total: VariationFigures { groups.reduce(.none) { $0 + $1.figures } }

  /// Units, those of no name and the smaller ones.
  public var groups: [Unit] { units + (unnamed.map { [$0] } ?? []) + [others] }

  /// The share of the base that units are held against: by the middles of all that is told; nil without any.
  public var base: Double? {
    let told = groups.map(\.figures).filter(\.isTold).reduce(.none, +)
    return told.isTold ? told.count / told.number : nil
  }

  /// An indication in all units where it stands by itself.
  public func figures(of indication: String?) -> VariationFigures {
    groups.flatMap(\.cells).filter { $0.indication == indication }.map(\.figures).reduce(.none, +)
  }

  /// The indications that stand by themselves in some unit, sorted; the one that is not told last.
  public var indications: [String?] {
    let found = Set(groups.flatMap(\.cells).map(\.indication))
    return found.compactMap { $0 }.sorted() + (found.contains(nil) ? [nil] : [])
  }
}

extension VariationTable {
  /// Counts observations.
  /// - Parameters:
  ///   - policy: numbers are told by its minimum and rounding, never exactly.
  ///   - minimum: a larger minimum than the policy's.
  /// - Throws: `ReleaseError` of kind `usage` where it is smaller.
  public init(_ observations: [VariationObservation], policy: ReleasePolicy, minimum: Int? = nil) throws {
    self.init(observations, rule: try ReleaseOptions(policy: policy, minimum: minimum).rule.forClasses)
  }

  init(_ observations: [VariationObservation], rule: DisclosureRule) {
    minimum = rule.minimum
    rounding = rule.rounding
    let threshold = rule.variationThreshold
    self.threshold = threshold
    let units = Dictionary(grouping: observations) { $0.unit }
    let isLarge = { (some: [VariationObservation]) in some.count { $0.outcome != nil } >= threshold }
    self.units = units.compactMap { name, some in
      name.flatMap { isLarge(some) ? Unit($0, some, rule) : nil }
    }.sorted { ($0.name ?? "") < ($1.name ?? "") }
    unnamed = units[nil].flatMap { isLarge($0) ? Unit(nil, $0, rule) : nil }
    others = Unit(nil, units.filter { $0.key != nil && !isLarge($0.value) }.flatMap(\.value), rule, isWhole: true)
  }
}

extension VariationTable.Unit {
  /// - Parameter isWhole: whether indications are not looked at one by one.
  fileprivate init(
    _ name: String?, _ observations: [VariationObservation], _ rule: DisclosureRule, isWhole: Bool = false
  ) {
    self.name = name
    let known = observations.filter { $0.outcome != nil }
    let parts = isWhole ? [:] : Dictionary(grouping: known) { $0.indication }
    let large = parts.filter { $0.value.count >= rule.variationThreshold }
    cells = large.map { indication, some in
      VariationTable.Cell(
        indication: indication, figures: VariationFigures(some, rule), days: DayQuantiles(some, rule))
    }.sorted {
      ($0.indication == nil ? 1 : 0, $0.indication ?? "") < ($1.indication == nil ? 1 : 0, $1.indication ?? "")
    }
    rest = VariationFigures(known.filter { isWhole || large[$0.indication] == nil }, rule)
    unknown = rule.box(of: observations.count - known.count)
    days = DayQuantiles(known, rule)
  }
}

extension VariationFigures {
  /// The boxes of two numbers.
  fileprivate init(_ observations: [VariationObservation], _ rule: DisclosureRule) {
    self.init(
      numbers: rule.box(of: observations.count), counts: rule.box(of: observations.count { $0.outcome == true }))
  }
}

extension DisclosureRule {
  /// The least number of which a group stands by itself: the first box that begins at twice the minimum or behind. Of a
  /// smaller one it is known that it is smaller, and it may still be the minimum or more.
  var variationThreshold: Int { line(from: 2 * minimum) }
}
