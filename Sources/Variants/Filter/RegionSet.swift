public import Genomics

/// Stretches of contigs, for asking whether something lies in one.
public struct RegionSet: Sendable {
  /// The stretches of a contig: sorted, apart from each other, none empty. 0-based and half-open.
  struct Stretches: Sendable {
    var starts: [Int] = []
    var ends: [Int] = []

    /// Whether a stretch shares a base with `start..<end`, which is not empty.
    func overlaps(_ start: Int, _ end: Int) -> Bool {
      // The first stretch that ends behind `start`.
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if ends[middle] > start { high = middle } else { low = middle + 1 }
      }
      return low < starts.count && starts[low] < end
    }
  }

  private var byContig: [String: Stretches] = [:]

  /// The union of regions; those without bases are left out.
  public init(_ regions: some Sequence<Region>) {
    for (contig, regions) in Dictionary(grouping: regions, by: \.contig) {
      var stretches = Stretches()
      for region in regions.sorted(by: { $0.start.value < $1.start.value }) where region.count > 0 {
        if let last = stretches.ends.last, region.start.value <= last {
          stretches.ends[stretches.ends.count - 1] = max(last, region.end.value)
        } else {
          stretches.starts.append(region.start.value)
          stretches.ends.append(region.end.value)
        }
      }
      byContig[contig] = stretches
    }
  }

  /// The regions, joined where they touch, by contig and place.
  public var regions: [Region] {
    byContig.sorted { $0.key < $1.key }.flatMap { contig, stretches in
      zip(stretches.starts, stretches.ends).map {
        Region(contig: contig, start: ZeroBasedPosition($0), end: ZeroBasedPosition($1))
      }
    }
  }

  /// The stretches of a contig; none where it has none.
  subscript(contig: String) -> Stretches { byContig[contig] ?? Stretches() }
}
