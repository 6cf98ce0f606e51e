import Reads
import Reports

extension ReadPages {
  /// Rows of a table of cut sequences.
  private static let sequenceLimit = 15
  /// How the sum of rare sequences is called in the metrics.
  private static let others = "others"

  /// What was cut as adapters.
  static func adapters(_ metrics: ReadMetrics) -> [ReportBlock] {
    guard let cutting = metrics.adapter_cutting else {
      return [.text("No adapter was given or found, so none was cut.")]
    }
    let before = metrics.summary.before_filtering
    var definitions = [
      Definition(
        cutting.read2_adapter_sequence == nil ? "Adapter" : "Adapter of R1", sequence(cutting.read1_adapter_sequence))
    ]
    if let second = cutting.read2_adapter_sequence { definitions.append(Definition("Adapter of R2", sequence(second))) }
    definitions += [
      Definition(
        "Reads from which an adapter was cut",
        .text(
          "\(NumberFormat.grouped(cutting.adapter_trimmed_reads)), \(share(cutting.adapter_trimmed_reads, before.total_reads)) of all"
        )),
      Definition(
        "Bases cut as adapters",
        .text(
          "\(NumberFormat.grouped(cutting.adapter_trimmed_bases)), \(share(cutting.adapter_trimmed_bases, before.total_bases)) of all"
        )),
    ]
    var blocks: [ReportBlock] = [.definitions(definitions)]
    if cutting.read2_adapter_sequence != nil {
      blocks.append(
        .text(
          "In pairs an adapter is cut where the overlap of the mates shows that the insert ends before the read does; only where the overlap cuts nothing is the adapter's sequence looked for, if one is known."
        ))
    }
    blocks.append(cuts(cutting.read1_adapter_counts, from: cutting.read2_adapter_counts == nil ? "reads" : "R1"))
    if let counts = cutting.read2_adapter_counts { blocks.append(cuts(counts, from: "R2")) }
    return blocks
  }

  private static func sequence(_ text: String) -> Cell {
    text.allSatisfy { "ACGTN".contains($0) } ? .code(text) : .text("neither given nor found")
  }

  /// The most frequent cut sequences; rare ones, and those beyond the table, as a sum.
  private static func cuts(_ counts: [String: Int], from name: String) -> ReportBlock {
    let total = counts.values.reduce(0, +)
    let named = counts.filter { $0.key != others }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = named.prefix(sequenceLimit)
    let rest = total - shown.reduce(0) { $0 + $1.value }
    func row(_ cell: Cell, _ count: Int) -> [Cell] {
      [cell, .count(count), .bar(value: ratio(count, total), maximum: 1, .percent(2))]
    }
    return .table(
      ReportTable(
        caption: "Sequences most often cut as adapters from \(name)",
        columns: [Column("Sequence"), .number("Reads"), .number("Of all cuts")],
        rows: shown.map { row(.code($0.key), $0.value) } + (rest > 0 ? [row(.text("all others"), rest)] : []),
        emptyText: "None was cut."))
  }

  /// What was cut as tails of one base.
  static func tails(_ metrics: ReadMetrics) -> [ReportBlock] {
    guard let tails = metrics.polyx_trimming else { return [] }
    return [
      .table(
        ReportTable(
          caption: "Tails of one base that were cut",
          columns: [Column("Base"), .number("Reads"), .number("Bases")],
          rows: ["A", "C", "G", "T"].map {
            [.text($0), .count(tails.polyx_trimmed_reads[$0] ?? 0), .count(tails.polyx_trimmed_bases[$0] ?? 0)]
          } + [
            [.text("All"), .count(tails.total_polyx_trimmed_reads), .count(tails.total_polyx_trimmed_bases)]
          ]))
    ]
  }
}
