import Alignments
import Genomics
import Interpretation
import Reports
import Service

/// What a draft is made of.
struct ReportSources {
  var summary: CaseSummary
  var referral: CaseReferral?
  var tiering: CaseTiering?
  /// Why nothing was tiered; nil where something was.
  var notTiered: String?
  var panels: CasePanels?
  var branch = BranchResult()
  var reference: Manifest.Reference?
  var versions: [String: String]
}

extension ClinicalReport {
  /// Near misses that the report holds; tiers.json has all.
  private static let shownNearMisses = 200

  /// The draft of a case.
  init(_ sources: ReportSources) {
    self.init(id: sources.summary.name)
    holds = sources.summary.holdReasons
    asOf = sources.referral?.asOf
    turnaround = sources.referral?.clocks.map(\.told) ?? []
    if let referral = sources.referral { take(referral) }
    verdicts = sources.summary.samples.map { one in
      SampleVerdict(
        sample: one.sample.name, verdict: one.verdict.verdict,
        reasons: one.verdict.rules.filter { [.fail, .unknown, .warn].contains($0.outcome) }.map {
          "\($0.rule): \($0.outcome.rawValue) (\($0.evidence))"
        })
    }
    for sample in sources.summary.samples where specimens.isEmpty || sources.referral == nil {
      specimens.append(Field("Sample", "\(sample.sample.name), \(sample.sample.statusTold)"))
    }
    if let tiering = sources.tiering {
      take(tiering)
      takeGaps(sources.summary)
    }
    classes = Self.classes(sources)
    if let why = sources.notTiered { summary = ["Variants were not tiered: \(why)."] }
    panels = sources.panels.map(Self.panels) ?? []
    method = Self.method(sources)
    limitations = Self.limitations(sources)
    provenance = Self.provenance(sources)
    exchange.assembly = sources.reference?.assembly?.rawValue
    take(sources.branch)
  }

  /// What a branch beside tiers found takes the place of what is told of tiers.
  private mutating func take(_ branch: BranchResult) {
    guard branch.branch != .germline else { return }
    parts = branch.parts
    summary = branch.summary
    banners = branch.banners
    classes = branch.classes
    method += branch.method
    limitations += branch.limitations
    provenance += branch.provenance
  }

  // MARK: The referral

  private mutating func take(_ given: CaseReferral) {
    let referral = given.referral
    if let proband = referral.proband {
      for (label, value) in [
        ("Name", proband.name), ("Date of birth", proband.birthDate),
        ("NHS number", proband.nhsNumber.standing == .valid ? proband.nhsNumber.value : nil),
        ("Hospital number", proband.hospitalNumber), ("Patient", proband.patientIdentifier),
      ] {
        if let value, !value.isEmpty { patient.append(Field(label, value)) }
      }
      if proband.nhsNumber.standing != .valid {
        patient.append(Field("NHS number", "not usable: \(proband.nhsNumber.standing.rawValue)"))
      }
      if proband.nhsNumber.standing == .valid, let value = proband.nhsNumber.value {
        exchange.subject.append(Field("https://fhir.nhs.uk/Id/nhs-number", value))
      }
      if let value = proband.patientIdentifier, !value.isEmpty {
        exchange.subject.append(Field("urn:apus:patient", value))
      }
    }
    specimens = referral.samples.map { one in
      Field(
        one.id,
        [one.type, one.origin?.rawValue, one.person.map { "of \($0)" }].compactMap { $0 }.joined(separator: ", "))
    }
    exchange.specimens = referral.samples.map { Field("urn:apus:sample", $0.id) }
    exchange.order = referral.order
    exchange.laboratory = referral.reportingLaboratory?.ods
    exchange.study = given.test.map { "\($0.code) \($0.name)" }
    func add(_ label: String, _ value: String?) {
      if let value, !value.isEmpty { self.referral.append(Field(label, value)) }
    }
    add("Referral", referral.referral)
    add("Order", referral.order)
    add(
      "Test",
      given.test.map {
        "\($0.code) \($0.name), \($0.method.name), directory \(given.directoryVersion ?? "version not told")"
      }
        ?? referral.test.code.map { "\($0), not looked up in a directory" })
    add("Indication", referral.indication)
    add(
      "Phenotypes",
      referral.phenotypes.map { [$0.id, $0.name].compactMap { $0 }.joined(separator: " ") }.joined(separator: "; "))
    add("Urgency", referral.urgency?.rawValue)
    add("Referring clinician", referral.requester.clinician)
    for (label, one) in [
      ("Ordering Trust", referral.orderingTrust), ("Home hub", referral.homeHub),
      ("Testing laboratory", referral.testingLaboratory), ("Reporting laboratory", referral.reportingLaboratory),
    ] {
      add(label, one.map { [$0.name, $0.ods].compactMap { $0 }.joined(separator: ", ") })
    }
  }

  // MARK: Tiers

  static func panels(_ panels: CasePanels) -> [Field] {
    panels.panels.panels.map { Field($0.identity.name, $0.identity.told) }
      + panels.missing.map { Field("Panel \($0)", "not given: its genes were not assessed") }
      + panels.unread.map { Field("Target of the test", "not read: \($0)") }
  }

  /// What tiers alone decide: banners, findings, near misses and the summary.
  mutating func take(_ tiering: CaseTiering) {
    let result = tiering.result
    banners = result.banners
    let complete = result.variants.filter { $0.highest != nil }
    let shown = complete.filter { $0.highest == .tier1 || $0.highest == .tier2 }
    let misses = result.variants.filter { $0.highest == nil && !$0.nearMisses.isEmpty }
    // What failed for want of data, or in a gene of the panels, comes first.
    let ordered = misses.enumerated().map { (rank: $0.element.nearMissRank, place: $0.offset) }.sorted { $0 < $1 }
    let told = ordered.prefix(Self.shownNearMisses).map { misses[$0.place] }
    let places = Set((shown + told).map(\.position))
    var candidates: [String: CandidateVariant] = [:]
    for one in tiering.reading.candidates where places.contains(one.position) {
      candidates[Self.key(one.contig, one.position, one.reference, one.alternate)] = one
    }
    let members = tiering.reading.family.members.map(\.name)
    let proband = tiering.reading.family.proband
    func finding(_ one: TieredVariant) -> Finding {
      Finding(
        one, candidates[Self.key(one.contig, one.position, one.reference, one.alternate)], members: members,
        proband: proband)
    }
    findings = shown.sorted { ($0.highest?.rank ?? 9) < ($1.highest?.rank ?? 9) }.map(finding)
    findings += result.structural.filter { $0.highest == .tierA }.map { Finding($0) }
    findings += result.repeats.filter { $0.highest != nil }.map { Finding($0) }
    nearMissCount = misses.count + result.structural.count { $0.highest == nil && !$0.nearMisses.isEmpty }
    nearMisses = told.map(finding)
    let tier3 = complete.count { $0.highest == .tier3 }
    summary =
      findings.isEmpty
      ? ["No variant met the criteria of tier 1 or 2 in the regions assessed."]
      : [
        "\(findings.count) \(findings.count == 1 ? "variant meets" : "variants meet") the criteria of a tier that is shown."
      ]
    summary.append(
      "\(NumberFormat.grouped(tier3)) in tier 3 (outside the panels) and \(NumberFormat.grouped(nearMissCount)) near misses; tiers.json has all, with their evidence."
    )
  }

  private mutating func takeGaps(_ summary: CaseSummary) {
    for sample in summary.samples {
      guard let found = sample.results.alignments?.exonGaps else { continue }
      for gene in found.genes where gene.gapBases > 0 || gene.misMappingRisk != nil {
        gaps.append(
          Gap(
            sample: sample.sample.name, gene: gene.gene, bases: gene.bases, gapBases: gene.gapBases,
            risk: gene.misMappingRisk))
      }
    }
  }

  static func key(_ contig: String, _ position: Int, _ reference: String, _ alternate: String) -> String {
    "\(contig):\(position) \(reference)>\(alternate)"
  }
}

extension TieredVariant {
  private static let unknowns: Set<NearMiss.Label> = [
    .segregationUnknown, .xCopiesUnmeasured, .deNovoNotAssessable, .pairPhaseUnknown, .missingInAffected,
    .possibleMosaicism,
  ]

  /// The order in which near misses are told.
  fileprivate var nearMissRank: Int {
    if nearMisses.contains(where: { Self.unknowns.contains($0.label) && $0.wouldBe != nil }) { return 0 }
    return (nearMisses.compactMap { $0.wouldBe?.rank }.min() ?? 4)
  }
}
