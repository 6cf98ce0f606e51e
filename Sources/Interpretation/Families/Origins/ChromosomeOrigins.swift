import Genomics

/// What the sites of one autosome tell; the sites themselves are let go.
struct ChromosomeOrigins: Sendable {
  var contig: String
  /// Sites where the proband carries the alternate.
  var sites = 0
  /// Of these, heterozygous ones.
  var heterozygous = 0
  /// The proband's depth over these, and how many told it.
  var depth = (sum: 0, sites: 0)
  var runs: [(run: HomozygousRun, depth: Double?)]
  var segments: [(segment: DisomySegment, depth: Double?)]
  var counts: InheritanceCounts

  /// - Parameter sites: those of the chromosome, in any order.
  init(
    _ given: [SiteGenotypes], contig: String, hasFather: Bool, hasMother: Bool, rules: ParentalOriginRules
  ) {
    self.contig = contig
    var sites = given
    // Normalising may move a record past its neighbour.
    if zip(sites, sites.dropFirst()).contains(where: { $1 < $0 }) { sites.sort() }
    let carried = sites.filter(\.isCarried)
    for site in carried {
      self.sites += 1
      if site.isHeterozygous { heterozygous += 1 }
      if site.depth > 0 {
        depth.sum += site.depth
        depth.sites += 1
      }
    }
    runs = HomozygousRun.runs(of: carried, contig: contig, rules: rules)
    (segments, counts) = DisomySegment.segments(
      of: sites, contig: contig, hasFather: hasFather, hasMother: hasMother, runs: runs.map(\.run), rules: rules)
  }
}

/// Gathers sites of autosomes as they come, and holds those of one chromosome at a time.
struct OriginCollector: Sendable {
  let rules: ParentalOriginRules
  let hasFather: Bool
  let hasMother: Bool
  private var contig: String?
  private var sites: [SiteGenotypes] = []
  private var finished: [ChromosomeOrigins] = []
  /// Contigs whose records do not stand together, so that nothing is told of them.
  private(set) var scattered: Set<String> = []

  init(rules: ParentalOriginRules, hasFather: Bool, hasMother: Bool) {
    self.rules = rules
    self.hasFather = hasFather
    self.hasMother = hasMother
  }

  /// Adds sites in the file's order.
  mutating func add(_ more: [SiteGenotypes], on name: String) {
    if name != contig {
      finish()
      if finished.contains(where: { $0.contig == name }) { scattered.insert(name) }
      contig = name
    }
    sites += more
  }

  private mutating func finish() {
    guard let contig else { return }
    finished.append(
      ChromosomeOrigins(sites, contig: contig, hasFather: hasFather, hasMother: hasMother, rules: rules))
    sites.removeAll(keepingCapacity: true)
    self.contig = nil
  }

  /// What was found on every autosome that has records; ends the last.
  mutating func chromosomes() -> [ChromosomeOrigins] {
    finish()
    return finished.filter { !scattered.contains($0.contig) }
  }
}
