import Reports
import Testing

/// Bars in named groups (SBS96) and bars with intervals.
@Suite struct GroupedBarsTests {
  @Test func everyGroupHasItsNameItsColourAndItsBars() throws {
    var values = Array(repeating: 1.0, count: 96)
    values[17] = 40
    let checked = try MarkupChecker(page(.bars(SampleReports.substitutions(values))))
    let texts = checked.named("text").map(\.text)
    for change in SampleReports.changes { #expect(texts.count { $0 == change } == 1, "\(change)") }
    for context in ["ACA", "TCT", "ATG", "TTT"] { #expect(texts.count { $0 == context } == 3, "\(context)") }
    for colour in SampleReports.colours {
      let shapes = checked.named("path").filter { $0.attributes["fill"] == colour }
      // A strip, and sixteen bars as one outline.
      #expect(shapes.count == 2)
      #expect(shapes.contains { $0.attributes["d"]?.filter { $0 == "M" }.count == 16 }, "\(colour)")
    }
    // The table behind the picture has every class by its full name.
    let names = Set(checked.named("th").filter { $0.attributes["scope"] == "row" }.map(\.text))
    #expect(names.count == 96 && names.contains("A[C>G]C"))
    let description = try #require(checked.named("desc").first?.text)
    #expect(description.contains("highest 40 at A[C>G]C") && description.contains("C>A, C>G, C>T"))
  }

  @Test func labelsStandInsideThePictureAndDoNotTouch() throws {
    let scene = try #require(SampleReports.substitutions((0..<96).map { Double($0) * 1e5 }).scene()).scene
    let ticks = scene.labels.filter { $0.classes.contains("small") }
    #expect(ticks.count == 96)
    let places = ticks.map(\.x).sorted()
    // Letters on their side are as wide as their size, 7.4, three quarters of it ink.
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 6.5 })
    #expect(places[0] > scene.plotArea.x && places[95] < scene.plotArea.x + scene.plotArea.width)
    let bottom = scene.plotArea.y + scene.plotArea.height
    #expect(ticks.allSatisfy { $0.y > bottom && $0.rotation == -90 })
    // Three letters of 0.6 of the size end above the axis's title.
    let title = try #require(scene.labels.last { $0.classes.contains("axis-title") })
    #expect(bottom + 5 + 3 * 7.4 * 0.6 < title.y - 11)
    for name in scene.labels where name.classes.contains("name") {
      #expect(name.y > 18 && name.y < scene.plotArea.y, "\(name.text)")
    }
  }

  @Test func groupsThatDoNotShareOutTheCategoriesAreRefused() {
    var plot = SampleReports.substitutions(Array(repeating: 1, count: 96))
    plot.groups.removeLast()
    #expect(
      throws: ReportError.seriesLength(
        plot: "Single-base substitutions by class", series: "groups", expected: 96, found: 80)
    ) { try page(.bars(plot)) }
  }

  @Test func anIntervalIsAWhiskerAndTwoColumns() throws {
    let plot = SampleReports.exposures()
    let scene = try #require(plot.scene())
    let whiskers = try #require(scene.shapes.first { $0.classes == "whisker" })
    // A line and two tips for each of two bars.
    #expect(whiskers.path.text.filter { $0 == "M" }.count == 6)
    // The value of a bar stands behind its whisker, and inside the picture.
    let value = try #require(scene.labels.first { $0.text == "200" && $0.classes.contains("note") })
    let other = try #require(scene.labels.first { $0.text == "420" })
    #expect(value.x > other.x && value.x + TextMeasure.width("200", size: 12) < scene.width)
    let data = Plot.horizontalBars(plot).data()
    #expect(data.columnTitles == ["Substitutions", "Interval from", "Interval to"])
    #expect(data.columns[1].map { $0.isFinite ? $0 : -1 } == [380, 0, -1])
    #expect(Plot.horizontalBars(plot).labels.x.title == "Substitutions")
  }

  private func page(_ plot: Plot) throws -> String {
    try renderHTML(
      ReportDocument(title: "t", sections: [ReportSection(id: "s", heading: "s", blocks: [.plot(plot)])]))
  }
}
