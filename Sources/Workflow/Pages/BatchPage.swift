import Alignments
import GenomicFiles
import Reads
import Variants
import Genomics
import Reports

/// The page and the JSON of a batch.
enum BatchPage {
  static func page(_ summaries: [CaseSummary]) throws -> String {
    let figures = [CaseState.ready, .hold, .failed].map { state in
      KeyFigure(state.rawValue, value: NumberFormat.grouped(summaries.filter { $0.state == state }.count))
    }
    let rows = try summaries.map { summary -> [Cell] in
      let name: Cell =
        summary.state == .failed
        ? .text(summary.name) : .link(summary.name, try RelativeLink(path: [summary.name, "case.html"]))
      let status: Status = summary.state == .ready ? .ready : summary.state == .hold ? .hold : .fail
      let depth = summary.samples.compactMap { sample in
        sample.results.alignments?.metrics.first { $0.id == "cov.mosdepth.mean" }?.value
      }
      let records = summary.samples.compactMap { $0.results.variants?.counts.recordsOut }
      let reads = summary.samples.compactMap { $0.results.reads?.summary.before_filtering.total_reads }
      let report: Cell =
        summary.hasReport ? .link("report", try RelativeLink(path: [summary.name, "report.html"])) : .none
      return [
        name, report, .text(tiers(summary)), .status(status, summary.verdict.map { "agreement \($0.rawValue)" }),
        .count(summary.samples.count),
        reads.isEmpty ? .none : .count(reads.reduce(0, +)), depth.min().map { .number($0, .decimals(2)) } ?? .none,
        records.max().map { .count($0) } ?? .none, .text(reason(summary)),
      ]
    }
    return try renderHTML(
      ReportDocument(
        title: "Batch", subtitle: summaries.count == 1 ? "1 case" : "\(summaries.count) cases",
        banners: summaries.contains { $0.state != .ready }
          ? [Banner(.warn, heading: "Some cases need attention", lines: [])] : [],
        sections: [
          ReportSection(id: "states", heading: "States", blocks: [.keyFigures(figures)]),
          ReportSection(
            id: "cases", heading: "Cases",
            blocks: [
              .table(
                ReportTable(
                  caption: "Cases in the order of the sample sheet",
                  columns: [
                    Column("Case"), Column("Report"), Column("Tiers"), Column("State"), .number("Samples"),
                    .number("Reads"),
                    .number("Mean depth", unit: "×, lowest sample"), .number("Variant records"), Column("Why"),
                  ], rows: rows))
            ]),
        ] + [TurnaroundPages.section(summaries)].compactMap { $0 },
        footer: ["Apus \(apusVersion). Evidence for decision support by qualified staff."]))
  }

  /// How many variants have each tier.
  private static func tiers(_ summary: CaseSummary) -> String {
    summary.tiers.map {
      $0.isEmpty ? "none" : $0.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
      ?? ""
  }

  /// Why a case is not ready.
  private static func reason(_ summary: CaseSummary) -> String {
    if let error = summary.error { return "\(error)" }
    return summary.holdReasons.joined(separator: "; ")
  }

  static func json(_ summaries: [CaseSummary]) -> JSONValue {
    .object([
      .init("schema", .string("apus-batch/1")),
      .init("apus", .string(apusVersion)),
      .init(
        "cases",
        .array(
          summaries.map { summary in
            var members: [JSONValue.Member] = [
              .init("case", .string(summary.name)),
              .init("state", .string(summary.state.rawValue)),
              .init("verdict", summary.verdict.map { .string($0.rawValue) } ?? .null),
              .init("samples", .array(summary.samples.map { .string($0.sample.name) })),
              .init("holds", .array(summary.holdReasons.map(JSONValue.string))),
            ]
            members.append(.init("report", .bool(summary.hasReport)))
            if !summary.clocks.isEmpty {
              members.append(
                .init(
                  "turnaround",
                  .array(
                    summary.clocks.map { clock in
                      let line = clock.told
                      return .object([
                        .init("table", .string(line.table)),
                        .init("category", line.category.map(JSONValue.string) ?? .null),
                        .init("standard", line.standard.map(JSONValue.integer) ?? .null),
                        .init("state", .string(line.state)), .init("detail", .string(line.detail)),
                      ])
                    })))
            }
            if let error = summary.error { members.append(.init("error", self.error(error))) }
            return .object(members)
          })),
    ])
  }

  private static func error(_ error: any Error) -> JSONValue {
    guard let input = error as? InputError else { return .object([.init("message", .string("\(error)"))]) }
    return .object([
      .init("code", .string(input.kind.rawValue)), .init("file", .string(input.location.file)),
      .init("record", input.location.record.map(JSONValue.integer) ?? .null),
      .init("offset", input.location.offset.map(JSONValue.integer) ?? .null),
      .init("message", .string(input.description)),
    ])
  }
}
