extension ViewMaker {
  mutating func plot(_ plot: Plot) throws(ReportError) -> View {
    try Self.checkLengths(plot)
    let identifier = identifiers.unique("plot")
    let data = plot.data()
    var notes: [String] = []
    let scene: Scene?
    switch plot {
    case .line(let plot): scene = plot.scene()
    case .histogram(let plot):
      let drawing = plot.scene()
      scene = drawing?.scene
      if let drawing, drawing.binsPerBar > 1 {
        notes.append("Each bar stands for up to \(drawing.binsPerBar) bins and is as tall as the tallest of them.")
      }
    case .bars(let plot):
      let drawing = plot.scene()
      scene = drawing?.scene
      if let drawing, drawing.categoriesPerColumn > 1 {
        notes.append(
          "Of every \(drawing.categoriesPerColumn) columns the tallest is drawn.")
      }
    case .horizontalBars(let plot):
      scene = plot.scene()
      if plot.bars.count > HorizontalBarPlot.barLimit {
        notes.append(
          "The first \(HorizontalBarPlot.barLimit) of \(NumberFormat.grouped(plot.bars.count)) bars are drawn.")
      }
    case .funnel(let plot): scene = plot.scene()
    }
    var view: View = ["template": "plot", "id": identifier, "title": plot.labels.title]
    if !plot.labels.description.isEmpty { view["description"] = plot.labels.description }
    view["notes"] = notes
    if let scene { view["image"] = image(scene, plot: plot, data: data, identifier: identifier) }
    if !data.rowNames.isEmpty { view["data"] = table(data, of: plot, identifier: identifier) }
    return view
  }

  private static func checkLengths(_ plot: Plot) throws(ReportError) {
    if case .funnel(let funnel) = plot {
      for point in funnel.points where point.limits.count != funnel.limits.count {
        throw ReportError.seriesLength(
          plot: funnel.labels.title, series: point.name, expected: funnel.limits.count, found: point.limits.count)
      }
    }
    guard case .bars(let bars) = plot else { return }
    let grouped = bars.groups.reduce(0) { $0 + $1.ticks.count }
    guard bars.groups.isEmpty || grouped == bars.categories.count else {
      throw ReportError.seriesLength(
        plot: bars.labels.title, series: "groups", expected: bars.categories.count, found: grouped)
    }
    for series in bars.series where series.values.count != bars.categories.count {
      throw ReportError.seriesLength(
        plot: bars.labels.title, series: series.name, expected: bars.categories.count, found: series.values.count)
    }
  }

  private func image(_ scene: Scene, plot: Plot, data: PlotData, identifier: String) -> View {
    let coordinate = Path.coordinate
    let shapes = scene.shapes.filter { !$0.path.isEmpty }.map { shape in
      var view: View = ["classes": shape.classes, "path": shape.path.text]
      view.set("colour", shape.colour)
      if shape.isClipped { view["clip"] = identifier }
      return view
    }
    let labels = scene.labels.map { label in
      var view: View = [
        "text": label.text, "x": coordinate(label.x), "y": coordinate(label.y), "anchor": label.anchor.rawValue,
        "classes": label.classes,
      ]
      if label.rotation != 0 {
        view["rotation"] = "rotate(\(coordinate(label.rotation)) \(coordinate(label.x)) \(coordinate(label.y)))"
      }
      return view
    }
    return [
      "id": identifier, "title": plot.labels.title, "description": plot.spokenDescription(data),
      "width": coordinate(scene.width), "height": coordinate(scene.height),
      "clipX": coordinate(scene.plotArea.x), "clipY": coordinate(scene.plotArea.y),
      "clipWidth": coordinate(scene.plotArea.width), "clipHeight": coordinate(scene.plotArea.height),
      "shapes": shapes, "labels": labels,
    ]
  }

  private func table(_ data: PlotData, of plot: Plot, identifier: String) -> View {
    let thinning = data.thinning
    let rows = thinning.rows.map { row in
      let values = data.columns.map { column -> View in
        column[row].isFinite ? ["text": data.format.string(column[row])] : ["isMissing": true]
      }
      return ["name": data.rowNames[row], "values": values] as View
    }
    var view: View = [
      "id": identifier, "title": plot.labels.title, "rowTitle": data.rowTitle, "columns": data.columnTitles,
      "rows": rows,
    ]
    // On paper, long and narrow tables run in newspaper columns.
    let isLong = rows.count > 12
    view["columnsOnPaper"] =
      isLong && data.columns.count <= 2 ? "narrow" : isLong && data.columns.count <= 5 ? "medium" : "wide"
    view.set("note", PlotData.note(thinning, rowCount: data.rowNames.count))
    return view
  }
}
