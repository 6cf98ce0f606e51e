import Interpretation
import Reports

extension BranchResult {
  /// - Parameter hasOtherFiles: how many files of copy numbers, structural variants or repeats the tumour has.
  /// - Throws: what encoding throws, a fault of the program.
  mutating func take(_ found: TumourAnalysis, hasOtherFiles: Int) throws {
    parts = CancerParts(found).all
    document = Document(
      name: "cancer.json", json: try JSONValue(encoding: found),
      tables: [
        (CancerTables.name, CancerTables.multiQC(found)),
        (CancerTables.substitutionsName, CancerTables.substitutions(found)),
        (CancerTables.fractionsName, CancerTables.fractions(found)),
      ])
    let notes = found.banners.map(CancerParts.told)
    banners = notes
    // Files that belong together do not look exchanged: the case waits for a person.
    if let exchanged = notes.first(where: { $0.contains("exchanged") }) {
      rules.append(
        RuleResult(
          id: "cancer.exchange", rule: "Tumour and germline comparator are not exchanged", outcome: .fail,
          isRequired: true, evidence: exchanged))
    }
    let raised = found.caseSummary.filter { $0.state == .raised }.map(\.id)
    if !raised.isEmpty {
      rules.append(
        RuleResult(
          id: "cancer.case-summary", rule: "The national case summary has no warning", outcome: .warn,
          isRequired: false,
          evidence: raised.joined(separator: "; ")))
    }
    if let refused = found.signatures?.refused {
      rules.append(
        RuleResult(
          id: "cancer.fit", rule: "Signatures could be fitted", outcome: .warn, isRequired: false,
          evidence: refused.rawValue))
    }
    summary = Self.summary(found)
    classes = Self.classes(found, hasOtherFiles)
    limitations = [
      "Apus did not call the variants: what the caller passed is what counts.",
      CancerParts.told(found.purity.limits) + ".",
    ]
    if found.samples.normal == nil {
      limitations.append(
        "The germline is not subtracted: variants, classes, fractions and signatures hold inherited variants.")
    }
    provenance = [
      .init("Somatic rules", "\(found.rules.id), release \(found.rules.release), SHA-256 \(found.rules.digest)"),
      .init("Annotation cache", found.cache),
    ]
    if let fit = found.signatures { provenance.append(.init("Signatures", "\(fit.version), SHA-256 \(fit.digest)")) }
  }

  private static func summary(_ found: TumourAnalysis) -> [String] {
    var summary = [
      "\(NumberFormat.grouped(found.counts.variants)) somatic variants of \(NumberFormat.grouped(found.counts.alleles)) alleles in the file; \(NumberFormat.grouped(found.variants.count)) change a protein or a splice site."
    ]
    summary.append("Burden: \(CancerParts.burden(found.burden)).")
    summary.append("Signatures: \(CancerParts.signatures(found.signatures)).")
    return summary
  }

  private static func classes(_ found: TumourAnalysis, _ others: Int) -> [ClinicalReport.VariantClass] {
    [
      .init(
        name: "Small somatic variants", state: .assessed,
        detail: found.samples.normal == nil
          ? "of the tumour alone: the germline is not subtracted" : "against the germline comparator"),
      .init(
        name: "Tumour burden", state: found.burden.perMegabase == nil ? .notAssessed : .assessed,
        detail: CancerParts.burden(found.burden)),
      .init(
        name: "Mutational signatures",
        state: found.signatures.map { $0.refused == nil ? .assessed : .notAssessed } ?? .notSupplied,
        detail: CancerParts.signatures(found.signatures)),
      .init(
        name: "Somatic copy numbers, structural variants and fusions", state: .notAssessed,
        detail: others == 0
          ? "nothing here looks for them"
          : "\(others) of their files stand in the sheet, and this version does not read them for a tumour"),
      .init(
        name: "Microsatellite instability, homologous recombination deficiency", state: .notAssessed,
        detail: "nothing here looks for them"),
      .init(
        name: "Variants inherited", state: .notAssessed,
        detail: "the germline is used to subtract alone; a test of inherited disease is a referral of its own"),
    ]
  }
}
