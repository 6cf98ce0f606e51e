/// Read metrics in the layout of fastp's JSON, so that MultiQC's fastp module shows them.
///
/// Field names and shapes are fastp's, but for what fastp has no place for: `duplicate_reads`, `length_histogram`,
/// `gc_histogram`, `custody` and `warnings`.
public struct ReadMetrics: Sendable, Codable, Equatable {
  /// Totals of one stage.
  public struct Stage: Sendable, Codable, Equatable {
    /// Reads, both mates.
    public var total_reads: Int
    /// Bases, both mates.
    public var total_bases: Int
    /// Bases of Phred 20 or more.
    public var q20_bases: Int
    /// Bases of Phred 30 or more.
    public var q30_bases: Int
    /// Share of bases of Phred 20 or more, 0 to 1.
    public var q20_rate: Double
    /// Share of bases of Phred 30 or more, 0 to 1.
    public var q30_rate: Double
    /// Mean length of first mates in bases, rounded down.
    public var read1_mean_length: Int
    /// Mean length of second mates in bases, rounded down.
    public var read2_mean_length: Int?
    /// Share of G and C among all bases, 0 to 1.
    public var gc_content: Double
  }

  /// Stages side by side.
  public struct Summary: Sendable, Codable, Equatable {
    /// The version of fastp whose layout and rules these are; MultiQC looks for it.
    public var fastp_version: String
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
    /// Reads in which bases were corrected; nil: not looked at.
    public var corrected_reads: Int?
    /// Bases corrected; nil: not looked at.
    public var corrected_bases: Int?
    /// Reads dropped for low quality.
    public var low_quality_reads: Int
    /// Reads dropped for too many N.
    public var too_many_N_reads: Int
    /// Reads dropped for low complexity; nil: not looked at.
    public var low_complexity_reads: Int?
    /// Reads dropped for being too short.
    public var too_short_reads: Int
    /// Reads dropped for being too long.
    public var too_long_reads: Int
    /// Reads dropped because all their bases (and their mates') were seen before; nil: not looked at.
    public var duplicate_reads: Int?
  }

  /// How many reads or pairs have the bases of another.
  public struct Duplication: Sendable, Codable, Equatable {
    /// Their share, 0 to 1.
    public var rate: Double
    /// One in this many distinct reads or pairs was looked at; 1: all.
    public var sampled: Int
  }

  /// Insert sizes as the overlap of mates tells.
  public struct InsertSize: Sendable, Codable, Equatable {
    /// The most frequent size, in bases.
    public var peak: Int
    /// Pairs without an overlap, or of 512 bases or more.
    public var unknown: Int
    /// Pairs by size, 0 to 511 bases.
    public var histogram: [Int]
  }

  /// What was cut as adapters.
  public struct AdapterCutting: Sendable, Codable, Equatable {
    /// Reads from which an adapter was cut.
    public var adapter_trimmed_reads: Int
    /// Bases that were cut.
    public var adapter_trimmed_bases: Int
    /// The adapter of first mates, given or found, or `unspecified`.
    public var read1_adapter_sequence: String
    /// The adapter of second mates, given or found, or `unspecified`.
    public var read2_adapter_sequence: String?
    /// What was cut from first mates, by sequence: those of at least 1 %, and `others`.
    public var read1_adapter_counts: [String: Int]
    /// What was cut from second mates.
    public var read2_adapter_counts: [String: Int]?
  }

  /// What was cut as tails of one base.
  public struct PolyXTrimming: Sendable, Codable, Equatable {
    /// Reads from which a tail was cut.
    public var total_polyx_trimmed_reads: Int
    /// The same by base.
    public var polyx_trimmed_reads: [String: Int]
    /// Bases that were cut.
    public var total_polyx_trimmed_bases: Int
    /// The same by base.
    public var polyx_trimmed_bases: [String: Int]
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
    /// Arithmetic mean Phred score by cycle, of each base (that of all bases where there is none) and of all (`mean`).
    public var quality_curves: [String: [Double]]
    /// Fractions of A, C, G, T, N and GC by cycle.
    public var content_curves: [String: [Double]]
    /// 5-mers.
    public var kmer_count: [String: Int]
    /// Reads by length in bases, as `[length, reads]`, ascending, without empty lengths.
    public var length_histogram: [[Int]]
    /// Reads by GC percent, 0 to 100.
    public var gc_histogram: [Int]
  }

  /// Totals before and after.
  public var summary: Summary
  /// Reads by outcome.
  public var filtering_result: FilteringResult
  /// Duplicates.
  public var duplication: Duplication
  /// Insert sizes; nil for single reads.
  public var insert_size: InsertSize?
  /// Adapters; nil where none were looked for.
  public var adapter_cutting: AdapterCutting?
  /// Tails of one base; nil where none were looked for.
  public var polyx_trimming: PolyXTrimming?
  /// First mates or single reads as they came in.
  public var read1_before_filtering: File
  /// The same as they went out.
  public var read1_after_filtering: File
  /// Second mates as they came in.
  public var read2_before_filtering: File?
  /// The same as they went out.
  public var read2_after_filtering: File?
  /// Checksums of what came in, was kept, was dropped and went out, by flow cell and lane (`samtools checksum`).
  public var custody: [String: ReadCustody]
  /// What was odd but legal, with its count, over all input files.
  public var warnings: [String: Int]
  /// The command that made the file, without what cannot change it; the sample's name stands where MultiQC looks for it.
  public var command: String
}
