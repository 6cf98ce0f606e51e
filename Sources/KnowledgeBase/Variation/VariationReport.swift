import Service

/// Yield, rejections and turnaround by indication and laboratory, region or Trust, with every small number left out.
public struct VariationReport: Sendable {
  /// What units are.
  public enum Dimension: String, Sendable, CaseIterable {
    /// The laboratory that reports.
    case laboratory
    /// The region, or the hub that the order belongs to.
    case region
    /// The Trust that orders.
    case trust
  }

  /// One measure.
  public struct Measure: Sendable {
    /// A word for files: `yield`, `rejected`, `turnaround/TABLE/CATEGORY`.
    public var id: String
    /// A heading.
    public var title: String
    /// Whose figures they are, what the denominator and numerator are, and what is unknown.
    public var meaning: String
    /// What the numerator is, in a few words.
    public var counted: String
    /// The figures.
    public var table: VariationTable
  }

  /// What units are.
  public let dimension: Dimension
  /// The policy that suppresses.
  public let policy: ReleasePolicy
  /// The measures that there are data for.
  public let measures: [Measure]
  /// How many referrals were refused for each reason, from the most; those of fewer than the minimum are left out.
  public let reasons: [(code: String, referrals: ClosedRange<Int>)]
  /// The numbers' least and rounding.
  public let rule: (minimum: Int, rounding: Int, threshold: Int)

  /// Counts.
  /// - Parameters:
  ///   - yield: probands of the base; nil without one.
  ///   - referrals: referrals of folders and cases, each once; nil without any.
  /// - Throws: `ReleaseError` of kind `usage` for a minimum below the policy's.
  public init(
    yield: [VariationObservation]?, referrals: [ReferralOutcome]?, by dimension: Dimension, policy: ReleasePolicy,
    minimum: Int? = nil
  ) throws {
    let rule = try ReleaseOptions(policy: policy, minimum: minimum).rule.forClasses
    self.dimension = dimension
    self.policy = policy
    self.rule = (rule.minimum, rule.rounding, rule.variationThreshold)
    var measures: [Measure] = []
    if let yield {
      measures.append(
        Measure(
          id: "yield", title: "Findings in probands",
          meaning:
            "From the knowledge base: its probands, who permitted research, one each. Counted are those with an allele of tier 1 or 2, or with a germline class Pathogenic or Likely pathogenic as the latest that their own case gave an allele. It is evidence that the pipeline and laboratories recorded: no diagnosis, and no measure of who was helped. Unknown are probands whose tiers are not in the base.",
          counted: "With a finding", table: VariationTable(yield, rule: rule)))
    }
    var reasons: [String: Int] = [:]
    if let referrals {
      func observations(_ outcome: (ReferralOutcome) -> (Bool?, Int?)?) -> [VariationObservation] {
        referrals.compactMap { one in
          outcome(one).map {
            VariationObservation(
              indication: one.indication, unit: one.unit(dimension), outcome: $0.0, days: $0.1)
          }
        }
      }
      measures.append(
        Measure(
          id: "rejected", title: "Referrals that cannot be accepted",
          meaning:
            "From the referrals of the folders given, which are in no base: each once, as it stands. Counted are those that the gates of acceptance refuse for a reason or more. Unknown are cases whose referral is not to be found any more.",
          counted: "Refused", table: VariationTable(observations { ($0.refusals.map { !$0.isEmpty }, nil) }, rule: rule)
        ))
      for code in referrals.flatMap({ $0.refusals ?? [] }) { reasons[code, default: 0] += 1 }
      measures += Self.turnaround(referrals, observations, rule)
    }
    self.measures = measures
    self.reasons = reasons.map { ($0.key, rule.box(of: $0.value)) }.filter { $0.1.lowerBound > 0 }
      .sorted { ($1.1.lowerBound, $0.0) < ($0.1.lowerBound, $1.0) }
      .map { (code: $0.0, referrals: $0.1) }
  }

  private static func words(_ kind: PathwayEvent.Kind) -> String {
    kind == .dnaReceived ? "DNA received" : kind.rawValue.replacing("-", with: " ")
  }

  private static func turnaround(
    _ referrals: [ReferralOutcome],
    _ observations: ((ReferralOutcome) -> (Bool?, Int?)?) -> [VariationObservation], _ rule: DisclosureRule
  ) -> [Measure] {
    struct Line: Hashable {
      var table: String
      var category: String
    }
    let lines = Set(
      referrals.flatMap { one in
        one.clocks.compactMap { clock in clock.category.map { Line(table: clock.table, category: $0) } }
      })
    return lines.sorted { ($0.table, $0.category) < ($1.table, $1.category) }.map { line in
      let standards = TurnaroundStandards.builtIn.lines.filter {
        $0.table == line.table && $0.category == line.category
      }
      let days = Set(standards.map(\.days)).count == 1 ? standards.first.map { ", \($0.days) days" } ?? "" : ""
      let standard = standards.first.map {
        "From \(words($0.start)) to \(words($0.stop)); such as: \($0.examples).\n"
      }
      return Measure(
        id: "turnaround/\(line.table)/\(line.category)",
        title: "In time: \(line.category)\(days) (table \(line.table))",
        meaning: (standard ?? "")
          + "From the events of the referrals of the folders given: those whose test and urgency fall into this category of this table. Counted are clocks that stopped within the standard, among those that stopped or run beyond it; a clock that runs within its standard, was cancelled, or of which nothing can be said is unknown, and never in time. Days are calendar days of clocks that stopped.",
        counted: "In time",
        table: VariationTable(
          observations { one in
            one.clocks.first { $0.table == line.table && $0.category == line.category }.map {
              ($0.isInTime, $0.state?.daysTaken)
            }
          }, rule: rule))
    }
  }
}
