/// Turns the document's values into the nodes that the templates show.
struct ViewMaker {
  /// Ids that the page template and the shared definitions use.
  static let reservedIdentifiers =
    ["content", "contents-heading", "top"] + Status.allCases.map { "glyph-\($0.rawValue)" }
    + (1...SeriesMark.count).map { "pattern-\($0)" }

  var identifiers = Identifiers(reserved: Self.reservedIdentifiers)

  mutating func page(_ document: ReportDocument) throws(ReportError) -> View {
    // Sections first: a link to one from another page must not depend on what stands in it.
    let sectionIdentifiers = document.sections.map { identifiers.unique($0.id) }
    let stamps = Set(document.banners.map(\.status).filter(\.stampsPages))
    let stamp = Status.allCases.filter(stamps.contains).map(\.word).joined(separator: " – ")
    var view: View = [
      "title": document.title, "language": document.language,
      "windowTitle": (stamp.isEmpty ? "" : stamp + " – ") + document.title,
      "banners": document.banners.map(banner), "footer": document.footer,
    ]
    view.set("subtitle", document.subtitle)
    view.set("stamp", stamp.isEmpty ? nil : stamp)
    view.set("hasFooter", document.footer.isEmpty ? nil : true)
    var sections: [View] = []
    var contents: [View] = []
    for (section, identifier) in zip(document.sections, sectionIdentifiers) {
      var node: View = ["id": identifier, "heading": section.heading]
      node["blocks"] = try blocks(section.blocks, level: 3)
      node.set("status", section.status.map { status($0) })
      sections.append(node)
      var entry: View = ["id": identifier, "heading": section.heading]
      entry.set("status", section.status.map { status($0) })
      contents.append(entry)
    }
    view["sections"] = sections
    // One or two sections need no list, and a table of cases can use its room.
    if sections.count > 2 { view["contents"] = ["entries": contents] as View }
    return view
  }

  private func banner(_ banner: Banner) -> View {
    var view: View = [
      "kind": banner.status.rawValue, "word": banner.status.word, "heading": banner.heading,
    ]
    if !banner.lines.isEmpty { view["lines"] = ["items": banner.lines] as View }
    return view
  }

  func status(_ status: Status, remark: String? = nil) -> View {
    var view: View = ["kind": status.rawValue, "word": status.word]
    view.set("remark", remark)
    return view
  }

  /// - Parameter level: heading level of groups among the blocks.
  mutating func blocks(_ blocks: [ReportBlock], level: Int) throws(ReportError) -> [View] {
    var views: [View] = []
    for block in blocks { views.append(try view(block, level: level)) }
    return views
  }

  private mutating func view(_ block: ReportBlock, level: Int) throws(ReportError) -> View {
    switch block {
    case .text(let text): return ["template": "text", "text": text]
    case .list(let items): return ["template": "list", "items": items]
    case .keyFigures(let figures): return ["template": "figures", "figures": figures.map(keyFigure)]
    case .definitions(let definitions):
      let pairs = definitions.map { ["label": $0.label, "cell": cell($0.value)] as View }
      return ["template": "pairs", "pairs": pairs]
    case .table(let table): return try self.table(table)
    case .outcomes(let caption, let rows):
      return try self.table(
        ReportTable(
          caption: caption, columns: [Column("Rule"), Column("Outcome"), Column("Evidence")],
          rows: rows.map { [.text($0.rule), .outcome($0.outcome), .text($0.evidence)] }))
    case .plot(let plot): return try self.plot(plot)
    case .group(let heading, let blocks):
      return [
        "template": "group", "level": String(min(6, level)), "heading": heading,
        "blocks": try self.blocks(blocks, level: level + 1),
      ]
    case .details(let summary, let blocks):
      return ["template": "fold", "summary": summary, "blocks": try self.blocks(blocks, level: level)]
    }
  }

  private func keyFigure(_ figure: KeyFigure) -> View {
    var view: View = ["label": figure.label]
    if figure.value == NumberFormat.noValue { view["isMissing"] = true } else { view["value"] = figure.value }
    // Eleven digits and more, such as a number of bases, would break in the middle at the larger size.
    view["isLong"] = figure.value.count > 12
    view.set("unit", figure.unit)
    view.set("note", figure.note)
    view.set("status", figure.status.map { status($0) })
    return view
  }
}
