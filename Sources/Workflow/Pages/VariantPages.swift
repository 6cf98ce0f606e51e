import Reports
import Variants

/// Blocks about variants.
enum VariantPages {
  /// Totals, classes and where every record went.
  static func blocks(_ metrics: VariantMetrics) -> [ReportBlock] {
    let counts = metrics.counts
    let names = [
      ("snv", "SNV"), ("insertion", "Insertion"), ("deletion", "Deletion"), ("mnv", "MNV"), ("complex", "Complex"),
      ("symbolic", "Symbolic"), ("breakend", "Breakend"), ("unspecified", "Reference block"),
      ("overlappingDeletion", "Overlapping deletion"), ("noAlternate", "No alternate"),
      ("equalToReference", "Equal to reference"),
    ]
    let bars = names.compactMap { key, name in
      counts.allelesByClass[key].map { HorizontalBarPlot.Bar(name, Double($0)) }
    }
    var balance: [[Cell]] = [[.text("Records in"), .count(counts.recordsIn)]]
    balance += counts.dropped.sorted { $0.key < $1.key }.map { [.text("Dropped: \($0.key)"), .count($0.value)] }
    balance += [
      [
        .text("Added by splitting \(NumberFormat.grouped(counts.recordsSplit)) multi-allelic records"),
        .count(counts.recordsAddedBySplitting),
      ],
      [.text("Records out"), .count(counts.recordsOut)],
      [.text("Of these moved to the left"), .count(counts.leftAligned)],
      [.text("Of these trimmed"), .count(counts.trimmed)],
    ]
    balance += counts.untouched.sorted { $0.key < $1.key }.map {
      [.text("Left as they were: \($0.key)"), .count($0.value)]
    }
    let blocks: [ReportBlock] = [
      .keyFigures([
        KeyFigure("Records in", value: NumberFormat.grouped(counts.recordsIn)),
        KeyFigure("Records out", value: NumberFormat.grouped(counts.recordsOut)),
        KeyFigure("SNV alleles", value: NumberFormat.grouped(counts.allelesByClass["snv"] ?? 0)),
        KeyFigure(
          "Insertion and deletion alleles",
          value: NumberFormat.grouped(
            (counts.allelesByClass["insertion"] ?? 0) + (counts.allelesByClass["deletion"] ?? 0))),
        KeyFigure(
          "Transitions : transversions", metrics.transitionTransversionRatio ?? .nan, .decimals(2),
          note: "all SNV alleles written"),
      ]),
      .plot(
        .horizontalBars(
          HorizontalBarPlot(
            PlotLabels(
              title: "Alternate alleles by class", description: "After normalising; one bar a class that occurs.",
              x: Axis("Alleles", format: .integer), y: Axis("Class")), bars: bars))),
      .table(
        ReportTable(caption: "Where the records went", columns: [Column("Step"), .number("Records")], rows: balance)),
      .table(
        ReportTable(
          caption: "Records read, by FILTER", columns: [Column("FILTER"), .number("Records")],
          rows: counts.recordsByFilter.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            [.code($0.key), .count($0.value)]
          })),
      .table(
        ReportTable(
          caption: "Records read, by zygosity",
          columns: [Column("Sample")] + zygosities.map { .number($0.title) },
          rows: zip(metrics.samples, counts.zygosityBySample).map { sample, zygosity in
            [.text(sample)] + zygosities.map { .count(zygosity[$0.key] ?? 0) }
          }, emptyText: "The file has no genotypes.")),
    ]
    return blocks + (metrics.annotation.map(AnnotationBlocks.blocks) ?? [])
  }

  /// What was read of a gVCF beside the VCF.
  static func referenceBlocks(_ metrics: VariantMetrics) -> [ReportBlock] {
    let counts = metrics.counts
    return [
      .text("Where an absent record means the reference. The variants are those of the VCF."),
      .keyFigures([
        KeyFigure("Records in", value: NumberFormat.grouped(counts.recordsIn)),
        KeyFigure("Records out", value: NumberFormat.grouped(counts.recordsOut)),
        KeyFigure("Reference blocks", value: NumberFormat.grouped(counts.allelesByClass["unspecified"] ?? 0)),
      ]),
    ]
  }

  private static let zygosities = [
    (key: "homozygousReference", title: "Hom. reference"), (key: "heterozygous", title: "Heterozygous"),
    (key: "homozygousAlternate", title: "Hom. alternate"), (key: "hemizygousReference", title: "Hemi. reference"),
    (key: "hemizygousAlternate", title: "Hemi. alternate"), (key: "partlyMissing", title: "Partly missing"),
    (key: "missing", title: "Missing"),
  ]
}
