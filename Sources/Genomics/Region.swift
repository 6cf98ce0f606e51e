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

extension Region: Codable {
  private enum CodingKeys: String, CodingKey { case contig, start, end }

  /// Positions counted from 0.
  /// - Throws: `DecodingError` also for a region that ends before it starts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let (start, end) = (try container.decode(Int.self, forKey: .start), try container.decode(Int.self, forKey: .end))
    guard start >= 0, start <= end else {
      throw DecodingError.dataCorruptedError(
        forKey: .end, in: container, debugDescription: "a region cannot end before it starts, nor start before base 0")
    }
    self.init(
      contig: try container.decode(String.self, forKey: .contig), start: ZeroBasedPosition(start),
      end: ZeroBasedPosition(end))
  }

  /// Positions counted from 0.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(contig, forKey: .contig)
    try container.encode(start.value, forKey: .start)
    try container.encode(end.value, forKey: .end)
  }
}
