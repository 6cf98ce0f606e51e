public import Interpretation
import Reports

/// Sections about pharmacogenes.
struct PharmacogenomicsParts {
  let result: PharmacogenomicsResult
  /// The genes that the test asks for; nil for all.
  let asked: Set<String>?

  init(_ result: PharmacogenomicsResult, asked: Set<String>? = nil) {
    self.result = result
    self.asked = asked
  }

  /// Whether DPYD is asked for, so that the table of the laboratories' variants is shown.
  var asksDPYD: Bool { asked?.contains("DPYD") ?? true }

  var all: [ClinicalReport.Part] {
    [genes] + (asksDPYD ? [dpyd] : []) + [positions, notTested, dosing]
  }

  /// Words of a published table, in quotation marks: they are the table's, and no finding of this program.
  static func quoted(_ texts: [String?]) -> String {
    var seen: [String] = []
    for case let text? in texts where !seen.contains(text) { seen.append(text) }
    return seen.map { "“\($0)”" }.joined(separator: " or ")
  }

  private static func distinct(_ texts: [String?]) -> String {
    var seen: [String] = []
    for case let text? in texts where !seen.contains(text) { seen.append(text) }
    return seen.joined(separator: " or ")
  }

  // MARK: Genes

  private var genes: ClinicalReport.Part {
    var part = ClinicalReport.Part("pharmacogenes", "Pharmacogenes")
    part.text = [
      "Diplotypes by named-allele matching. A phenotype is the words of the table that is named beside it, quoted; a gene that the data do not tell is indeterminate, and says why."
    ]
    part.fields = [
      .init("Sample", result.sample),
      .init("Assembly", result.reference.assembly + (result.reference.digest.map { ", digest \($0)" } ?? "")),
      .init(
        "Definitions",
        result.definitions.isEmpty
          ? "not supplied" : "\(result.definitions.count) files, named with SHA-256 in the JSON"),
      .init("Rules", "\(result.rules.namedAlleles), \(result.rules.dpyd)"),
      .init(
        "Reference calls without a record",
        "depth \(result.rules.referenceCalls.depth) or more, GQ \(result.rules.referenceCalls.quality) or more"),
    ]
    part.tables = [
      ClinicalReport.Table(
        caption: "Genes: diplotype, phenotype, activity score, and what was not tested",
        columns: [
          "Gene", "Outcome", "Diplotype", "Phenotype (quoted)", "Activity score", "Positions called", "Not tested",
          "To know", "Definitions",
        ], numbers: [4, 5], rows: result.genes.map(row) + result.outsideCalls.map(row),
        empty: "No gene has definitions or a call of another program.")
    ]
    return part
  }

  private func row(_ gene: GeneResult) -> [String] {
    let scores = gene.components.map { [$0.activityScore] } ?? gene.diplotypes.map(\.activityScore)
    let terms = gene.components.map { [$0.phenotype?.text] } ?? gene.diplotypes.map { $0.phenotype?.text }
    return [
      gene.gene, gene.outcome.rawValue, gene.diplotypes.map(\.name).joined(separator: " or "),
      Self.quoted(terms), Self.distinct(scores),
      "\(gene.positions.count { $0.call != nil }) of \(gene.positions.count)", notTested(gene),
      (gene.reasons + gene.warnings).joined(separator: "; "),
      "\(gene.definitionSource) \(gene.definitionVersion); phenotypes \(gene.phenotypeVersion ?? "not supplied")",
    ]
  }

  private func row(_ one: PharmacogenomicsResult.Outside) -> [String] {
    [
      one.call.gene, "call of another program", one.call.diplotype ?? "",
      Self.quoted([one.call.phenotype ?? one.phenotype?.text]), one.call.activityScore ?? one.activityScore ?? "", "",
      "what the other program did not look at is not known here", one.warnings.joined(separator: "; "), "",
    ]
  }

  private func notTested(_ gene: GeneResult) -> String {
    var texts: [String] = []
    if !gene.allelesNotTested.isEmpty { texts.append("not at all: \(gene.allelesNotTested.joined(separator: ", "))") }
    if !gene.allelesPartlyTested.isEmpty {
      texts.append("in part: \(gene.allelesPartlyTested.joined(separator: ", "))")
    }
    return texts.isEmpty ? "of its defined alleles, none" : texts.joined(separator: "; ")
  }

  // MARK: DPYD

  private var dpyd: ClinicalReport.Part {
    let dpyd = result.dpyd
    var part = ClinicalReport.Part("dpyd", "DPYD before fluoropyrimidines")
    part.text = [
      "The variants that laboratories test, by the table \(dpyd.table). Where one of them cannot be called the score is indeterminate."
    ]
    part.fields = [
      .init("Outcome", dpyd.outcome.rawValue),
      .init(
        "Gene activity score",
        dpyd.activityScore ?? "indeterminate\(dpyd.activityScoreAtMost.map { "; at most \($0)" } ?? "")"),
      .init(
        "Phenotype (quoted)",
        dpyd.phenotype.map { "“\($0.text)”, \($0.quotedFrom)" } ?? "none: the score is indeterminate"),
      .init("Variants found", dpyd.found.isEmpty ? "none of the table's" : dpyd.found.joined(separator: ", ")),
      .init(
        "Not callable", dpyd.notCallable.isEmpty ? "none of the table's" : dpyd.notCallable.joined(separator: ", ")),
      .init("Not tested", dpyd.notTested),
    ]
    if dpyd.found.count > 1, dpyd.presumedInTrans {
      part.fields.append(.init("Phase", "not known: the two that decide are presumed to lie on different copies"))
    }
    if !(dpyd.reasons + dpyd.warnings).isEmpty {
      part.fields.append(.init("To know", (dpyd.reasons + dpyd.warnings).joined(separator: "; ")))
    }
    part.tables = [
      ClinicalReport.Table(
        caption: "Variants of DPYD that laboratories test",
        columns: ["Variant", "dbSNP", "State", "Call", "Copies", "Activity of a copy", "Who tests it"],
        numbers: [4, 5],
        rows: dpyd.variants.map { one in
          [
            one.name, one.position.rsid ?? "", one.position.state.rawValue, one.position.call ?? "",
            one.copies.map(String.init) ?? "", one.activity, one.status,
          ]
        })
    ]
    return part
  }

  // MARK: Positions, limits, dosing

  private var positions: ClinicalReport.Part {
    var part = ClinicalReport.Part("positions", "Defining positions")
    let states = PositionCall.State.allCases.map(\.rawValue)
    part.tables = [
      ClinicalReport.Table(
        caption: "Positions by state", columns: ["Gene"] + states, numbers: Array(1...states.count),
        rows: result.genes.map { gene in
          [gene.gene] + states.map { state in NumberFormat.grouped(gene.positionCounts[state] ?? 0) }
        }, empty: "No gene has definitions."),
      table(result.positionTable, empty: "Every defining position is called as the reference."),
    ]
    return part
  }

  private var notTested: ClinicalReport.Part {
    var part = ClinicalReport.Part("not-tested", "Not tested")
    var told = result.notTestedTable
    if let asked {
      if !asksDPYD { told.rows.removeAll { $0[0] == "DPYD" } }
      part.text = [
        "The test asks for \(asked.sorted().joined(separator: ", ")); no other gene was looked at."
      ]
    }
    part.tables = [table(told, empty: "")]
    return part
  }

  private var dosing: ClinicalReport.Part {
    var part = ClinicalReport.Part("dosing", "Dosing")
    part.text = [result.dosing.note]
    if let table = result.dosing.table {
      part.fields = [
        .init("Table", "\(table.title), version \(table.version), issued \(table.issued)"),
        .init("Document", table.document), .init("Signed", "\(table.signatory); \(table.signature)"),
        .init("SHA-256", table.sha256),
      ]
      part.tables = [
        ClinicalReport.Table(
          caption: "Texts of the table, as they stand there", columns: ["Gene", "Drug", "Text", "By"],
          rows: result.dosing.texts.map { [$0.gene, $0.drug, "“\($0.text)”", "\($0.match.rawValue) \($0.value)"] },
          empty: "The table has no text for these results."),
        ClinicalReport.Table(
          caption: "Genes of the table without a text here", columns: ["Gene", "Why"],
          rows: result.dosing.withheld.map { [$0.gene, $0.reason] }, empty: "None."),
      ]
    }
    return part
  }

  private func table(_ given: PharmacogenomicsTable, empty: String) -> ClinicalReport.Table {
    ClinicalReport.Table(
      caption: given.title, columns: given.columns.map { $0.prefix(1).uppercased() + $0.dropFirst() }, rows: given.rows,
      empty: empty)
  }
}

/// Tables and pages of pharmacogenes for other programs and for people.
public enum PharmacogenomicsTables {
  /// The name of the table for MultiQC in a case's folder; MultiQC finds it by its ending.
  static let name = "pgx_mqc.tsv"

  /// A row a gene, as MultiQC's custom content takes it. It holds diplotypes: keep it where such data are kept.
  /// - Parameter asked: the genes that a test asks for; nil for all.
  public static func multiQC(_ result: PharmacogenomicsResult, asked: Set<String>? = nil) -> String {
    var rows = result.genes.map { gene -> [String] in
      let scores = gene.components.map { [$0.activityScore] } ?? gene.diplotypes.map(\.activityScore)
      let score = Set(scores).count == 1 ? (scores[0] ?? "") : ""
      return [
        gene.gene, gene.outcome.rawValue, gene.diplotypes.map(\.name).joined(separator: " or "), score,
        String(gene.positions.count { $0.call != nil }), String(gene.positions.count),
        String(gene.allelesNotTested.count), String(gene.allelesPartlyTested.count),
      ]
    }
    if !result.genes.contains(where: { $0.gene == "DPYD" }), asked?.contains("DPYD") ?? true {
      let called = result.dpyd.variants.count { $0.copies != nil }
      rows.append([
        "DPYD", result.dpyd.outcome.rawValue, "", result.dpyd.activityScore ?? "", String(called),
        String(result.dpyd.variants.count), "", "",
      ])
    }
    rows += result.outsideCalls.map { one in
      [
        one.call.gene, "call of another program", one.call.diplotype ?? "",
        one.call.activityScore ?? one.activityScore ?? "", "", "", "", "",
      ]
    }
    return MultiQCTable(
      id: "apus_pgx", title: "Pharmacogenes",
      description: "Diplotypes and activity scores as Apus calls them; indeterminate is a result.", kind: .table,
      columns: [
        "Gene", "Outcome", "Diplotype", "Activity score", "Positions called", "Positions", "Alleles not tested",
        "Alleles partly tested",
      ], rows: rows.map { (["\(result.sample) \($0[0])"] + $0) }
    ).text
  }
}

/// The page of `apus pgx`.
public enum PharmacogenomicsPage {
  /// A self-contained page.
  /// - Throws: `ReportError`, a fault of the program.
  public static func html(_ result: PharmacogenomicsResult) throws -> String {
    try PartPage.html(
      title: "Pharmacogenomics of \(result.sample)",
      subtitle: "\(result.reference.assembly), \(result.genes.count) genes with definitions", banners: [],
      parts: PharmacogenomicsParts(result).all)
  }
}
