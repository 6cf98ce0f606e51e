import Reports

extension SampleReports {
  static let changes = ["C>A", "C>G", "C>T", "T>A", "T>C", "T>G"]
  static let colours = ["#03BCEE", "#010101", "#E32926", "#CAC9C9", "#A1CE63", "#EBC6C4"]

  /// The 96 classes of substitutions, in the field's order.
  static func substitutions(_ values: [Double]) -> BarPlot {
    let sides = "ACGT".flatMap { before in "ACGT".map { (String(before), String($0)) } }
    return BarPlot(
      PlotLabels(
        title: "Single-base substitutions by class", x: Axis("Base before, changed base, base behind"),
        y: Axis("Substitutions", format: .integer)),
      categories: changes.flatMap { change in sides.map { "\($0.0)[\(change)]\($0.1)" } }, values: values,
      groups: zip(changes, colours).map { change, colour in
        BarPlot.Group(change, colour: colour, ticks: sides.map { "\($0.0)\(change.prefix(1))\($0.1)" })
      })
  }

  static func exposures() -> HorizontalBarPlot {
    HorizontalBarPlot(
      PlotLabels(title: "Exposures", x: Axis("Substitutions", format: .integer), y: Axis("Signature")),
      bars: [
        .init("SBS1", 420, interval: 380...470), .init("SBS5", 200, interval: 0...520), .init("SBS13", 12),
      ])
  }

  /// Plots of a tumour, also without anything in them.
  static func tumourPlots() -> ReportDocument {
    ReportDocument(
      title: "Tumour",
      sections: [
        ReportSection(
          id: "plots", heading: "Plots",
          blocks: [
            .plot(.bars(substitutions((0..<96).map { Double(($0 * 37) % 91) }))),
            .plot(.bars(substitutions(Array(repeating: 0, count: 96)))),
            .plot(.horizontalBars(exposures())),
          ])
      ])
  }
}
