extension BarPlot {
  /// Most columns that can be told apart in the picture.
  static let columnLimit = 200

  /// The drawing, and how many categories share one drawn column; nil if there is nothing to draw.
  package func scene() -> (scene: Scene, categoriesPerColumn: Int)? {
    if !groups.isEmpty { return groupedScene().map { ($0, 1) } }
    let drawn = series.map { $0.values.map { $0.isFinite && $0 > 0 ? $0 : 0 } }
    guard !categories.isEmpty, series.contains(where: { $0.values.contains(where: \.isFinite) }) else { return nil }
    let totals = categories.indices.map { column in drawn.reduce(0) { $0 + $1[column] } }
    let highest = min(
      Double.greatestFiniteMagnitude, max(totals.max() ?? 0, references.compactMap(\.finiteY).max() ?? 0))
    let yTicks = AxisTicks(
      covering: labels.y.range ?? (0...(highest > 0 ? highest : 1)), count: 6, extended: labels.y.range == nil,
      format: labels.y.format)

    // Where columns are too many, the tallest of each group stands for it.
    let perColumn = (categories.count + Self.columnLimit - 1) / Self.columnLimit
    let columns = stride(from: 0, to: categories.count, by: perColumn).map { start in
      (start..<min(categories.count, start + perColumn)).max { (totals[$0], -$0) < (totals[$1], -$1) } ?? start
    }
    let hasKey = series.count > 1
    let nameWidth = min(150, series.map { TextMeasure.width($0.name, size: TextMeasure.nameSize) }.max() ?? 0)
    let rightMargin = hasKey ? 44 + nameWidth : 24
    let slotEstimate = (PlotFrame.width - rightMargin - 70) / Double(columns.count)
    let widest = columns.map { TextMeasure.width(categories[$0]) }.max() ?? 0
    let isSlanted = widest > slotEstimate - 6 && slotEstimate >= 14
    let bottomRoom = isSlanted ? 14 + min(widest, 110) * 0.6 : 20
    let frame = PlotFrame(
      labels: labels, x: AxisTicks(covering: 0...1, count: 2, extended: false), y: yTicks,
      references: references.filter { $0.finiteY != nil }, rightMargin: rightMargin, bottomRoom: bottomRoom)
    var scene = frame.scene(labelsTicksOfX: false)

    let slot = (frame.right - frame.left) / Double(columns.count)
    let barWidth = slot > 4 ? min(slot * 0.7, 72) : slot
    var outlines = Array(repeating: Path(), count: series.count)
    for (place, column) in columns.enumerated() {
      let x = frame.left + (Double(place) + 0.5) * slot - barWidth / 2
      var base = 0.0
      for index in series.indices where drawn[index][column] > 0 {
        let y1 = frame.positionY(base)
        base += drawn[index][column]
        let y2 = frame.positionY(base)
        outlines[index].rectangle(x: x, y: y2, width: barWidth, height: max(y1 - y2, 0.5))
      }
    }
    for (index, outline) in outlines.enumerated() where !outline.isEmpty {
      let classes = hasKey ? SeriesMark(index: index).fillClasses : "fill solid"
      scene.shapes.append(.init(classes: classes, path: outline, isClipped: true))
    }
    if !hasKey { drawValues(columns, totals: totals, slot: slot, frame: frame, in: &scene) }
    drawCategories(columns, slot: slot, isSlanted: isSlanted, frame: frame, in: &scene)
    frame.drawReferences(in: &scene)
    if hasKey { drawKey(frame: frame, in: &scene) }
    return (scene, perColumn)
  }

  /// Values above the bars, where every one of them fits.
  private func drawValues(
    _ columns: [Int], totals: [Double], slot: Double, frame: PlotFrame, in scene: inout Scene
  ) {
    let texts = columns.map { labels.y.format.string(totals[$0]) }
    guard texts.allSatisfy({ TextMeasure.width($0, size: 12) < slot - 4 }) else { return }
    for (place, column) in columns.enumerated() where frame.y.range.contains(totals[column]) {
      scene.labels.append(
        .init(
          text: texts[place], x: frame.left + (Double(place) + 0.5) * slot, y: frame.positionY(totals[column]) - 5,
          anchor: .middle, classes: "label note"))
    }
  }

  private func drawCategories(
    _ columns: [Int], slot: Double, isSlanted: Bool, frame: PlotFrame, in scene: inout Scene
  ) {
    // Labels that do not fit even slanted are thinned; the table names every category.
    let widest = columns.map { TextMeasure.width(categories[$0]) }.max() ?? 0
    let every = isSlanted || widest <= slot - 6 ? 1 : max(1, Int(((min(widest, 90) + 8) / slot).rounded(.up)))
    for place in stride(from: 0, to: columns.count, by: every) {
      let x = frame.left + (Double(place) + 0.5) * slot
      // A slanted label reaches left by its length times the cosine of 35 degrees.
      let room = isSlanted ? min(110, x / 0.82) : max(90, slot - 4)
      let text = TextMeasure.fitted(categories[columns[place]], to: room)
      scene.labels.append(
        isSlanted
          ? .init(text: text, x: x + 4, y: frame.bottom + 14, anchor: .end, classes: "label tick", rotation: -35)
          : .init(text: text, x: x, y: frame.bottom + 19, anchor: .middle, classes: "label tick"))
    }
  }

  /// Patterns with their names, topmost first, as they are stacked.
  private func drawKey(frame: PlotFrame, in scene: inout Scene) {
    let spacing = min(22, (frame.bottom - frame.top) / Double(series.count))
    for (place, index) in series.indices.reversed().enumerated() {
      let y = frame.top + Double(place) * spacing
      var swatch = Path()
      swatch.rectangle(x: frame.right + 14, y: y, width: 18, height: min(14, spacing - 2))
      scene.shapes.append(.init(classes: SeriesMark(index: index).fillClasses, path: swatch))
      scene.labels.append(
        .init(
          text: TextMeasure.fitted(
            series[index].name, to: PlotFrame.width - frame.right - 40, size: TextMeasure.nameSize),
          x: frame.right + 38, y: y + 11.5, classes: "label name"))
    }
  }
}
