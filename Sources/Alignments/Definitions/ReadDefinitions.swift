public import GenomicFiles

/// Soft clipping and chimeric pairs.
public struct ReadDefinitions: RecordCollector, Equatable {
  /// `reads`.
  public static let name = "reads"

  static let excluded: AlignmentFlags = [.unmapped, .secondary, .qualityFail, .supplementary]
  /// Mates further apart than this are chimeric, as Picard's and samtools' tools have it.
  static let farthest = 100_000

  /// Bases of primary mapped records that pass filters, and those of them that are soft-clipped.
  private(set) var bases = 0
  private(set) var clipped = 0
  /// Such records that are no duplicates and whose mate is mapped too, and those of them that are chimeric.
  private(set) var pairs = 0
  private(set) var chimeric = 0

  /// Nothing counted.
  public init?(_ setting: CollectorSetting) {}

  /// Counts a record.
  public mutating func add(_ record: AlignmentRecord) {
    let flags = record.flags
    guard flags.isDisjoint(with: Self.excluded) else { return }
    bases &+= record.sequenceLength
    // S.
    for operation in record.cigar where operation.code == 4 { clipped &+= operation.length }
    guard flags.contains(.paired), flags.isDisjoint(with: [.mateUnmapped, .duplicate]) else { return }
    pairs &+= 1
    if record.contig != record.mateContig || record.templateLength.magnitude > Self.farthest { chimeric &+= 1 }
  }

  /// Adds another part.
  public mutating func merge(_ other: ReadDefinitions) {
    bases += other.bases
    clipped += other.clipped
    pairs += other.pairs
    chimeric += other.chimeric
  }

  /// Two percentages.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    report.metrics.append(
      AlignmentMetrics.Metric(
        id: "clip.soft_pct", value: (100 * Double(clipped) / Double(bases)).finite, unit: "percent",
        definition: "soft-clipped bases of all bases of primary mapped records that pass filters, duplicates included",
        equalTo: nil))
    report.metrics.append(
      AlignmentMetrics.Metric(
        id: "reads.chimeric_pct", value: (100 * Double(chimeric) / Double(pairs)).finite, unit: "percent",
        definition:
          "mate on another contig, or TLEN over 100,000 bases: of primary records that pass filters, no duplicates, both mates mapped, any mapping quality and orientation; split alignments alone are not chimeric",
        equalTo: nil))
    if bases == 0 { report.unknowns["soft-clipping-unknown-no-mapped-records"] = 1 }
    if pairs == 0 { report.unknowns["chimeric-pairs-unknown-no-mapped-pairs"] = 1 }
  }
}
