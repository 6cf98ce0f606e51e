import Alignments
import ArgumentParser

/// What gaps of exons are looked for with.
struct GapFileOptions: ParsableArguments {
  @Option(help: "GFF3 of gene models: depth and gaps of their exons.")
  var genes: String?

  @Option(help: "PanelApp panel as JSON: of --genes only its green genes.")
  var panel: String?

  @Option(help: "ClinVar VCF: gaps tell which pathogenic records lie in them.")
  var clinvar: String?

  @Option(
    help: """
      TSV of genes with a risk of mis-mapping, in place of the list that comes with Apus; columns: \
      \(DifficultGenes.columns.joined(separator: ", ")).
      """)
  var difficultGenes: String?

  func validate() throws {
    guard genes != nil || (panel == nil && clinvar == nil && difficultGenes == nil) else {
      throw ValidationError("--panel, --clinvar and --difficult-genes need the gene models: give --genes GFF3")
    }
  }

  /// The files; nil without gene models.
  var files: GapOptions.Files? {
    genes.map { GapOptions.Files(genes: $0, panel: panel, clinvar: clinvar, difficult: difficultGenes) }
  }

  /// The files that are read.
  var inputs: [String] { files?.paths ?? [] }
}
