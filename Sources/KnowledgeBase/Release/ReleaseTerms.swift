import Genomics

/// What a release is to be, once options and ledger are joined.
struct ReleaseTerms: Sendable, Hashable {
  var policy: ReleasePolicy
  /// The strictest rule of the policy, the options and all earlier releases.
  var rule: DisclosureRule
  /// The dimension that groups are cut by; `all` for none.
  var partition: String
  /// Whether its strata are shown.
  var showsStrata: Bool

  /// Joins a policy and options with what earlier releases were bound by.
  /// - Throws: `ReleaseError` of kind `usage` for an option that loosens, `withheld` for another dimension than the first
  ///   release's.
  init(_ options: ReleaseOptions, _ ledger: ReleaseLedger) throws {
    policy = options.policy
    var rule = try options.rule
    if let earlier = ledger.strictest { rule = rule.joined(with: earlier) }
    self.rule = rule
    if let wanted = options.dimension, !policy.dimensions.contains(wanted) {
      throw ReleaseError(
        .usage, "the policy \(policy.id) does not publish by \(wanted)",
        remedy: "name one of \(policy.dimensions.joined(separator: ", "))")
    }
    guard let first = ledger.issues.first else {
      partition = options.dimension ?? "all"
      showsStrata = options.dimension != nil
      return
    }
    partition = first.partition
    showsStrata = options.dimension != nil
    if let wanted = options.dimension, wanted != first.partition {
      throw ReleaseError(
        .withheld,
        "the release is withheld: earlier ones are \(first.partition == "all" ? "not cut by a dimension" : "by \(first.partition)"), and figures by \(wanted) could be subtracted from theirs",
        remedy: "release as before, or begin another base")
    }
  }
}
