import Alignments
import Reports

extension AlignmentPages {
  /// Transcripts that are drawn; the tables beside the page have all.
  static let drawnTranscripts = 60
  /// Most points of a transcript's curve.
  private static let pointLimit = 400

  /// Genes, their gaps, and a drawing of each transcript with gaps or a risk first, as far as the page holds them.
  static func gaps(_ exons: ExonGaps, _ plots: AlignmentPlots) -> [ReportBlock] {
    let profile = exons.profile
    var blocks: [ReportBlock] = [
      .text(
        "A gap is a run of bases below \(profile.minimumDepth)×. Counted are reads of mapping quality \(profile.minimumMappingQuality) or more and their bases of quality \(profile.minimumBaseQuality) or more, without duplicates, the overlap of mates once."
      )
    ]
    if let panel = exons.panel {
      blocks.append(
        .definitions([
          Definition("Panel", .text("\(panel)\(exons.panelVersion.map { ", version \($0)" } ?? "")"))
        ]))
    }
    if !exons.genesNotAssessed.isEmpty {
      blocks.append(.group(heading: "Genes that were not assessed", [.list(exons.genesNotAssessed)]))
    }
    let concerned = exons.genes.filter { $0.gapBases > 0 || $0.misMappingRisk != nil }
    blocks.append(
      .table(
        ReportTable(
          caption:
            "Genes with gaps, or with a risk of mis-mapping; \(NumberFormat.grouped(exons.genes.count)) were assessed",
          columns: [
            Column("Gene"), .number("Bases"), .number("Mean depth", unit: "×"), .number("Least depth", unit: "×"),
            .number("≥ \(profile.minimumDepth)×", unit: "% of bases"), .number("Bases in gaps"),
            Column("Risk of mis-mapping"),
          ],
          rows: concerned.map { gene in
            [
              .text(gene.gene), .count(gene.bases), .number(gene.mean, .decimals(2)), .count(gene.minimum),
              .number(gene.percentAtLeast[String(profile.minimumDepth)] ?? .nan, .decimals(2)), .count(gene.gapBases),
              gene.misMappingRisk.map { .text($0) } ?? .none,
            ]
          }, emptyText: "No gene has a gap or is known for a risk.")))
    let ordered =
      plots.transcripts.filter { $0.gapBases > 0 } + plots.transcripts.filter { $0.gapBases == 0 && $0.risk != nil }
      + plots.transcripts.filter { $0.gapBases == 0 && $0.risk == nil }
    let drawn = ordered.prefix(drawnTranscripts)
    blocks += drawn.map { .group(heading: $0.gene, transcript($0, profile)) }
    if ordered.count > drawn.count {
      blocks.append(
        .text(
          "\(NumberFormat.grouped(ordered.count - drawn.count)) further transcripts are not drawn; the tables .gaps.tsv and .exons.tsv beside this page have all."
        ))
    }
    return blocks
  }

  private static func transcript(_ transcript: AlignmentPlots.Transcript, _ profile: GapProfile) -> [ReportBlock] {
    var blocks: [ReportBlock] = [.plot(.line(plot(transcript, profile)))]
    if let risk = transcript.risk {
      blocks.append(.text("Reads here may come from elsewhere, whatever the depth: \(risk)."))
    }
    let gaps = transcript.exons.flatMap { exon in exon.gaps.map { (exon, $0) } }
    guard !gaps.isEmpty else { return blocks }
    let table = ReportBlock.table(
      ReportTable(
        caption: "Gaps of \(transcript.gene), \(transcript.transcript)",
        columns: [
          Column("Place"), Column("Exon"), .number("Bases"), .number("Least depth", unit: "×"),
          .number("Mean depth", unit: "×"), Column("Reason of most bases"), Column("Known pathogenic"),
        ],
        rows: gaps.map { exon, gap in
          [
            .text(
              "\(exon.contigName):\(NumberFormat.grouped(gap.places.lowerBound + 1))–\(NumberFormat.grouped(gap.places.upperBound))"
            ), .count(exon.exon.number), .count(gap.places.count), .count(gap.minimum),
            .number(Double(gap.depthSum) / Double(gap.places.count), .decimals(2)), .text(gap.reason.rawValue),
            gap.sites.map { sites in
              sites.isEmpty ? .text("none") : .text("\(sites.count): \(sites.map(\.id).joined(separator: ", "))")
            } ?? .none,
          ]
        }))
    // Long lists fold away; the drawing shows where they are.
    blocks.append(gaps.count <= 8 ? table : .details(summary: "\(NumberFormat.grouped(gaps.count)) gaps", [table]))
    return blocks
  }

  /// The least depth along the exons, introns left out, and again what of it is too low.
  static func plot(_ transcript: AlignmentPlots.Transcript, _ profile: GapProfile) -> LinePlot {
    let merged = max(1, (transcript.exons.reduce(0) { $0 + $1.lowest.count } + pointLimit - 1) / pointLimit)
    var points: [LinePlot.Point] = []
    var low: [LinePlot.Point] = []
    var start = 0
    for exon in transcript.exons {
      let bases = exon.exon.places.count
      let values = stride(from: 0, to: exon.lowest.count, by: merged).map { first in
        (first * exon.stretch, exon.lowest[first..<min(first + merged, exon.lowest.count)].min() ?? 0)
      }
      for (index, (offset, depth)) in values.enumerated() {
        // Both ends of a stretch, so that one of a single value is a line too.
        let end = index + 1 < values.count ? values[index + 1].0 : bases
        for place in end > offset + 1 ? [offset + 1, end] : [end] {
          let x = Double(start + place)
          points.append(LinePlot.Point(x, Double(depth)))
          low.append(LinePlot.Point(x, Int(depth) < profile.minimumDepth ? Double(depth) : .nan))
        }
      }
      // Between two exons there is no line.
      points.append(LinePlot.Point(Double(start + bases) + 0.5, .nan))
      low.append(LinePlot.Point(Double(start + bases) + 0.5, .nan))
      start += bases
    }
    var series = [LinePlot.Series("Depth", points: points)]
    if low.contains(where: { $0.y.isFinite }) {
      series.append(LinePlot.Series("Below \(profile.minimumDepth)×", points: low))
    }
    let exons = transcript.exons.count
    return LinePlot(
      PlotLabels(
        title: "\(transcript.gene), \(transcript.transcript)",
        description:
          "\(exons == 1 ? "One exon" : "\(exons) exons") on \(transcript.contig), by ascending place with the introns left out; a point is the least depth of its stretch of bases.",
        x: Axis("Base of the exons", format: .integer), y: Axis("Least depth", unit: "×", format: .integer)),
      series: series, references: [ReferenceLine(.y(Double(profile.minimumDepth)), label: "\(profile.minimumDepth)×")])
  }
}
