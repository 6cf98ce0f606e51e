import Batching
import GenomicFiles
import Genomics
import Interpretation
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Chooses a case's branch by its referral's test code and the directory, and goes it.
struct BranchRunner: Sendable {
  let options: RunOptions
  let resources: RunResources
  let layout: CaseLayout

  /// - Parameter samples: what the case's units found.
  /// - Throws: `InputError` for a file that is damaged or of another layout; `RunError` of kind `configuration` for a
  ///   reference that is not the definitions'.
  func run(
    _ one: SampleSheet.Case, _ samples: [SampleSummary], _ referral: CaseReferral?
  ) async throws -> BranchResult {
    try await removeEarlier()
    let tumours = one.samples.filter { $0.status != "germline" }
    guard let test = referral?.test, let rule = Self.rule(of: referral) else { return undecided(tumours, referral) }
    var result: BranchResult
    switch rule.branch {
    case .germline: return unread(tumours, test)
    case .pharmacogenomics: result = try await pharmacogenomics(one, samples, test)
    case .cancer: result = try await cancer(samples, test)
    }
    result.branch = rule.branch
    result.options["test"] = test.code.description
    result.options["branch-rules"] = BranchRules.builtIn.id
    result.method.insert(
      "The test \(test.code) (\(test.name)) asks for \(rule.branch.words), by \(BranchRules.builtIn.id): \(rule.source).",
      at: 0)
    return result
  }

  /// What the referral's test asks for; germline panels where nothing tells.
  static func branch(of referral: CaseReferral?) -> CaseBranch { rule(of: referral)?.branch ?? .germline }

  private static func rule(of referral: CaseReferral?) -> BranchRules.Rule? {
    referral?.test.flatMap { BranchRules.builtIn.rule(for: $0, of: referral?.directoryKind) }
  }

  /// An earlier run's results tell of other inputs.
  private func removeEarlier() async throws {
    let layout = layout
    try await resources.blocking.run {
      for name in BranchResult.names {
        let path = layout.path(name)
        if case .file = content(at: path) { try FileManager.default.removeItem(atPath: path) }
      }
    }
  }

  /// Without a referral whose test the directory has, no test asks for a tumour's analysis.
  private func undecided(_ tumours: [SampleSheet.Sample], _ referral: CaseReferral?) -> BranchResult {
    guard !tumours.isEmpty else { return BranchResult() }
    return BranchResult(rules: [
      RuleResult(
        id: "interpretation.branch", rule: "A test of the directory asks for the tumour's analysis",
        outcome: referral == nil ? .notAssessed : .unknown, isRequired: referral != nil,
        evidence: referral == nil
          ? "no referral was given: nothing but the files of \(names(tumours)) was checked"
          : "the referral's test is not in the directory, or no directory was given (--directory)")
    ])
  }

  /// A test of inherited disease reads no tumour.
  private func unread(_ tumours: [SampleSheet.Sample], _ test: DirectoryTest) -> BranchResult {
    guard !tumours.isEmpty else { return BranchResult() }
    return BranchResult(rules: [
      RuleResult(
        id: "interpretation.samples", rule: "Every sample of the sheet is of the test's kind", outcome: .warn,
        isRequired: false,
        evidence: "\(test.code) is a test of inherited disease; not interpreted: \(names(tumours))")
    ])
  }

  func names(_ samples: [SampleSheet.Sample]) -> String { samples.map(\.name).joined(separator: ", ") }
}
