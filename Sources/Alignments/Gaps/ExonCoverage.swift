/// Depth of one exon of one transcript.
public struct ExonCoverage: Sendable, Equatable {
  /// A run of bases with less depth than the profile wants.
  public struct Gap: Sendable, Equatable {
    /// Where it is, 0-based and half-open.
    public var places: Range<Int>
    /// The least depth.
    public var minimum: Int
    /// The sum of depths.
    public var depthSum: Int
    /// Its bases by reason.
    public var bases: [GapReason: Int]
    /// Known pathogenic sites in it; nil where none were given.
    public var sites: [KnownSites.Site]?

    /// The reason of most bases; of as many the first in the order of reasons.
    public var reason: GapReason {
      var best = GapReason.noReads
      var most = 0
      for reason in GapReason.allCases where bases[reason, default: 0] > most {
        best = reason
        most = bases[reason, default: 0]
      }
      return best
    }
  }

  /// The contig's index in the header.
  public var contig: Int
  /// The contig's name.
  public var contigName: String
  /// The exon.
  public var exon: ExonModels.Exon
  /// The least depth.
  public var minimum: Int
  /// The sum of depths.
  public var depthSum: Int
  /// Bases with at least each of the profile's thresholds.
  public var basesAtLeast: [Int]
  /// The gaps, ascending; none touch.
  public var gaps: [Gap]
  /// The least depth of each stretch of ``stretch`` bases, for a drawing; the last may be shorter.
  public var lowest: [UInt16] = []

  /// How many bases one value of ``lowest`` stands for: no more than 100 values an exon.
  public var stretch: Int { Self.stretch(exon.places.count) }

  static func stretch(_ bases: Int) -> Int { max(1, (bases + 99) / 100) }

  /// Mean depth.
  public var mean: Double { exon.places.isEmpty ? 0 : Double(depthSum) / Double(exon.places.count) }
}

/// Depth of a gene's exons on one contig, bases of several exons once.
public struct GeneCoverage: Sendable, Codable, Equatable {
  /// Its symbol.
  public var gene: String
  /// The contig's name.
  public var contig: String
  /// Bases in exons.
  public var bases: Int
  /// Mean depth.
  public var mean: Double
  /// The least depth.
  public var minimum: Int
  /// Percent of bases with at least the depth that is the key.
  public var percentAtLeast: [String: Double]
  /// Bases in gaps.
  public var gapBases: Int
  /// Why reads may lie in the wrong place, whatever the depth; nil for a gene that is not known for it.
  public var misMappingRisk: String?
}
