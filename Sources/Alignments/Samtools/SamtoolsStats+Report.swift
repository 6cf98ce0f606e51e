extension SamtoolsStats {
  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] { [".stats.txt"] }

  /// The text as `.stats.txt`, and the metrics that it gives.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    var text = StatsText(self, walk: result[SamtoolsStatsWalk.self], isSorted: result.isSorted ?? true)
    report.add(".stats.txt", text.render())
    var all = inserts[0]
    all.merge(inserts[1])
    let insert = all.summary
    let passedInsert = inserts[0].summary
    let yield = basesQ30
    func metric(_ id: String, _ value: Double?, _ unit: String, _ definition: String, _ equalTo: String) {
      report.metrics.append(
        AlignmentMetrics.Metric(id: id, value: value, unit: unit, definition: definition, equalTo: equalTo))
    }
    func percent(_ part: Int, _ whole: Int) -> Double? { whole == 0 ? nil : 100 * Double(part) / Double(whole) }
    let properlyPaired = percent(counts.passed.z, counts.passed.x)
    let ofPassed = "primary records without the QC-fail flag; duplicates in; no mapping quality floor"
    metric(
      "reads.proper_pct_of_all", properlyPaired, "percent", "properly paired, both mates mapped, of all \(ofPassed)",
      "GA4GH pct_reads_properly_paired")
    metric(
      "reads.mq0_pct", percent(counts.mappingQuality0, counts.mappedPaired + counts.mappedSingle), "percent",
      "mapping quality 0 of primary mapped records with bases", "samtools stats: reads MQ0 / reads mapped")
    metric(
      "bases.q30_yield", Double(yield), "bases", "quality 30 or more, clipped bases in; \(ofPassed)",
      "GA4GH yield_bp_q30")
    metric(
      "insert.mean", insert.pairs.total == 0 ? nil : insert.mean, "bases",
      "primary pairs with both mates mapped; the shortest 99 %, sizes above 8000 as 8000",
      "samtools stats: insert size average")
    metric(
      "insert.sd", insert.pairs.total == 0 ? nil : insert.deviation, "bases",
      "primary pairs with both mates mapped; the shortest 99 %, sizes above 8000 as 8000",
      "samtools stats: insert size standard deviation")
    metric(
      "error.nm_rate",
      counts.withDistance == 0 || counts.alignedBases == 0
        ? nil : Double(counts.mismatches) / Double(counts.alignedBases), "fraction",
      "sum of NM over CIGAR bases M, I, = and X of mapped records that are not secondary; unknown where no record has NM",
      "samtools stats: error rate")
    metric("yield_bp_q30", Double(yield), "bases", "quality 30 or more, clipped bases in; \(ofPassed)", "GA4GH")
    metric(
      "pct_reads_mapped", percent(counts.passed.y, counts.passed.x), "percent", "mapped, of \(ofPassed)", "GA4GH")
    metric(
      "pct_reads_properly_paired", properlyPaired, "percent", "properly paired, both mates mapped, of \(ofPassed)",
      "GA4GH")
    metric(
      "mean_insert_size", passedInsert.pairs.total == 0 ? nil : passedInsert.mean, "bases",
      "pairs of \(ofPassed); the shortest 99 %, sizes above 8000 as 8000", "GA4GH")
    metric(
      "insert_size_std_deviation", passedInsert.pairs.total == 0 ? nil : passedInsert.deviation, "bases",
      "pairs of \(ofPassed); the shortest 99 %, sizes above 8000 as 8000", "GA4GH")
  }

  /// Bases of quality 30 or more in primary records without the QC-fail flag; missing qualities are none.
  var basesQ30: Int {
    qualities.reduce(0) { $0 + $1.histogram[30..<255].reduce(0, +) } - counts.failedBasesQ30
  }
}
