/// Tells the depth of exons and genes from the counts of islands that are final.
struct GapEvaluation: Sendable {
  private struct Gene {
    var bases = 0
    var depthSum = 0
    var minimum = Int.max
    var basesAtLeast: [Int]
    var gapBases = 0
  }

  private let options: GapOptions
  private var contig = 0
  private var name = ""
  private var open: [String: Gene] = [:]
  private(set) var exons: [ExonCoverage] = []
  private var geneParts: [(contig: Int, gene: GeneCoverage)] = []

  init(_ options: GapOptions) { self.options = options }

  /// By contig, then name.
  var genes: [GeneCoverage] { geneParts.map(\.gene) }

  mutating func begin(_ contig: Int, name: String) {
    self.contig = contig
    self.name = name
    open = [:]
  }

  mutating func merge(_ other: GapEvaluation) {
    exons = (exons + other.exons).sorted { $0.contig < $1.contig }
    geneParts = (geneParts + other.geneParts).sorted { $0.contig < $1.contig }
  }

  /// Takes an island with its exons.
  mutating func take(_ members: ArraySlice<ExonModels.Exon>, _ island: ExonIsland, _ counts: IslandCounts) {
    let first = island.places.lowerBound
    let depth = island.places.map { counts.depth($0) }
    var covered: [String: [Bool]] = [:]
    for exon in members {
      exons.append(coverage(exon, depth, first, counts))
      var places = covered[exon.gene] ?? [Bool](repeating: false, count: depth.count)
      for place in exon.places { places[place - first] = true }
      covered[exon.gene] = places
    }
    for (name, places) in covered {
      var gene = open[name] ?? Gene(basesAtLeast: options.profile.thresholds.map { _ in 0 })
      for (offset, isIn) in places.enumerated() where isIn {
        let depth = depth[offset]
        gene.bases += 1
        gene.depthSum += depth
        gene.minimum = min(gene.minimum, depth)
        if depth < options.profile.minimumDepth { gene.gapBases += 1 }
        for (index, threshold) in options.profile.thresholds.enumerated() where depth >= threshold {
          gene.basesAtLeast[index] += 1
        }
      }
      open[name] = gene
    }
  }

  /// Ends the contig's genes.
  mutating func endContig() {
    for (name, gene) in open.sorted(by: { $0.key < $1.key }) where gene.bases > 0 {
      var percent: [String: Double] = [:]
      for (threshold, bases) in zip(options.profile.thresholds, gene.basesAtLeast) {
        percent[String(threshold)] = 100 * Double(bases) / Double(gene.bases)
      }
      geneParts.append(
        (
          contig,
          GeneCoverage(
            gene: name, contig: self.name, bases: gene.bases, mean: Double(gene.depthSum) / Double(gene.bases),
            minimum: gene.minimum, percentAtLeast: percent, gapBases: gene.gapBases,
            misMappingRisk: options.difficult.entry(name)?.reason)
        ))
    }
    open = [:]
  }

  private func coverage(_ exon: ExonModels.Exon, _ depths: [Int], _ first: Int, _ counts: IslandCounts)
    -> ExonCoverage
  {
    var result = ExonCoverage(
      contig: contig, contigName: name, exon: exon, minimum: exon.places.isEmpty ? 0 : .max, depthSum: 0,
      basesAtLeast: options.profile.thresholds.map { _ in 0 }, gaps: [])
    let stretch = result.stretch
    result.lowest.reserveCapacity((exon.places.count + stretch - 1) / stretch)
    for place in exon.places {
      let depth = depths[place - first]
      result.minimum = min(result.minimum, depth)
      result.depthSum += depth
      let (offset, shown) = (place - exon.places.lowerBound, UInt16(clamping: depth))
      if offset % stretch == 0 {
        result.lowest.append(shown)
      } else {
        result.lowest[result.lowest.count - 1] = min(result.lowest[result.lowest.count - 1], shown)
      }
      for (index, threshold) in options.profile.thresholds.enumerated() where depth >= threshold {
        result.basesAtLeast[index] += 1
      }
      guard depth < options.profile.minimumDepth else { continue }
      let reason = GapReason(
        depth: depth, filtered: counts.filtered(place), minimum: options.profile.minimumDepth)
      if result.gaps.last?.places.upperBound != place {
        result.gaps.append(
          ExonCoverage.Gap(places: place..<place, minimum: depth, depthSum: 0, bases: [:], sites: nil))
      }
      let last = result.gaps.count - 1
      result.gaps[last].places = result.gaps[last].places.lowerBound..<(place + 1)
      result.gaps[last].minimum = min(result.gaps[last].minimum, depth)
      result.gaps[last].depthSum += depth
      result.gaps[last].bases[reason, default: 0] += 1
    }
    if let sites = options.sites {
      for index in result.gaps.indices {
        result.gaps[index].sites = Array(sites.sites(name, result.gaps[index].places))
      }
    }
    return result
  }
}
