import Genomics

/// The section `origin` of `tiers.json`: runs of homozygosity and uniparental disomy, with the thresholds they rest on.
struct OriginReport: Sendable, Encodable {
  struct Run: Sendable, Encodable {
    var region: String
    var length: Int
    var sites: Int
    var heterozygousSites: Int
    var depthRatio: Double?
    var isTerminal: Bool
    var label: String?
  }

  struct Homozygosity: Sendable, Encodable {
    var sites: Int
    var heterozygousSites: Int
    var runs: [Run]
    var totalLength: Int
    var autosomalLength: Int?
    var fraction: Double?
    var notMeasured: String?
    var relatedness: String
    var relatednessFrom: Double
  }

  struct Segment: Sendable, Encodable {
    struct Part: Sendable, Encodable {
      var region: String
      var kind: UPDSegment.Kind
    }

    var region: String
    var length: Int
    var origin: UPDSegment.Origin
    var parts: [Part]
    var sitesFor: Int
    var sitesAgainst: Int
    var sites: Int
    var heterozygousSites: Int
    var depthRatio: Double?
    var isWholeChromosome: Bool
    var doubt: DisomySegment.Doubt?
  }

  struct Chromosome: Sendable, Encodable {
    var contig: String
    var sites: Int
    var heterozygousSites: Int
    var informative: InheritanceCounts
    var runsAssessed: Bool
    var disomyAssessed: Bool
  }

  struct Disomy: Sendable, Encodable {
    /// Origins that the genotypes at hand can show.
    var assessable: [UPDSegment.Origin]
    /// Why an origin is not assessable; nil where both are.
    var notAssessed: String?
    var informative: InheritanceCounts
    var segments: [Segment]
  }

  struct Rules: Sendable, Encodable {
    var id: String
    var release: String
    var digest: String
    var thresholds: [String: ParentalOriginRules.Threshold]
    var unsourced: [String]
  }

  var person: String
  var homozygosity: Homozygosity
  var disomy: Disomy
  var chromosomes: [Chromosome]
  var scattered: [String]
  var rules: Rules
  var limits: [String]

  init(_ origin: OriginEvidence, family: Family) {
    person = family.members[family.proband].name
    homozygosity = Homozygosity(
      sites: origin.chromosomes.reduce(0) { $0 + $1.sites },
      heterozygousSites: origin.chromosomes.reduce(0) { $0 + $1.heterozygousSites },
      runs: origin.runs.map { run in
        Run(
          region: run.region.description, length: run.region.count, sites: run.sites,
          heterozygousSites: run.heterozygousSites, depthRatio: Self.rounded(run.depthRatio),
          isTerminal: run.isTerminal,
          label: run.isPossibleIsodisomy
            ? "possible isodisomy segment"
            : run.hasTwoCopies(origin.rules) == false
              ? "depth not of two copies: a deletion or duplication fits better" : nil)
      }, totalLength: origin.runLength, autosomalLength: origin.autosomalLength,
      fraction: Self.rounded(origin.fraction), notMeasured: origin.notMeasured,
      relatedness: Self.words(origin), relatednessFrom: origin.warning)
    disomy = Disomy(
      assessable: origin.assessableOrigins, notAssessed: Self.missing(origin),
      informative: origin.chromosomes.reduce(into: InheritanceCounts()) { $0 += $1.counts },
      segments: origin.segments.map { segment in
        Segment(
          region: segment.region.description, length: segment.region.count, origin: segment.origin,
          parts: segment.parts.map { Segment.Part(region: $0.region.description, kind: $0.kind) },
          sitesFor: segment.sitesFor, sitesAgainst: segment.sitesAgainst, sites: segment.sites,
          heterozygousSites: segment.heterozygousSites, depthRatio: Self.rounded(segment.depthRatio),
          isWholeChromosome: segment.isWholeChromosome, doubt: segment.doubt)
      })
    chromosomes = origin.chromosomes.map {
      Chromosome(
        contig: $0.contig, sites: $0.sites, heterozygousSites: $0.heterozygousSites, informative: $0.counts,
        runsAssessed: $0.hasRunsAssessed, disomyAssessed: $0.hasDisomyAssessed)
    }
    scattered = origin.scattered
    rules = Rules(
      id: origin.rules.id, release: origin.rules.release, digest: origin.rules.digest,
      thresholds: Dictionary(uniqueKeysWithValues: origin.rules.thresholds.map { ($0.key.rawValue, $0.value) }),
      unsourced: origin.rules.unsourced)
    limits = [
      "Runs are told of autosomes alone, from sites where the proband carries the alternate; they tell nothing of their cause.",
      "Segments of uniparental disomy are told of autosomes alone, from one file with the parents; each is evidence to be confirmed by another method.",
    ]
  }

  private static func words(_ origin: OriginEvidence) -> String {
    switch origin.isConsistentWithRelatedness {
    case true?: "evidence consistent with parental relatedness"
    case false?: "runs do not reach what is spoken of as evidence of parental relatedness"
    case nil: "not assessed: \(origin.notMeasured ?? "not known")"
    }
  }

  private static func missing(_ origin: OriginEvidence) -> String? {
    let told = "an absent record in a file of one's own is unknown"
    return switch (origin.hasFather, origin.hasMother) {
    case (true, true): nil
    case (true, false): "paternal: the mother's genotypes are not in the proband's file (\(told))"
    case (false, true): "maternal: the father's genotypes are not in the proband's file (\(told))"
    case (false, false): "maternal and paternal: no parent's genotypes are in the proband's file (\(told))"
    }
  }

  /// Six decimals, so that the text does not tell more than is known.
  private static func rounded(_ value: Double?) -> Double? { value.map { ($0 * 1_000_000).rounded() / 1_000_000 } }
}
