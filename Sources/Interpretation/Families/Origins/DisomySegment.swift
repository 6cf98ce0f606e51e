public import Genomics

/// A stretch in which the proband's genotypes fit two copies of one parent, with what speaks for it and against it.
public struct DisomySegment: Sendable, Hashable, Codable {
  /// A part of one kind.
  public struct Part: Sendable, Hashable, Codable {
    /// Where, 0-based half-open.
    public var region: Region
    /// Isodisomy in a run of homozygosity, heterodisomy where the proband has heterozygous sites; `both` is not known.
    public var kind: UPDSegment.Kind
  }

  /// From the first to the last site for it, 0-based half-open.
  public var region: Region
  /// Whose copies.
  public var origin: UPDSegment.Origin
  /// Parts of which the kind is known; the segment as a whole where it is known of none.
  public var parts: [Part]
  /// Informative sites for it.
  public var sitesFor: Int
  /// Informative sites against it; with one parent, sites that do not contradict that parent.
  public var sitesAgainst: Int
  /// Sites where the proband carries the alternate.
  public var sites: Int
  /// Of these, heterozygous ones.
  public var heterozygousSites: Int
  /// The proband's mean depth at its sites over that at all sites of the autosomes; nil where DP is not told.
  public var depthRatio: Double?
  /// Whether it reaches both ends of its chromosome, as far as that has sites.
  public var isWholeChromosome: Bool
  /// Why it is told and not used; nil where it is used.
  public var doubt: Doubt?

  /// Why a segment shows no uniparental disomy, though its genotypes fit one.
  public enum Doubt: String, Sendable, Hashable, Codable, CaseIterable {
    /// The depth is not that of two copies: a deletion or a duplication fits better.
    case copyNumber = "depth-not-of-two-copies"
    /// DP is not told: a deletion is not excluded.
    case depthNotTold = "depth-not-told"
    /// Segments lie on many chromosomes: the samples or the relationship are in doubt.
    case manyChromosomes = "segments-on-many-chromosomes"
  }

  /// What the filters of segregation take of it; of kind `both`, which answers nothing, where it is in doubt.
  var segments: [UPDSegment] {
    parts.map {
      UPDSegment(
        region: $0.region, kind: doubt == nil ? $0.kind : .both, origin: origin, sitesFor: sitesFor,
        sitesAgainst: sitesAgainst)
    }
  }
}

extension DisomySegment {
  /// Segments of one chromosome.
  /// - Parameters:
  ///   - sites: of the chromosome; ascending.
  ///   - runs: the chromosome's runs of homozygosity.
  static func segments(
    of sites: [SiteGenotypes], contig: String, hasFather: Bool, hasMother: Bool, runs: [HomozygousRun],
    rules: ParentalOriginRules
  ) -> (segments: [(segment: DisomySegment, depth: Double?)], counts: InheritanceCounts) {
    var counts = InheritanceCounts()
    let isTrio = hasFather && hasMother
    let weight = isTrio ? rules[.originAgainst] : 1 / max(1, rules[.duoAgainst])
    let drop = weight * rules[isTrio ? .originEnd : .duoEnd]
    // With one parent, what the other gave is all that can be shown.
    var maternal = OriginScan(weight: weight, drop: drop)
    var paternal = OriginScan(weight: weight, drop: drop)
    for site in sites {
      guard let kind = InheritanceSite(site, father: hasFather, mother: hasMother) else { continue }
      counts.add(kind)
      switch kind {
      case .maternal:
        maternal.add(site.position, isFor: true)
        paternal.add(site.position, isFor: false)
      case .paternal:
        maternal.add(site.position, isFor: false)
        paternal.add(site.position, isFor: true)
      case .biparental:
        maternal.add(site.position, isFor: false)
        paternal.add(site.position, isFor: false)
      case .excluded, .compatible:
        if hasFather {
          maternal.add(site.position, isFor: kind == .excluded)
        } else {
          paternal.add(site.position, isFor: kind == .excluded)
        }
      }
    }
    maternal.end()
    paternal.end()
    let share = rules[isTrio ? .originShare : .duoShare]
    var found: [(segment: DisomySegment, depth: Double?)] = []
    for (origin, scan) in [(UPDSegment.Origin.maternal, maternal), (.paternal, paternal)] {
      for stretch in scan.stretches
      where stretch.sitesFor >= rules.count(.originSites)
        && stretch.last - stretch.first + 1 >= rules.count(.originLength)
        && Double(stretch.sitesFor) >= share * Double(stretch.sitesFor + stretch.sitesAgainst)
      {
        found.append(segment(stretch, origin, sites, contig, runs, rules))
      }
    }
    found.sort { ($0.segment.region.start, $0.segment.region.end) < ($1.segment.region.start, $1.segment.region.end) }
    return (found, counts)
  }

  private static func segment(
    _ stretch: OriginScan.Stretch, _ origin: UPDSegment.Origin, _ sites: [SiteGenotypes], _ contig: String,
    _ runs: [HomozygousRun], _ rules: ParentalOriginRules
  ) -> (segment: DisomySegment, depth: Double?) {
    func inside(_ range: Range<Int>) -> LazyFilterSequence<[SiteGenotypes]> {
      sites.lazy.filter { $0.isCarried && range.contains($0.position - 1) }
    }
    let range = (stretch.first - 1)..<stretch.last
    let region = Region(
      contig: contig, start: ZeroBasedPosition(range.lowerBound), end: ZeroBasedPosition(range.upperBound))
    var parts: [Part] = []
    var reached = range.lowerBound
    func addBetween(_ end: Int) {
      guard reached < end else { return }
      let (all, heterozygous) = inside(reached..<end).reduce(into: (0, 0)) {
        $0.0 += 1
        $0.1 += $1.isHeterozygous ? 1 : 0
      }
      guard heterozygous >= rules.count(.originSites),
        Double(heterozygous) >= rules[.originHeterozygous] * Double(all)
      else { return }
      parts.append(
        Part(
          region: Region(contig: contig, start: ZeroBasedPosition(reached), end: ZeroBasedPosition(end)),
          kind: .heterodisomy))
    }
    for run in runs {
      let part = (run.region.start.value..<run.region.end.value).clamped(to: range)
      guard !part.isEmpty else { continue }
      addBetween(part.lowerBound)
      parts.append(
        Part(
          region: Region(
            contig: contig, start: ZeroBasedPosition(part.lowerBound), end: ZeroBasedPosition(part.upperBound)),
          kind: .isodisomy))
      reached = part.upperBound
    }
    addBetween(range.upperBound)
    if parts.isEmpty { parts = [Part(region: region, kind: .both)] }
    let end = rules.count(.isodisomyEnd)
    let (all, heterozygous) = inside(range).reduce(into: (0, 0)) {
      $0.0 += 1
      $0.1 += $1.isHeterozygous ? 1 : 0
    }
    let segment = DisomySegment(
      region: region, origin: origin, parts: parts, sitesFor: stretch.sitesFor, sitesAgainst: stretch.sitesAgainst,
      sites: all, heterozygousSites: heterozygous,
      isWholeChromosome: stretch.first - (sites.first?.position ?? 0) <= end
        && (sites.last?.position ?? 0) - stretch.last <= end)
    return (segment, inside(range).meanDepth)
  }
}

/// Informative sites of a chromosome, or of all, by what they tell.
public struct InheritanceCounts: Sendable, Hashable, Codable {
  /// Sites where nothing is the father's.
  public var maternal = 0
  /// Sites where nothing is the mother's.
  public var paternal = 0
  /// Sites with one copy from each parent.
  public var biparental = 0
  /// With one parent: sites where that parent gave nothing.
  public var excluded = 0
  /// With one parent: sites where that parent, a homozygote, may have given a copy.
  public var compatible = 0

  /// All of them.
  public var informative: Int { maternal + paternal + biparental + excluded + compatible }

  mutating func add(_ site: InheritanceSite) {
    switch site {
    case .maternal: maternal += 1
    case .paternal: paternal += 1
    case .biparental: biparental += 1
    case .excluded: excluded += 1
    case .compatible: compatible += 1
    }
  }

  static func += (one: inout Self, other: Self) {
    one.maternal += other.maternal
    one.paternal += other.paternal
    one.biparental += other.biparental
    one.excluded += other.excluded
    one.compatible += other.compatible
  }
}
