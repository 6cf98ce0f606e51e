import Batching
import GenomicFiles
import Genomics
import Interpretation
import Reports
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Interprets a case once its files are read: referral, panels, tiers, and the draft of its report.
struct CaseInterpreter: Sendable {
  let options: RunOptions
  let resources: RunResources
  let layout: CaseLayout
  let reference: Manifest.Reference?
  let versions: [String: String]

  /// What was found, and what is written of it.
  struct Interpreted {
    var summary: CaseSummary
    var files: [(name: String, bytes: [UInt8])] = []
    var units: [Manifest.Unit] = []
  }

  /// What the case is interpreted by.
  /// - Throws: `InputError` for a referral or panels that cannot be used.
  func basis(_ one: SampleSheet.Case) async throws -> CaseBasis {
    let referral = try await referral(one)
    let branch = BranchRunner.branch(of: referral)
    let isAsked = !options.panels.isEmpty && options.profile != nil && branch == .germline
    return CaseBasis(
      referral: referral, panels: isAsked ? try CasePanels(options.interpretation.panels, referral) : nil)
  }

  /// What tiers need of the pass over the proband's variants; nil where none are made.
  func probandPlan(_ one: SampleSheet.Case, _ basis: CaseBasis?) -> ProbandPlan? {
    guard let panels = basis?.panels?.panels, !panels.panels.isEmpty, let profile = options.profile else { return nil }
    return CaseTierer(options: options, resources: resources, layout: layout).probandPlan(one, panels, profile)
  }

  /// - Parameter proband: what the pass over the proband's variants took; nil where it was not made.
  func run(
    _ one: SampleSheet.Case, _ basis: CaseBasis, samples: [SampleSummary], proband: ProbandCalls?
  ) async throws -> Interpreted {
    let (referral, panels) = (basis.referral, basis.panels)
    let isAsked = panels != nil
    let branch = try await BranchRunner(options: options, resources: resources, layout: layout)
      .run(one, samples, referral)
    var rules = (referral?.rules(samples: one.samples) ?? []) + branch.rules
    if let panels { rules.append(panels.rule) }
    var summary = CaseSummary(one, samples: samples, rules: rules)
    summary.clocks = referral?.clocks ?? []
    summary.referral = referral.flatMap { $0.referral.referral ?? $0.referral.order }
    summary.laboratory = referral?.referral.reportingLaboratory?.ods
    summary.testCode = referral?.referral.test.code
    (summary.branch, summary.notes, summary.parts) = (branch.branch, branch.banners, branch.parts)
    guard isAsked || referral != nil else { return Interpreted(summary: summary) }
    let tiering: CaseTiering?
    var notTiered: String?
    let holds = summary.holdReasons
    let provisional = holds.isEmpty ? nil : "the case is on HOLD: \(holds.joined(separator: "; "))"
    if let panels, !panels.panels.panels.isEmpty {
      tiering = try await CaseTierer(options: options, resources: resources, layout: layout).run(
        one, panels.panels, proband: proband ?? .readAgain(.kept), provisional: provisional)
      if tiering == nil { notTiered = "no germline sample with variants is the proband" }
    } else {
      tiering = nil
      notTiered = Self.whyNotTiered(branch.branch, isAsked: isAsked)
    }
    summary.hasReport = true
    summary.tiers = tiering.map { Self.counts($0.result) }
    let sources = ReportSources(
      summary: summary, referral: referral, tiering: tiering, notTiered: notTiered, panels: panels,
      branch: branch, reference: reference, versions: versions)
    // Side by side: of a trio's genome each is some tens of megabytes of text.
    async let report = reportFiles(sources)
    async let tierFiles = tierFiles(one, tiering, panels, referral)
    var files = branch.files(provisional: provisional)
    files += try await tierFiles
    files += try await report
    if !files.contains(where: { $0.name == ClinicalReport.fhirName }) {
      // An earlier one tells of another result.
      let path = layout.path(ClinicalReport.fhirName)
      try await resources.blocking.run {
        if case .file = content(at: path) { try FileManager.default.removeItem(atPath: path) }
      }
    }
    return Interpreted(summary: summary, files: files, units: [unit(referral)] + [branch.unit].compactMap { $0 })
  }

  private static func whyNotTiered(_ branch: CaseBranch, isAsked: Bool) -> String {
    if branch != .germline { return "the test asks for \(branch.words)" }
    return isAsked ? "no panel of the referral's test was given" : "no panels were given (--tier-panel)"
  }

  /// The report's draft: JSON, page, and FHIR where it has what that needs.
  private func reportFiles(_ sources: ReportSources) async throws -> [(name: String, bytes: [UInt8])] {
    let report = try await following(ClinicalReport(sources))
    return try await resources.budget.withThread { try report.files(issued: options.asOf) }
  }

  /// The tiers, and what tiering the case again needs; none for a case without.
  private func tierFiles(
    _ one: SampleSheet.Case, _ tiering: CaseTiering?, _ panels: CasePanels?, _ referral: CaseReferral?
  ) async throws -> [(name: String, bytes: [UInt8])] {
    guard let tiering, let panels else { return [] }
    async let kept = kept(one, tiering, panels, referral)
    async let table = resources.budget.withThread { Array(tiering.report.table.utf8) }
    let json = try await resources.budget.withThread { try tiering.report.json() }
    return try await kept + [("tiers.json", json), ("tiers.tsv", table)]
  }

  /// What tiering the case again needs beside the run's other outputs.
  private func kept(
    _ one: SampleSheet.Case, _ tiering: CaseTiering, _ panels: CasePanels, _ referral: CaseReferral?
  ) async throws -> [(name: String, bytes: [UInt8])] {
    guard let input = try await CaseTierer(options: options, resources: resources, layout: layout).input(one) else {
      return []
    }
    let (layout, cache) = (layout, options.cache)
    let code = referral.map { $0.referral.test.code ?? "" }
    return try await resources.blocking.run {
      try CaseInterpretation.files(
        one, input, tiering, panels: panels, testCode: code, cachePath: cache, layout: layout)
    }
  }

  private func referral(_ one: SampleSheet.Case) async throws -> CaseReferral? {
    guard let path = one.referral, let asOf = options.asOf else { return nil }
    let directories = options.interpretation.directories
    let allowsTestNumbers = options.allowsTestNumbers
    return try await resources.blocking.run {
      try CaseReferral(path: path, directories: directories, asOf: asOf, allowsTestNumbers: allowsTestNumbers)
    }
  }

  /// An authorised report is never written over: a result that differs becomes an amended draft in its place.
  private func following(_ draft: ClinicalReport) async throws -> ClinicalReport {
    let path = layout.path("report.json")
    let earlier = try await resources.blocking.run { try ClinicalReport.read(path) }
    guard let earlier else { return draft }
    return try draft.following(earlier, reason: "run again with a result that differs")
  }

  private func unit(_ referral: CaseReferral?) -> Manifest.Unit {
    var told: [String: String] = [:]
    told["profile"] = options.profile.map { "\($0.id) \($0.digest)" }
    told["as-of"] = referral?.asOf
    return Manifest.Unit(
      name: "interpretation", options: told,
      inputs: [referral?.file].compactMap { $0 } + options.interpretation.files, outputs: [])
  }

  static func counts(_ result: TieringResult) -> [String: Int] {
    var counts: [String: Int] = [:]
    for tier in result.variants.compactMap(\.highest) + result.structural.compactMap(\.highest)
      + result.repeats.compactMap(\.highest)
    {
      counts[tier.rawValue, default: 0] += 1
    }
    return counts
  }
}

extension ClinicalReport {
  /// The report's files: JSON, page, and FHIR where it has what that needs.
  /// - Parameter issued: the moment of issue; nil writes no FHIR.
  func files(issued: String?) throws -> [(name: String, bytes: [UInt8])] {
    var report = self
    report.exchange.notWritten = nil
    var fhir: [UInt8]?
    if let issued {
      switch self.fhir(issued: issued) {
      case .success(let bytes): fhir = bytes
      case .failure(let error): report.exchange.notWritten = error.description
      }
    }
    return [
      ("report.json", try JSONValue(encoding: report).bytes),
      ("report.html", Array(try ClinicalReportPage.page(report).utf8)),
    ] + (fhir.map { [(Self.fhirName, $0)] } ?? [])
  }

  /// The DiagnosticReport's name in the case's folder.
  static let fhirName = "report.fhir.json"
}
