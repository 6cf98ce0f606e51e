import ApusVersion
import KnowledgeBase
import Reports
import Workflow

/// The page of a report of variation.
struct VariationPage {
  let answer: VariationAnswer

  private var report: VariationReport { answer.report }
  private var unitWord: String { report.dimension == .trust ? "Trust" : report.dimension.rawValue }

  /// As it heads a column.
  private var unitTitle: String { unitWord.prefix(1).uppercased() + unitWord.dropFirst() }

  /// The page. Throws what `renderHTML` throws.
  func html() throws -> String {
    try renderHTML(
      ReportDocument(
        title: "Variation by \(unitWord)", subtitle: "As of \(answer.day)",
        banners: [
          Banner(
            .information, heading: "Differences are questions, not verdicts",
            lines: [
              "Who is referred, what is asked and how ill people are differ between units; nothing here is adjusted for it.",
              "Pages by another dimension, of another day or with other options may tell small numbers together: pass on one.",
            ])
        ],
        sections: [about] + report.measures.enumerated().map { section($1, $0) } + [reasons].compactMap { $0 },
        footer: ["Apus \(apusVersion). Evidence for decision support by qualified staff."]))
  }

  private var about: ReportSection {
    let rule = report.rule
    return ReportSection(
      id: "about", heading: "How to read it",
      blocks: [
        .definitions([
          Definition("Suppression", .text("\(report.policy.id), version \(report.policy.version)")),
          Definition("Fewer than \(rule.minimum)", .text("not told, nor told apart from none")),
          Definition("All other numbers", .text("the nearest multiple of \(rule.rounding); sums as from–to")),
          Definition(
            "A \(unitWord), or an indication of it, stands by itself",
            .text("from \(rule.threshold) of known outcome; smaller ones are together")),
          Definition(
            "Shares", .text("with Wilson's 95% interval, widened by what rounding leaves open")),
          Definition(
            "Limits",
            .text(
              "exact binomial, 95% and 99.8%, round the share of all that is told; beyond only where every possible number is"
            )),
        ])
      ])
  }

  private func section(_ measure: VariationReport.Measure, _ index: Int) -> ReportSection {
    let table = measure.table
    let groups = VariationAnswer.groups(table)
    var blocks: [ReportBlock] = [
      .text(measure.meaning),
      .keyFigures([
        KeyFigure("Known outcome, all", value: told(table.total.numbers)),
        KeyFigure(measure.counted, value: told(table.total.counts)),
        KeyFigure("Share of all that is told", value: table.base.map { percent($0) } ?? NumberFormat.noShare),
      ]),
    ]
    if let plot = funnel(measure, groups) { blocks.append(.plot(.funnel(plot))) }
    let named = groups.filter { $0.unit.figures.isTold }
    if !named.isEmpty {
      blocks.append(
        .plot(
          .horizontalBars(dots("\(measure.title): by \(unitWord)", measure, named.map { ($0.name, $0.unit.figures) }))))
    }
    blocks.append(.table(units(measure, groups)))
    if !table.indications.isEmpty { blocks.append(.table(cells(measure, groups))) }
    for indication in table.indications {
      let own = groups.compactMap { group in
        group.unit.cells.first { $0.indication == indication }.map { (group.name, $0.figures) }
      }
      guard own.count > 1 else { continue }
      let name = indication ?? "indication not told"
      blocks.append(
        .details(
          summary: "\(name) by \(unitWord)", [.plot(.horizontalBars(dots("\(measure.title): \(name)", measure, own)))]))
    }
    return ReportSection(id: "measure-\(index + 1)", heading: measure.title, blocks: blocks)
  }

  // MARK: Plots

  private func dots(
    _ title: String, _ measure: VariationReport.Measure, _ rows: [(name: String, figures: VariationFigures)]
  ) -> HorizontalBarPlot {
    var plot = HorizontalBarPlot(
      PlotLabels(
        title: title,
        description: "Whiskers are 95% intervals; without a dot the count is too small to be told.",
        x: Axis(measure.counted, format: .percent(0), range: 0...1), y: Axis(unitTitle)),
      bars: rows.map { row in
        .init(
          row.name, row.figures.share ?? .nan, interval: row.figures.interval.map { $0.lower...max($0.lower, $0.upper) }
        )
      }, references: measure.table.base.map { [ReferenceLine(.x($0), label: "All \(percent($0))")] } ?? [])
    plot.isDots = true
    return plot
  }

  private func funnel(_ measure: VariationReport.Measure, _ groups: [VariationAnswer.Group]) -> FunnelPlot? {
    let shown = groups.filter { $0.kind != "others" && $0.unit.figures.isTold }
    guard let base = measure.table.base, let largest = shown.map(\.unit.figures.number).max() else { return nil }
    func limits(_ number: Int) -> [Double] {
      let outer = FunnelLimits(base: base, number: max(1, number), tail: FunnelLimits.tail998)
      let inner = FunnelLimits(base: base, number: max(1, number), tail: FunnelLimits.tail95)
      return [outer.lower, inner.lower, inner.upper, outer.upper]
    }
    let most = Int(largest * 1.1) + 1
    let step = max(1, most / 60)
    let least = shown.map(\.unit.figures.number).min() ?? 0
    // From a little before the smallest unit: limits of fewer would fill the plot.
    let first = max(min(report.rule.minimum, most), Int(least * 0.7))
    let grid = Array(Swift.stride(from: first, through: most, by: step)).map { ($0, limits($0)) }
    let highest = max(grid.compactMap { $0.1.last }.max() ?? 1, shown.compactMap(\.unit.figures.share).max() ?? 1)
    let top = min(1, (highest * 10 + 0.5).rounded(.up) / 10)
    let names = ["99.8% lower", "95% lower", "95% upper", "99.8% upper"]
    return FunnelPlot(
      PlotLabels(
        title: "\(measure.title): funnel",
        description:
          "Between the limits a difference from all is no more than chance leaves. Dots stand at the middle of what rounding leaves open; a diamond is beyond limits wherever in it the numbers are.",
        x: Axis("Known outcome", format: .integer), y: Axis(measure.counted, format: .percent(0), range: 0...top)),
      limits: names.enumerated().map { index, name in
        LinePlot.Series(name, points: grid.map { .init(Double($0.0), $0.1[index]) })
      },
      points: shown.map { group in
        let figures = group.unit.figures
        let position = figures.position(base: base)
        return .init(
          group.name, x: figures.number, y: figures.share ?? .nan, limits: limits(Int(figures.number.rounded())),
          isBeyond: position == .beyond95 || position == .beyond998)
      }, references: [ReferenceLine(.y(base), label: "All \(percent(base))")])
  }

  // MARK: Tables

  private func units(_ measure: VariationReport.Measure, _ groups: [VariationAnswer.Group]) -> ReportTable {
    let hasDays = measure.id.hasPrefix("turnaround")
    let days = hasDays ? [Column.number("Median", unit: "days"), .number("Quartiles", unit: "days")] : []
    return ReportTable(
      caption: "\(measure.title), all indications",
      columns: [
        Column(unitTitle), .number("Known outcome"), .number(measure.counted), .number("Share"),
        .number("95% interval"), Column("Against limits"), .number("Unknown"),
      ] + days,
      rows: groups.map { group in
        let figures = group.unit.figures
        let position = measure.table.base.flatMap { figures.position(base: $0) }
        return [.text(group.name)] + cells(figures)
          + [
            .text(position.map { words($0, figures, measure.table.base ?? 0) } ?? "–"), .text(told(group.unit.unknown)),
          ]
          + (hasDays ? dayCells(group.unit.days) : [])
      }, emptyText: "Nothing can be told.")
  }

  private func cells(_ measure: VariationReport.Measure, _ groups: [VariationAnswer.Group]) -> ReportTable {
    let hasDays = measure.id.hasPrefix("turnaround")
    let days = hasDays ? [Column.number("Median", unit: "days"), .number("Quartiles", unit: "days")] : []
    return ReportTable(
      caption: "\(measure.title), by indication and \(unitWord)",
      columns: [
        Column("Indication"), Column(unitTitle), .number("Known outcome"), .number(measure.counted), .number("Share"),
        .number("95% interval"),
      ] + days,
      rows: measure.table.indications.flatMap { indication in
        groups.flatMap { group in
          group.unit.cells.filter { $0.indication == indication }.map { cell -> [Cell] in
            [.text(indication ?? "Not told"), .text(group.name)] + cells(cell.figures)
              + (hasDays ? dayCells(cell.days) : [])
          }
        }
      })
  }

  private func cells(_ figures: VariationFigures) -> [Cell] {
    let interval = figures.interval
    let share = figures.share.map { percent($0) } ?? interval.map { "below \(percent($0.upper))" }
    return [
      .text(told(figures.numbers)), .text(figures.isTold ? told(figures.counts) : NumberFormat.noShare),
      share.map { .text($0) } ?? .none,
      interval.map { .text("\(percent($0.lower)) to \(percent($0.upper))") } ?? .none,
    ]
  }

  private func dayCells(_ days: DayQuantiles) -> [Cell] {
    let quartiles = days.lower.flatMap { lower in days.upper.map { "\(lower) and \($0)" } }
    return [days.median.map { .count($0) } ?? .none, quartiles.map { .text($0) } ?? .none]
  }

  private var reasons: ReportSection? {
    guard report.measures.contains(where: { $0.id == "rejected" }) else { return nil }
    return ReportSection(
      id: "reasons", heading: "Reasons of refusal",
      blocks: [
        .text(
          "Of all referrals given, how many have each reason; one may have several. Reasons of fewer than \(report.rule.minimum) referrals are left out."
        ),
        .table(
          ReportTable(
            caption: "Referrals with each reason", columns: [Column("Reason"), .number("Referrals")],
            rows: report.reasons.map { [.code($0.code), .text(told($0.referrals))] },
            emptyText: "No reason can be told.")),
      ])
  }

  // MARK: Words

  private func words(_ position: VariationFigures.Position, _ figures: VariationFigures, _ base: Double) -> String {
    let side = figures.count / max(1, figures.number) > base ? "above" : "below"
    return switch position {
    case .within:
      // The dot may stand beyond while numbers that rounding leaves possible do not.
      figures.share.map { isBeyond($0, figures, base) } ?? false ? "perhaps \(side) 95%" : "within"
    case .beyond95: "\(side) 95%"
    case .beyond998: "\(side) 99.8%"
    }
  }

  private func isBeyond(_ share: Double, _ figures: VariationFigures, _ base: Double) -> Bool {
    let limits = FunnelLimits(
      base: base, number: max(1, Int(figures.number.rounded())), tail: FunnelLimits.tail95)
    return share < limits.lower || share > limits.upper
  }

  /// A box as its multiple of the rounding, a sum of boxes as from–to.
  private func told(_ box: ClosedRange<Int>) -> String {
    let (minimum, rounding) = (report.rule.minimum, report.rule.rounding)
    if box.upperBound < minimum { return "fewer than \(minimum)" }
    if box.count > rounding { return "\(NumberFormat.grouped(box.lowerBound))–\(NumberFormat.grouped(box.upperBound))" }
    let middle = (box.lowerBound + box.upperBound) / 2
    return NumberFormat.grouped((middle + rounding / 2) / rounding * rounding)
  }

  private func percent(_ share: Double) -> String {
    NumberFormat.percent(share > 0 && share < 0.1 ? 1 : 0).string(share)
  }
}

extension NumberFormat {
  /// Stands where a number cannot be told.
  static let noShare = "–"
}
