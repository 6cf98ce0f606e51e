import Alignments
import GenomicFiles
import Genomics
import Reads
import Service
import Variants

/// How a case ended, as a batch's report tells it: `CASE/outcome.json`, and an entry of `batch.json`.
///
/// A batch keeps this of a case, and nothing else: a thousand cases' histograms would not fit in memory.
struct BatchEntry: Sendable, Equatable {
  /// What ended a case.
  struct Failure: Sendable, Equatable, Decodable {
    var code: String?
    var file: String?
    var record: Int?
    var offset: Int?
    var message: String
  }

  var name: String
  var state: CaseState
  var verdict: VerdictOutcome?
  var samples: [String] = []
  var holds: [String] = []
  var hasReport = false
  /// How many variants have each tier; nil where nothing was tiered.
  var tiers: [String: Int]?
  /// Reads of all samples.
  var reads: Int?
  /// The lowest mean depth of its samples.
  var meanDepth: Double?
  /// The most variant records of a file of its.
  var records: Int?
  var clocks: [CaseClock] = []
  var laboratory: String?
  var referral: String?
  var testCode: String?
  var failure: Failure?

  /// A case that has not ended: it was not started, it runs, or its run was interrupted.
  init(pending name: String) {
    self.name = name
    state = .pending
  }

  init(_ summary: CaseSummary) {
    name = summary.name
    state = summary.state
    verdict = summary.verdict
    samples = summary.samples.map(\.sample.name)
    holds = summary.holdReasons
    hasReport = summary.hasReport
    tiers = summary.tiers
    let read = summary.samples.compactMap { $0.results.reads?.summary.before_filtering.total_reads }
    reads = read.isEmpty ? nil : read.reduce(0, +)
    meanDepth =
      summary.samples.compactMap { sample in
        sample.results.alignments?.metrics.first { $0.id == "cov.mosdepth.mean" }?.value
      }.min()
    records = summary.samples.compactMap { $0.results.variants?.counts.recordsOut }.max()
    clocks = summary.clocks
    laboratory = summary.laboratory
    referral = summary.referral
    testCode = summary.testCode
    failure = summary.error.map { Failure($0) }
  }
}

extension BatchEntry.Failure {
  init(_ error: any Error) {
    message = "\(error)"
    guard let input = error as? InputError else { return }
    code = input.kind.rawValue
    file = input.location.file
    record = input.location.record
    offset = input.location.offset
  }
}
