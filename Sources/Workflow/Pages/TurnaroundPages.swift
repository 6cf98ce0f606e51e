import Reports
import Service

/// Turnaround of a batch: each case's clocks, and their distribution by category and laboratory.
enum TurnaroundPages {
  static func section(_ summaries: [BatchEntry]) -> ReportSection? {
    let told = summaries.filter { !$0.clocks.isEmpty }
    guard !told.isEmpty else { return nil }
    let rows = told.flatMap { summary in
      summary.clocks.map { clock -> [Cell] in
        let line = clock.told
        return [
          .text(summary.name), .text(summary.testCode ?? ""), .text(line.table),
          .text(line.category ?? "not established"),
          line.standard.map { .count($0) } ?? .none, .text(line.state), .text(line.detail),
        ]
      }
    }
    return ReportSection(
      id: "turnaround", heading: "Turnaround",
      blocks: [
        .text(
          "Calendar days between events, in England. Tables of standards stand side by side: hubs quote different ones. What is not established is unknown, never met."
        ),
        .table(
          ReportTable(
            caption: "Clocks of the cases",
            columns: [
              Column("Case"), Column("Test"), Column("Table"), Column("Category"), .number("Standard", unit: "days"),
              Column("State"), Column("Detail"),
            ], rows: rows)),
      ] + distributions(told))
  }

  private static func distributions(_ summaries: [BatchEntry]) -> [ReportBlock] {
    let observations = summaries.flatMap { summary in
      summary.clocks.map {
        TurnaroundDistribution.Observation(
          table: $0.table, category: $0.category, laboratory: summary.laboratory,
          state: $0.state ?? .unknown(.notStarted))
      }
    }.filter { $0.category != nil }
    let found = TurnaroundDistribution.distributions(of: observations)
    guard !found.isEmpty else { return [] }
    let table = ReportTable(
      caption: "By category and laboratory: a share of few cases says little, and a mean would hide the late ones",
      columns: [
        Column("Table"), Column("Category"), Column("Laboratory"), .number("In time"), .number("Late"),
        .number("Running"), .number("Overdue"), .number("Unknown"), .number("In time", unit: "% of known"),
        .number("Median", unit: "days"), .number("90th percentile", unit: "days"),
      ],
      rows: found.map { one in
        func quantile(_ percent: Int) -> Cell {
          one.quantiles.first { $0.percent == percent }.map { .count($0.days) } ?? .none
        }
        return [
          .text(one.table), .text(one.category ?? ""), .text(one.laboratory ?? "not told"), .count(one.met),
          .count(one.missed), .count(one.running), .count(one.overdue), .count(one.unknown.values.reduce(0, +)),
          one.shareWithin.map { .number(100 * $0, .decimals(1)) } ?? .none, quantile(50), quantile(90),
        ]
      })
    return [.table(table)] + found.filter { $0.stopped >= 5 }.map { .plot(.histogram(histogram($0))) }
  }

  private static func histogram(_ one: TurnaroundDistribution) -> Histogram {
    Histogram(
      PlotLabels(
        title: "Days taken: \(one.category ?? ""), \(one.laboratory ?? "laboratory not told"), table \(one.table)",
        x: Axis("Calendar days"), y: Axis("Cases")),
      bins: one.histogram.map {
        Histogram.Bin(Double($0.days.lowerBound), Double($0.days.upperBound + 1), count: Double($0.count))
      })
  }

  /// The batch's rows in the manner of the contract monitoring return; nil where no case has a referral.
  static func csv(_ summaries: [BatchEntry]) throws -> String? {
    let rows = summaries.flatMap { summary in
      summary.clocks.filter { $0.standard != nil }.map {
        ContractMonitoringRow(
          referral: summary.referral ?? summary.name, testCode: summary.testCode ?? "", laboratory: summary.laboratory,
          stage: .report, standard: $0.standard, state: $0.state)
      }
    }
    return rows.isEmpty ? nil : try ContractMonitoringRow.csv(rows)
  }
}
