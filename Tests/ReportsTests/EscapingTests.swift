import Reports
import Testing

@Suite struct EscapingTests {
  /// The last two hide a quotation mark inside a longer `Character`.
  static let payloads = [
    #"</style></script><script>alert("x")</script>"#, #"" onload="alert(1)' x='&amp;&"#, "]]><!--{{.title}}{{{x}}}",
    "\"\u{301} onfocus=\"alert(1)", "\u{600}\"\u{200D} onfocus=alert(1) <\u{338}script>", "\u{0}\u{8}\u{7F}\u{FFFE}",
    "javascript:alert(1)", "\u{202E}line\r\nline\ttab",
  ]

  /// A document with the same text in every place that takes one.
  static func document(_ text: String) throws -> ReportDocument {
    let axis = Axis(text, unit: text)
    let labels = PlotLabels(title: text, description: text, x: axis, y: axis)
    let link = try RelativeLink(path: [
      text.filter { !$0.unicodeScalars.contains { $0.value < 32 || (127...159).contains($0.value) } } + "."
    ])
    let references = [ReferenceLine(.x(1), label: text), ReferenceLine(.y(2), label: text)]
    let blocks: [ReportBlock] = [
      .text(text), .list([text]), .keyFigures([KeyFigure(text, value: text, unit: text, note: text, status: .warn)]),
      .definitions([Definition(text, .code(text)), Definition(text, .status(.hold, text))]),
      .table(
        ReportTable(
          caption: text, columns: [Column(text, unit: text), Column(text)], rows: [[.text(text), .link(text, link)]])),
      .table(ReportTable(caption: text, columns: [Column(text)], rows: [], emptyText: text)),
      .outcomes(caption: text, [OutcomeRow(rule: text, outcome: .unknown, evidence: text)]),
      .plot(
        .line(
          LinePlot(
            labels, series: [.init(text, values: [1, 5])], bands: [Band(y: 0...5, label: text)],
            references: references))),
      .plot(.histogram(Histogram(labels, counts: [1, 2], references: references))),
      .plot(
        .bars(
          BarPlot(
            labels, categories: [text], series: [.init(text, values: [1]), .init(text, values: [2])],
            references: references))),
      .plot(.horizontalBars(HorizontalBarPlot(labels, bars: [.init(text, 1)], references: references))),
      .details(summary: text, [.group(heading: text, [.text(text)])]),
    ]
    return ReportDocument(
      title: text, subtitle: text, language: text, banners: [Banner(.hold, heading: text, lines: [text])],
      sections: [
        ReportSection(id: text, heading: text, status: .pass, blocks: blocks),
        ReportSection(id: text, heading: text, blocks: []),
      ],
      footer: [text])
  }

  @Test(arguments: payloads) func textChangesNoTagAndNoAttributeWhereverItStands(_ payload: String) throws {
    let plain = try renderHTML(Self.document(String(repeating: "x", count: payload.unicodeScalars.count)))
    let hostile = try renderHTML(Self.document(payload))
    #expect(try MarkupChecker(hostile).structure == MarkupChecker(plain).structure)
  }

  @Test func textIsShownAsItWasGiven() throws {
    let text = #"<b>"A" & 'B'</b>"#
    let checked = try MarkupChecker(renderHTML(ReportDocument(title: text, language: text)))
    #expect(checked.named("h1").first?.text == text)
    #expect(checked.named("html").first?.attributes["lang"] == text)
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:x", "\u{1}javascript:x", " javascript:x",
    "data:text/html,x",
    "https://example.org", "//example.org/x", "/etc/passwd", "\\\\host\\share", "a\\b", "", "C:file", "x\u{85}y",
  ])
  func aReferenceOutsideTheReportIsRefused(_ reference: String) {
    #expect(throws: ReportError.link(reference)) { try RelativeLink(reference) }
  }

  @Test(arguments: [
    ("case-1/case.html", "case-1/case.html"), ("#reads", "#reads"), ("../batch.html", "../batch.html"),
    ("a b/\"x\".html", "a%20b/%22x%22.html"), ("x?y=a:b#c", "x?y=a:b#c"), ("100%.html", "100%25.html"),
    ("a%20b", "a%20b"), ("é.html", "%C3%A9.html"), ("./a:b", "./a:b"),
  ])
  func aRelativeReferenceIsPercentEncoded(_ reference: String, _ href: String) throws {
    #expect(try RelativeLink(reference).href == href)
  }

  @Test func namesOfFilesMayHoldAnyCharacter() throws {
    #expect(try RelativeLink(path: ["a:b", "c#d?e%20.html"]).href == "a%3Ab/c%23d%3Fe%2520.html")
    #expect(try RelativeLink(path: ["x/y"], fragment: "s").href == "x%2Fy#s")
    for path in [[], [""], [".."], ["a", "."], ["a\u{0}"]] {
      #expect(throws: ReportError.self) { try RelativeLink(path: path) }
    }
  }
}
