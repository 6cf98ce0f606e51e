/// Units by size and share between control limits: which differ from the base by more than chance leaves.
public struct FunnelPlot: Sendable, Equatable {
  /// A unit.
  public struct Point: Sendable, Equatable {
    /// Name, beside the point where there is room.
    public var name: String
    /// Size.
    public var x: Double
    /// Share; one that is not finite is in the table alone.
    public var y: Double
    /// The limits at this size, from the lowest, as `limits` has them.
    public var limits: [Double]
    /// Whether it lies beyond limits, which its marker's shape tells too.
    public var isBeyond: Bool

    /// Makes a unit.
    public init(_ name: String, x: Double, y: Double, limits: [Double], isBeyond: Bool) {
      self.name = name
      self.x = x
      self.y = y
      self.limits = limits
      self.isBeyond = isBeyond
    }
  }

  /// Words and axes.
  public var labels: PlotLabels
  /// The limits as lines, from the lowest.
  public var limits: [LinePlot.Series]
  /// The units.
  public var points: [Point]
  /// Labelled lines across the plot, such as the base.
  public var references: [ReferenceLine]

  /// Makes a funnel plot. Each point has as many limits as there are lines; `renderHTML` refuses any other number.
  public init(
    _ labels: PlotLabels, limits: [LinePlot.Series], points: [Point], references: [ReferenceLine] = []
  ) {
    self.labels = labels
    self.limits = limits
    self.points = points
    self.references = references
  }
}
