/// Read metrics in the layout of fastp's JSON, so that MultiQC's fastp module picks them up (reference: fastp 0.23.2).
///
/// Rates are fractions of 1, never percent. "Before" and "after" filtering are the same while nothing is filtered.
public struct ReadMetrics: Sendable, Codable, Equatable {
  /// Totals of one stage.
  public struct Stage: Sendable, Codable, Equatable {
    /// Reads of both files.
    public var total_reads: Int
    /// Bases of both files.
    public var total_bases: Int
    /// Bases of Phred 20 or more.
    public var q20_bases: Int
    /// Bases of Phred 30 or more.
    public var q30_bases: Int
    /// `q20_bases` over `total_bases`.
    public var q20_rate: Double
    /// `q30_bases` over `total_bases`.
    public var q30_rate: Double
    /// Mean length of the first file's reads, in bases, rounded down as fastp does.
    public var read1_mean_length: Int
    /// Mean length of the second file's reads.
    public var read2_mean_length: Int?
    /// G and C over all bases.
    public var gc_content: Double
  }

  /// Stages side by side.
  public struct Summary: Sendable, Codable, Equatable {
    /// `paired end` or `single end` with the cycles.
    public var sequencing: String
    /// What came in.
    public var before_filtering: Stage
    /// What went out.
    public var after_filtering: Stage
  }

  /// Reads by outcome; they add up to the reads that came in.
  public struct FilteringResult: Sendable, Codable, Equatable {
    /// Reads that went out.
    public var passed_filter_reads: Int
    /// Reads dropped for low quality.
    public var low_quality_reads: Int
    /// Reads dropped for too many N.
    public var too_many_N_reads: Int
    /// Reads dropped for being too short.
    public var too_short_reads: Int
    /// Reads dropped for being too long.
    public var too_long_reads: Int
  }

  /// Per-cycle curves of one file.
  public struct File: Sendable, Codable, Equatable {
    /// Reads.
    public var total_reads: Int
    /// Bases.
    public var total_bases: Int
    /// Bases of Phred 20 or more.
    public var q20_bases: Int
    /// Bases of Phred 30 or more.
    public var q30_bases: Int
    /// The longest read, in bases.
    public var total_cycles: Int
    /// Arithmetic mean Phred score by cycle (`mean`).
    public var quality_curves: [String: [Double]]
    /// Fractions of A, C, G, T, N and GC by cycle.
    public var content_curves: [String: [Double]]
    /// Reads by length in bases, as `[length, reads]`, ascending, without empty lengths.
    public var length_histogram: [[Int]]
    /// Reads by GC percent, 0 to 100.
    public var gc_histogram: [Int]
  }

  /// Totals before and after.
  public var summary: Summary
  /// Reads by outcome.
  public var filtering_result: FilteringResult
  /// The first file.
  public var read1_before_filtering: File
  /// The second file.
  public var read2_before_filtering: File?
  /// What was odd but legal, with its count, over all input files.
  public var warnings: [String: Int]
  /// The command that made the file.
  public var command: String

  /// Metrics of counted reads.
  public init(read1: ReadStatistics, read2: ReadStatistics?, warnings: [String: Int], command: String) {
    let files = [read1, read2].compactMap { $0 }
    let bases = files.reduce(0) { $0 + $1.bases }
    let reads = files.reduce(0) { $0 + $1.reads }
    let q20 = files.reduce(0) { $0 + $1.bases(atLeast: 20) }
    let q30 = files.reduce(0) { $0 + $1.bases(atLeast: 30) }
    let strong = files.reduce(0) { $0 + $1.baseTotal(1) + $1.baseTotal(2) }
    let stage = Stage(
      total_reads: reads, total_bases: bases, q20_bases: q20, q30_bases: q30, q20_rate: Self.ratio(q20, bases),
      q30_rate: Self.ratio(q30, bases), read1_mean_length: read1.reads == 0 ? 0 : read1.bases / read1.reads,
      read2_mean_length: read2.map { $0.reads == 0 ? 0 : $0.bases / $0.reads }, gc_content: Self.ratio(strong, bases))
    let sequencing =
      read2.map { "paired end (\(read1.longest) cycles + \($0.longest) cycles)" }
      ?? "single end (\(read1.longest) cycles)"
    summary = Summary(sequencing: sequencing, before_filtering: stage, after_filtering: stage)
    filtering_result = FilteringResult(
      passed_filter_reads: reads, low_quality_reads: 0, too_many_N_reads: 0, too_short_reads: 0, too_long_reads: 0)
    read1_before_filtering = File(read1)
    read2_before_filtering = read2.map(File.init)
    self.warnings = warnings
    self.command = command
  }

  static func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

extension ReadMetrics.File {
  init(_ statistics: ReadStatistics) {
    let cycles = 0..<statistics.cycles
    var content: [String: [Double]] = [:]
    let covered = cycles.map { cycle in (0..<5).reduce(0) { $0 + statistics.baseCount($1, cycle: cycle) } }
    for (index, letter) in ReadStatistics.baseClasses.enumerated() {
      content[String(letter)] = cycles.map {
        ReadMetrics.ratio(statistics.baseCount(index, cycle: $0), covered[$0])
      }
    }
    content["GC"] = cycles.map {
      ReadMetrics.ratio(statistics.baseCount(1, cycle: $0) + statistics.baseCount(2, cycle: $0), covered[$0])
    }
    self.init(
      total_reads: statistics.reads, total_bases: statistics.bases, q20_bases: statistics.bases(atLeast: 20),
      q30_bases: statistics.bases(atLeast: 30), total_cycles: statistics.longest,
      quality_curves: ["mean": cycles.map { statistics.meanQuality(cycle: $0) ?? 0 }], content_curves: content,
      length_histogram: statistics.lengths.enumerated().filter { $0.element > 0 }.map { [$0.offset, $0.element] }
        + statistics.longLengths.sorted { $0.key < $1.key }.map { [$0.key, $0.value] },
      gc_histogram: statistics.gcPercents)
  }
}
