@testable import Alignments
import Foundation
import Genomics
import Testing

@testable import Workflow

@Suite("Policies")
struct PolicyTests {
  private let example = """
    schema: apus-policy/1
    id: ours
    title: Our limits
    source: the laboratory
    rules:
      - {id: depth, metric: cov.mosdepth.mean, unit: x, operator: ">=", limit: 30, otherwise: FAIL, required: true, exempt: [saliva], source: s}
      - {id: contamination, metric: contam.fraction, unit: fraction, operator: "<", limit: 0.01, otherwise: WARN, source: s}
      - {id: reads, metric: reads.total, unit: reads, source: s}

    """

  private func metric(_ id: String, _ value: Double?, _ unit: String) -> AlignmentMetrics.Metric {
    AlignmentMetrics.Metric(id: id, value: value, unit: unit, definition: "as defined", equalTo: nil)
  }

  private func evidence(depth: Double?, contamination: Double? = 0.001) -> Policy.Evidence {
    Policy.Evidence(metrics: [
      metric("cov.mosdepth.mean", depth, "x"), metric("contam.fraction", contamination, "fraction"),
      metric("reads.total", 12, "reads"),
    ])
  }

  private func verdict(_ policy: Policy, _ evidence: Policy.Evidence) throws -> VerdictOutcome {
    Verdict(sample: "S", rules: try policy.results(on: evidence)).verdict
  }

  @Test("A limit is met, missed, or unknown; a missing metric is never a pass")
  func outcomes() throws {
    let policy = try Policy(yaml: example, path: "ours.yaml")
    #expect(try verdict(policy, evidence(depth: 30)) == .pass)
    #expect(try verdict(policy, evidence(depth: 29.999)) == .fail)
    #expect(try verdict(policy, evidence(depth: nil)) == .unknown)
    #expect(try verdict(policy, Policy.Evidence(metrics: [])) == .unknown)
    #expect(try verdict(policy, evidence(depth: 30, contamination: 0.01)) == .warn)
    // A rule that is not required may be unknown without holding anything.
    #expect(try verdict(policy, evidence(depth: 30, contamination: nil)) == .pass)
    let results = try policy.results(on: evidence(depth: 29.5))
    #expect(results.map(\.outcome) == [.fail, .pass, .notAssessed])
    #expect(results[0].rule == "cov.mosdepth.mean >= 30 x")
    #expect(results[0].evidence == "29.5 x")
    #expect(results[0].measure?.value == 29.5)
    #expect(results[0].measure?.limit == 30)
    #expect(results[0].measure?.definition == "as defined")
    #expect(results[0].measure?.policyDigest == policy.digest)
  }

  @Test("An exempt material is not assessed; another is")
  func exemptions() throws {
    let policy = try Policy(yaml: example, path: "ours.yaml")
    var low = evidence(depth: 3)
    low.material = "saliva"
    #expect(try policy.results(on: low)[0].outcome == .notAssessed)
    low.material = "blood"
    #expect(try policy.results(on: low)[0].outcome == .fail)
  }

  @Test("A percent is no fraction: a rule in another unit is refused")
  func units() throws {
    let policy = try Policy(
      yaml: example.replacingOccurrences(of: "unit: fraction", with: "unit: percent"), path: "ours.yaml")
    let error = #expect(throws: RunError.self) { try policy.results(on: evidence(depth: 30)) }
    #expect(error?.kind == .configuration)
    #expect(error?.description.contains("measured in fraction, and the rule is in percent") == true)
  }

  @Test("Comparisons are exact at the limit")
  func comparisons() {
    let held: [Policy.Comparison: [Bool]] = [
      .atLeast: [false, true, true], .above: [false, false, true], .atMost: [true, true, false],
      .below: [true, false, false],
    ]
    for comparison in Policy.Comparison.allCases {
      #expect([9.999, 10, 10.001].map { comparison.holds($0, 10) } == held[comparison], "\(comparison)")
    }
  }

  @Test("The reference that a policy is made for is proven, or the verdict is unknown")
  func references() throws {
    let policy = try Policy(
      yaml: example.replacingOccurrences(of: "source: the", with: "reference: GRCh38\nsource: the"), path: "p")
    var given = evidence(depth: 40)
    #expect(try verdict(policy, given) == .unknown)
    given.assembly = "GRCh37"
    #expect(try verdict(policy, given) == .fail)
    given.assembly = "GRCh38"
    #expect(try verdict(policy, given) == .pass)
  }

  @Test("The policies that come with Apus are read, name their sources and hold what is not measured")
  func builtIns() throws {
    #expect(Set(Policy.builtIns.keys) == Set(Policy.builtInNames))
    for name in Policy.builtInNames {
      let policy = try Policy.named(name)
      #expect(policy.id == name)
      #expect(!policy.source.isEmpty && policy.rules.allSatisfy { !$0.source.isEmpty })
      let outcome = try verdict(policy, Policy.Evidence(metrics: []))
      #expect(outcome == (name == "ga4gh-wgs" ? .notAssessed : .unknown), "\(name)")
    }
    #expect(try Policy.named("ga4gh-wgs").rules.count == 9)
    #expect(throws: RunError.self) { try Policy.named("gel-cancer-yield") }
  }

  static let faults: [(change: (String, String), reason: String)] = [
    (("schema: apus-policy/1", "schema: apus-policy/9"), "schema apus-policy/9"),
    (("title: Our limits\n", ""), "lacks title"),
    (("limit: 30", "limit: thirty"), "no number"),
    (("operator: \">=\"", "operator: \"=>\""), "operator =>"),
    (("otherwise: FAIL", "otherwise: BAD"), "otherwise: BAD"),
    (("required: true", "required: maybe"), "true or false"),
    (("required: true", "requried: true"), "requried"),
    (("id: contamination", "id: depth"), "id of another"),
    (("otherwise: WARN,", "otherwise: WARN, required: true,"), "only warns"),
    (("unit: reads, source", "unit: reads, required: true, source"), "no limit"),
    (("limit: 30, ", ""), "or none of them"),
    (("rules:", "rules: {"), "not YAML"),
  ]

  @Test("What is not understood is refused with its line, not passed over", arguments: faults.indices)
  func refusals(index: Int) {
    let fault = Self.faults[index]
    let text = example.replacingOccurrences(of: fault.change.0, with: fault.change.1)
    #expect(text != example)
    let error = #expect(throws: RunError.self) { try Policy(yaml: text, path: "ours.yaml") }
    #expect(error?.kind == .configuration)
    #expect(error?.description.contains(fault.reason) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix("ours.yaml") == true)
  }

  @Test("DRAGEN's metrics stand beside ours and decide nothing")
  func dragen() throws {
    let csv = """
      MAPPING/ALIGNING SUMMARY,,Total input reads,1000,100.00
      MAPPING/ALIGNING SUMMARY,,Mapped reads,990,99.00
      MAPPING/ALIGNING SUMMARY,,Q30 bases,140000
      MAPPING/ALIGNING SUMMARY,,Estimated sample contamination,0.002
      MAPPING/ALIGNING SUMMARY,,Insert length: mean,NA
      MAPPING/ALIGNING PER RG,A,Mapped reads,1,1.00

      """
    let other = try DRAGENMetrics(csv: csv, path: "d.csv")
    #expect(
      other.values == [
        "pct_reads_mapped": 99, "yield_bp_q30": 140_000, "contam.fraction": 0.002,
      ])
    let policy = try Policy(yaml: example, path: "ours.yaml")
    var given = evidence(depth: 30, contamination: nil)
    given.others = other.values.mapValues { ("DRAGEN", $0) }
    let result = try policy.results(on: given)[1]
    #expect(result.outcome == .unknown)
    #expect(result.evidence.contains("DRAGEN: 0.002 fraction"))
    #expect(throws: InputError.self) { try DRAGENMetrics(csv: "a,b\n", path: "d.csv") }
    #expect(throws: InputError.self) {
      try DRAGENMetrics(csv: csv.replacingOccurrences(of: "140000", with: "many"), path: "d.csv")
    }
  }
}
