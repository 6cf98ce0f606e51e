import Genomics
import Alignments
import Reads
import Reports
import Variants

/// One sample of a case with what was found.
struct SampleSummary: Sendable {
  var sample: SampleSheet.Sample
  var results: SampleResults
  var verdict: Verdict
}

/// A case as it ended.
struct CaseSummary: Sendable {
  var name: String
  var state: CaseState
  var samples: [SampleSummary] = []
  /// Rules of the case as a whole: its referral, its panels.
  var rules: [RuleResult] = []
  /// Where its turnaround stands; empty without a referral.
  var clocks: [CaseClock] = []
  /// The laboratory that reports, by ODS code, where a referral tells it.
  var laboratory: String?
  /// The referral's identifier, or that of its order.
  var referral: String?
  /// The test code, where a referral tells it.
  var testCode: String?
  /// Whether a report was drafted.
  var hasReport = false
  /// What the case was interpreted as.
  var branch = CaseBranch.germline
  /// What a person must read first of it.
  var notes: [String] = []
  /// Sections of a branch beside tiers.
  var parts: [ClinicalReport.Part] = []
  /// How many variants have each tier; nil where nothing was tiered.
  var tiers: [String: Int]?
  var error: (any Error)?

  init(name: String, state: CaseState, error: any Error) {
    self.name = name
    self.state = state
    self.error = error
  }

  /// A case that ran: held where a verdict, or a required rule of the case, is FAIL or UNKNOWN.
  init(_ one: SampleSheet.Case, samples: [SampleSummary], rules: [RuleResult]) {
    name = one.name
    self.samples = samples
    self.rules = rules
    let isHeld =
      samples.contains { $0.verdict.verdict == .fail || $0.verdict.verdict == .unknown }
      || rules.contains(where: \.isHolding)
    state = isHeld ? .hold : .ready
  }

  /// The worst verdict of its samples; nil for a case that failed.
  var verdict: VerdictOutcome? {
    guard state != .failed else { return nil }
    let verdicts = samples.map(\.verdict.verdict) + (rules.isEmpty ? [] : [Verdict(sample: name, rules: rules).verdict])
    return [VerdictOutcome.fail, .unknown, .warn, .pass].first { verdicts.contains($0) } ?? .notAssessed
  }

  /// Why the case is held, a line a rule.
  var holdReasons: [String] {
    rules.filter(\.isHolding).map { "\($0.rule): \($0.outcome.rawValue) (\($0.evidence))" }
      + samples.flatMap { sample in
        sample.verdict.rules.filter(\.isHolding).map {
          "\(sample.sample.name): \($0.rule): \($0.outcome.rawValue) (\($0.evidence))"
        }
      }
  }

  var outcome: CaseOutcome { CaseOutcome(name: name, state: state, verdict: verdict, error: error) }

  /// The content of `case.json`.
  func json(reference: Manifest.Reference?) throws -> JSONValue {
    .object([
      .init("schema", .string("apus-case/1")),
      .init("case", .string(name)),
      .init("state", .string(state.rawValue)),
      .init("provisional", .bool(state != .ready)),
      .init("holds", .array(holdReasons.map(JSONValue.string))),
      .init("verdict", verdict.map { .string($0.rawValue) } ?? .null),
      .init(
        "reference",
        reference.map { reference in
          .object([
            .init("path", .string(reference.path)),
            .init("assembly", reference.assembly.map { .string($0.rawValue) } ?? .null),
            .init("assemblyDigest", .string(reference.assemblyDigest)),
          ])
        } ?? .null),
      .init("rules", .array(try rules.map { try JSONValue(encoding: $0) })),
      .init("branch", .string(branch.rawValue)),
      .init("tiers", try tiers.map { try JSONValue(encoding: $0) } ?? .null),
      .init("samples", .array(try samples.map { try $0.json() })),
    ])
  }
}

extension SampleSummary {
  func json() throws -> JSONValue {
    func value(_ metrics: (some Encodable)?) throws -> JSONValue {
      try metrics.map { try JSONValue(encoding: $0) } ?? .null
    }
    return .object([
      .init("sample", .string(sample.name)),
      .init("sex", .string(sample.sex.rawValue)),
      .init("status", .string(sample.status)),
      .init("role", sample.role.isEmpty ? .null : .string(sample.role)),
      .init("affected", sample.isAffected.map(JSONValue.bool) ?? .null),
      .init("father", sample.father.map(JSONValue.string) ?? .null),
      .init("mother", sample.mother.map(JSONValue.string) ?? .null),
      .init("extra", .object(sample.extra.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
      .init("verdict", try JSONValue(encoding: verdict)),
      .init("reads", try value(results.reads?.summary)),
      .init("alignments", try value(results.alignments.map { AlignmentDigest($0) })),
      .init("variantSource", sample.variantSource.map { .string($0.isGVCF ? "gvcf" : "vcf") } ?? .null),
      .init("variants", try value(results.variants)),
      .init("referenceBlocks", try value(results.referenceBlocks)),
    ])
  }
}

/// The alignment metrics without the long histogram, which `alignments.qc.json` has.
private struct AlignmentDigest: Encodable {
  var records: Int
  var metrics: [AlignmentMetrics.Metric]
  var coverage: [AlignmentMetrics.Coverage]?

  init(_ metrics: AlignmentMetrics) {
    records = metrics.records
    self.metrics = metrics.metrics
    coverage = metrics.coverage
  }
}
