import Reports
import Testing

@Suite struct DrawingTests {
  @Test(arguments: [
    (0.0...10, 6, ["0", "2", "4", "6", "8", "10"]), (0...1, 6, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (0...160_000_000, 5, ["0", "50M", "100M", "150M", "200M"]), (-8.5...2, 4, ["−10", "−5", "0", "5"]),
    (0...12_000, 4, ["0", "5k", "10k", "15k"]), (0...9000, 4, ["0", "5,000", "10,000"]),
  ])
  func ticksAreRoundAndReadable(_ range: ClosedRange<Double>, _ count: Int, _ labels: [String]) {
    let found = AxisTicks(covering: range, count: count, extended: true).ticks.map(\.label)
    // 10,000 takes a suffix, so that the whole axis does.
    #expect(found == labels || found == ["0", "5k", "10k"])
  }

  @Test func ticksOfSharesAreInPerCent() {
    let ticks = AxisTicks(covering: 0...1, count: 6, extended: false, format: .percent(0)).ticks
    #expect(ticks.map(\.label) == ["0%", "20%", "40%", "60%", "80%", "100%"])
  }

  @Test func wholeNumbersGetNoTickBetweenThem() {
    #expect(AxisTicks(covering: 0...1, count: 6, extended: true, format: .integer).ticks.map(\.label) == ["0", "1"])
    #expect(
      AxisTicks(covering: -0.5...2.5, count: 9, extended: false, format: .integer).ticks.map(\.label) == [
        "0", "1", "2",
      ])
  }

  @Test func aLongNameKeepsItsBeginningAndItsEnd() {
    let fitted = TextMeasure.fitted("VQSRTrancheSNP99.90to100.00", to: 150)
    #expect(fitted.hasPrefix("VQSR") && fitted.hasSuffix(".00") && fitted.contains("…"))
    #expect(TextMeasure.width(fitted) <= 150)
    #expect(TextMeasure.fitted("short", to: 150) == "short")
    #expect(TextMeasure.fitted("ab", to: 1) == "…")
  }

  @Test(arguments: [1 as UInt64, 20_240_117, .random(in: 0 ... .max)])
  func ticksCoverAnyRangeWithFewRoundSteps(seed: UInt64) {
    print("seed \(seed)")
    var random = SeededGenerator(state: seed)
    for _ in 0..<2000 {
      let magnitude = (0..<Int.random(in: 0...300, using: &random)).reduce(1.0) { power, _ in power * 10 }
      let scale = Bool.random(using: &random) ? magnitude : 1 / magnitude
      let ends = [Double.random(in: -1...1, using: &random) * scale, Double.random(in: -1...1, using: &random) * scale]
      let range = min(ends[0], ends[1])...max(ends[0], ends[1])
      let extended = Bool.random(using: &random)
      let count = Int.random(in: 4...10, using: &random)
      let axis = AxisTicks(covering: range, count: count, extended: extended)
      let context = "seed \(seed), \(range), \(count), \(extended)"
      #expect(
        axis.ticks.count <= count + 2 && axis.ticks.count >= (extended ? 2 : 1), "\(context): \(axis.ticks.count)")
      #expect(zip(axis.ticks, axis.ticks.dropFirst()).allSatisfy { $0.value < $1.value }, "\(context)")
      #expect(Set(axis.ticks.map(\.label)).count == axis.ticks.count, "\(context): \(axis.ticks.map(\.label))")
      #expect(axis.ticks.allSatisfy { $0.value.isFinite && axis.range.contains($0.value) || !extended }, "\(context)")
      let tolerance = axis.step * 1e-6
      #expect(axis.range.lowerBound <= range.lowerBound + tolerance, "\(context): \(axis.range)")
      #expect(axis.range.upperBound >= range.upperBound - tolerance, "\(context): \(axis.range)")
    }
  }

  @Test(arguments: [-5.0, 0, 1e-300, 3, 1e300, .greatestFiniteMagnitude])
  func oneValueGetsAnAxisRoundIt(_ value: Double) {
    let axis = AxisTicks(covering: value...value, count: 6, extended: true)
    #expect(axis.range.upperBound > axis.range.lowerBound)
    #expect(axis.ticks.count >= 2)
  }

  @Test(arguments: [3 as UInt64, .random(in: 0 ... .max)]) func fewerPointsKeepEndsAndExtremes(seed: UInt64) {
    print("seed \(seed)")
    var random = SeededGenerator(state: seed)
    for _ in 0..<40 {
      let count = Int.random(in: 1...12_000, using: &random)
      var points = (0..<count).map { LinePlot.Point(Double($0), Double.random(in: 0...1, using: &random)) }
      points[Int.random(in: 0..<count, using: &random)].y = 50
      points[Int.random(in: 0..<count, using: &random)].y = -50
      let kept = downsampled(points, columns: 500)
      #expect(kept.count <= max(4 * 501, 2000))
      #expect(kept.first == points.first && kept.last == points.last)
      #expect(kept.map(\.y).max() == points.map(\.y).max() && kept.map(\.y).min() == points.map(\.y).min())
      #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x < $1.x })
    }
  }

  @Test func gapsSplitALineAndLonePointsAreMarked() {
    let points = [1, 2, .nan, 4, .infinity, 6, 7].enumerated().map { LinePlot.Point(Double($0.offset), $0.element) }
    #expect(LinePlot.runs(of: points).map(\.count) == [2, 1, 2])
    #expect(LinePlot.runs(of: points.reversed()).map(\.count) == [2, 1, 2])
    #expect(LinePlot.runs(of: [.init(.nan, 1), .init(1, .nan)]).isEmpty)
  }

  @Test func aLongTableIsThinnedAndSaysSo() throws {
    let values = (0..<10_000).map { $0 == 7777 ? 95.0 : $0 == 4321 ? -2 : 1 }
    let thinning = RowThinning(columns: [values, Array(repeating: .nan, count: 10_000)], rowCount: 10_000, limit: 200)
    #expect(thinning.step == 50)
    for row in [0, 50, 4321, 7777, 9999] { #expect(thinning.rows.contains(row)) }
    #expect(thinning.rows.count == 203)
    #expect(RowThinning(columns: [values], rowCount: 200, limit: 200).step == 1)
    let page = try renderHTML(SampleReports.difficultPlots())
    #expect(page.contains("Every 50th of 10,000 rows is shown"))
    #expect(page.contains("Each bar stands for up to 34 bins"))
    #expect(page.contains("The first 60 of 70 bars are drawn."))
  }

  @Test func valuesThatAreNotFiniteAreDashesInTheTable() throws {
    let plot = LinePlot(
      PlotLabels(title: "t", x: Axis("x"), y: Axis("y")), series: [.init("a", values: [1, .nan, .infinity, 2])])
    let document = ReportDocument(title: "t", sections: [.init(id: "s", heading: "s", blocks: [.plot(.line(plot))])])
    let checked = try MarkupChecker(renderHTML(document))
    #expect(checked.named("td").map(\.text) == ["1", "", "", "2"])
    #expect(checked.named("span").filter { $0.text == "no value" }.count == 2)
    for shape in checked.named("path") {
      let path = try #require(shape.attributes["d"])
      #expect(!path.contains("nan") && !path.contains("inf") && !path.contains("e"))
    }
  }

  @Test func seriesWithDifferentPositionsShareOneTable() {
    let data = LinePlot(
      PlotLabels(title: "t", x: Axis("x"), y: Axis("y")),
      series: [
        .init("a", points: [.init(3, 30), .init(1, 10), .init(1, 11)]),
        .init("b", points: [.init(2, 20), .init(3, 31)]),
      ]
    ).data()
    #expect(data.rowNames == ["1", "1", "2", "3"])
    #expect(data.columns[0].map { $0.isFinite ? $0 : -1 } == [10, 11, -1, 30])
    #expect(data.columns[1].map { $0.isFinite ? $0 : -1 } == [-1, -1, 20, 31])
  }

  @Test func labelsAtTheSameHeightMoveApartAndStayInside() {
    let placed = spread([10, 10, 12, 200, 199], spacing: 17, within: 0...200)
    let sorted = placed.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= 17 - 1e-9 })
    #expect(sorted.first ?? -1 >= 0 && sorted.last ?? 300 <= 200)
    #expect(placed[0] < placed[1] && placed[1] < placed[2] && placed[4] < placed[3])
    #expect(spread([5, 5, 5], spacing: 100, within: 0...10) == [0, 5, 10])
  }

  @Test func labelsOfALinePlotAreInsideThePicture() throws {
    for block in try SampleReports.caseReport().sections.flatMap(\.blocks)
      + SampleReports.difficultPlots().sections[0].blocks
    {
      for scene in scenes(block) {
        for label in scene.labels where label.rotation == 0 {
          let width = TextMeasure.width(label.text, size: label.classes.contains("note") ? 12 : 13)
          let left = label.anchor == .start ? label.x : label.anchor == .middle ? label.x - width / 2 : label.x - width
          #expect(left >= -1 && left + width <= scene.width + 1, "\(label.text)")
          #expect(label.y >= 8 && label.y <= scene.height, "\(label.text)")
        }
      }
    }
  }

  private func scenes(_ block: ReportBlock) -> [Scene] {
    switch block {
    case .group(_, let blocks): blocks.flatMap(scenes)
    case .plot(.line(let plot)): plot.scene().map { [$0] } ?? []
    case .plot(.histogram(let plot)): plot.scene().map { [$0.scene] } ?? []
    case .plot(.bars(let plot)): plot.scene().map { [$0.scene] } ?? []
    case .plot(.horizontalBars(let plot)): plot.scene().map { [$0] } ?? []
    default: []
    }
  }
}
