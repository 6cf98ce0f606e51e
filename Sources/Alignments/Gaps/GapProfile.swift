/// What counts as a gap, and which bases of which reads count as depth.
///
/// The defaults are the profile `exon-default`: 20 reads and shares at 10, 20, 30, 50 and 100 as athena has them, and reads
/// and bases as the GA4GH standard for quality control of whole genomes counts them (mapping quality and base quality of
/// 20 or more, no duplicates, mates' overlap once), but with supplementary alignments, which callers use too. A deleted
/// base is not covered.
public struct GapProfile: Sendable, Codable, Hashable {
  /// The profile's name.
  public var id = "exon-default"
  /// Bases with less depth are a gap.
  public var minimumDepth = 20
  /// Depths at which an exon's share of bases is told.
  public var thresholds = [10, 20, 30, 50, 100]
  /// The least mapping quality of reads that count.
  public var minimumMappingQuality = 20
  /// The least quality of bases that count; bases of reads without qualities count.
  public var minimumBaseQuality = 20

  /// The profile `exon-default`.
  public init() {}
}
