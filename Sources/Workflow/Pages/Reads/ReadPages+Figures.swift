import Reads
import Reports

extension ReadPages {
  /// The figures that are looked at first: what went out, with what came in below where it differs.
  static func figures(_ metrics: ReadMetrics) -> [ReportBlock] {
    let (before, after) = (metrics.summary.before_filtering, metrics.summary.after_filtering)
    let isChanged = metrics.changesReads
    func came(_ text: String) -> String? { isChanged ? "\(text) as they came in" : nil }
    var cards = [
      KeyFigure(
        "Reads", value: NumberFormat.grouped(before.total_reads),
        note: metrics.read2_before_filtering == nil ? "as they came in" : "both mates, as they came in")
    ]
    if isChanged {
      cards.append(
        KeyFigure(
          "Reads that went out", value: NumberFormat.grouped(after.total_reads),
          note: "\(share(after.total_reads, before.total_reads)) of those that came in"))
    }
    cards += [
      KeyFigure(
        "Bases", value: NumberFormat.grouped(after.total_bases),
        note: came(NumberFormat.grouped(before.total_bases))),
      KeyFigure(
        "Bases at Q30 or above", rate(after.q30_rate, after), .percent(2),
        note: came(NumberFormat.percent(2).string(rate(before.q30_rate, before)))),
      KeyFigure(
        "GC", rate(after.gc_content, after), .percent(2),
        note: came(NumberFormat.percent(2).string(rate(before.gc_content, before)))),
      KeyFigure("Duplication", metrics.duplication.rate, .percent(2), note: duplicationNote(metrics)),
    ]
    if let sizes = metrics.insert_size, sizes.known > 0 {
      cards.append(
        KeyFigure(
          "Most frequent insert size", value: NumberFormat.grouped(sizes.peak), unit: "bases",
          note: "unknown for \(share(sizes.unknown, sizes.known + sizes.unknown)) of pairs"))
    }
    if let adapters = metrics.adapter_cutting {
      cards.append(
        KeyFigure(
          "Reads with an adapter cut", value: share(adapters.adapter_trimmed_reads, before.total_reads),
          note: "\(NumberFormat.grouped(adapters.adapter_trimmed_reads)) of those that came in"))
    }
    return [.keyFigures(cards)]
  }

  /// Totals, side by side where they differ.
  static func stages(_ metrics: ReadMetrics) -> ReportBlock {
    let all = [metrics.summary.before_filtering, metrics.summary.after_filtering]
    let isChanged = metrics.changesReads
    let stages = isChanged ? all : [all[0]]
    let mates = ReadMate.mates(of: metrics)
    func row(_ name: String, _ cell: (ReadMetrics.Stage) -> Cell) -> [Cell] { [.text(name)] + stages.map(cell) }
    var rows = [
      row("Reads") { .count($0.total_reads) }, row("Bases") { .count($0.total_bases) },
      row("Bases at Q20 or above") { .count($0.q20_bases) },
      row("Bases at Q20 or above, of all") { .number(rate($0.q20_rate, $0), .percent(3)) },
      row("Bases at Q30 or above") { .count($0.q30_bases) },
      row("Bases at Q30 or above, of all") { .number(rate($0.q30_rate, $0), .percent(3)) },
      row("GC, of all bases") { .number(rate($0.gc_content, $0), .percent(3)) },
    ]
    for mate in mates {
      rows.append([.text("Longest of \(mate.name), in bases")] + mate.stages.map { .count($0.file.total_cycles) })
    }
    return .table(
      ReportTable(
        caption: isChanged
          ? "Before and after trimming and filtering"
          : "Totals. What went out counts the same as what came in, so every figure and curve is shown once",
        columns: [Column("What")] + (isChanged ? [.number("Before"), .number("After")] : [.number("Value")]),
        rows: rows))
  }

  /// A share of a whole, or that there is none.
  static func share(_ part: Int, _ whole: Int) -> String {
    NumberFormat.percent(2).string(whole == 0 ? .nan : Double(part) / Double(whole))
  }

  /// A rate of a stage; without bases there is none.
  private static func rate(_ value: Double, _ stage: ReadMetrics.Stage) -> Double {
    stage.total_bases == 0 ? .nan : value
  }
}
