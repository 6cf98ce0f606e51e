public import GenomicFiles

/// The counts of `samtools flagstat`, and their text.
///
/// A record is classed secondary, else supplementary, else primary; pairing lines count primary records only, while
/// `mapped` and `duplicates` count all. Source: samtools 1.16, measured; reference/qc.md 3.2.
public struct Flagstat: RecordCollector, Equatable {
  /// `flagstat`.
  public static let name = "flagstat"

  /// One line's counts.
  public struct Counts: Sendable, Equatable, Codable {
    /// Records without the QC-fail flag.
    public var passed = 0
    /// Records with the QC-fail flag.
    public var failed = 0

    static func += (a: inout Counts, b: Counts) {
      a.passed += b.passed
      a.failed += b.failed
    }
  }

  /// The lines, in the order of the text.
  public enum Line: Int, CaseIterable, Sendable {
    case total, primary, secondary, supplementary, duplicates, primaryDuplicates, mapped, primaryMapped, paired, read1,
      read2, properlyPaired, bothMapped, singletons, mateOnOtherContig, mateOnOtherContigMapQ5
  }

  private var counts = [Counts](repeating: Counts(), count: Line.allCases.count)

  /// Nothing counted.
  public init() {}

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) { self.init() }

  /// A line's counts.
  public subscript(line: Line) -> Counts { counts[line.rawValue] }

  /// Counts a record.
  public mutating func add(_ record: AlignmentRecord) {
    let flags = record.flags
    counts.withUnsafeMutableBufferPointer { counts in
      func count(_ line: Line) {
        if flags.contains(.qualityFail) {
          counts[line.rawValue].failed &+= 1
        } else {
          counts[line.rawValue].passed &+= 1
        }
      }
      let isMapped = !flags.contains(.unmapped)
      count(.total)
      if isMapped { count(.mapped) }
      if flags.contains(.duplicate) { count(.duplicates) }
      if flags.contains(.secondary) {
        count(.secondary)
        return
      }
      if flags.contains(.supplementary) {
        count(.supplementary)
        return
      }
      count(.primary)
      if isMapped { count(.primaryMapped) }
      if flags.contains(.duplicate) { count(.primaryDuplicates) }
      guard flags.contains(.paired) else { return }
      count(.paired)
      if flags.contains(.properPair), isMapped { count(.properlyPaired) }
      if flags.contains(.read1) { count(.read1) }
      if flags.contains(.read2) { count(.read2) }
      guard isMapped else { return }
      if flags.contains(.mateUnmapped) {
        count(.singletons)
        return
      }
      count(.bothMapped)
      if record.contig != record.mateContig {
        count(.mateOnOtherContig)
        if record.mappingQuality >= 5 { count(.mateOnOtherContigMapQ5) }
      }
    }
  }

  /// Adds a part.
  public mutating func merge(_ other: Flagstat) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// The text of `samtools flagstat`, byte for byte.
  public var text: String {
    let pairs: [(Line, String, Line?)] = [
      (.total, "in total (QC-passed reads + QC-failed reads)", nil), (.primary, "primary", nil),
      (.secondary, "secondary", nil), (.supplementary, "supplementary", nil), (.duplicates, "duplicates", nil),
      (.primaryDuplicates, "primary duplicates", nil), (.mapped, "mapped", .total),
      (.primaryMapped, "primary mapped", .primary), (.paired, "paired in sequencing", nil), (.read1, "read1", nil),
      (.read2, "read2", nil), (.properlyPaired, "properly paired", .paired),
      (.bothMapped, "with itself and mate mapped", nil), (.singletons, "singletons", .paired),
      (.mateOnOtherContig, "with mate mapped to a different chr", nil),
      (.mateOnOtherContigMapQ5, "with mate mapped to a different chr (mapQ>=5)", nil),
    ]
    return pairs.map { line, label, whole in
      let count = self[line]
      let share = whole.map {
        " (\(Self.percent(count.passed, self[$0].passed)) : \(Self.percent(count.failed, self[$0].failed)))"
      }
      return "\(count.passed) + \(count.failed) \(label)\(share ?? "")\n"
    }.joined()
  }

  /// Divided in single precision and multiplied in double, as samtools does, so that the last digit is the same.
  static func percent(_ part: Int, _ whole: Int) -> String {
    guard whole != 0 else { return "N/A" }
    return fixedPoint(Double(Float(part) / Float(whole)) * 100, places: 2) + "%"
  }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] { [".flagstat.txt"] }

  /// The text as `.flagstat.txt`, and the shares that it gives.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    func both(_ line: Line) -> Int { self[line].passed + self[line].failed }
    func percent(_ part: Int, _ whole: Int) -> Double? { whole == 0 ? nil : 100 * Double(part) / Double(whole) }
    report.add(".flagstat.txt", text)
    report.metrics += [
      AlignmentMetrics.Metric(
        id: "reads.total", value: Double(both(.primary)), unit: "reads", definition: "primary records",
        equalTo: "samtools stats: raw total sequences"),
      AlignmentMetrics.Metric(
        id: "reads.mapped_pct", value: percent(self[.primaryMapped].passed, self[.primary].passed), unit: "percent",
        definition: "mapped of primary records without the QC-fail flag; duplicates in; no mapping quality floor",
        equalTo: "GA4GH pct_reads_mapped"),
      AlignmentMetrics.Metric(
        id: "reads.proper_pct_of_paired", value: percent(both(.properlyPaired), both(.paired)), unit: "percent",
        definition: "properly paired of primary records paired in sequencing", equalTo: "samtools flagstat"),
      AlignmentMetrics.Metric(
        id: "reads.duplicate_pct", value: percent(both(.primaryDuplicates), both(.primary)), unit: "percent",
        definition: "flag 0x400 of primary records", equalTo: "samtools flagstat: primary duplicates"),
    ]
  }
}
