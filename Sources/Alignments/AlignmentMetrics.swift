import GenomicFiles
import Genomics

/// The content of `qc.json`: every alignment metric of one sample, each with its definition.
public struct AlignmentMetrics: Sendable, Codable, Equatable {
  /// One metric.
  public struct Metric: Sendable, Codable, Equatable {
    /// Its identifier (reference/qc.md 3.7).
    public var id: String
    /// Its value; nil where it was not or could not be measured.
    public var value: Double?
    /// `reads`, `x`, `percent`, `fraction`.
    public var unit: String
    /// Which records and bases count, and over what.
    public var definition: String
    /// The tool whose value it must equal.
    public var equalTo: String?
  }

  /// Depth of one contig, or of all.
  public struct Coverage: Sendable, Codable, Equatable {
    /// The contig's name, `total` for all.
    public var contig: String
    /// Its length in bases.
    public var length: Int
    /// Mean depth.
    public var mean: Double
    /// Percent of bases with at least the depth that is the key: 1, 10, 15, 20, 30.
    public var percentAtLeast: [String: Double]
  }

  /// `apus-alignments/1`.
  public var schema = "apus-alignments/1"
  /// Records read.
  public var records: Int
  /// Samples that the read groups name.
  public var samples: [String]
  /// Metrics by definition.
  public var metrics: [Metric]
  /// Depth by contig, those with records first in the header's order, and `total` over all contigs of the header last;
  /// nil where it is unknown.
  public var coverage: [Coverage]?
  /// Bases by depth over all contigs, as `[depth, bases]`, ascending, without empty depths; nil where it is unknown.
  public var depthHistogram: [[Int]]?
  /// Depth of genes and gaps of their exons; nil where no exons were given, or depth is unknown.
  public var exonGaps: ExonGaps?
  /// What was odd but legal, with its count.
  public var warnings: [String: Int]
  /// Why something has no value, with its count.
  public var unknowns: [String: Int]

  /// The depths that coverage is given at.
  public static let thresholds = [1, 10, 15, 20, 30]

  /// Metrics of one pass.
  public init(_ result: AlignmentResult) { self.init(result, result.report) }

  /// Metrics of one pass whose report is at hand.
  public init(_ result: AlignmentResult, _ report: CollectorReport) {
    records = result.records
    samples = result.header.samples
    warnings = (result.input?.warnings ?? [:]).merging(result.header.warnings) { $0 + $1 }
      .merging(report.warnings) { $0 + $1 }
    unknowns = report.unknowns
    metrics = report.metrics
    exonGaps = result[GapsCollector.self].map(ExonGaps.init)
    guard let depth = result.depth else { return }
    let lengths = result.header.contigs.contigs.map { $0.length ?? 0 }
    let used = Set(result.usedContigs)
    var coverage = depth.filter { used.contains($0.index) }.map { contig in
      Coverage(
        contig: result.header.contigs.contigs[contig.index].name, length: lengths[contig.index],
        depthSum: contig.depthSum, histogram: contig.histogram)
    }
    let histogram = Self.sum(depth.map(\.histogram))
    coverage.append(
      Coverage(
        contig: "total", length: lengths.reduce(0, +), depthSum: depth.reduce(0) { $0 + $1.depthSum },
        histogram: histogram))
    self.coverage = coverage
    depthHistogram = histogram.enumerated().filter { $0.element > 0 }.map { [$0.offset, $0.element] }
  }

  private static func sum(_ histograms: [[Int]]) -> [Int] {
    var total: [Int] = [0]
    for histogram in histograms {
      if total.count < histogram.count { total += [Int](repeating: 0, count: histogram.count - total.count) }
      for (depth, bases) in histogram.enumerated() { total[depth] += bases }
    }
    return total
  }
}

extension AlignmentMetrics.Coverage {
  init(contig: String, length: Int, depthSum: Int, histogram: [Int]) {
    self.contig = contig
    self.length = length
    mean = length == 0 ? 0 : Double(depthSum) / Double(length)
    percentAtLeast = [:]
    for threshold in AlignmentMetrics.thresholds {
      let bases = histogram.dropFirst(threshold).reduce(0, +)
      percentAtLeast[String(threshold)] = length == 0 ? 0 : 100 * Double(bases) / Double(length)
    }
  }
}
