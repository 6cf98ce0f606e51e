import Reports
import Testing

@Suite struct FunnelPlotTests {
  private func plot(_ points: [FunnelPlot.Point]) -> FunnelPlot {
    func limit(_ name: String, _ sign: Double, _ factor: Double) -> LinePlot.Series {
      LinePlot.Series(
        name, points: (1...20).map { .init(Double($0) * 10, 0.4 + sign * factor / Double($0 * 10).squareRoot()) })
    }
    return FunnelPlot(
      PlotLabels(
        title: "Findings", x: Axis("Probands", format: .integer),
        y: Axis("With a finding", format: .percent(1), range: 0...1)),
      limits: [limit("99.8%", -1, 1.5), limit("95%", -1, 1), limit("95%", 1, 1), limit("99.8%", 1, 1.5)],
      points: points,
      references: [ReferenceLine(.y(0.4), label: "Base 40%")])
  }

  private let points = [
    FunnelPlot.Point("699M0 <East>", x: 120, y: 0.42, limits: [0.2, 0.3, 0.5, 0.6], isBeyond: false),
    FunnelPlot.Point("699X0", x: 50, y: 0.9, limits: [0.1, 0.2, 0.6, 0.7], isBeyond: true),
    FunnelPlot.Point("RGT", x: 20, y: .nan, limits: [0, 0.1, 0.7, 0.8], isBeyond: false),
  ]

  @Test func unitsBeyondLimitsHaveAnotherShapeAndAreNamed() throws {
    let scene = try #require(plot(points).scene())
    let classes = scene.shapes.map(\.classes)
    // A dot of the one within, a diamond of the one beyond; none of the one without a share.
    #expect(classes.filter { $0.hasPrefix("mark") } == ["mark s1", "mark s4"])
    #expect(scene.shapes.first { $0.classes == "mark s4" }?.path.text.filter { $0 == "M" }.count == 1)
    #expect(classes.filter { $0.hasPrefix("line") } == ["line s2 d2", "line s3 d3", "line s3 d3", "line s2 d2"])
    #expect(scene.labels.map(\.text).contains("699X0") && !scene.labels.map(\.text).contains("RGT"))
    for label in scene.labels {
      let width = TextMeasure.width(label.text, size: label.classes.contains("note") ? 12 : 13)
      let left = label.anchor == .start ? label.x : label.anchor == .middle ? label.x - width / 2 : label.x - width
      #expect(left >= -1 && left + width <= scene.width + 1, "\(label.text)")
      #expect(label.y >= 8 && label.y <= scene.height, "\(label.text)")
    }
    #expect(plot([]).scene() == nil)
  }

  @Test func namesCoverNoMarkerAndNoOtherName() throws {
    // Units that crowd round the base's own label.
    let crowd = (0..<14).map { number in
      FunnelPlot.Point(
        "Laboratory \(number)", x: 20 + Double(number % 5) * 9, y: 0.4 + Double(number) * 0.012,
        limits: [0.2, 0.3, 0.5, 0.6], isBeyond: number % 4 == 0)
    }
    let scene = try #require(plot(crowd).scene())
    let notes = scene.labels.filter { $0.classes == "label note" }.map { label in
      (label.text, label.x...(label.x + TextMeasure.width(label.text, size: 12)), label.y)
    }
    #expect(notes.count >= 4 && notes.contains { $0.0 == "Base 40%" })
    for (index, one) in notes.enumerated() {
      for other in notes[(index + 1)...] {
        #expect(!(one.1.overlaps(other.1) && abs(one.2 - other.2) < 12), "\(one.0) and \(other.0)")
      }
    }
  }

  @Test func thePageSaysWhoIsBeyondAndHasATableOfAll() throws {
    let html = try page(.funnel(plot(points)))
    let checked = try MarkupChecker(html)
    _ = checked
    #expect(html.contains("Beyond limits: 699X0."))
    #expect(html.contains("699M0 &lt;East&gt;: 120") && html.contains("699X0: 50, beyond limits"))
    #expect(html.contains("90.0%") && !html.contains("nan"))
    let data = Plot.funnel(plot(points)).data()
    #expect(data.columnTitles == ["With a finding", "99.8%", "95%", "95%", "99.8%"])
    #expect(data.columns[4] == [0.6, 0.7, 0.8])
    #expect(try page(.funnel(plot([points[0]]))).contains("No unit is beyond limits."))
  }

  @Test func aPointWithoutItsLimitsIsRefused() {
    var one = plot(points)
    one.points[1].limits.removeLast()
    #expect(
      throws: ReportError.seriesLength(plot: "Findings", series: "699X0", expected: 4, found: 3)
    ) { try page(.funnel(one)) }
  }

  @Test func dotsHaveTheirWhiskersBehindThem() throws {
    var plot = HorizontalBarPlot(
      PlotLabels(title: "t", x: Axis("Share", format: .percent(0), range: 0...1), y: Axis("Unit")),
      bars: [.init("a", 0.2, interval: 0.1...0.4), .init("b", .nan, interval: 0...0.3)])
    plot.isDots = true
    let scene = try #require(plot.scene())
    let marks = scene.shapes.map(\.classes).filter { $0 == "whisker" || $0.hasPrefix("mark") || $0.hasPrefix("fill") }
    #expect(marks == ["whisker", "mark s1"])
    // One dot: the second value is not told, and its interval is.
    #expect(scene.shapes.first { $0.classes == "mark s1" }?.path.text.filter { $0 == "M" }.count == 1)
    #expect(scene.shapes.first { $0.classes == "whisker" }?.path.text.filter { $0 == "M" }.count == 6)
    #expect(try page(.horizontalBars(plot)).contains("Dots of Share by Unit."))
  }

  private func page(_ plot: Plot) throws -> String {
    try renderHTML(
      ReportDocument(title: "t", sections: [ReportSection(id: "s", heading: "s", blocks: [.plot(plot)])]))
  }
}
