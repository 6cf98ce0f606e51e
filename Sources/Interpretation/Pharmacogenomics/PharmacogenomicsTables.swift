/// A table of text, for a report or a file.
public struct PharmacogenomicsTable: Sendable, Hashable {
  /// The title.
  public var title: String
  /// The columns' names.
  public var columns: [String]
  /// The rows, each with an entry a column.
  public var rows: [[String]]

  /// Tab-separated text, the columns first.
  public var tsv: String {
    ([columns] + rows).map { row in
      row.map { $0.replacing(/[\t\n\r]/, with: " ") }.joined(separator: "\t") + "\n"
    }.joined()
  }
}

extension PharmacogenomicsResult {
  /// Genes, DPYD, positions without a reference call, and what was not tested, as tables of text.
  public var tables: [PharmacogenomicsTable] { [geneTable, dpydTable, positionTable, notTestedTable, dosingTable] }

  /// A row a gene, outside calls behind.
  public var geneTable: PharmacogenomicsTable {
    var rows = genes.map { gene in
      [
        gene.gene, gene.outcome.rawValue, gene.diplotypes.map(\.name).joined(separator: " or "),
        Self.distinct(gene.components.map { [$0.activityScore] } ?? gene.diplotypes.map(\.activityScore)),
        Self.distinct(
          gene.components.map { [$0.phenotype?.text] } ?? gene.diplotypes.map { $0.phenotype?.text }),
        "\(gene.definitionSource) \(gene.definitionVersion)", gene.phenotypeVersion ?? "",
        "\(gene.positions.count { $0.call != nil })/\(gene.positions.count)",
        (gene.reasons + gene.warnings).joined(separator: "; "),
      ]
    }
    rows += outsideCalls.map { call in
      [
        call.call.gene, "outside call", call.call.diplotype ?? "",
        call.call.activityScore ?? call.activityScore ?? "", call.call.phenotype ?? call.phenotype?.text ?? "", "",
        "", "", call.warnings.joined(separator: "; "),
      ]
    }
    return PharmacogenomicsTable(
      title: "Pharmacogenes",
      columns: [
        "gene", "outcome", "diplotype", "activity score", "phenotype (the table's term)", "definitions",
        "phenotype table", "positions called", "notes",
      ], rows: rows)
  }

  /// A row a variant that laboratories test, and the score.
  public var dpydTable: PharmacogenomicsTable {
    var rows = dpyd.variants.map { variant in
      [
        variant.name, variant.position.rsid ?? "", variant.position.state.rawValue, variant.position.call ?? "",
        variant.copies.map(String.init) ?? "", variant.activity, variant.status,
      ]
    }
    rows.append([
      "gene activity score", "", dpyd.outcome.rawValue, dpyd.activityScore ?? "", "", "",
      (dpyd.reasons + dpyd.warnings).joined(separator: "; "),
    ])
    return PharmacogenomicsTable(
      title: "DPYD before fluoropyrimidines",
      columns: ["variant", "dbSNP", "state", "call", "copies", "activity", "status"], rows: rows)
  }

  /// A row a position that is not called as the reference.
  public var positionTable: PharmacogenomicsTable {
    PharmacogenomicsTable(
      title: "Positions that are not called as the reference",
      columns: ["gene", "contig", "position", "dbSNP", "state", "call", "filters", "alleles", "note"],
      rows: genes.flatMap { gene in
        gene.positions.filter { $0.state != .calledReference }.map { position in
          [
            gene.gene, position.contig, String(position.position), position.rsid ?? "", position.state.rawValue,
            position.call ?? "", position.filters.joined(separator: ";"),
            position.definesAlleles.joined(separator: ", "), position.note ?? "",
          ]
        }
      })
  }

  /// A row a gene or gene's alleles that were not tested, and the limits.
  public var notTestedTable: PharmacogenomicsTable {
    var rows = notTestedGenes.map { [$0.gene, "whole gene", $0.reason] }
    for gene in genes {
      if !gene.allelesNotTested.isEmpty {
        rows.append([gene.gene, gene.allelesNotTested.joined(separator: ", "), "no defining position is called"])
      }
      if !gene.allelesPartlyTested.isEmpty {
        rows.append([
          gene.gene, gene.allelesPartlyTested.joined(separator: ", "), "some defining positions are not called",
        ])
      }
    }
    rows.append(["DPYD", dpyd.notTested, "not in \(dpyd.table)"])
    rows += limits.map { ["all genes", $0, ""] }
    return PharmacogenomicsTable(title: "Not tested", columns: ["gene", "what", "why"], rows: rows)
  }

  /// A row a dosing text, behind them what was withheld and why.
  public var dosingTable: PharmacogenomicsTable {
    var rows = dosing.texts.map { [$0.gene, $0.drug, $0.text, "\($0.match.rawValue) \($0.value)"] }
    rows += dosing.withheld.map { [$0.gene, "", "", $0.reason] }
    if let table = dosing.table {
      rows.append([
        "", "", "\(table.title), version \(table.version), issued \(table.issued), \(table.document)",
        "signed: \(table.signatory); \(table.signature); SHA-256 \(table.sha256)",
      ])
    }
    rows.append(["", "", dosing.note, ""])
    return PharmacogenomicsTable(title: "Dosing", columns: ["gene", "drug", "text", "by"], rows: rows)
  }

  private static func distinct(_ values: [String?]) -> String {
    var seen: [String] = []
    for case let value? in values where !seen.contains(value) { seen.append(value) }
    return seen.joined(separator: " or ")
  }
}
