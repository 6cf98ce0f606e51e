public import GenomicFiles

/// What one pass over alignments found.
public struct AlignmentResult: Sendable {
  /// The header.
  public var header: SAMHeader
  /// Records read.
  public var records: Int
  /// Contigs (indices in the header) that carry records.
  public var usedContigs: [Int]
  /// Contigs that carry records and are not in the reference that was given.
  public var contigsNotInReference: [String] = []
  /// Whether the records are in coordinate order; nil where nothing that was collected depends on it.
  public var isSorted: Bool?
  /// The input as read.
  public var input: InputSummary?
  /// Whether the file's bytes have the MD5 that it was delivered with; nil where it was delivered without.
  public var matchesChecksum: Bool?
  /// The collectors that ran to their end, in the order of ``AlignmentCollectors``.
  public var collected: [any AlignmentCollector]

  /// A collector, if it ran.
  public subscript<C: AlignmentCollector>(type: C.Type) -> C? {
    for collector in collected { if let found = collector as? C { return found } }
    return nil
  }

  /// The counts of `samtools flagstat`, if collected.
  public var flagstat: Flagstat? { self[Flagstat.self] }
  /// The counts of `samtools idxstats`, if collected.
  public var idxstats: Idxstats? { self[Idxstats.self] }
  /// Depth by contig, if collected and the records are in coordinate order.
  public var depth: [DepthCollector.Contig]? { self[DepthCollector.self]?.contigs }

  /// What the collectors say, in their order.
  public var report: CollectorReport {
    var report = CollectorReport()
    for collector in collected { collector.report(self, to: &report) }
    report.metrics.append(
      AlignmentMetrics.Metric(
        id: "input.md5_matches", value: matchesChecksum.map { $0 ? 1 : 0 }, unit: "boolean",
        definition:
          "1: the MD5 of the file's stored bytes, computed as they were read, is that of the .md5 file beside it; unknown without one"
      ))
    if isSorted == false { report.unknowns["coverage-unknown-not-coordinate-sorted"] = 1 }
    if !contigsNotInReference.isEmpty { report.warnings["contig-not-in-reference"] = contigsNotInReference.count }
    return report
  }
}
