/// What is asked of a release.
public struct ReleaseOptions: Sendable {
  /// The policy.
  public var policy: ReleasePolicy
  /// A larger minimum than the policy's; nil for the policy's own.
  public var minimum: Int?
  /// A coarser rounding than the policy's; nil for the policy's own.
  public var rounding: Int?
  /// The dimension whose strata are published beside everybody; nil for none.
  public var dimension: String?

  /// Options that only tighten; others are refused when they are used.
  public init(policy: ReleasePolicy, minimum: Int? = nil, rounding: Int? = nil, dimension: String? = nil) {
    self.policy = policy
    self.minimum = minimum
    self.rounding = rounding
    self.dimension = dimension
  }

  var rule: DisclosureRule {
    get throws {
      if let minimum, minimum < policy.minimum {
        throw ReleaseError(
          .usage, "a minimum of \(minimum) loosens the policy \(policy.id), which has \(policy.minimum)",
          remedy: "give a larger one or none")
      }
      if let rounding, rounding < policy.rounding || rounding % policy.rounding != 0 {
        throw ReleaseError(
          .usage, "rounding to \(rounding) loosens the policy \(policy.id), which rounds to \(policy.rounding)",
          remedy: "give a multiple of \(policy.rounding) or none")
      }
      return DisclosureRule(
        minimum: minimum ?? policy.minimum, rounding: rounding ?? policy.rounding, isExact: policy.isExact)
    }
  }
}
