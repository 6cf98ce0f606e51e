/// A plot. Each is drawn as an SVG image with a title and a spoken description, and has the table of its values behind it.
public enum Plot: Sendable, Equatable {
  /// Lines over a numeric axis.
  case line(LinePlot)
  /// Counts in numeric bins.
  case histogram(Histogram)
  /// Vertical bars over named categories, stacked where there are several series.
  case bars(BarPlot)
  /// One horizontal bar for each name.
  case horizontalBars(HorizontalBarPlot)
  /// Units by size and share, between control limits.
  case funnel(FunnelPlot)

  /// Title, description and axes, whatever the kind.
  public var labels: PlotLabels {
    switch self {
    case .line(let plot): plot.labels
    case .histogram(let plot): plot.labels
    case .bars(let plot): plot.labels
    case .horizontalBars(let plot): plot.labels
    case .funnel(let plot): plot.labels
    }
  }
}

/// The words around a plot.
public struct PlotLabels: Sendable, Equatable {
  /// What is shown, as a heading of the figure.
  public var title: String
  /// How to read it, shown below the title and read out; values are described by the renderer.
  public var description: String
  /// Horizontal axis.
  public var x: Axis
  /// Vertical axis.
  public var y: Axis

  /// Makes the words around a plot.
  public init(title: String, description: String = "", x: Axis, y: Axis) {
    self.title = title
    self.description = description
    self.x = x
    self.y = y
  }
}

/// An axis.
public struct Axis: Sendable, Equatable {
  /// What is measured along it.
  public var title: String
  /// Its unit.
  public var unit: String?
  /// How its values are written in the table behind the plot. `percent` also writes the ticks in per cent.
  public var format: NumberFormat
  /// Values at the ends; nil takes them from the data (bars always reach to zero). Points outside are not drawn, and the
  /// table still has them.
  public var range: ClosedRange<Double>?

  /// Makes an axis.
  public init(
    _ title: String, unit: String? = nil, format: NumberFormat = .shortest, range: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.unit = unit
    self.format = format
    self.range = range
  }

  /// Title and unit as one text.
  var fullTitle: String { unit.map { "\(title) (\($0))" } ?? title }
}

/// A labelled line across a plot, such as Q30 or 15×.
public struct ReferenceLine: Sendable, Equatable {
  /// The axis that the value lies on.
  public enum Position: Sendable, Equatable {
    /// A vertical line at this x.
    case x(Double)
    /// A horizontal line at this y.
    case y(Double)
  }

  /// Where the line is.
  public var position: Position
  /// Its label.
  public var label: String

  /// Makes a line at a position.
  public init(_ position: Position, label: String) {
    self.position = position
    self.label = label
  }
}

/// A labelled, tinted range of y values behind the lines.
public struct Band: Sendable, Equatable {
  /// The range of y.
  public var y: ClosedRange<Double>
  /// Its label.
  public var label: String

  /// Makes a band.
  public init(y: ClosedRange<Double>, label: String) {
    self.y = y
    self.label = label
  }
}
