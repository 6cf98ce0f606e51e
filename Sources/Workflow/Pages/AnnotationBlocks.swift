import Annotation
import Reports
import Variants

/// Blocks about what annotation found, and what could not be annotated.
enum AnnotationBlocks {
  static func blocks(_ counts: AnnotationCounts) -> [ReportBlock] {
    let terms = Consequence.allCases.compactMap { consequence in
      counts.allelesByMostSevere[consequence.term].map { (consequence, $0) }
    }
    var eligible: [[Cell]] = [
      [.text("Alternate alleles"), .count(counts.allelesIn)],
      [.text("Looked up"), .count(counts.allelesEligible)],
    ]
    eligible += counts.allelesNotEligible.sorted { $0.key < $1.key }.map {
      [.text("Not looked up: \($0.key)"), .count($0.value)]
    }
    eligible += [
      [.text("Records on contigs with genes"), .count(counts.recordsOnContigsWithGenes.values.reduce(0, +))],
      [.text("Records on contigs without genes"), .count(counts.recordsOnContigsWithoutGenes.values.reduce(0, +))],
    ]
    return [
      .table(
        ReportTable(
          caption: "Alternate alleles by their most severe consequence over all transcripts",
          columns: [Column("Consequence"), Column("Impact"), .number("Alleles")],
          rows: terms.map { [.code($0.0.term), .text($0.0.impact), .count($0.1)] },
          emptyText: "No allele was looked up.")),
      .table(
        ReportTable(
          caption: "What was looked up in the annotation cache", columns: [Column("What"), .number("Number")],
          rows: eligible)),
    ]
  }
}
