import Annotation
import Batching
import GenomicFiles
import Genomics
import Interpretation
import Reports
import Service
import Variants

extension BranchRunner {
  /// Sums up a tumour's variants, with the germline comparator of the sheet where the tumour's file has its column.
  func cancer(_ samples: [SampleSummary], _ test: DirectoryTest) async throws -> BranchResult {
    var result = BranchResult(branch: .cancer)
    let rules = BranchRules.builtIn
    let assay = rules.assay(of: test)
    let files = options.branchFiles
    result.inputs = [files.signatures?.file, files.domains?.file, files.somaticProfile?.file].compactMap { $0 }
    let pair = TumourPair(
      samples.map(\.sample),
      columns: Dictionary(
        samples.map { ($0.sample.name, $0.results.variants?.samples ?? []) }, uniquingKeysWith: { first, _ in first }))
    result.rules += [pair.tumourRule, pair.comparatorRule(isAsked: rules.isPaired(test))]
    let germline = samples.map(\.sample).filter { $0.status == "germline" }
    if !germline.isEmpty {
      result.rules.append(
        RuleResult(
          id: "cancer.samples", rule: "Every sample of the sheet is of the test's kind", outcome: .warn,
          isRequired: false,
          evidence:
            "not interpreted: \(names(germline)); what a tumour is compared with has a status of its own in the sheet"))
    }
    result.rules.append(signaturesRule(assay))
    guard let cache = options.cache, let reference = options.reference else {
      result.rules.append(
        RuleResult(
          id: "cancer.cache", rule: "The annotation cache was given", outcome: .unknown, isRequired: true,
          evidence: "consequences and burden need it (-c)"))
      result.tellNothing(of: .cancer, "no annotation cache was given (-c)")
      return result
    }
    guard let tumour = pair.tumour, let path = tumour.vcf, pair.hasColumn(tumour.name) else {
      result.tellNothing(of: .cancer, pair.tumourRule.evidence)
      return result
    }
    var input = TumourInput(
      path: path, tumour: tumour.name, normal: pair.comparator?.name,
      profile: try files.somaticProfile?.content ?? SomaticProfile.shipped())
    input.profile.burden.assay = assay
    input.signatures = files.signatures?.content
    input.isSparse = options.branches.isSparse
    input.domains = files.domains?.content
    try TumourColumns(tumour, sheet: options.samplesheet).apply(to: &input)
    let annotator = try await consequenceAnnotator(
      cache: cache, reference: reference, input: path, options: tieringOptions, resources: resources)
    let analysis = try await analyseTumour(input, annotator: annotator, resources: resources)
    result.options["somatic-profile"] = "\(analysis.rules.id) \(analysis.rules.digest)"
    result.options["assay"] = input.profile.burden.assay.rawValue
    if let fit = analysis.signatures {
      result.options["signatures"] = "\(fit.version) \(fit.digest)\(fit.isSparse ? " sparse" : "")"
    }
    try result.take(analysis, hasOtherFiles: [tumour.cnv, tumour.sv, tumour.str].compactMap { $0 }.count)
    return result
  }

  /// Whole genomes have enough substitutions for signatures; a table that nobody gave leaves them unknown.
  private func signaturesRule(_ assay: SomaticProfile.Assay) -> RuleResult {
    let given = options.branchFiles.signatures?.content
    return RuleResult(
      id: "cancer.signatures", rule: "A table of signatures was supplied",
      outcome: given != nil ? .pass : assay == .genome ? .unknown : .notAssessed, isRequired: assay == .genome,
      evidence: given.map { "\($0.version), SHA-256 \($0.digest)" }
        ?? "not supplied (--signatures): exposures are not told\(assay == .genome ? "" : ", and the test's method is not of the whole genome")"
    )
  }
}

/// The tumour of a case and what it is compared with, by status and by the columns of the tumour's file.
struct TumourPair {
  private let tumours: [SampleSheet.Sample]
  private let comparators: [SampleSheet.Sample]
  private let columnsBySample: [String: [String]]

  /// - Parameter columns: the columns of the VCF of each sample, by the sample's name.
  init(_ samples: [SampleSheet.Sample], columns: [String: [String]]) {
    tumours = samples.filter { $0.status == "tumour" }
    comparators = samples.filter { $0.status == "normal" }
    columnsBySample = columns
  }

  /// The one tumour with a VCF.
  var tumour: SampleSheet.Sample? {
    let called = tumours.filter { $0.vcf != nil }
    return called.count == 1 ? called[0] : nil
  }

  /// The one comparator of which the tumour's file has a column.
  var comparator: SampleSheet.Sample? {
    guard comparators.count == 1, hasColumn(comparators[0].name) else { return nil }
    return comparators[0]
  }

  private var columns: [String] { tumour.flatMap { columnsBySample[$0.name] } ?? [] }

  /// Whether the tumour's file has a column of a sample.
  func hasColumn(_ name: String) -> Bool { columns.contains(name) }

  var tumourRule: RuleResult {
    let called = tumours.filter { $0.vcf != nil }
    let evidence: String
    switch (called.count, tumour) {
    case (1, let one?): evidence = hasColumn(one.name) ? one.name : "the VCF has no column of \(one.name)"
    case (0, _):
      evidence =
        tumours.isEmpty ? "no sample of the status tumour" : "no VCF of the tumour: a gVCF holds no somatic calls"
    default: evidence = "\(called.count) tumours with a VCF: give each a case of its own"
    }
    return RuleResult(
      id: "cancer.tumour", rule: "The case has one tumour with somatic calls",
      outcome: tumour.map { hasColumn($0.name) } ?? false ? .pass : .unknown, isRequired: true, evidence: evidence)
  }

  /// - Parameter isAsked: whether the test's method is of a tumour with its germline.
  func comparatorRule(isAsked: Bool) -> RuleResult {
    let rule = "The tumour is compared with the person's germline"
    let id = "cancer.comparator"
    if let comparator {
      return RuleResult(id: id, rule: rule, outcome: .pass, isRequired: isAsked, evidence: comparator.name)
    }
    guard tumour != nil else {
      return RuleResult(
        id: id, rule: rule, outcome: .unknown, isRequired: isAsked, evidence: "there is no tumour to compare")
    }
    switch comparators.count {
    case 0:
      return RuleResult(
        id: id, rule: rule, outcome: isAsked ? .unknown : .notAssessed, isRequired: isAsked,
        evidence: isAsked
          ? "the test's method asks for it, and the sheet has no germline comparator: the germline is not subtracted"
          : "a tumour alone: the germline is not subtracted")
    case 1:
      return RuleResult(
        id: id, rule: rule, outcome: .fail, isRequired: true,
        evidence:
          "the tumour's VCF has no column of \(comparators[0].name), so that it was not called with it: the germline is not subtracted"
      )
    default:
      return RuleResult(
        id: id, rule: rule, outcome: .unknown, isRequired: true,
        evidence: "the sheet has \(comparators.count) germline comparators: give one")
    }
  }
}

/// What the sheet's own columns tell of a tumour's sample: `x_assay`, `x_layout`, `x_callable_size`, `x_contamination`,
/// `x_tumour_content`.
struct TumourColumns {
  private let columns: [String: String]
  private let sheet: String

  init(_ tumour: SampleSheet.Sample, sheet: String) {
    columns = tumour.extra
    self.sheet = sheet
  }

  private func refuse(_ column: String, _ remedy: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: sheet), "\(column) of a tumour cannot be read", remedy: remedy)
  }

  private func fraction(_ column: String) throws(InputError) -> Double? {
    guard let text = columns[column] else { return nil }
    guard let value = Double(text), (0...1).contains(value) else {
      throw refuse(column, "give a fraction from 0 to 1, not percent")
    }
    return value
  }

  /// - Throws: `InputError` of kind `malformed` for what is no value of its column.
  func apply(to input: inout TumourInput) throws(InputError) {
    if let text = columns["x_assay"] {
      guard let assay = SomaticProfile.Assay(rawValue: text) else {
        throw refuse("x_assay", "give \(SomaticProfile.Assay.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      input.profile.burden.assay = assay
    }
    if let text = columns["x_layout"] {
      guard let layout = SomaticLayout(rawValue: text) else {
        throw refuse("x_layout", "give \(SomaticLayout.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      input.layout = layout
    }
    if let text = columns["x_callable_size"] {
      guard let size = Int(text), size > 0 else { throw refuse("x_callable_size", "give bases, above 0") }
      input.profile.burden.callableSize = size
    }
    input.contamination = try fraction("x_contamination")
    input.tumourContent = try fraction("x_tumour_content")
  }
}
