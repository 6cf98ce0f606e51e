extension Plot {
  /// What the picture shows in sentences, for the image's description: kind, axes, and each series' extent.
  func spokenDescription(_ data: PlotData) -> String {
    let words = labels
    var sentences: [String] = words.description.isEmpty ? [] : [words.description]
    let references: [ReferenceLine]
    switch self {
    case .line(let plot):
      sentences.append("Line plot of \(words.y.fullTitle) against \(words.x.fullTitle).")
      references = plot.references
      if !plot.bands.isEmpty { sentences.append("Bands: \(plot.bands.map(\.label).joined(separator: ", ")).") }
    case .histogram(let plot):
      sentences.append("Histogram of \(words.y.fullTitle) by \(words.x.fullTitle).")
      references = plot.references
    case .bars(let plot):
      let kind = plot.series.count > 1 ? "Stacked bars" : "Bars"
      sentences.append("\(kind) of \(words.y.fullTitle) by \(words.x.fullTitle).")
      if !plot.groups.isEmpty {
        sentences.append("Groups, left to right: \(plot.groups.map(\.name).joined(separator: ", ")).")
      }
      references = plot.references
    case .horizontalBars(let plot):
      sentences.append("\(plot.isDots ? "Dots" : "Bars") of \(words.x.fullTitle) by \(words.y.fullTitle).")
      if plot.bars.contains(where: { $0.interval != nil }) { sentences.append("Whiskers show the intervals.") }
      references = plot.references
    case .funnel(let plot):
      sentences.append("Funnel plot of \(words.y.fullTitle) against \(words.x.fullTitle).")
      let beyond = plot.points.filter(\.isBeyond).map(\.name)
      sentences.append(
        beyond.isEmpty ? "No unit is beyond limits." : "Beyond limits: \(beyond.joined(separator: ", ")).")
      references = plot.references
    }
    for (title, column) in zip(data.columnTitles, data.columns) {
      let finite = column.indices.filter { column[$0].isFinite && $0 < data.rowNames.count }
      guard
        let lowest = finite.min(by: { column[$0] < column[$1] }),
        let highest = finite.max(by: { column[$0] < column[$1] })
      else {
        sentences.append("\(title): no values.")
        continue
      }
      let count = finite.count == 1 ? "one value" : "\(NumberFormat.grouped(finite.count)) values"
      sentences.append(
        "\(title): \(count), lowest \(data.format.string(column[lowest])) at \(data.rowNames[lowest]), "
          + "highest \(data.format.string(column[highest])) at \(data.rowNames[highest]).")
    }
    if !references.isEmpty {
      sentences.append("Reference lines: \(references.map(\.label).joined(separator: ", ")).")
    }
    return sentences.joined(separator: " ")
  }
}
