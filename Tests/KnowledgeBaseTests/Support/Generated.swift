import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

/// Small random contributions with everything that counting must get right.
enum Generated {
  static let names = ["1", "X", "Y", "MT"]

  static func reference() throws -> ReferenceContigs {
    ReferenceContigs(
      assembly: .grch38,
      contigs: try names.map { name in
        // The pseudoautosomal regions are known by the sequence: that of NC_000023.11.
        let digest = name == "X" ? "w0WZEvgJF0zf_P4yyTzjjv9oW1z61HHP" : sha512t24u(name.utf8)
        return ReferenceContigs.Entry(
          name: name, length: 300_000, digest: try #require(RefgetDigest(sha512t24u: digest)))
      })
  }

  /// The sites that alleles stand at; X has one inside PAR1 and one outside.
  static let sites: [(contig: Int, start: Int)] = [
    (0, 100), (0, 101), (0, 500), (0, 140_000), (1, 5000), (1, 20_000), (2, 6000), (3, 70),
  ]

  /// What an annotation may say of an allele: nothing, no gene, one, several, one without a symbol or identifier.
  static let geneSets: [GeneSet?] = [
    nil, GeneSet(text: "-"), GeneSet(text: "G1|ONE"), GeneSet(text: "G1|ONE,G2|TWO"), GeneSet(text: "G3|"),
    GeneSet(text: "|TWO"),
  ]

  static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  static func permission(_ participant: String, date: String = "2026-03-01", until: String? = nil) throws
    -> ResearchPermission
  {
    var record = ConsentRecord(participant: participant)
    record.form = "NGIS-ROD v4.03"
    (record.discussed, record.agreed, record.category) = ("yes", "yes", "adult")
    (record.date, record.signed, record.scope) = (date, true, ConsentRecord.researchScope)
    record.validUntil = until
    let today = max(try day("2026-11-21"), try day(date))
    guard case .permit(let permission) = ConsentDecision(participant: participant, record: record, today: today) else {
      throw Unexpected()
    }
    return permission
  }

  struct Unexpected: Error {}

  static func contribution(
    _ participant: String, key: PseudonymKey, using random: inout SplitMix64, alleles: Int = 6
  ) throws -> ConsentedContribution {
    try ConsentedContribution(
      try plain(participant, key: key, using: &random, alleles: alleles), try permission(participant), key: key)
  }

  /// What an identifier follows from: always the same for one allele.
  static func form(_ start: Int, _ alternate: String) -> AlleleForm {
    switch (start, alternate) {
    case (101, "CT"): .justified(95..<103, .referenceLength(length: 9, repeatSubunitLength: 1))
    case (500, "CT"): .justified(501..<501, .literal("CT"))
    case (_, "CT"): .stated("ga4gh:VA.\(sha512t24u("\(start) \(alternate)".utf8))")
    default: .literal
    }
  }

  static func details(using random: inout SplitMix64) -> ContributionDetails {
    var details = ContributionDetails()
    details.assay = random.pick(["wgs", "wes", nil])
    details.indication = random.pick(["R27.3", "R149.1", nil])
    details.region = random.pick(["North", "East", nil])
    details.ancestry = random.pick(["A", "B\t%", nil])
    details.phenotypes = random.pick([[], ["HP:0000001"], ["HP:0000002", "HP:0000001"]])
    details.versions = random.pick([[:], ["cache": "cache-a", "apus": "1.0"]])
    return details
  }

  static func plain(
    _ participant: String, key: PseudonymKey, using random: inout SplitMix64, alleles: Int = 6
  ) throws -> Contribution {
    let reference = try reference()
    let sex = random.pick(Sex.allCases)
    var observations: [Contribution.Observation] = []
    var used: Set<String> = []
    for _ in 0..<random.int(0...alleles) {
      let site = random.pick(sites)
      let alternate = random.pick(["C", "G", "CT"])
      guard used.insert("\(site.contig) \(site.start) \(alternate)").inserted else { continue }
      let ploidy = random.pick([1, 2, 2, 2, 3])
      var genotype = (0..<ploidy).map { _ in random.pick([AlleleGenotype.Allele.reference, .this, .other, .missing]) }
      genotype[random.int(0...(ploidy - 1))] = .this
      observations.append(
        Contribution.Observation(
          contig: reference.contigs[site.contig].digest, start: site.start, reference: "A", alternate: alternate,
          form: form(site.start, alternate),
          genotype: AlleleGenotype(genotype, isPhased: random.chance(0.5)),
          genes: random.pick(geneSets), tier: random.pick([nil, nil, "TIER1", "TIER3"])))
    }
    var callable: [RefgetDigest: IntervalSet] = [:]
    for contig in reference.contigs {
      callable[contig.digest] = IntervalSet(
        (0..<random.int(0...4)).map { _ in
          let start = random.pick([0, 60, 90, 101, 400, 4000, 19_000])
          return start..<(start + random.int(1...(random.chance(0.1) ? 280_000 : 2000)))
        })
    }
    let basis = random.chance(0.2) ? nil : "depth>=10"
    return Contribution(
      pseudonym: key.pseudonym(of: participant), sex: sex, reference: reference, filters: .standard,
      callabilityBasis: basis, callable: callable, annotation: random.pick([nil, "cache-a", "cache-b"]),
      details: details(using: &random), observations: observations.shuffled(using: &random))
  }
}
