/// A stretch of one contig, 0-based and half-open: `start` is in it, `end` is the first base after it.
public struct Region: Sendable, Hashable {
  /// The contig's name as its file writes it.
  public var contig: String
  /// The first base, counted from 0.
  public var start: ZeroBasedPosition
  /// The base after the last one, counted from 0.
  public var end: ZeroBasedPosition

  /// The stretch from `start` up to, not including, `end`.
  /// - Precondition: `start <= end`.
  public init(contig: String, start: ZeroBasedPosition, end: ZeroBasedPosition) {
    precondition(start <= end, "a region cannot end before it starts")
    self.contig = contig
    self.start = start
    self.end = end
  }

  /// The number of bases.
  public var count: Int { end.value - start.value }

  /// Whether the two share at least one base.
  public func overlaps(_ other: Region) -> Bool {
    contig == other.contig && start < other.end && other.start < end
  }

  /// Whether the base at `position` is in the region.
  public func contains(_ position: ZeroBasedPosition) -> Bool { start <= position && position < end }
}

extension Region: CustomStringConvertible {
  /// `contig:first-last`, both 1-based and inclusive, as samtools and bcftools write regions.
  public var description: String { "\(contig):\(start.value + 1)-\(end.value)" }
}
