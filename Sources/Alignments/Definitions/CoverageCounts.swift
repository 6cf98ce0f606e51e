/// What is counted along contigs for all definitions of coverage; sums only, so that parts can be added up.
struct CoverageCounts: Sendable, Equatable {
  /// Depths from here on are counted as this one, Picard's COVERAGE_CAP.
  static let cap = 250
  /// The depth that laboratories ask for (Genomics England, GA4GH).
  static let asked = 15

  /// Bases that are not N by depth of bases of quality 20 or more in reads of mapping quality 20 or more.
  var depths = [Int](repeating: 0, count: cap + 1)
  /// The same by depth of bases of quality 3 or more; overlapping mates twice.
  var rawDepths = [Int](repeating: 0, count: cap + 1)
  /// The qualities of those bases, up to the cap at each position.
  var qualities = [Int](repeating: 0, count: 127)
  /// Bases that are not N with 15 reads or more of mapping quality over 10, whatever the base quality.
  var plainAtAsked = 0

  /// Aligned bases of reads that begin with an adapter.
  var adapter = 0
  /// Of the others, those of reads of mapping quality under 20.
  var lowMappingQuality = 0
  /// Of the others, those of duplicates.
  var duplicate = 0
  /// Of the others, those of reads without a mapped mate.
  var unpaired = 0
  /// Bases of quality under 20 or N, over bases of the reference that are not N.
  var lowBaseQuality = 0
  /// Bases that another read of the same name already covers.
  var overlap = 0
  /// Bases over the cap.
  var capped = 0

  /// Bases that are not N.
  var territory: Int { depths.reduce(0, +) }

  static func += (a: inout CoverageCounts, b: CoverageCounts) {
    for depth in a.depths.indices {
      a.depths[depth] += b.depths[depth]
      a.rawDepths[depth] += b.rawDepths[depth]
    }
    for quality in a.qualities.indices { a.qualities[quality] += b.qualities[quality] }
    a.plainAtAsked += b.plainAtAsked
    a.adapter += b.adapter
    a.lowMappingQuality += b.lowMappingQuality
    a.duplicate += b.duplicate
    a.unpaired += b.unpaired
    a.lowBaseQuality += b.lowBaseQuality
    a.overlap += b.overlap
    a.capped += b.capped
  }
}
