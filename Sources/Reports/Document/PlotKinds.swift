/// Lines over a numeric axis; up to six are told apart with ease.
public struct LinePlot: Sendable, Equatable {
  /// A point. A y that is not finite leaves a gap in the line; a point whose x is not finite is left out.
  public struct Point: Sendable, Equatable {
    /// Horizontal value.
    public var x: Double
    /// Vertical value.
    public var y: Double

    /// Makes a point.
    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A named line.
  public struct Series: Sendable, Equatable {
    /// Name, written at the end of the line.
    public var name: String
    /// Points in any order; they are drawn by ascending x.
    public var points: [Point]

    /// Makes a line from points.
    public init(_ name: String, points: [Point]) {
      self.name = name
      self.points = points
    }

    /// Makes a line from values at `firstX`, `firstX + step`, …
    public init(_ name: String, values: [Double], firstX: Double = 1, step: Double = 1) {
      self.init(
        name, points: values.enumerated().map { Point(firstX + Double($0.offset) * step, $0.element) })
    }
  }

  /// Words and axes.
  public var labels: PlotLabels
  /// The lines.
  public var series: [Series]
  /// Tinted ranges behind them.
  public var bands: [Band]
  /// Labelled lines across the plot.
  public var references: [ReferenceLine]

  /// Makes a line plot.
  public init(_ labels: PlotLabels, series: [Series], bands: [Band] = [], references: [ReferenceLine] = []) {
    self.labels = labels
    self.series = series
    self.bands = bands
    self.references = references
  }
}

/// Counts in numeric bins.
public struct Histogram: Sendable, Equatable {
  /// A bin: from `lower` up to, not including, `upper`.
  public struct Bin: Sendable, Equatable {
    /// Lower end, included.
    public var lower: Double
    /// Upper end, not included.
    public var upper: Double
    /// Height.
    public var count: Double

    /// Makes a bin.
    public init(_ lower: Double, _ upper: Double, count: Double) {
      self.lower = lower
      self.upper = upper
      self.count = count
    }
  }

  /// Words and axes; the x axis's format writes the ends of the bins.
  public var labels: PlotLabels
  /// Bins by ascending `lower`.
  public var bins: [Bin]
  /// Labelled lines across the plot.
  public var references: [ReferenceLine]

  /// Makes a histogram from bins.
  public init(_ labels: PlotLabels, bins: [Bin], references: [ReferenceLine] = []) {
    self.labels = labels
    self.bins = bins
    self.references = references
  }

  /// Makes a histogram over whole numbers: `counts[i]` for the value `firstValue + i`. Each bar is centred on its value.
  public init(
    _ labels: PlotLabels, counts: [Double], firstValue: Int = 0, references: [ReferenceLine] = []
  ) {
    let bins = counts.enumerated().map { index, count in
      let value = Double(firstValue + index)
      return Bin(value - 0.5, value + 0.5, count: count)
    }
    self.init(labels, bins: bins, references: references)
    isCentred = true
  }

  /// Whether each bin stands for the one whole number at its middle.
  var isCentred = false
}

/// Vertical bars over named categories.
public struct BarPlot: Sendable, Equatable {
  /// One value a category.
  public struct Series: Sendable, Equatable {
    /// Name, shown in the key.
    public var name: String
    /// Values in the order of the categories; those below zero or not finite are not drawn.
    public var values: [Double]

    /// Makes a series.
    public init(_ name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// Words and axes.
  public var labels: PlotLabels
  /// Names along the x axis.
  public var categories: [String]
  /// Series, stacked from the axis up.
  public var series: [Series]
  /// Labelled horizontal lines; those on x are not drawn.
  public var references: [ReferenceLine]
  /// Groups of neighbouring categories, left to right, each with a named strip above it; empty for none.
  public var groups: [Group] = []

  /// Makes bars, stacked where there are several series.
  public init(_ labels: PlotLabels, categories: [String], series: [Series], references: [ReferenceLine] = []) {
    self.labels = labels
    self.categories = categories
    self.series = series
    self.references = references
  }

  /// Makes bars of one series in groups, whose own names and colours a field knows them by (SBS96).
  /// - Parameters:
  ///   - values: one a category.
  ///   - groups: they share the categories out among them, in order; `renderHTML` refuses any other number.
  public init(_ labels: PlotLabels, categories: [String], values: [Double], groups: [Group]) {
    self.init(labels, categories: categories, series: [Series(labels.y.title, values: values)])
    self.groups = groups
  }
}

extension BarPlot {
  /// Neighbouring categories under one name and colour. The name stands above them, so that nothing depends on colour.
  public struct Group: Sendable, Equatable {
    /// Name, above the group.
    public var name: String
    /// Colour of its bars and strip, `#RRGGBB`; the same on light and dark pages. Bars are outlined too.
    public var colour: String
    /// What stands below each of its bars, in small upright letters: as many as it has categories.
    public var ticks: [String]

    /// Makes a group.
    public init(_ name: String, colour: String, ticks: [String]) {
      self.name = name
      self.colour = colour
      self.ticks = ticks
    }
  }
}

/// One horizontal bar for each name, top to bottom.
public struct HorizontalBarPlot: Sendable, Equatable {
  /// A named bar.
  public struct Bar: Sendable, Equatable {
    /// Name, left of the bar.
    public var name: String
    /// Length of the bar; below zero or not finite is not drawn.
    public var value: Double
    /// Between what the value may lie, drawn as a whisker; nil where that is not told.
    public var interval: ClosedRange<Double>?

    /// Makes a bar.
    public init(_ name: String, _ value: Double, interval: ClosedRange<Double>? = nil) {
      self.name = name
      self.value = value
      self.interval = interval
    }
  }

  /// Words and axes; values lie along x, names along y.
  public var labels: PlotLabels
  /// The bars.
  public var bars: [Bar]
  /// Labelled vertical lines; those on y are not drawn.
  public var references: [ReferenceLine]
  /// Whether each value is a dot, for values whose distance to zero says nothing.
  public var isDots = false

  /// Makes horizontal bars.
  public init(_ labels: PlotLabels, bars: [Bar], references: [ReferenceLine] = []) {
    self.labels = labels
    self.bars = bars
    self.references = references
  }
}
