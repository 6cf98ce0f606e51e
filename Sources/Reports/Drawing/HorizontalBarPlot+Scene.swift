extension HorizontalBarPlot {
  /// Most bars that are drawn; the table has the rest.
  static let barLimit = 60

  /// The drawing; nil if there is nothing to draw.
  package func scene() -> Scene? {
    let drawn = Array(bars.prefix(Self.barLimit))
    guard drawn.contains(where: { $0.value.isFinite || $0.interval != nil }) else { return nil }
    let lines = references.compactMap(\.finiteX)
    let ends = drawn.map(\.value) + drawn.compactMap { $0.interval?.upperBound }
    let highest = max(ends.filter(\.isFinite).max() ?? 0, lines.max() ?? 0)
    let ticks = AxisTicks(
      covering: labels.x.range ?? (0...(highest > 0 ? highest : 1)), count: 7, extended: labels.x.range == nil,
      format: labels.x.format)

    let rowHeight = 24.0
    let left = 14 + min(200, drawn.map { TextMeasure.width($0.name) }.max() ?? 0)
    // Without a dot there is no value to stand beside it; the table says so.
    let valueTexts = drawn.map { isDots && !$0.value.isFinite ? "" : labels.x.format.string($0.value) }
    let right = PlotFrame.width - 16 - (valueTexts.map { TextMeasure.width($0) }.max() ?? 0)
    let levels = lines.isEmpty ? 0 : 1
    let top = 28.0 + Double(levels) * 16
    let bottom = top + Double(drawn.count) * rowHeight
    let height = bottom + 46
    var scene = Scene(
      width: PlotFrame.width, height: height, plotArea: (left, top, right - left, bottom - top))
    let position = { (value: Double) in left + PlotFrame.fraction(value, of: ticks.range) * (right - left) }

    var grid = Path()
    for tick in ticks.ticks {
      grid.segment(position(tick.value), top, position(tick.value), bottom)
      scene.labels.append(
        .init(text: tick.label, x: position(tick.value), y: bottom + 18, anchor: .middle, classes: "label tick"))
    }
    scene.shapes.append(.init(classes: "grid", path: grid))
    var outline = Path()
    var whiskers = Path()
    for (index, bar) in drawn.enumerated() {
      let y = top + Double(index) * rowHeight
      scene.labels.append(
        .init(
          text: TextMeasure.fitted(bar.name, to: left - 14), x: left - 8, y: y + rowHeight / 2 + 4.5, anchor: .end))
      let end = max(ticks.range.lowerBound, min(ticks.range.upperBound, bar.value.isFinite ? bar.value : 0))
      if isDots {
        if bar.value.isFinite { outline.append(SeriesMark(index: 0).outline(position(end), y + rowHeight / 2)) }
      } else if bar.value.isFinite, bar.value > 0 {
        outline.rectangle(x: left, y: y + 4, width: max(1, position(end) - left), height: rowHeight - 8)
      }
      // Behind the whisker, where there is one.
      let upper = bar.interval.map { max(end, min(ticks.range.upperBound, $0.upperBound)) } ?? end
      if !valueTexts[index].isEmpty {
        scene.labels.append(
          .init(
            text: valueTexts[index], x: position(upper) + 6, y: y + rowHeight / 2 + 4.5, classes: "label note"))
      }
      if let interval = bar.interval {
        let (low, high) = (position(max(ticks.range.lowerBound, interval.lowerBound)), position(upper))
        let middle = y + rowHeight / 2
        whiskers.segment(low, middle, high, middle)
        for tip in [low, high] { whiskers.segment(tip, middle - 4.5, tip, middle + 4.5) }
      }
    }
    let marks = Scene.Shape(classes: isDots ? SeriesMark(index: 0).markerClasses : "fill solid", path: outline)
    let intervals = Scene.Shape(classes: "whisker", path: whiskers)
    // A whisker begins inside its bar, and behind its dot.
    scene.shapes += isDots ? [intervals, marks] : [marks, intervals]
    var axis = Path()
    axis.segment(left, top, left, bottom)
    scene.shapes.append(.init(classes: "axis", path: axis))
    for reference in references {
      guard let value = reference.finiteX, ticks.range.contains(value) else { continue }
      var line = Path()
      line.segment(position(value), top - 4, position(value), bottom)
      scene.shapes.append(.init(classes: "reference", path: line))
      let halfWidth = TextMeasure.width(reference.label, size: 12) / 2
      let x = max(halfWidth + 2, min(PlotFrame.width - halfWidth - 2, position(value)))
      scene.labels.append(.init(text: reference.label, x: x, y: top - 8, anchor: .middle, classes: "label note"))
    }
    scene.labels.append(
      .init(
        text: TextMeasure.fitted(labels.y.fullTitle, to: PlotFrame.width - 8), x: 4, y: 15, classes: "label axis-title")
    )
    scene.labels.append(
      .init(
        text: TextMeasure.fitted(labels.x.fullTitle, to: right - left), x: (left + right) / 2, y: height - 8,
        anchor: .middle, classes: "label axis-title"))
    return scene
  }
}
