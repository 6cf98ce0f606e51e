import Interpretation
import Service
import Testing

@testable import Workflow

/// Which branch a test takes, by what the directory says of it.
@Suite struct BranchRulesTests {
  /// A test of a directory, and where it goes.
  struct Entry: Sendable, CustomTestStringConvertible {
    var code: String
    var name: String
    var method = "Small panel"
    var targets = "Some panel (772)"
    var kind = TestDirectory.Kind.rareDisease
    var branch: CaseBranch
    var assay = SomaticProfile.Assay.panel
    var isPaired = false
    var testDescription: String { "\(code) \(name), \(kind.rawValue)" }
  }

  static let entries = [
    Entry(code: "R134.1", name: "Familial hypercholesterolaemia", branch: .germline),
    Entry(
      code: "R14.1", name: "Acutely unwell children", method: "WGS", branch: .germline, assay: .genome, isPaired: true),
    // Genes of drug metabolism that are tested for disease stay with disease.
    Entry(code: "R184.1", name: "Cystic fibrosis", targets: "CFTR", branch: .germline),
    Entry(code: "R200.1", name: "Some disorder", targets: "CYP2C19", branch: .germline),
    Entry(code: "R1.1", name: "A disorder", kind: .cancer, branch: .germline),
    Entry(
      code: "M219.3", name: "DPYD hotspot", method: "Targeted variant testing", targets: "DPYD",
      branch: .pharmacogenomics),
    Entry(code: "M219.3", name: "DPYD hotspot", targets: "DPYD", kind: .cancer, branch: .pharmacogenomics),
    Entry(code: "M300.1", name: "Thiopurines", targets: "TPMT; NUDT15", kind: .cancer, branch: .pharmacogenomics),
    Entry(code: "M300.2", name: "Acute leukaemia", targets: "TPMT; FLT3", kind: .cancer, branch: .cancer),
    Entry(
      code: "PGX1.1", name: "Fluoropyrimidine toxicity", targets: "DPYD", kind: .pharmacogenomics,
      branch: .pharmacogenomics),
    Entry(code: "GT317", name: "Anything", kind: .pharmacogenomics, branch: .pharmacogenomics),
    Entry(code: "R65.2", name: "Pharmacogenomic test of hearing", targets: "MT-RNR1", branch: .pharmacogenomics),
    Entry(
      code: "M10.1", name: "Sarcoma", method: "WGS Germline and Tumour", targets: "All genes", kind: .cancer,
      branch: .cancer, assay: .genome, isPaired: true),
    Entry(
      code: "M80.1", name: "Leukaemia", method: "Multi-target NGS panel - small variant", targets: "KRAS, NRAS",
      branch: .cancer),
    Entry(code: "M81.1", name: "Tumour exome", method: "WES", targets: "KRAS", branch: .cancer, assay: .exome),
  ]

  /// The directory's own reading of a test.
  static func test(_ entry: Entry) throws -> (DirectoryTest, TestDirectory.Kind) {
    let json = """
      {"td_source": "Synthetic-v9.json", "config_source": "test", "date": "260101", "indications": [
       {"name": "\(entry.name)", "code": "\(entry.code)", "gemini_name": "g", "test_method": "\(entry.method)",
        "panels": [], "original_targets": "\(entry.targets)", "changes": "none"}]}
      """
    var given = DirectoryImport(path: "Synthetic-v9.json", sha256: String(repeating: "0", count: 64))
    given.kind = entry.kind
    let directory = try given.read(Array(json.utf8))
    return (try #require(directory.test(code: entry.code)), directory.kind)
  }

  @Test("A test goes where its directory, code, name and targets say", arguments: entries)
  func branch(_ entry: Entry) throws {
    let (test, kind) = try Self.test(entry)
    #expect(BranchRules.builtIn.rule(for: test, of: kind)?.branch == entry.branch)
    #expect(BranchRules.builtIn.assay(of: test) == entry.assay)
    #expect(BranchRules.builtIn.isPaired(test) == entry.isPaired)
  }

  @Test("Every rule says where it is from, and the last takes every test")
  func rules() {
    let rules = BranchRules.builtIn
    #expect(rules.id == "case-branches/1")
    #expect(
      rules.rules.allSatisfy { !$0.source.isEmpty } && !rules.paired.source.isEmpty && !rules.assays.source.isEmpty)
    let last = rules.rules.last
    #expect(last?.branch == .germline && last?.kinds == nil && last?.prefixes == nil && last?.words == nil)
    #expect(Set(rules.rules.map(\.branch)) == Set(CaseBranch.allCases))
  }

  // MARK: Tumour and comparator

  private func pair(_ rows: String, columns: [String]) throws -> TumourPair {
    let sheet = try SampleSheet(csv: Array("case,sample,vcf,gvcf,status\n\(rows)".utf8), path: "s.csv")
    let samples = sheet.cases[0].samples
    return TumourPair(samples, columns: Dictionary(uniqueKeysWithValues: samples.map { ($0.name, columns) }))
  }

  @Test("The comparator is the sample of the status normal that the tumour's file has a column of")
  func comparator() throws {
    let both = try pair("A,T,a.vcf,,tumour\nA,N,a.vcf,,normal\n", columns: ["N", "T"])
    #expect(both.tumour?.name == "T" && both.comparator?.name == "N")
    #expect(both.tumourRule.outcome == .pass && both.comparatorRule(isAsked: true).outcome == .pass)
    // Called without it: the germline was not subtracted, whatever the sheet says.
    let apart = try pair("A,T,a.vcf,,tumour\nA,N,n.vcf,,normal\n", columns: ["T"])
    let rule = apart.comparatorRule(isAsked: false)
    #expect(apart.comparator == nil && rule.outcome == .fail && rule.isHolding)
  }

  @Test(
    "A pair that a test asks for and nobody gave is unknown and holds; a tumour alone is no fault where it does not")
  func alone() throws {
    let alone = try pair("A,T,a.vcf,,tumour\n", columns: ["T"])
    #expect(alone.comparatorRule(isAsked: true).outcome == .unknown && alone.comparatorRule(isAsked: true).isHolding)
    #expect(alone.comparatorRule(isAsked: false).outcome == .notAssessed)
    for (rows, columns) in [
      ("A,G,a.vcf,,germline\n", ["G"]), ("A,T,,a.g.vcf,tumour\n", ["T"]),
      ("A,T,a.vcf,,tumour\nA,U,b.vcf,,tumour\n", ["T", "U"]),
      ("A,T,a.vcf,,tumour\n", ["TUMOR"]),
    ] {
      let rule = try pair(rows, columns: columns).tumourRule
      #expect(rule.outcome == .unknown && rule.isHolding, "\(rows)")
    }
  }

  @Test(
    "The sheet's own columns of a tumour are read, and refused where they are no values",
    arguments: [
      ("x_assay", "panel", true), ("x_assay", "wgs", false), ("x_layout", "strelka2", true),
      ("x_layout", "gatk", false),
      ("x_callable_size", "1200000", true), ("x_callable_size", "0", false), ("x_contamination", "0.02", true),
      ("x_contamination", "2", false), ("x_tumour_content", "1", true), ("x_tumour_content", "70%", false),
    ])
  func columns(_ column: String, _ value: String, _ isGood: Bool) throws {
    let sheet = try SampleSheet(
      csv: Array("case,sample,vcf,status,\(column)\nA,T,a.vcf,tumour,\(value)\n".utf8), path: "s.csv")
    var input = TumourInput(path: "a.vcf", tumour: "T", profile: try SomaticProfile.shipped())
    let columns = TumourColumns(sheet.cases[0].samples[0], sheet: "s.csv")
    if isGood {
      try columns.apply(to: &input)
      let told: [String] = [
        input.profile.burden.assay.rawValue, input.layout?.rawValue ?? "",
        input.profile.burden.callableSize.map(String.init) ?? "",
        input.contamination.map { "\($0)" } ?? "", input.tumourContent == 1 ? "1" : "",
      ]
      #expect(told.contains(value), "\(told)")
    } else {
      #expect(throws: (any Error).self) { try columns.apply(to: &input) }
    }
  }

  @Test(
    "A sample type of the field is no word of a finding",
    arguments: [
      ("Tumour and normal look exchanged: 3 of 4", "Tumour and germline comparator look exchanged: 3 of 4"),
      ("no normal was given", "no germline comparator was given"),
      ("normal-fraction-above", "germline comparator-fraction-above"),
      ("abnormal", "abnormal"),
    ])
  func words(_ given: String, _ told: String) { #expect(CancerParts.told(given) == told) }
}
