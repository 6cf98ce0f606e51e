extension FunnelPlot {
  /// The drawing; nil if there is no point to draw.
  package func scene() -> Scene? {
    let drawn = points.filter { $0.x.isFinite && $0.y.isFinite }
    let curves = limits.map { LinePlot.runs(of: $0.points) }
    let all = drawn.map { ($0.x, $0.y) } + curves.joined().joined().map { ($0.x, $0.y) }
    guard !drawn.isEmpty, let most = all.map(\.0).max(), let highest = all.map(\.1).max() else { return nil }
    let top = max(highest, references.compactMap(\.finiteY).max() ?? 0)
    let x = AxisTicks(
      covering: labels.x.range ?? (0...(most > 0 ? most : 1)), count: 9, extended: labels.x.range == nil,
      format: labels.x.format)
    let y = AxisTicks(
      covering: labels.y.range ?? (0...(top > 0 ? top : 1)), count: 6, extended: labels.y.range == nil,
      format: labels.y.format)
    let nameWidth = limits.map { TextMeasure.width($0.name, size: TextMeasure.nameSize) }.max() ?? 0
    let frame = PlotFrame(
      labels: labels, x: x, y: y, references: references, rightMargin: 54 + min(150, nameWidth))
    var scene = frame.scene()
    for (index, runs) in curves.enumerated() { draw(runs, index, frame, &scene) }
    let ownLabels = scene.labels.count
    frame.drawReferences(in: &scene)
    let taken = scene.labels[ownLabels...].map { label in
      (label.x...(label.x + TextMeasure.width(label.text, size: 12)), label.y)
    }
    drawNames(curves, frame, &scene)
    draw(drawn, frame, taken: taken, &scene)
    return scene
  }

  private func draw(_ runs: [[LinePlot.Point]], _ index: Int, _ frame: PlotFrame, _ scene: inout Scene) {
    var line = Path()
    for run in runs where run.count > 1 {
      for (number, point) in run.enumerated() {
        let (x, y) = (frame.positionX(point.x), frame.positionY(point.y))
        if number == 0 { line.move(x, y) } else { line.line(x, y) }
      }
    }
    guard !line.isEmpty else { return }
    scene.shapes.append(.init(classes: mark(index).lineClasses, path: line, isClipped: true))
  }

  /// Limits that lie as far from the middle are one pair, and look alike.
  private func mark(_ index: Int) -> SeriesMark { SeriesMark(index: 1 + min(index, limits.count - 1 - index)) }

  /// Names at the ends of the limits.
  private func drawNames(_ curves: [[[LinePlot.Point]]], _ frame: PlotFrame, _ scene: inout Scene) {
    let ends = curves.indices.compactMap { index in
      curves[index].joined().last { frame.x.range.contains($0.x) }.map { (index, $0) }
    }
    let heights = spread(
      ends.map { frame.positionY(max(frame.y.range.lowerBound, min(frame.y.range.upperBound, $0.1.y))) }, spacing: 17,
      within: frame.top...frame.bottom)
    for (slot, end) in ends.enumerated() {
      scene.labels.append(
        .init(
          text: TextMeasure.fitted(
            limits[end.0].name, to: PlotFrame.width - frame.right - 16, size: TextMeasure.nameSize),
          x: frame.right + 10, y: heights[slot] + 4.5, classes: "label name"))
    }
  }

  /// The units: beyond limits a filled diamond, else a dot; names where they cover no other name and no marker.
  /// - Parameter taken: stretches and baselines of the names that stand already.
  private func draw(
    _ drawn: [Point], _ frame: PlotFrame, taken: [(x: ClosedRange<Double>, y: Double)], _ scene: inout Scene
  ) {
    var (inside, beyond) = (Path(), Path())
    var taken = taken
    for point in drawn {
      let (x, y) = (frame.positionX(point.x), frame.positionY(point.y))
      taken.append(((x - 6)...(x + 6), y + 4.5))
    }
    // Names of units beyond limits first: they are what is looked for.
    for point in drawn.filter(\.isBeyond) + drawn.filter({ !$0.isBeyond }) {
      guard frame.x.range.contains(point.x), frame.y.range.contains(point.y) else { continue }
      let (x, y) = (frame.positionX(point.x), frame.positionY(point.y))
      if point.isBeyond {
        beyond.append(SeriesMark(index: 3).outline(x, y))
      } else {
        inside.append(SeriesMark(index: 0).outline(x, y))
      }
      let width = TextMeasure.width(point.name, size: 12)
      for (left, baseline) in [
        (x + 8, y + 4.5), (x - 8 - width, y + 4.5), (x - width / 2, y - 9), (x - width / 2, y + 18),
      ] {
        let stretch = left...(left + width)
        guard left > frame.left, left + width < frame.right, baseline > frame.top, baseline < frame.bottom,
          !taken.contains(where: { $0.x.overlaps(stretch) && abs($0.y - baseline) < 13 })
        else { continue }
        taken.append((stretch, baseline))
        scene.labels.append(.init(text: point.name, x: left, y: baseline, classes: "label note"))
        break
      }
    }
    scene.shapes.append(.init(classes: SeriesMark(index: 0).markerClasses, path: inside))
    scene.shapes.append(.init(classes: SeriesMark(index: 3).markerClasses, path: beyond))
  }

  /// A row a unit, with the limits at its size.
  package func data() -> PlotData {
    PlotData(
      rowTitle: "\(labels.x.fullTitle) of each unit", columnTitles: [labels.y.fullTitle] + limits.map(\.name),
      rowNames: points.map { "\($0.name): \(labels.x.format.string($0.x))\($0.isBeyond ? ", beyond limits" : "")" },
      columns: [points.map(\.y)] + limits.indices.map { index in points.map { $0.limits[index] } },
      format: labels.y.format)
  }
}
