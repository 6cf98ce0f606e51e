public import Genomics

/// The metrics of a DRAGEN `*.mapping_metrics.csv` that have a counterpart here: evidence beside what Apus measures.
///
/// A line is `SECTION,READ GROUP,NAME,value[,percent]`; rows of the whole sample have no read group. Which name stands for
/// which metric is the GA4GH standard's own list (quality-control-wgs, release 1).
public struct DRAGENMetrics: Sendable, Equatable {
  /// Values by metric identifier, in the metric's unit.
  public private(set) var values: [String: Double] = [:]

  private enum Column { case value, percent }

  private static let names: [(name: String, column: Column, metric: String)] = [
    ("Q30 bases", .value, "yield_bp_q30"), ("Mapped reads", .percent, "pct_reads_mapped"),
    ("Properly paired reads", .percent, "pct_reads_properly_paired"),
    ("Insert length: mean", .value, "mean_insert_size"),
    ("Estimated sample contamination", .value, "contam.fraction"),
  ]

  /// Reads such a file's text.
  /// - Throws: `InputError` of kind `malformed` where no line is one of the summary, or a number is none.
  public init(csv text: String, path: String) throws(InputError) {
    var found = false
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let columns = line.split(separator: ",", omittingEmptySubsequences: false)
      guard columns.count >= 4, columns[0] == "MAPPING/ALIGNING SUMMARY", columns[1].isEmpty else { continue }
      found = true
      for entry in Self.names where entry.name == columns[2] {
        let place = entry.column == .value ? 3 : 4
        guard columns.indices.contains(place), columns[place] != "NA" else { continue }
        guard let value = Double(columns[place]), value.isFinite else {
          throw InputError(
            .malformed, at: InputLocation(file: path, record: index + 1),
            "\(entry.name) is no number", remedy: "give the mapping metrics as DRAGEN wrote them")
        }
        values[entry.metric] = value
      }
    }
    guard found else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "no line is of a DRAGEN mapping summary",
        remedy: "give the file *.mapping_metrics.csv")
    }
  }
}
