import ApusVersion
public import Reads
import Reports

/// Pages and blocks about reads, in place of fastp's and FastQC's pages.
public enum ReadPages {
  /// A page of its own for one sample's reads.
  public static func page(_ metrics: ReadMetrics, sample: String) throws -> String {
    try renderHTML(document(metrics, sample: sample))
  }

  static func document(_ metrics: ReadMetrics, sample: String) -> ReportDocument {
    let mates = ReadMate.mates(of: metrics)
    var sections = [
      ReportSection(
        id: "reads", heading: "Reads", blocks: figures(metrics) + [stages(metrics)] + outcomes(metrics))
    ]
    if !metrics.warnings.isEmpty {
      sections.append(ReportSection(id: "oddities", heading: "Oddities", status: .warn, blocks: warnings(metrics)))
    }
    sections += [
      ReportSection(id: "quality", heading: "Quality by cycle", blocks: quality(mates)),
      ReportSection(id: "bases", heading: "Bases by cycle", blocks: contents(mates)),
      ReportSection(id: "lengths", heading: "Lengths and GC", blocks: lengths(mates) + gc(mates)),
    ]
    if let sizes = metrics.insert_size {
      sections.append(ReportSection(id: "inserts", heading: "Insert sizes", blocks: inserts(sizes)))
    }
    sections += [
      ReportSection(id: "adapters", heading: "Adapters and tails", blocks: adapters(metrics) + tails(metrics)),
      ReportSection(
        id: "duplication", heading: "Duplication and 5-mers", blocks: duplication(metrics) + fiveMers(mates)),
      ReportSection(id: "custody", heading: "Custody", blocks: custody(metrics)),
    ]
    return ReportDocument(
      title: "Reads of \(sample)", subtitle: metrics.summary.sequencing, sections: sections,
      footer: [
        "Apus \(apusVersion). The figures describe the reads; whether they suffice for a purpose is for a policy and for qualified staff to say.",
        "Means of quality are arithmetic means of Phred scores, as in fastp and FastQC, not the score of the mean error.",
      ])
  }

  /// The part of a case's page: figures, where the reads went and their quality. The rest is on the page of the reads.
  static func digest(_ metrics: ReadMetrics) -> [ReportBlock] {
    let mates = ReadMate.mates(of: metrics)
    return figures(metrics) + outcomes(metrics) + [meanQuality(mates)]
      + [.details(summary: "Bases, lengths and GC", contents(mates) + lengths(mates) + gc(mates))]
  }

  /// What was odd but legal in the input.
  static func warnings(_ metrics: ReadMetrics) -> [ReportBlock] {
    [
      .table(
        ReportTable(
          caption: "What was odd but legal in the input",
          columns: [Column("What"), .number("Times")],
          rows: metrics.warnings.sorted { $0.key < $1.key }.map { [.text($0.key), .count($0.value)] }))
    ]
  }
}
