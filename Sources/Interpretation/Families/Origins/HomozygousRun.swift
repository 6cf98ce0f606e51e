public import Genomics

/// A run of homozygosity of the proband: evidence that two copies are alike, whatever the cause.
public struct HomozygousRun: Sendable, Hashable, Codable {
  /// From the first to the last of its sites, 0-based half-open.
  public var region: Region
  /// Sites where the proband carries the alternate.
  public var sites: Int
  /// Of these, heterozygous ones.
  public var heterozygousSites: Int
  /// The proband's mean depth at its sites over that at all sites of the autosomes; nil where DP is not told.
  public var depthRatio: Double?
  /// Whether it comes near an end of its chromosome, as far as that has sites.
  public var isTerminal: Bool
  /// Whether it is long, on the one chromosome that has such a run, and the rest of the autosomes has few.
  public var isPossibleIsodisomy = false

  /// Whether its depth is that of two copies; nil where that is not told.
  func hasTwoCopies(_ rules: ParentalOriginRules) -> Bool? {
    depthRatio.map { $0 >= rules[.originDepthLow] && $0 <= rules[.originDepthHigh] }
  }
}

extension HomozygousRun {
  /// Runs of one chromosome, by the model, cut at gaps; short and thin ones are left out.
  /// - Parameter sites: where the proband carries the alternate; ascending.
  static func runs(
    of sites: [SiteGenotypes], contig: String, rules: ParentalOriginRules
  ) -> [(run: HomozygousRun, depth: Double?)] {
    guard let first = sites.first?.position, let last = sites.last?.position else { return [] }
    let (gap, end) = (rules.count(.runGap), rules.count(.isodisomyEnd))
    var parts: [Range<Int>] = []
    for stretch in AutozygosityModel(rules).stretches(sites) {
      var start = stretch.lowerBound
      for index in stretch.dropFirst() where sites[index].position - sites[index - 1].position > gap {
        parts.append(start..<index)
        start = index
      }
      parts.append(start..<stretch.upperBound)
    }
    return parts.compactMap { part in
      let (from, to) = (sites[part.lowerBound].position, sites[part.upperBound - 1].position)
      let length = to - from + 1
      guard length >= rules.count(.runLength), part.count >= rules.count(.runSites),
        length <= part.count * rules.count(.runBasesPerSite)
      else { return nil }
      let run = HomozygousRun(
        region: Region(contig: contig, start: ZeroBasedPosition(from - 1), end: ZeroBasedPosition(to)),
        sites: part.count, heterozygousSites: sites[part].count { $0.isHeterozygous },
        isTerminal: from - first <= end || last - to <= end)
      return (run, sites[part].meanDepth)
    }
  }
}

extension Sequence<SiteGenotypes> {
  /// The proband's mean depth; nil where a site does not tell it.
  var meanDepth: Double? {
    var (sum, count) = (0, 0)
    for site in self {
      guard site.depth > 0 else { return nil }
      sum += site.depth
      count += 1
    }
    return count == 0 ? nil : Double(sum) / Double(count)
  }
}
