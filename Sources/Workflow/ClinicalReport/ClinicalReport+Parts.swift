import ApusVersion
public import Reports

extension ClinicalReport {
  /// A section of a branch's result: plain values, of which the pages of the case, of the report and of the branch's own
  /// command are made.
  public struct Part: Sendable, Hashable, Codable {
    /// Its anchor on a page.
    public var id: String
    /// Its heading.
    public var heading: String
    /// Paragraphs.
    public var text: [String] = []
    /// Labels with values.
    public var fields: [Field] = []
    /// Pictures.
    public var figures: [Figure] = []
    /// Tables.
    public var tables: [Table] = []

    /// A section without content.
    public init(_ id: String, _ heading: String) {
      self.id = id
      self.heading = heading
    }
  }

  /// A table of text.
  public struct Table: Sendable, Hashable, Codable {
    /// What it shows.
    public var caption: String
    /// The columns' names.
    public var columns: [String]
    /// Columns of numbers, counted from 0.
    public var numbers: [Int] = []
    /// Rows with a text a column; an empty one is no value.
    public var rows: [[String]]
    /// What stands in place of rows.
    public var empty: String = "No rows."
  }

  /// A picture's values.
  public struct Figure: Sendable, Hashable, Codable {
    /// How they are drawn.
    public enum Kind: String, Sendable, Hashable, Codable {
      /// A bar a label, in named groups.
      case groupedBars = "grouped-bars"
      /// A bar a bin of the same width, from 0.
      case histogram
      /// A horizontal bar a label, with the interval of its value.
      case intervals
    }

    /// Neighbouring bars under one name and colour.
    public struct Group: Sendable, Hashable, Codable {
      /// The name.
      public var name: String
      /// `#RRGGBB`.
      public var colour: String
      /// What stands below each bar.
      public var ticks: [String]
    }

    /// A labelled line at a value.
    public struct Mark: Sendable, Hashable, Codable {
      /// The value.
      public var value: Double
      /// The label.
      public var label: String
    }

    /// How it is drawn.
    public var kind: Kind
    /// The title.
    public var title: String
    /// How it is read.
    public var description: String
    /// The horizontal axis.
    public var x: String
    /// The vertical axis.
    public var y: String
    /// Names of bars; empty for a histogram.
    public var labels: [String] = []
    /// Values, one a label or bin.
    public var values: [Double]
    /// Lower ends of intervals, one a label.
    public var low: [Double]?
    /// Upper ends of intervals.
    public var high: [Double]?
    /// The width of a bin.
    public var binWidth: Double?
    /// Groups of bars.
    public var groups: [Group]?
    /// Labelled lines across a histogram.
    public var marks: [Mark]?
  }
}

extension ClinicalReport.Part {
  /// The section of a page.
  public var section: ReportSection {
    var blocks: [ReportBlock] = text.map { .text($0) }
    if !fields.isEmpty { blocks.append(.definitions(fields.map { Definition($0.label, .text($0.value)) })) }
    blocks += figures.map { .plot($0.plot) } + tables.map { .table($0.table) }
    return ReportSection(id: id, heading: heading, blocks: blocks)
  }
}

extension ClinicalReport.Table {
  fileprivate var table: ReportTable {
    ReportTable(
      caption: caption,
      columns: columns.enumerated().map { numbers.contains($0.offset) ? .number($0.element) : Column($0.element) },
      rows: rows.map { $0.map { .text($0) } }, emptyText: empty)
  }
}

extension ClinicalReport.Figure {
  fileprivate var plot: Plot {
    switch kind {
    case .groupedBars:
      .bars(
        BarPlot(
          PlotLabels(title: title, description: description, x: Axis(x), y: Axis(y, format: .integer)),
          categories: labels, values: values,
          groups: (groups ?? []).map { BarPlot.Group($0.name, colour: $0.colour, ticks: $0.ticks) }))
    case .histogram:
      .histogram(
        Histogram(
          PlotLabels(
            title: title, description: description,
            x: Axis(x, format: .decimals(2), range: 0...(Double(values.count) * (binWidth ?? 1))),
            y: Axis(y, format: .integer)),
          bins: values.enumerated().map { bin, count in
            let width = binWidth ?? 1
            return Histogram.Bin(Double(bin) * width, Double(bin + 1) * width, count: count)
          }, references: (marks ?? []).map { ReferenceLine(.x($0.value), label: $0.label) }))
    case .intervals:
      .horizontalBars(
        HorizontalBarPlot(
          PlotLabels(title: title, description: description, x: Axis(x, format: .decimals(0)), y: Axis(y)),
          bars: labels.enumerated().map { place, label in
            HorizontalBarPlot.Bar(label, values[place], interval: interval(place))
          }))
    }
  }

  private func interval(_ place: Int) -> ClosedRange<Double>? {
    guard let low, let high, place < min(low.count, high.count), low[place] <= high[place] else { return nil }
    return low[place]...high[place]
  }
}

/// The page of one branch's result, as `apus pgx --html` and `apus cancer --html` write it.
enum PartPage {
  static func html(
    title: String, subtitle: String, banners: [String], parts: [ClinicalReport.Part]
  ) throws(ReportError) -> String {
    try renderHTML(
      ReportDocument(
        title: title, subtitle: subtitle,
        banners: banners.isEmpty ? [] : [Banner(.warn, heading: "Read first", lines: banners)],
        sections: parts.map(\.section),
        footer: [
          "Apus \(apusVersion). Evidence for decision support by qualified staff; nothing on this page is a statement about a person's health.",
          "Data that were not supplied were not assessed; an absent result is not a result.",
        ]))
  }
}
