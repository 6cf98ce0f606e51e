public import GenomicFiles

/// Bases of quality 30 or more in reads that count for the yield, and the report of all definitions of coverage.
///
/// Counted in any order; what mates cover twice comes from ``CoverageDefinitions``.
public struct YieldReads: RecordCollector, Equatable {
  /// `wgs`.
  public static let name = "wgs"

  static let excluded: AlignmentFlags = [.secondary, .qualityFail, .duplicate, .supplementary]

  /// Bases of quality 30 or more, clipped and unmapped ones included.
  private(set) var q30 = 0
  private let hasReference: Bool

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) { hasReference = setting.hasReference }

  /// Counts a record.
  public mutating func add(_ record: AlignmentRecord) {
    guard record.flags.isDisjoint(with: Self.excluded), let qualities = record.qualities.baseAddress else { return }
    let count = record.sequenceLength
    var offset = 0
    var found = 0
    while offset < count {
      found &+= QualityMasks.count(QualityMasks.atLeast(30, QualityMasks.load(qualities, offset, of: count)))
      offset &+= 8
    }
    q30 &+= found
  }

  /// Adds another part.
  public mutating func merge(_ other: YieldReads) { q30 += other.q30 }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] { [".wgs_metrics.txt"] }

  /// `.wgs_metrics.txt`, the coverage by each definition, and the yield. What could not be measured has no value, and
  /// the report says why.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    let coverage = result[CoverageDefinitions.self]
    let all = known(coverage, missing: coverage?.contigsWithoutBases ?? 0)
    var autosomes = known(coverage, missing: coverage?.autosomesWithoutBases ?? 0)
    if let coverage {
      if !hasReference {
        report.unknowns["coverage-unknown-without-reference"] = 1
      } else {
        if coverage.contigsWithoutBases > 0 {
          report.unknowns["coverage-unknown-contigs-not-in-reference"] = coverage.contigsWithoutBases
        }
        if coverage.autosomeCount == 0 { report.unknowns["coverage-unknown-no-autosomes"] = 1 }
      }
      if coverage.autosomeCount == 0 { autosomes = nil }
    }
    if let all { report.add(".wgs_metrics.txt", WGSMetrics(all.all).text) }
    report.metrics += Self.metrics(
      all: all?.all, autosomes: autosomes?.autosomes, yield: coverage.map { q30 - $0.q30Overlap })
  }

  private func known(_ coverage: CoverageDefinitions?, missing: Int) -> CoverageDefinitions? {
    hasReference && missing == 0 ? coverage : nil
  }

  private static func metrics(all: CoverageCounts?, autosomes: CoverageCounts?, yield: Int?)
    -> [AlignmentMetrics.Metric]
  {
    let ga4gh = autosomes.map(WGSMetrics.init)
    let plain = { (counts: CoverageCounts?) in
      counts.flatMap { (100 * Double($0.plainAtAsked) / Double($0.territory)).finite }
    }
    let autosomal = "the bases of chr1 to chr22 that are not N"
    let picard =
      "CollectWgsMetrics' rules: primary and supplementary records that pass filters, no duplicates, both mates mapped, mapping quality >= 20; bases of quality >= 20 that are not N, those of one read name once"
    let plainRules =
      "records that pass filters, no duplicates, not secondary, mapping quality > 10; aligned bases of any quality, those of one read name once"
    let equal = { (column: String) in "Picard 2.27.5 CollectWgsMetrics \(column) over the same contigs" }
    return [
      AlignmentMetrics.Metric(
        id: "cov.ga4gh.mean", value: ga4gh?.mean.finite, unit: "x", definition: "mean over \(autosomal); \(picard)",
        equalTo: equal("MEAN_COVERAGE")),
      AlignmentMetrics.Metric(
        id: "cov.ga4gh.pct15", value: ga4gh.flatMap { (100 * $0.share(atLeast: 15)).finite }, unit: "percent",
        definition: "with >= 15x of \(autosomal); \(picard)", equalTo: equal("PCT_15X, times 100")),
      AlignmentMetrics.Metric(
        id: "cov.ga4gh.mad", value: ga4gh.flatMap { (autosomes?.territory ?? 0) > 0 ? $0.deviation : nil }, unit: "x",
        definition: "median absolute deviation of depth over \(autosomal); \(picard)", equalTo: equal("MAD_COVERAGE")),
      AlignmentMetrics.Metric(
        id: "cov.gel_rd.pct15", value: plain(all), unit: "percent",
        definition: "with >= 15x of the bases of all contigs that are not N; \(plainRules)", equalTo: nil),
      AlignmentMetrics.Metric(
        id: "cov.gel_nb.pct15", value: plain(autosomes), unit: "percent",
        definition: "with >= 15x of \(autosomal); \(plainRules)", equalTo: nil),
      AlignmentMetrics.Metric(
        id: "bases.q30_yield_nodup", value: yield.map { Double($0) }, unit: "bases",
        definition:
          "bases of quality >= 30 of primary records that pass filters and are no duplicates, clipped and unmapped bases included; of mates that cover the same base of the reference with such a base, one counts",
        equalTo: nil),
    ]
  }
}
