public import Genomics

/// A line of a turnaround table: how many calendar days a category of tests may take, and from what to what.
public struct TurnaroundStandard: Sendable, Hashable {
  /// How far the table itself names the events.
  public enum Clock: String, Sendable, Hashable, CaseIterable {
    /// It names both.
    case stated
    /// It names one, or only "data".
    case partStated = "part-stated"
    /// It names none: the events are a reading of the table, to be confirmed by the laboratory.
    case notStated = "not-stated"
  }

  /// The table, such as `older` or `wgs-32`.
  public var table: String
  /// The category, such as `complex-rapid`.
  public var category: String
  /// Calendar days; holidays are not subtracted.
  public var days: Int
  /// The event that starts the clock.
  public var start: PathwayEvent.Kind
  /// The event that stops it.
  public var stop: PathwayEvent.Kind
  /// How far the table itself names the events.
  public var clock: Clock
  /// The first day on which the line holds; nil where none is established.
  public var effectiveFrom: CalendarDate?
  /// The last day on which the line holds; nil where none is established.
  public var effectiveTo: CalendarDate?
  /// What falls into the category, as the table says.
  public var examples: String
  /// Where the table was read.
  public var source: String
}

/// Turnaround tables side by side: two hubs may quote different ones on one day, so each use names its table.
public struct TurnaroundStandards: Sendable {
  /// The name and version of the data.
  public let id: String
  /// All lines in their order.
  public let lines: [TurnaroundStandard]

  static let columns = [
    "table", "category", "days", "clock-start", "clock-stop", "clock", "effective-from", "effective-to", "examples",
    "source",
  ]

  /// The tables that come with Apus: `Data/turnaround-standards.tsv` (reference/service.md 3).
  public static let builtIn: TurnaroundStandards = RuleTable.builtIn {
    try TurnaroundStandards(tsv: PackageResources.turnaround_standards_tsv, file: "turnaround-standards.tsv")
  }

  /// Reads tables, tab-separated with the columns of `Data/turnaround-standards.tsv`.
  /// - Throws: `InputError` of kind `malformed` with the line, also where two lines of one table and category hold on one
  ///   day.
  public init(tsv bytes: [UInt8], file: String) throws(InputError) {
    let table = try RuleTable(bytes, file: file, columns: Self.columns)
    var lines: [TurnaroundStandard] = []
    for (number, fields) in table.rows {
      func refusal(_ reason: String) -> InputError {
        InputError(.malformed, at: InputLocation(file: file, record: number), reason, remedy: "correct the line")
      }
      func text(_ name: String) -> String { fields[name, default: ""] }
      func date(_ name: String) throws(InputError) -> CalendarDate? {
        if text(name).isEmpty { return nil }
        guard let date = CalendarDate(text(name)) else { throw refusal("\(name) is no day") }
        return date
      }
      guard let days = Int(text("days")), days > 0, let start = PathwayEvent.Kind(rawValue: text("clock-start")),
        let stop = PathwayEvent.Kind(rawValue: text("clock-stop")), start != stop,
        let clock = TurnaroundStandard.Clock(rawValue: text("clock")), !text("table").isEmpty,
        !text("category").isEmpty
      else { throw refusal("the table, category, days, clock or its events are not known") }
      let line = TurnaroundStandard(
        table: text("table"), category: text("category"), days: days, start: start, stop: stop, clock: clock,
        effectiveFrom: try date("effective-from"), effectiveTo: try date("effective-to"), examples: text("examples"),
        source: text("source"))
      if let from = line.effectiveFrom, let to = line.effectiveTo, to < from { throw refusal("the line never holds") }
      guard !lines.contains(where: { $0.table == line.table && $0.category == line.category && $0.overlaps(line) })
      else { throw refusal("two lines of one table and category hold on one day") }
      lines.append(line)
    }
    id = table.id
    self.lines = lines
  }

  /// The names of the tables, in their order.
  public var tables: [String] {
    var seen: Set<String> = []
    return lines.map(\.table).filter { seen.insert($0).inserted }
  }

  /// The line of a category in a table on a day; nil where the table has none that holds then.
  public func standard(table: String, category: String, on day: CalendarDate) -> TurnaroundStandard? {
    lines.first { $0.table == table && $0.category == category && $0.holds(on: day) }
  }
}

extension TurnaroundStandard {
  func holds(on day: CalendarDate) -> Bool {
    if let effectiveFrom, day < effectiveFrom { return false }
    if let effectiveTo, day > effectiveTo { return false }
    return true
  }

  fileprivate func overlaps(_ other: TurnaroundStandard) -> Bool {
    if let to = effectiveTo, let from = other.effectiveFrom, to < from { return false }
    if let to = other.effectiveTo, let from = effectiveFrom, to < from { return false }
    return true
  }
}
