public import Alignments

extension Policy {
  /// What is known of one sample.
  public struct Evidence: Sendable {
    /// The metrics that were measured, and those that could not be (without a value).
    public var metrics: [AlignmentMetrics.Metric]
    /// The material, as the sheet says; nil where it does not.
    public var material: String?
    /// The assembly, proven by the reference's digests; nil where it is not.
    public var assembly: String?
    /// What another program measured, by metric, in the metric's unit: shown beside ours, never instead of it.
    public var others: [String: (program: String, value: Double)] = [:]

    /// What is known.
    public init(metrics: [AlignmentMetrics.Metric], material: String? = nil, assembly: String? = nil) {
      self.metrics = metrics
      self.material = material
      self.assembly = assembly
    }
  }

  /// What comes of each rule on the evidence.
  /// - Throws: `RunError` of kind `configuration` where a rule's unit is not the metric's.
  public func results(on evidence: Evidence) throws(RunError) -> [RuleResult] {
    var results: [RuleResult] = []
    if let reference {
      results.append(
        RuleResult(
          id: "\(id).reference", rule: "The reference is \(reference)",
          outcome: evidence.assembly == nil ? .unknown : evidence.assembly == reference ? .pass : .fail,
          isRequired: rules.contains { $0.isRequired },
          evidence: evidence.assembly.map { "\($0), by the lengths of its chromosomes" }
            ?? "not proven: no reference was given, or its chromosomes have the lengths of no known assembly"))
    }
    for rule in rules { results.append(try result(of: rule, on: evidence)) }
    return results
  }

  private func result(of rule: Rule, on evidence: Evidence) throws(RunError) -> RuleResult {
    let metric = evidence.metrics.first { $0.id == rule.metric }
    if let metric, metric.unit != rule.unit {
      throw RunError(
        .configuration,
        "policy \(id), rule \(rule.id): \(rule.metric) is measured in \(metric.unit), and the rule is in \(rule.unit)")
    }
    let words = rule.limit.map { "\(rule.metric) \($0.comparison.rawValue) \(number($0.value)) \(rule.unit)" }
    var result = RuleResult(
      id: "\(id).\(rule.id)", rule: words ?? "\(rule.metric) is reported; the policy sets no limit",
      outcome: .unknown, isRequired: rule.isRequired,
      evidence: metric == nil ? "this run did not measure it" : "it could not be measured; see the unknowns")
    if let material = evidence.material, rule.exempt.contains(material) {
      result.outcome = .notAssessed
      result.evidence = "the policy exempts \(material)"
    } else if let value = metric?.value {
      result.evidence = "\(number(value)) \(rule.unit)"
      if let limit = rule.limit {
        result.outcome = limit.comparison.holds(value, limit.value) ? .pass : limit.otherwise
      } else {
        result.outcome = .notAssessed
      }
    }
    let other = evidence.others[rule.metric]
    if let other { result.evidence += "; \(other.program): \(number(other.value)) \(rule.unit)" }
    result.measure = RuleResult.Measure(
      policy: id, policyDigest: digest, metric: rule.metric, unit: rule.unit, value: metric?.value,
      comparison: rule.limit?.comparison.rawValue, limit: rule.limit?.value, definition: metric?.definition,
      source: rule.source, otherProgram: other?.program, otherValue: other?.value)
    return result
  }

  /// Whole numbers without a fraction, others as short as they can be told apart.
  private func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
