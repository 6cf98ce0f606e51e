import ApusVersion
import Genomics
import Reports

/// The page and the JSON of a batch.
enum BatchPage {
  static func page(_ entries: [BatchEntry]) throws -> String {
    let states: [CaseState] = [.ready, .hold, .failed]
    let pending: [CaseState] = entries.contains { $0.state == .pending } ? [.pending] : []
    let figures = (states + pending).map { state in
      KeyFigure(state.rawValue, value: NumberFormat.grouped(entries.filter { $0.state == state }.count))
    }
    let rows = try entries.map { entry -> [Cell] in
      let hasPage = entry.state == .ready || entry.state == .hold
      let name: Cell =
        hasPage ? .link(entry.name, try RelativeLink(path: [entry.name, "case.html"])) : .text(entry.name)
      let report: Cell =
        entry.hasReport ? .link("report", try RelativeLink(path: [entry.name, "report.html"])) : .none
      return [
        name, report, .text(tiers(entry)),
        .status(status(entry.state), entry.verdict.map { "agreement \($0.rawValue)" }), .count(entry.samples.count),
        entry.reads.map { .count($0) } ?? .none, entry.meanDepth.map { .number($0, .decimals(2)) } ?? .none,
        entry.records.map { .count($0) } ?? .none, .text(reason(entry)),
      ]
    }
    return try renderHTML(
      ReportDocument(
        title: "Batch", subtitle: entries.count == 1 ? "1 case" : "\(entries.count) cases",
        banners: entries.contains { $0.state != .ready }
          ? [Banner(.warn, heading: "Some cases need attention", lines: [])] : [],
        sections: [
          ReportSection(id: "states", heading: "States", blocks: [.keyFigures(figures)]),
          ReportSection(
            id: "cases", heading: "Cases",
            blocks: [
              .table(
                ReportTable(
                  caption: "Cases, first in the order of the sample sheet",
                  columns: [
                    Column("Case"), Column("Report"), Column("Tiers"), Column("State"), .number("Samples"),
                    .number("Reads"),
                    .number("Mean depth", unit: "×, lowest sample"), .number("Variant records"), Column("Why"),
                  ], rows: rows, isSortable: true))
            ]),
        ] + [TurnaroundPages.section(entries)].compactMap { $0 },
        footer: ["Apus \(apusVersion). Evidence for decision support by qualified staff."]))
  }

  private static func status(_ state: CaseState) -> Status {
    switch state {
    case .ready: .ready
    case .hold: .hold
    case .failed: .fail
    case .pending: .unknown
    }
  }

  /// How many variants have each tier.
  private static func tiers(_ entry: BatchEntry) -> String {
    guard let tiers = entry.tiers else { return "" }
    return tiers.isEmpty
      ? "none" : tiers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// Why a case is not ready.
  private static func reason(_ entry: BatchEntry) -> String {
    if entry.state == .pending { return "not run to its end: run it again with --resume" }
    return entry.failure?.message ?? entry.holds.joined(separator: "; ")
  }

  static func json(_ entries: [BatchEntry]) -> JSONValue {
    .object([
      .init("schema", .string("apus-batch/1")),
      .init("apus", .string(apusVersion)),
      .init("cases", .array(entries.map { .object($0.members) })),
    ])
  }
}
