extension Histogram {
  /// Most bars that can be told apart in the picture.
  static let columnLimit = 300

  /// The drawing, and how many bins share one drawn bar; nil if there is nothing to draw.
  package func scene() -> (scene: Scene, binsPerBar: Int)? {
    let drawable = bins.filter {
      $0.lower.isFinite && $0.upper.isFinite && $0.upper > $0.lower && $0.count.isFinite && $0.count >= 0
    }
    guard let first = drawable.map(\.lower).min(), let last = drawable.map(\.upper).max() else { return nil }
    let marks = references.compactMap(\.finiteX)
    let xTicks = AxisTicks(
      covering: labels.x.range ?? (min(first, marks.min() ?? first)...max(last, marks.max() ?? last)), count: 9,
      extended: false, format: labels.x.format)
    let visible = drawable.filter { $0.upper > xTicks.range.lowerBound && $0.lower < xTicks.range.upperBound }
    let highest = max(visible.map(\.count).max() ?? 0, references.compactMap(\.finiteY).max() ?? 0)
    let yTicks = AxisTicks(
      covering: labels.y.range ?? (0...(highest > 0 ? highest : 1)), count: 6, extended: labels.y.range == nil,
      format: labels.y.format)
    let frame = PlotFrame(labels: labels, x: xTicks, y: yTicks, references: references, rightMargin: 24)
    var scene = frame.scene()

    let binsPerBar = (visible.count + Self.columnLimit - 1) / Self.columnLimit
    var bars = Path()
    for start in stride(from: 0, to: visible.count, by: max(1, binsPerBar)) {
      let group = visible[start..<min(visible.count, start + binsPerBar)]
      guard let firstBin = group.first, let lastBin = group.last else { continue }
      let height = group.map(\.count).max() ?? 0
      guard height > 0 else { continue }
      let x1 = frame.positionX(firstBin.lower)
      let x2 = frame.positionX(lastBin.upper)
      let y = frame.positionY(max(yTicks.range.lowerBound, min(height, yTicks.range.upperBound)))
      // A hair of space between bars where there is room for it, and no seam where there is none; at least a hair of
      // bar where there is something.
      let gap = x2 - x1 > 6 ? 1.0 : -0.4
      bars.rectangle(
        x: x1 + max(0, gap) / 2, y: min(y, frame.bottom - 1), width: max(0.6, x2 - x1 - gap),
        height: max(1, frame.bottom - y))
    }
    scene.shapes.append(.init(classes: "fill solid", path: bars, isClipped: true))
    frame.drawReferences(in: &scene)
    return (scene, max(1, binsPerBar))
  }
}
