import ApusVersion
import GenomicFiles
import Genomics
import KnowledgeBase
import Reports
import Workflow

/// A report of variation as JSON and as a table, with the same figures as its page.
struct VariationAnswer: Sendable {
  let report: VariationReport
  let day: String

  /// A group of a table with its word: `unit`, `not-told` or `others`.
  struct Group: Sendable {
    var kind: String
    var unit: VariationTable.Unit

    /// What the reader is shown.
    var name: String {
      switch kind {
      case "unit": unit.name ?? ""
      case "others": "All smaller ones together"
      default: "Not told"
      }
    }
  }

  static func groups(_ table: VariationTable) -> [Group] {
    table.units.map { Group(kind: "unit", unit: $0) }
      + (table.unnamed.map { [Group(kind: "not-told", unit: $0)] } ?? [])
      + [Group(kind: "others", unit: table.others)]
  }

  /// `apus-variation/1`.
  var json: JSONValue {
    .object([
      .init("schema", .string("apus-variation/1")),
      .init("apus", .string(apusVersion)),
      .init("day", .string(day)),
      .init("dimension", .string(report.dimension.rawValue)),
      .init(
        "policy",
        .object([
          .init("id", .string(report.policy.id)), .init("version", .string(report.policy.version)),
          .init("minimum", .integer(report.rule.minimum)), .init("rounding", .integer(report.rule.rounding)),
          .init("standsAlone", .integer(report.rule.threshold)),
        ])),
      .init("measures", .array(report.measures.map(Self.json))),
      .init(
        "reasons",
        .array(
          report.reasons.map {
            .object([.init("code", .string($0.code)), .init("referrals", Self.json($0.referrals))])
          })),
    ])
  }

  private static func json(_ measure: VariationReport.Measure) -> JSONValue {
    let base = measure.table.base
    return .object([
      .init("id", .string(measure.id)), .init("title", .string(measure.title)),
      .init("meaning", .string(measure.meaning)), .init("counted", .string(measure.counted)),
      .init("base", base.map(JSONValue.number) ?? .null),
      .init("total", json(measure.table.total, base: nil)),
      .init(
        "units",
        .array(
          groups(measure.table).map { group in
            .object([
              .init("kind", .string(group.kind)), .init("unit", group.unit.name.map(JSONValue.string) ?? .null),
              .init("all", json(group.unit.figures, base: base)), .init("unknown", json(group.unit.unknown)),
              .init("days", json(group.unit.days)),
              .init(
                "indications",
                .array(
                  group.unit.cells.map { cell in
                    .object([
                      .init("indication", cell.indication.map(JSONValue.string) ?? .null),
                      .init("figures", json(cell.figures, base: nil)), .init("days", json(cell.days)),
                    ])
                  })), .init("otherIndications", json(group.unit.rest, base: nil)),
            ])
          })),
    ])
  }

  /// The least and the most that it may be.
  private static func json(_ box: ClosedRange<Int>) -> JSONValue {
    .array([.integer(box.lowerBound), .integer(box.upperBound)])
  }

  private static func json(_ days: DayQuantiles) -> JSONValue {
    .object([
      .init("lowerQuartile", days.lower.map(JSONValue.integer) ?? .null),
      .init("median", days.median.map(JSONValue.integer) ?? .null),
      .init("upperQuartile", days.upper.map(JSONValue.integer) ?? .null),
    ])
  }

  private static func json(_ figures: VariationFigures, base: Double?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("number", json(figures.numbers)), .init("count", json(figures.counts)),
      .init("share", figures.share.map(JSONValue.number) ?? .null),
      .init("interval", figures.interval.map { .array([.number($0.lower), .number($0.upper)]) } ?? .null),
    ]
    if let base {
      members.append(.init("position", figures.position(base: base).map { .string($0.rawValue) } ?? .null))
    }
    return .object(members)
  }

  /// A line a group and indication; `*` stands for all of them.
  var table: String {
    var text =
      "#measure\tkind\tunit\tindication\tnumber_from\tnumber_to\tcount_from\tcount_to\tshare\tlower\tupper\tposition"
      + "\tunknown_from\tunknown_to\tlower_quartile\tmedian\tupper_quartile\n"
    for measure in report.measures {
      for group in Self.groups(measure.table) {
        let head = [measure.id, group.kind, group.unit.name ?? "."]
        let position = measure.table.base.flatMap { group.unit.figures.position(base: $0) }?.rawValue
        let unknown = [group.unit.unknown.lowerBound, group.unit.unknown.upperBound].map(String.init)
        text += Self.line(head + ["*"], group.unit.figures, position, unknown, group.unit.days)
        for cell in group.unit.cells {
          text += Self.line(head + [cell.indication ?? "."], cell.figures, nil, [".", "."], cell.days)
        }
        text += Self.line(head + ["others"], group.unit.rest, nil, [".", "."], nil)
      }
    }
    return text
  }

  private static func line(
    _ head: [String], _ figures: VariationFigures, _ position: String?, _ unknown: [String], _ days: DayQuantiles?
  ) -> String {
    func number(_ value: Double?) -> String { value.map { fixedPoint($0, places: 6) } ?? "." }
    let numbers = [
      figures.numbers.lowerBound, figures.numbers.upperBound, figures.counts.lowerBound, figures.counts.upperBound,
    ]
    let shares = [figures.share, figures.interval?.lower, figures.interval?.upper].map(number)
    let quartiles = [days?.lower, days?.median, days?.upper].map { $0.map(String.init) ?? "." }
    let fields = head.map(safe) + numbers.map(String.init) + shares + [position ?? "."] + unknown + quartiles
    return fields.joined(separator: "\t") + "\n"
  }

  /// A spreadsheet must not take a name for a formula, nor for two fields.
  private static func safe(_ text: String) -> String {
    let clean = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    return clean.first.map { "=+-@".contains($0) } == true ? "'" + clean : clean
  }
}
