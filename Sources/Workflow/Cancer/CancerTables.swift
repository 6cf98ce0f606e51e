public import Interpretation
import Reports

/// Tables of a tumour for other programs.
public enum CancerTables {
  /// Names in a case's folder; MultiQC finds them by their endings.
  static let name = "cancer_mqc.tsv"
  static let substitutionsName = "cancer_substitutions_mqc.tsv"
  static let fractionsName = "cancer_fractions_mqc.tsv"

  /// A row of figures, as MultiQC's custom content takes it; an empty value is unknown.
  public static func multiQC(_ found: TumourAnalysis) -> String {
    func text(_ value: Double?, _ places: Int) -> String {
      value.map { NumberFormat.decimals(places).string($0).replacing(",", with: "").replacing("−", with: "-") } ?? ""
    }
    return MultiQCTable(
      id: "apus_cancer", title: "Tumours", description: "Somatic variants as Apus sums them up; empty is unknown.",
      kind: .table,
      columns: [
        "Germline", "Somatic variants", "Burden by Mb", "Substitutions in classes", "Cosine similarity",
        "Tumour content",
        "Warnings raised", "Warnings unknown",
      ],
      rows: [
        [
          found.samples.tumour, found.samples.germline, String(found.counts.variants),
          text(found.burden.perMegabase, 3),
          String(found.catalogue.total), text(found.signatures?.cosine, 4), text(found.purity.purity, 3),
          String(found.caseSummary.count { $0.state == .raised }),
          String(found.caseSummary.count { $0.state == .unknown }),
        ]
      ]
    ).text
  }

  /// The six substitutions, as stacked bars.
  public static func substitutions(_ found: TumourAnalysis) -> String {
    MultiQCTable(
      id: "apus_substitutions", title: "Somatic substitutions",
      description: "Single-base substitutions by the change of the pyrimidine.", kind: .bargraph,
      columns: SubstitutionClass.substitutions, colours: SubstitutionClass.colours, axis: "Substitutions",
      rows: [[found.samples.tumour] + SubstitutionClass.substitutions.map { String(found.catalogue.six[$0] ?? 0) }]
    ).text
  }

  /// The fractions, as a line; columns are the bins' lower ends.
  public static func fractions(_ found: TumourAnalysis) -> String {
    MultiQCTable(
      id: "apus_fractions", title: "Variant allele fractions",
      description: "Somatic variants by their fraction in the tumour.",
      kind: .linegraph,
      columns: found.fractions.bins.indices.map {
        NumberFormat.decimals(2).string(Double($0) * found.fractions.binWidth)
      }, axis: "Variants", rows: [[found.samples.tumour] + found.fractions.bins.map(String.init)]
    ).text
  }
}

/// The page of `apus cancer`.
public enum CancerPage {
  /// A self-contained page.
  /// - Throws: `ReportError`, a fault of the program.
  public static func html(_ found: TumourAnalysis) throws -> String {
    try PartPage.html(
      title: "Tumour \(found.samples.tumour)",
      subtitle:
        "\(found.reference.name ?? "assembly not known"), \(found.samples.normal.map { "against \($0)" } ?? "germline not subtracted")",
      banners: found.banners.map(CancerParts.told), parts: CancerParts(found).all)
  }
}
