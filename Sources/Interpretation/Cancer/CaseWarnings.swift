/// One of the national case summary's warnings, evaluated.
public struct CaseWarning: Sendable, Hashable, Codable {
  /// Whether the value is in the range that is warned of.
  public enum State: String, Sendable, Hashable, Codable {
    case raised
    case notRaised = "not-raised"
    /// The value is not known; never the same as not raised.
    case unknown
  }

  /// `contamination`, `tumour-content` or `low-fractions`.
  public var id: String
  /// What the value says.
  public var state: State
  /// The value, as a fraction; nil where it is not known.
  public var value: Double?
  /// The limits in words.
  public var limit: String
  /// What the value is, or why there is none.
  public var detail: String
}

/// The warnings of the cancer decision-support system's case summary (reference: help 4.5.0).
enum CaseWarnings {
  /// - Parameters:
  ///   - contamination: of the tumour, as a fraction; nil where nobody measured it.
  ///   - tumourContent: as a pathologist or another program tells it, as a fraction.
  static func all(
    contamination: Double?, tumourContent: Double?, purity: PurityEstimate, fractions: FractionHistogram,
    _ limits: SomaticProfile.Warnings
  ) -> [CaseWarning] {
    [
      Self.contaminated(contamination, limits), content(tumourContent, purity, limits), low(fractions, limits),
    ]
  }

  private static func contaminated(_ value: Double?, _ limits: SomaticProfile.Warnings) -> CaseWarning {
    var warning = CaseWarning(
      id: "contamination", state: .unknown, value: value,
      limit:
        "warned from \(percent(limits.contaminationLow)) to \(percent(limits.contaminationHigh)) of the tumour sample",
      detail: "not supplied (--contamination)")
    guard let value else { return warning }
    warning.state = value >= limits.contaminationLow ? .raised : .notRaised
    warning.detail =
      value > limits.contaminationHigh
      ? "as supplied; above the range that is warned of: what happens there is not public"
      : "as supplied"
    return warning
  }

  private static func content(
    _ supplied: Double?, _ purity: PurityEstimate, _ limits: SomaticProfile.Warnings
  ) -> CaseWarning {
    let limit = "warned below \(percent(limits.tumourContent))"
    if let supplied {
      return CaseWarning(
        id: "tumour-content", state: supplied < limits.tumourContent ? .raised : .notRaised, value: supplied,
        limit: limit, detail: "as supplied")
    }
    guard let value = purity.purity, let low = purity.low, let high = purity.high else {
      return CaseWarning(
        id: "tumour-content", state: .unknown, value: nil, limit: limit,
        detail:
          "not supplied (--tumour-content), and not told by the fractions: \(purity.unknown?.rawValue ?? "unknown")")
    }
    // An interval with the limit in it says neither.
    let state: CaseWarning.State =
      high < limits.tumourContent ? .raised : low >= limits.tumourContent ? .notRaised : .unknown
    return CaseWarning(
      id: "tumour-content", state: state, value: value, limit: limit,
      detail: state == .unknown
        ? "estimated from the fractions, and the interval has the limit in it" : "estimated from the fractions")
  }

  private static func low(_ fractions: FractionHistogram, _ limits: SomaticProfile.Warnings) -> CaseWarning {
    let limit =
      "warned above \(percent(limits.lowFractionShare)) of variants with a fraction below \(percent(limits.lowFraction))"
    guard fractions.total > 0, let below = fractions.count(below: limits.lowFraction) else {
      return CaseWarning(
        id: "low-fractions", state: .unknown, value: nil, limit: limit,
        detail: fractions.total == 0 ? "no variant has a known fraction" : "the border is no multiple of 0.005")
    }
    let share = Double(below) / Double(fractions.total)
    return CaseWarning(
      id: "low-fractions", state: share > limits.lowFractionShare ? .raised : .notRaised, value: share, limit: limit,
      detail: "\(below) of \(fractions.total) somatic variants with a known fraction")
  }

  private static func percent(_ fraction: Double) -> String {
    let value = (fraction * 1000).rounded() / 10
    return value == value.rounded() ? "\(Int(value)) %" : "\(value) %"
  }
}
