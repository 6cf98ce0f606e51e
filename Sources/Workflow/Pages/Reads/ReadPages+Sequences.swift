import Reads
import Reports

extension ReadPages {
  /// Rows at each end of the table of 5-mers.
  private static let fiveMerLimit = 10

  /// How many reads or pairs have the bases of another.
  static func duplication(_ metrics: ReadMetrics) -> [ReportBlock] {
    [
      .text(
        "\(NumberFormat.percent(2).string(metrics.duplication.rate)) of \(metrics.unit) have the same bases as one before (\(duplicationNote(metrics))). Duplicates of the library and reads that are alike by chance, as in small targets, both count; duplicates with a sequencing error do not. Do not compare it with duplicates that are marked by position."
      )
    ]
  }

  /// Whether the rate is of all or of a sample.
  static func duplicationNote(_ metrics: ReadMetrics) -> String {
    metrics.duplication.sampled == 1
      ? "of all \(metrics.unit)"
      : "a sample: 1 in \(NumberFormat.grouped(metrics.duplication.sampled)) different \(metrics.unit)"
  }

  /// The 5-mers that are most and least frequent for what their bases let expect.
  static func fiveMers(_ mates: [ReadMate]) -> [ReportBlock] {
    let tables = mates.compactMap { mate -> ReportBlock? in
      guard let stage = mate.stages.first else { return nil }
      let ranked = FiveMerShares(stage.file.kmer_count).ranked
      let isLong = ranked.count > 2 * fiveMerLimit
      let shown = isLong ? Array(ranked.prefix(fiveMerLimit) + ranked.suffix(fiveMerLimit)) : ranked
      return .table(
        ReportTable(
          caption: isLong
            ? "The \(fiveMerLimit) most and the \(fiveMerLimit) least frequent 5-mers, \(mate.label(stage))"
            : "5-mers, \(mate.label(stage))",
          columns: [Column("5-mer"), .number("Times seen"), .number("Of what is expected")],
          rows: shown.map { [.code($0.word), .count($0.count), .number($0.ratio, .decimals(2))] },
          emptyText: "No 5-mer was seen."))
    }
    return [
      .details(
        summary: "5-mers that are frequent and rare for their bases",
        [
          .text(
            "What is expected is the number of all 5-mers times the shares of the five bases. Genomes are far from 1 for some 5-mers, those with CG above all; adapters, primers and tails of one base are far above it."
          )
        ] + tables)
    ]
  }
}

/// How frequent each 5-mer is beside what its bases let expect.
struct FiveMerShares {
  /// A 5-mer.
  struct Entry {
    var word: String
    var count: Int
    /// Count over expectation.
    var ratio: Double
  }

  /// Those that can be expected at all, the most frequent for its bases first.
  let ranked: [Entry]

  init(_ counts: [String: Int]) {
    var bases: [Character: Int] = [:]
    for (word, count) in counts {
      for base in word { bases[base, default: 0] += count }
    }
    let total = Double(counts.values.reduce(0, +))
    let entries = counts.compactMap { word, count -> Entry? in
      let expected = word.reduce(total) { $0 * Double(bases[$1] ?? 0) / (5 * total) }
      return expected > 0 ? Entry(word: word, count: count, ratio: Double(count) / expected) : nil
    }
    ranked = entries.sorted { ($1.ratio, $0.word) < ($0.ratio, $1.word) }
  }
}
