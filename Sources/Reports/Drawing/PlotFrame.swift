/// Axes, grid and labelled lines round the marks of a plot; turns values into positions.
struct PlotFrame {
  static let width = 720.0
  static let height = 340.0

  let x: AxisTicks
  let y: AxisTicks
  /// Edges of the plotting area.
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  private let verticalReferences: [(position: Double, label: String, level: Int)]
  private let horizontalReferences: [(position: Double, label: String)]
  private let labels: PlotLabels

  /// - Parameters:
  ///   - x: ticks along x; without labels where `namesX` is false.
  ///   - y: ticks along y.
  ///   - rightMargin: room for labels at the ends of lines.
  ///   - bottomRoom: room for what stands between the x axis and its title.
  ///   - headRoom: room for what stands between the y axis's title and the plotting area.
  init(
    labels: PlotLabels, x: AxisTicks, y: AxisTicks, references: [ReferenceLine], rightMargin: Double,
    bottomRoom: Double = 20, headRoom: Double = 0
  ) {
    self.labels = labels
    self.x = x
    self.y = y
    let left = 14 + max(20, y.ticks.map { TextMeasure.width($0.label) }.max() ?? 0)
    let right = Self.width - rightMargin
    self.left = left
    self.right = right
    bottom = Self.height - bottomRoom - 26

    // Labels of vertical lines stand above the plotting area, on as many levels as keep them from touching.
    var levels: [Double] = []
    var vertical: [(position: Double, label: String, level: Int)] = []
    var horizontal: [(position: Double, label: String)] = []
    let onX = references.compactMap { reference -> (Double, String)? in
      guard case .x(let value) = reference.position, value.isFinite, x.range.contains(value) else { return nil }
      return (value, reference.label)
    }
    for (value, label) in onX.enumerated().sorted(by: { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }).map(
      \.element)
    {
      let position = left + Self.fraction(value, of: x.range) * (right - left)
      let halfWidth = TextMeasure.width(label, size: 12) / 2 + 3
      let level = levels.firstIndex { $0 <= position - halfWidth } ?? min(levels.count, 3)
      if level == levels.count { levels.append(0) }
      levels[level] = position + halfWidth
      vertical.append((position, label, level))
    }
    top = 32 + headRoom + Double(levels.count) * 16
    for reference in references {
      guard case .y(let value) = reference.position, value.isFinite, y.range.contains(value) else { continue }
      horizontal.append((value, reference.label))
    }
    verticalReferences = vertical
    horizontalReferences = horizontal
  }

  /// Where a value lies in a range, 0 to 1 inside it. Halves keep the widest range finite.
  static func fraction(_ value: Double, of range: ClosedRange<Double>) -> Double {
    (value / 2 - range.lowerBound / 2) / (range.upperBound / 2 - range.lowerBound / 2)
  }

  func positionX(_ value: Double) -> Double { left + Self.fraction(value, of: x.range) * (right - left) }
  func positionY(_ value: Double) -> Double { bottom - Self.fraction(value, of: y.range) * (bottom - top) }

  /// An empty plot: tinted bands, grid, axes, ticks and titles.
  func scene(bands: [Band] = [], labelsTicksOfX: Bool = true) -> Scene {
    var scene = Scene(
      width: Self.width, height: Self.height, plotArea: (left, top, right - left, bottom - top))
    drawBands(bands, in: &scene)
    var grid = Path()
    var axis = Path()
    for tick in y.ticks {
      let position = positionY(tick.value)
      grid.segment(left, position, right, position)
      scene.labels.append(
        .init(text: tick.label, x: left - 8, y: position + 4.5, anchor: .end, classes: "label tick"))
    }
    if labelsTicksOfX {
      for tick in x.ticks {
        let position = positionX(tick.value)
        axis.segment(position, bottom, position, bottom + 5)
        scene.labels.append(
          .init(text: tick.label, x: position, y: bottom + 19, anchor: .middle, classes: "label tick"))
      }
    }
    axis.segment(left, bottom, right, bottom)
    scene.shapes.append(.init(classes: "grid", path: grid))
    scene.shapes.append(.init(classes: "axis", path: axis))
    scene.labels.append(
      .init(
        text: TextMeasure.fitted(labels.y.fullTitle, to: Self.width - 8), x: 4, y: 15, classes: "label axis-title"))
    scene.labels.append(
      .init(
        text: TextMeasure.fitted(labels.x.fullTitle, to: right - left), x: (left + right) / 2, y: Self.height - 8,
        anchor: .middle, classes: "label axis-title"))
    return scene
  }

  /// Reference lines, above the marks.
  func drawReferences(in scene: inout Scene) {
    for reference in verticalReferences {
      let labelY = top - 6 - Double(reference.level) * 16
      var path = Path()
      path.segment(reference.position, labelY + 3, reference.position, bottom)
      scene.shapes.append(.init(classes: "reference", path: path))
      // A label at either edge is kept inside the picture.
      let halfWidth = TextMeasure.width(reference.label, size: 12) / 2
      let x = max(halfWidth + 2, min(Self.width - halfWidth - 2, reference.position))
      scene.labels.append(.init(text: reference.label, x: x, y: labelY, anchor: .middle, classes: "label note"))
    }
    for reference in horizontalReferences {
      let position = positionY(reference.position)
      var path = Path()
      path.segment(left, position, right, position)
      scene.shapes.append(.init(classes: "reference", path: path))
      // Below the line where there is no room above it.
      let labelY = position - 5 < top + 8 ? position + 14 : position - 5
      scene.labels.append(
        .init(
          text: TextMeasure.fitted(reference.label, to: right - left - 12), x: left + 6, y: labelY,
          classes: "label note"))
    }
  }

  private func drawBands(_ bands: [Band], in scene: inout Scene) {
    for band in bands where band.y.lowerBound < y.range.upperBound && band.y.upperBound > y.range.lowerBound {
      let upper = positionY(min(band.y.upperBound, y.range.upperBound))
      let lower = positionY(max(band.y.lowerBound, y.range.lowerBound))
      var path = Path()
      path.rectangle(x: left, y: upper, width: right - left, height: lower - upper)
      scene.shapes.append(.init(classes: "band", path: path))
      guard lower - upper >= 16 else { continue }
      scene.labels.append(
        .init(
          text: TextMeasure.fitted(band.label, to: right - left - 12), x: right - 6, y: lower - 6, anchor: .end,
          classes: "label note"))
    }
  }
}
