extension BarPlot {
  /// The drawing of bars in named groups; nil if there is nothing to draw.
  ///
  /// Every category has its own column and its name below it, written upwards: the picture is read as the field prints it.
  func groupedScene() -> Scene? {
    let values = series.first.map { $0.values.map { $0.isFinite && $0 > 0 ? $0 : 0 } } ?? []
    guard let series = series.first, series.values.contains(where: \.isFinite), values.count == categories.count
    else { return nil }
    let highest = values.max() ?? 0
    let yTicks = AxisTicks(
      covering: labels.y.range ?? (0...(highest > 0 ? highest : 1)), count: 5, extended: labels.y.range == nil,
      format: labels.y.format)
    let ticks = groups.flatMap(\.ticks)
    // Letters of a fixed width: the size of the style sheet's class `small` times 0.6.
    let tickLength = Double(ticks.map(\.count).max() ?? 0) * Self.smallSize * 0.6
    let strip = 26.0
    let frame = PlotFrame(
      labels: labels, x: AxisTicks(covering: 0...1, count: 2, extended: false), y: yTicks, references: [],
      rightMargin: 8, bottomRoom: tickLength + 10, headRoom: strip)
    var scene = frame.scene(labelsTicksOfX: false)
    let slot = (frame.right - frame.left) / Double(max(1, categories.count))
    var first = 0
    for group in groups {
      var bars = Path()
      for column in first..<(first + group.ticks.count) where values[column] > 0 {
        let y = frame.positionY(values[column])
        bars.rectangle(
          x: frame.left + (Double(column) + 0.14) * slot, y: y, width: slot * 0.72, height: max(frame.bottom - y, 0.5))
      }
      let (left, right) = (
        frame.left + Double(first) * slot, frame.left + Double(first + group.ticks.count) * slot
      )
      var band = Path()
      band.rectangle(x: left + 1, y: frame.top - 8, width: max(1, right - left - 2), height: 6)
      scene.shapes.append(.init(classes: "fill group", path: band, colour: group.colour))
      scene.shapes.append(.init(classes: "fill group", path: bars, colour: group.colour, isClipped: true))
      scene.labels.append(
        .init(
          text: TextMeasure.fitted(group.name, to: right - left - 4, size: TextMeasure.nameSize),
          x: (left + right) / 2, y: frame.top - 13, anchor: .middle, classes: "label name"))
      for (offset, tick) in group.ticks.enumerated() {
        // The middle of the column, and a third of the letters' height to the right of it: they stand on their side.
        let x = frame.left + (Double(first + offset) + 0.5) * slot + Self.smallSize * 0.35
        scene.labels.append(
          .init(text: tick, x: x, y: frame.bottom + 5, anchor: .end, classes: "label small", rotation: -90))
      }
      first += group.ticks.count
    }
    return scene
  }

  /// Size of the letters below the bars, as in the style sheet.
  private static let smallSize = 7.4
}
