import Foundation
import Reports
import Testing

@Suite struct PageTests {
  static let documents: [(name: String, make: @Sendable () throws -> ReportDocument)] = [
    ("case", { try SampleReports.caseReport() }), ("batch", { try SampleReports.batchReport(cases: 300) }),
    ("difficult", { SampleReports.difficultPlots() }),
    ("tumour", { SampleReports.tumourPlots() }), ("empty", { ReportDocument(title: "") }),
  ]

  /// With APUS_REPORTS_DIR set, the pages are also written there, to be looked at.
  @Test(arguments: documents.indices) func everyPageIsWellFormedXML(_ index: Int) throws {
    let page = try renderHTML(Self.documents[index].make())
    if let folder = ProcessInfo.processInfo.environment["APUS_REPORTS_DIR"] {
      try page.write(toFile: "\(folder)/\(Self.documents[index].name).html", atomically: true, encoding: .utf8)
    }
    #expect(throws: Never.self) { try MarkupChecker(page) }
  }

  @Test(arguments: documents.indices) func theSameDocumentGivesTheSameBytes(_ index: Int) throws {
    let first = try renderHTML(Self.documents[index].make())
    let second = try renderHTML(Self.documents[index].make())
    #expect(first == second)
  }

  @Test(arguments: documents.indices) func aPageReachesNoNetwork(_ index: Int) throws {
    let page = try renderHTML(Self.documents[index].make())
    let checked = try MarkupChecker(page)
    #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("@import"))
    for name in ["link", "img", "iframe", "object", "embed", "base"] { #expect(checked.named(name).isEmpty) }
    for element in checked.elements {
      #expect(element.attributes["src"] == nil && element.attributes["style"] == nil)
      if let href = element.attributes["href"] { #expect(!href.contains(":") && !href.hasPrefix("/")) }
    }
  }

  @Test(arguments: documents.indices) func identifiersAreUniqueAndEveryReferenceToOneResolves(_ index: Int) throws {
    let checked = try MarkupChecker(renderHTML(Self.documents[index].make()))
    let identifiers = checked.elements.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    for element in checked.elements {
      for target in element.attributes["aria-labelledby"]?.split(separator: " ") ?? [] {
        #expect(identifiers.contains(String(target)))
      }
      if let href = element.attributes["href"], href.hasPrefix("#") {
        #expect(identifiers.contains(String(href.dropFirst())))
      }
      if let clip = element.attributes["clip-path"] {
        #expect(identifiers.contains(String(clip.dropFirst("url(#".count).dropLast())))
      }
    }
  }

  @Test(arguments: documents.indices) func headingsDescendOneLevelAtATime(_ index: Int) throws {
    let checked = try MarkupChecker(renderHTML(Self.documents[index].make()))
    let levels = checked.elements.compactMap { element -> Int? in
      element.name.count == 2 && element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
    }
    #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
    for (level, next) in zip(levels, levels.dropFirst()) { #expect(next <= level + 1) }
  }

  @Test(arguments: documents.indices) func tablesHaveACaptionAndScopedHeaders(_ index: Int) throws {
    let checked = try MarkupChecker(renderHTML(Self.documents[index].make()))
    #expect(checked.named("table").count == checked.named("caption").count)
    for header in checked.named("th") { #expect(["row", "col"].contains(header.attributes["scope"])) }
  }

  @Test(arguments: documents.indices) func everyPlotIsAnImageWithTitleAndDescription(_ index: Int) throws {
    let checked = try MarkupChecker(renderHTML(Self.documents[index].make()))
    for drawing in checked.named("svg") where drawing.attributes["aria-hidden"] == nil {
      #expect(drawing.attributes["role"] == "img")
      let labels = drawing.attributes["aria-labelledby"]?.split(separator: " ").map(String.init) ?? []
      let named = checked.elements.filter { labels.contains($0.attributes["id"] ?? "") }
      #expect(named.map(\.name) == ["title", "desc"])
      #expect(named.allSatisfy { !$0.text.isEmpty })
    }
  }

  @Test func landmarksLanguageAndSkipLinkAreThere() throws {
    let checked = try MarkupChecker(renderHTML(SampleReports.caseReport()))
    #expect(checked.named("html").first?.attributes["lang"] == "en-GB")
    for landmark in ["header", "nav", "main", "footer"] { #expect(checked.named(landmark).count == 1) }
    let firstLink = try #require(checked.named("a").first)
    #expect(firstLink.attributes["href"] == "#content")
    #expect(checked.named("main").first?.attributes["id"] == "content")
  }

  @Test func scrollingRegionsTakeTheFocusAndHaveAName() throws {
    let checked = try MarkupChecker(renderHTML(SampleReports.caseReport()))
    let regions = checked.elements.filter { $0.attributes["class"]?.hasPrefix("scroll") ?? false }
    #expect(!regions.isEmpty)
    for region in regions {
      #expect(region.attributes["tabindex"] == "0" && region.attributes["aria-labelledby"] != nil)
    }
  }

  @Test(arguments: documents.indices) func noPageSaysNormalOrNegativeInItsOwnWords(_ index: Int) throws {
    var document = try Self.documents[index].make()
    // A title of the sample document itself.
    document.sections = document.sections.map { section in
      var section = section
      section.blocks.removeAll {
        if case .plot(let plot) = $0 { plot.labels.title == "Negative values" } else { false }
      }
      return section
    }
    let text = try MarkupChecker(renderHTML(document)).readableText.lowercased()
    #expect(!text.contains("normal") && !text.contains("negative"))
  }

  @Test func aHeldCaseIsStampedInTheWindowTitleAndOnEveryPrintedPage() throws {
    let page = try renderHTML(SampleReports.caseReport())
    let checked = try MarkupChecker(page)
    #expect(checked.named("title").first?.text == "HOLD – PROVISIONAL – Case RJ1-2024-0117")
    #expect(page.contains(#"@top-right { content: "HOLD – PROVISIONAL""#))
    let plain = try renderHTML(SampleReports.batchReport(cases: 1))
    #expect(!plain.contains("@top-right"))
  }

  @Test func unknownNeverLooksLikePass() {
    #expect(Set(Status.allCases.map(\.word)).count == Status.allCases.count)
    #expect(Outcome.allCases.filter { $0.status == .pass } == [.pass])
    for outcome in Outcome.allCases { #expect(outcome.status.rawValue == outcome.rawValue) }
  }

  @Test func sectionsOfTheSameNameGetTheirOwnAnchors() throws {
    let sections = ["reads", "Reads", "reads-2", "content", "<&>", ""].map {
      ReportSection(id: $0, heading: $0, blocks: [])
    }
    let checked = try MarkupChecker(renderHTML(ReportDocument(title: "t", sections: sections)))
    let anchors = checked.named("h2").compactMap { $0.attributes["id"] }
    #expect(anchors == ["reads", "reads-2", "reads-2-2", "content-2", "section", "section-2"])
  }

  @Test func aTableThatDoesNotFitTogetherIsRefused() {
    let table = ReportTable(caption: "c", columns: [Column("a"), Column("b")], rows: [[.text("1")]])
    #expect(throws: ReportError.rowWidth(table: "c", row: 0, expected: 2, found: 1)) {
      try renderHTML(
        ReportDocument(title: "t", sections: [ReportSection(id: "s", heading: "s", blocks: [.table(table)])]))
    }
    let bars = BarPlot(
      PlotLabels(title: "p", x: Axis("x"), y: Axis("y")), categories: ["a", "b"], series: [.init("s", values: [1])])
    #expect(throws: ReportError.seriesLength(plot: "p", series: "s", expected: 2, found: 1)) {
      try renderHTML(
        ReportDocument(title: "t", sections: [ReportSection(id: "s", heading: "s", blocks: [.plot(.bars(bars))])]))
    }
  }
}
