/// One of the national case summary's warnings, evaluated.
public struct CaseWarning: Sendable, Hashable, Codable {
  /// Whether the value is in the range that is warned of.
  public enum State: String, Sendable, Hashable, Codable {
    case raised
    case notRaised = "not-raised"
    /// The value is not known; never the same as not raised.
    case unknown
  }

  /// `contamination`, `tumour-content`, `low-fractions` or `germline-depth`.
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
  /// What the file does not tell, and its user may; nil where nobody did.
  struct Supplied {
    /// Of the tumour, as a fraction.
    var contamination: Double?
    /// As a pathologist or another program tells it, as a fraction.
    var tumourContent: Double?
    /// Whether the germline was subtracted.
    var hasNormal = true
    /// In reads.
    var normalMeanDepth: Double?
    /// As a fraction.
    var normalShareAt15: Double?
  }

  static func all(
    _ supplied: Supplied, purity: PurityEstimate, fractions: FractionHistogram, _ limits: SomaticProfile.Warnings
  ) -> [CaseWarning] {
    [
      contaminated(supplied.contamination, limits), content(supplied.tumourContent, purity, limits),
      low(fractions, hasNormal: supplied.hasNormal, limits), germline(supplied, limits),
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

  private static func low(
    _ fractions: FractionHistogram, hasNormal: Bool, _ limits: SomaticProfile.Warnings
  ) -> CaseWarning {
    let limit =
      "warned above \(percent(limits.lowFractionShare)) of variants with a fraction below \(percent(limits.lowFraction))"
    guard fractions.total > 0, let below = fractions.count(below: limits.lowFraction) else {
      return CaseWarning(
        id: "low-fractions", state: .unknown, value: nil, limit: limit,
        detail: fractions.total == 0 ? "no variant has a known fraction" : "the border is no multiple of 0.005")
    }
    let share = Double(below) / Double(fractions.total)
    let isAbove = share > limits.lowFractionShare
    // Germline variants have large fractions: among them the share can only be too small.
    let state: CaseWarning.State = isAbove ? .raised : hasNormal ? .notRaised : .unknown
    return CaseWarning(
      id: "low-fractions", state: state, value: share, limit: limit,
      detail: hasNormal
        ? "\(below) of \(fractions.total) somatic variants with a known fraction"
        : "\(below) of \(fractions.total) variants with a known fraction, among which are those of the germline")
  }

  private static func germline(_ supplied: Supplied, _ limits: SomaticProfile.Warnings) -> CaseWarning {
    var warning = CaseWarning(
      id: "germline-depth", state: .unknown, value: supplied.normalShareAt15,
      limit:
        "warned below a mean of \(reads(limits.normalMeanDepth)) in the germline comparator, or below \(percent(limits.normalShareAt15)) of bases with 15",
      detail: "no germline comparator was given")
    guard supplied.hasNormal else { return warning }
    let mean = supplied.normalMeanDepth.map { "a mean of \(reads($0))" }
    let share = supplied.normalShareAt15.map { "\(percent($0)) of bases with 15" }
    let told = [mean, share].compactMap { $0 }.joined(separator: ", ")
    let isLow = [
      supplied.normalMeanDepth.map { $0 < limits.normalMeanDepth },
      supplied.normalShareAt15.map { $0 < limits.normalShareAt15 },
    ]
    if isLow.contains(true) {
      warning.state = .raised
    } else if !isLow.contains(nil) {
      warning.state = .notRaised
    }
    warning.detail =
      told.isEmpty
      ? "not supplied: the germline comparator's mean depth, and its share of bases at 15x"
      : "as supplied: \(told)" + (isLow.contains(nil) ? "; the other was not supplied" : "")
    return warning
  }

  private static func reads(_ depth: Double) -> String {
    depth == depth.rounded() && abs(depth) < 1e9 ? "\(Int(depth)) reads" : "\(depth) reads"
  }

  private static func percent(_ fraction: Double) -> String {
    let value = (fraction * 1000).rounded() / 10
    return value == value.rounded() ? "\(Int(value)) %" : "\(value) %"
  }
}
