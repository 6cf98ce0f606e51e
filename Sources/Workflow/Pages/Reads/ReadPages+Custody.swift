import Reads
import Reports

extension ReadPages {
  /// Groups that the page shows; the JSON has all.
  static let custodyLimit = 32

  /// Checksums of what came in, was kept, was dropped and went out.
  static func custody(_ metrics: ReadMetrics) -> [ReportBlock] {
    let groups = metrics.custody.sorted { $0.key < $1.key }
    let unequal = groups.filter { !$0.value.balances }.map(\.key)
    var rows = groups.prefix(custodyLimit).flatMap { self.rows(name($0.key), $0.value) }
    if groups.count > 1 {
      rows += self.rows("all", groups.reduce(into: ReadCustody()) { $0.merge($1.value) })
    }
    var blocks: [ReportBlock] = [
      .text(
        "Each line sums the reads of a flow cell and lane in a way that does not depend on their order, as samtools checksum does. ‘In’ and ‘out’ are equal to what samtools 1.22 or later prints for an unaligned or aligned BAM that holds exactly these reads; another value means that a read was lost, added, renamed or altered on the way. ‘Kept’ are the reads that went out, as they came in."
      ),
      .text(
        unequal.isEmpty
          ? "By number and by checksum, what came in is what was kept and what was dropped."
          : "What came in is not what was kept and what was dropped in: \(unequal.joined(separator: ", ")). Do not use the output."
      ),
      .table(
        ReportTable(
          caption: "Checksums by flow cell and lane, as the reads’ names tell them",
          columns: [
            Column("Lane"), Column("Reads"), .number("Number"), Column("Bases", unit: "flag+seq"),
            Column("Names", unit: "+name"), Column("Qualities", unit: "+qual"),
          ], rows: rows, emptyText: "There were no reads.")),
    ]
    if groups.count > custodyLimit {
      blocks.append(
        .text("\(NumberFormat.grouped(groups.count - custodyLimit)) further groups are in the JSON."))
    }
    return blocks
  }

  /// Four lines a group, or one where all that came in went out unaltered.
  private static func rows(_ name: String, _ custody: ReadCustody) -> [[Cell]] {
    let stages =
      custody.input == custody.output && custody.dropped.reads == 0
      ? [("in and out", custody.input)]
      : [("in", custody.input), ("kept", custody.kept), ("dropped", custody.dropped), ("out", custody.output)]
    return stages.map { stage, sum in
      [
        .text(name), .text(stage), .count(sum.reads), .code(hexadecimal(sum.sequence)), .code(hexadecimal(sum.name)),
        .code(hexadecimal(sum.quality)),
      ]
    }
  }

  private static func name(_ group: String) -> String { group == "-" ? "unknown" : group }

  /// Eight digits, as samtools prints them.
  static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
