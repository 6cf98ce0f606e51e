extension LinePlot {
  /// The drawing; nil if there is no point to draw.
  package func scene() -> Scene? {
    let drawn = series.map { Self.runs(of: $0.points) }
    let points = drawn.joined().joined()
    guard
      let xData = Self.extent(points.lazy.map(\.x)), let yData = Self.extent(points.lazy.map(\.y))
    else { return nil }

    let marked = Self.extent([xData.lowerBound, xData.upperBound] + references.compactMap(\.finiteX)) ?? xData
    let xTicks = AxisTicks(
      covering: labels.x.range ?? marked, count: 9, extended: false, format: labels.x.format)
    var yExtent = Self.extent([yData.lowerBound, yData.upperBound] + references.compactMap(\.finiteY)) ?? yData
    // An axis that would nearly reach zero reaches it.
    if yExtent.lowerBound >= 0, yExtent.lowerBound <= 0.4 * yExtent.upperBound { yExtent = 0...yExtent.upperBound }
    let yTicks = AxisTicks(
      covering: labels.y.range ?? yExtent, count: 6, extended: labels.y.range == nil,
      format: labels.y.format)

    let nameWidth = series.map { TextMeasure.width($0.name, size: TextMeasure.nameSize) }.max() ?? 0
    let frame = PlotFrame(
      labels: labels, x: xTicks, y: yTicks, references: references, rightMargin: 54 + min(150, nameWidth))
    var scene = frame.scene(bands: bands)
    for (index, runs) in drawn.enumerated() { draw(runs, mark: SeriesMark(index: index), frame: frame, in: &scene) }
    frame.drawReferences(in: &scene)
    drawNames(drawn, frame: frame, in: &scene)
    return scene
  }

  /// Unbroken stretches of points by ascending x.
  package static func runs(of points: [Point]) -> [[Point]] {
    var sorted = points.filter { $0.x.isFinite }
    if zip(sorted, sorted.dropFirst()).contains(where: { $0.x > $1.x }) {
      sorted = sorted.enumerated().sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }.map(\.element)
    }
    return sorted.split { !$0.y.isFinite }.map(Array.init)
  }

  private static func extent(_ values: some Sequence<Double>) -> ClosedRange<Double>? {
    var extent: (Double, Double)?
    for value in values { extent = extent.map { (min($0.0, value), max($0.1, value)) } ?? (value, value) }
    return extent.map { $0.0...$0.1 }
  }

  private func draw(_ runs: [[Point]], mark: SeriesMark, frame: PlotFrame, in scene: inout Scene) {
    var line = Path()
    for run in runs where run.count > 1 {
      for (index, point) in downsampled(run, columns: Int(frame.right - frame.left)).enumerated() {
        let (x, y) = (frame.positionX(point.x), frame.positionY(point.y))
        if index == 0 { line.move(x, y) } else { line.line(x, y) }
      }
    }
    if !line.isEmpty { scene.shapes.append(.init(classes: mark.lineClasses, path: line, isClipped: true)) }

    // A point between two gaps is no line: only its marker shows it.
    let lonePoints = runs.filter { $0.count == 1 }.joined()
    let all = Array(runs.joined())
    // On long lines about ten markers, at places that differ from series to series, so that none covers another's.
    let stride = all.count <= 24 ? 1 : max(1, all.count / 10)
    let offset = stride * (mark.index % SeriesMark.count) / SeriesMark.count
    var markers = Path()
    for index in Swift.stride(from: min(offset, all.count - 1), to: all.count, by: stride) where !all.isEmpty {
      appendMarker(all[index], mark: mark, frame: frame, to: &markers)
    }
    if stride > 1 { for point in lonePoints { appendMarker(point, mark: mark, frame: frame, to: &markers) } }
    if !markers.isEmpty { scene.shapes.append(.init(classes: mark.markerClasses, path: markers)) }
  }

  private func appendMarker(_ point: Point, mark: SeriesMark, frame: PlotFrame, to path: inout Path) {
    guard frame.x.range.contains(point.x), frame.y.range.contains(point.y) else { return }
    path.append(mark.outline(frame.positionX(point.x), frame.positionY(point.y)))
  }

  /// Names at the ends of the lines, each with a sample of its dashes and marker.
  private func drawNames(_ drawn: [[[Point]]], frame: PlotFrame, in scene: inout Scene) {
    let named = drawn.indices.filter { !drawn[$0].isEmpty }
    let ends = named.map { index -> (x: Double, y: Double) in
      let inside = drawn[index].joined().filter { frame.x.range.contains($0.x) }
      let point = inside.last ?? Point(frame.x.range.upperBound, frame.y.range.lowerBound)
      let y = max(frame.y.range.lowerBound, min(frame.y.range.upperBound, point.y))
      return (frame.positionX(point.x), frame.positionY(y))
    }
    let heights = spread(ends.map(\.y), spacing: 17, within: frame.top...frame.bottom)
    for (slot, index) in named.enumerated() {
      let mark = SeriesMark(index: index)
      var leader = Path()
      leader.segment(ends[slot].x + 5, ends[slot].y, frame.right + 10, heights[slot])
      scene.shapes.append(.init(classes: "leader", path: leader))
      var sample = Path()
      sample.segment(frame.right + 12, heights[slot], frame.right + 40, heights[slot])
      scene.shapes.append(.init(classes: mark.lineClasses, path: sample))
      var marker = Path()
      marker.append(mark.outline(frame.right + 26, heights[slot]))
      scene.shapes.append(.init(classes: mark.markerClasses, path: marker))
      scene.labels.append(
        .init(
          text: TextMeasure.fitted(
            series[index].name, to: PlotFrame.width - frame.right - 48, size: TextMeasure.nameSize),
          x: frame.right + 46, y: heights[slot] + 4.5, classes: "label name"))
    }
  }
}

extension ReferenceLine {
  var finiteX: Double? { if case .x(let value) = position, value.isFinite { value } else { nil } }
  var finiteY: Double? { if case .y(let value) = position, value.isFinite { value } else { nil } }
}
