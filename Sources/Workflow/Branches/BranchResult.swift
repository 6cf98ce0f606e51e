import Interpretation
import Reports

/// What came of a case's branch beside tiers: its rules, its document, and what the reports say of it.
struct BranchResult: Sendable {
  /// The branch.
  var branch = CaseBranch.germline
  /// Rules of the case: what was needed and not supplied, what asks for attention.
  var rules: [RuleResult] = []
  /// The result; nil where nothing could be made.
  var document: Document?
  /// Sections of the reports.
  var parts: [ClinicalReport.Part] = []
  /// The result in a sentence or two.
  var summary: [String] = []
  /// What a person must read first.
  var banners: [String] = []
  /// What was assessed, not supplied, or failed.
  var classes: [ClinicalReport.VariantClass] = []
  /// What was done, a sentence a step.
  var method: [String] = []
  /// What the result does not tell.
  var limitations: [String] = []
  /// What it rests on.
  var provenance: [ClinicalReport.Field] = []
  /// What decides the result beside the inputs, for the manifest.
  var options: [String: String] = [:]
  /// Files that were read for it beside the sheet's.
  var inputs: [Manifest.File] = []

  /// A branch's result, with its tables for MultiQC.
  struct Document: Sendable {
    /// The file's name in the case's folder.
    var name: String
    /// The result.
    var json: JSONValue
    /// Tables for MultiQC, by their names in the case's folder.
    var tables: [(name: String, text: String)]
  }

  /// Names that branches write in a case's folder.
  static let names = [
    "pgx.json", "cancer.json", PharmacogenomicsTables.name, CancerTables.name, CancerTables.substitutionsName,
    CancerTables.fractionsName,
  ]

  /// The files of the case's folder.
  /// - Parameter provisional: why the results are provisional; nil where they are not.
  func files(provisional: String?) -> [(name: String, bytes: [UInt8])] {
    guard let document, case .object(let members) = document.json else { return [] }
    let stamped = JSONValue.object(members + [.init("provisional", provisional.map(JSONValue.string) ?? .null)])
    return [(document.name, stamped.bytes)] + document.tables.map { ($0.name, Array($0.text.utf8)) }
  }

  /// The unit of the manifest; nil for germline, which is the unit `interpretation`.
  var unit: Manifest.Unit? {
    guard branch != .germline else { return nil }
    return Manifest.Unit(name: branch.rawValue, options: options, inputs: inputs, outputs: [])
  }
}
