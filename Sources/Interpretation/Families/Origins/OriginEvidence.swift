import Genomics

/// What a proband's genotypes, and those of parents in the same file, tell of where the proband's copies are from: runs of
/// homozygosity, relatedness of the parents, uniparental disomy. Evidence, never a verdict on people.
public struct OriginEvidence: Sendable, Hashable {
  /// Of one autosome.
  public struct Chromosome: Sendable, Hashable, Codable {
    /// The contig's name.
    public var contig: String
    /// Sites where the proband carries the alternate.
    public var sites: Int
    /// Of these, heterozygous ones.
    public var heterozygousSites: Int
    /// Informative sites.
    public var counts: InheritanceCounts
    /// Whether there are sites enough to tell of runs.
    public var hasRunsAssessed: Bool
    /// Whether there are informative sites enough to tell of disomy.
    public var hasDisomyAssessed: Bool
  }

  /// The rules.
  public var rules: ParentalOriginRules
  /// Autosomes with records, in the reference's order.
  public var chromosomes: [Chromosome]
  /// Runs of homozygosity, in the reference's order.
  public var runs: [HomozygousRun]
  /// The bases of the autosomes; nil where the reference has not all of 1–22.
  public var autosomalLength: Int?
  /// F_ROH: the fraction of the autosomes in runs; nil where it is not told, see `notMeasured`.
  public var fraction: Double?
  /// Why `fraction` is not told.
  public var notMeasured: String?
  /// The least `fraction` at which relatedness is spoken of, from the profile.
  public var warning: Double
  /// Whether runs are many enough, on chromosomes enough, to be consistent with related parents; nil where not told.
  public var isConsistentWithRelatedness: Bool?
  /// Segments of uniparental disomy, in the reference's order.
  public var segments: [DisomySegment]
  /// Which parents' genotypes were at hand.
  public var hasFather: Bool
  /// Which parents' genotypes were at hand.
  public var hasMother: Bool
  /// Contigs whose records do not stand together: nothing is told of them.
  public var scattered: [String]

  /// Bases in runs.
  public var runLength: Int { runs.reduce(0) { $0 + $1.region.count } }
  /// Origins of segments that genotypes of these parents can show.
  public var assessableOrigins: [UPDSegment.Origin] {
    switch (hasFather, hasMother) {
    case (true, true): [.paternal, .maternal]
    // What the parent at hand did not give is the other's.
    case (true, false): [.maternal]
    case (false, true): [.paternal]
    case (false, false): []
    }
  }

  /// Contigs of which it is known whether a segment lies there.
  var assessedContigs: Set<String> {
    // With one parent a segment of the other origin is not excluded.
    hasFather && hasMother ? Set(chromosomes.filter(\.hasDisomyAssessed).map(\.contig)) : []
  }

  /// What the filters of segregation take; nil where nothing was assessed.
  var disomy: [UPDSegment]? {
    guard chromosomes.contains(where: \.hasDisomyAssessed) else { return nil }
    return segments.flatMap(\.segments) + possibleIsodisomy
  }

  /// Runs alone show no disomy: they leave the filter's answer open.
  private var possibleIsodisomy: [UPDSegment] {
    runs.filter { run in run.isPossibleIsodisomy && !segments.contains { $0.region.overlaps(run.region) } }
      .map { UPDSegment(region: $0.region, kind: .both) }
  }
}

extension OriginEvidence {
  /// - Parameters:
  ///   - contigs: the reference's.
  ///   - warning: the fraction of the autosomes in runs from which relatedness is spoken of.
  init(
    _ given: [ChromosomeOrigins], scattered: Set<String>, hasFather: Bool, hasMother: Bool,
    contigs: ContigDictionary, warning: Double, rules: ParentalOriginRules
  ) {
    self.rules = rules
    self.warning = warning
    self.hasFather = hasFather
    self.hasMother = hasMother
    self.scattered = scattered.sorted()
    let order = Dictionary(contigs.contigs.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let sorted = given.sorted { (order[$0.contig] ?? Int.max, $0.contig) < (order[$1.contig] ?? Int.max, $1.contig) }
    chromosomes = sorted.map {
      Chromosome(
        contig: $0.contig, sites: $0.sites, heterozygousSites: $0.heterozygous, counts: $0.counts,
        hasRunsAssessed: $0.sites >= rules.count(.runSites),
        hasDisomyAssessed: $0.counts.informative >= rules.count(.originSites))
    }
    let depth = sorted.reduce((sum: 0, sites: 0)) { ($0.sum + $1.depth.sum, $0.sites + $1.depth.sites) }
    let mean = depth.sites == 0 ? nil : Double(depth.sum) / Double(depth.sites)
    func ratio(_ depth: Double?) -> Double? {
      guard let depth, let mean else { return nil }
      return depth / mean
    }
    runs = sorted.flatMap(\.runs).map { one in
      var run = one.run
      run.depthRatio = ratio(one.depth)
      return run
    }
    segments = sorted.flatMap(\.segments).map { one in
      var segment = one.segment
      segment.depthRatio = ratio(one.depth)
      return segment
    }
    measure(contigs)
    judgeRuns()
    judgeSegments()
  }

  /// F_ROH, where the calls cover the autosomes.
  private mutating func measure(_ contigs: ContigDictionary) {
    var lengths: [String: (contig: String, length: Int)] = [:]
    for contig in contigs.contigs {
      guard let name = ContigName.canonical(contig.name), Int(name) != nil, let length = contig.length else { continue }
      lengths[name] = (contig.name, length)
    }
    guard lengths.count == 22 else {
      notMeasured = "the reference has \(lengths.count) of the 22 autosomes"
      return
    }
    let length = lengths.values.reduce(0) { $0 + $1.length }
    autosomalLength = length
    let thin = lengths.values.filter { entry in
      let sites = chromosomes.first { $0.contig == entry.contig }?.sites ?? 0
      return Double(sites) < rules[.genomeSites] * Double(entry.length) / 1_000_000
    }
    guard thin.isEmpty else {
      notMeasured =
        "the calls do not cover the autosomes: \(thin.count) of 22 have fewer than \(rules.count(.genomeSites)) sites"
        + " a megabase with depth and quality enough"
      return
    }
    fraction = Double(runLength) / Double(length)
  }

  private mutating func judgeRuns() {
    func isLong(_ run: HomozygousRun) -> Bool {
      run.region.count > rules.count(run.isTerminal ? .isodisomyTerminal : .isodisomyInterstitial)
        && run.hasTwoCopies(rules) != false
    }
    let long = Set(runs.filter(isLong).map(\.region.contig))
    guard let fraction, let autosomalLength else {
      // The rest of the autosomes is not known, so that no run can be called the only one.
      return
    }
    if long.count == 1 {
      let elsewhere = runs.filter { !long.contains($0.region.contig) }.reduce(0) { $0 + $1.region.count }
      if Double(elsewhere) / Double(autosomalLength) < warning {
        for index in runs.indices where isLong(runs[index]) { runs[index].isPossibleIsodisomy = true }
      }
    }
    // A chromosome of one parent says nothing of the parents' relationship.
    let apart = Set(
      runs.filter(\.isPossibleIsodisomy).map(\.region.contig)
        + segments.flatMap(\.parts).filter { $0.kind == .isodisomy }.map(\.region.contig))
    let others = runs.filter { !apart.contains($0.region.contig) }
    let rest = Double(others.reduce(0) { $0 + $1.region.count }) / Double(autosomalLength)
    isConsistentWithRelatedness =
      (apart.isEmpty ? fraction : rest) >= warning
      && Set(others.map(\.region.contig)).count >= rules.count(.relatednessChromosomes)
  }

  private mutating func judgeSegments() {
    let isMany = Set(segments.map(\.region.contig)).count > rules.count(.originChromosomes)
    for index in segments.indices {
      if isMany {
        segments[index].doubt = .manyChromosomes
      } else if let ratio = segments[index].depthRatio {
        let fits = ratio >= rules[.originDepthLow] && ratio <= rules[.originDepthHigh]
        segments[index].doubt = fits ? nil : .copyNumber
      } else {
        segments[index].doubt = .depthNotTold
      }
    }
  }
}
