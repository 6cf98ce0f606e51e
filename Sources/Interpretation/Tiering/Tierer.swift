import Batching
public import GenomicFiles
public import Genomics

/// Gives tiers to a family's variants by a profile and panels: evidence with its reasons, never a diagnosis.
public struct Tierer: Sendable {
  let profile: TieringProfile
  let panels: PanelIndex
  let family: Family
  let loaded: Set<FrequencyKey>?
  let homozygosity: Double?
  let texts: ProfileTexts

  /// - Parameters:
  ///   - assembly: the calls' assembly: Ensembl's identifiers and coordinates of panels are told apart by it; nil where
  ///     it is neither, so that none of them counts.
  ///   - loaded: the frequencies that the cache has; nil: those that candidates have an answer of.
  ///   - homozygosity: the fraction of the autosomes in runs of homozygosity, as somebody measured it; nil for what the
  ///     family's genotypes show.
  public init(
    profile: TieringProfile, panels: PanelSet, family: Family, assembly: Assembly?, loaded: Set<FrequencyKey>? = nil,
    homozygosity: Double? = nil
  ) {
    self.profile = profile
    self.panels = PanelIndex(panels, assembly: assembly)
    self.family = family
    self.loaded = loaded
    self.homozygosity = homozygosity
    texts = ProfileTexts(profile)
  }

  /// Tiers of a case; nil for a class of variants of which nothing was supplied.
  ///
  /// - Parameters:
  ///   - candidates: each with one call a member of the family, in the family's order; each allele once.
  ///   - isodisomy: the proband's segments of uniparental disomy; nil for those that the family's genotypes show.
  public func tier(
    _ candidates: [CandidateVariant], structural: [StructuralCandidate]? = nil, repeats: [RepeatCandidate]? = nil,
    isodisomy: [UPDSegment]? = nil
  ) -> TieringResult {
    let segregation = segregation(isodisomy)
    var part = begin(candidates[...], segregation)
    var paired = pair(part.works, structural, repeats, segregation)
    let ends = end(paired.works[...], segregation)
    paired.works = []
    part.counts.merge(ends.counts, uniquingKeysWith: +)
    return result(candidates, paired, ends.variants, part.counts, structural, repeats, segregation)
  }

  /// The same, by as many threads as the run has; pairs alone are sought by one.
  /// - Throws: `CancellationError` when the task is cancelled.
  public func tier(
    _ candidates: [CandidateVariant], structural: [StructuralCandidate]? = nil, repeats: [RepeatCandidate]? = nil,
    resources: RunResources
  ) async throws -> TieringResult {
    let segregation = segregation(nil)
    let parts = try await Self.inParts(candidates, resources) { begin($0, segregation) }
    var paired = pair(parts.flatMap(\.works), structural, repeats, segregation)
    let ends = try await Self.inParts(paired.works, resources) { end($0, segregation) }
    paired.works = []
    var counts: [String: Int] = [:]
    for part in parts.map(\.counts) + ends.map(\.counts) { counts.merge(part, uniquingKeysWith: +) }
    return result(candidates, paired, ends.flatMap(\.variants), counts, structural, repeats, segregation)
  }

  /// Runs `body` on a part of the elements for each thread; gives what it makes of each, in order.
  private static func inParts<Element: Sendable, Made: Sendable>(
    _ elements: [Element], _ resources: RunResources, _ body: @Sendable @escaping (ArraySlice<Element>) -> Made
  ) async throws -> [Made] {
    let threads = resources.budget.threads
    return try await withThrowingTaskGroup(of: (Int, Made).self) { group in
      for part in 0..<threads {
        let range = elements.count * part / threads..<elements.count * (part + 1) / threads
        group.addTask { (part, try await resources.budget.withThread { body(elements[range]) }) }
      }
      var made: [(Int, Made)] = []
      for try await one in group { made.append(one) }
      return made.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func segregation(_ isodisomy: [UPDSegment]?) -> Segregation {
    Segregation(
      family: family, profile: profile, segments: isodisomy ?? family.origin?.disomy,
      assessed: isodisomy == nil ? family.origin?.assessedContigs : nil)
  }

  /// What is found of each candidate by itself; those that the proband does not carry are counted.
  private func begin(
    _ candidates: ArraySlice<CandidateVariant>, _ segregation: Segregation
  ) -> (works: [CandidateWork], counts: [String: Int]) {
    var counts = ["candidates": candidates.count]
    var works: [CandidateWork] = []
    var kept = KnownLines()
    for candidate in candidates {
      let genotypes = segregation.genotypes(candidate)
      // The call, whatever the place: a copy of the allele, or a copy that is missing.
      let copies = genotypes[family.proband].call.copies
      let reads = candidate.place == .mitochondrial ? genotypes[family.proband].call.alternateDepth ?? 0 : 0
      if !copies.isEmpty, reads == 0, !copies.contains(.alternate), !copies.contains(.missing) {
        counts["untiered.proband-without-it", default: 0] += 1
      } else {
        works.append(work(candidate, genotypes, segregation, &kept))
      }
    }
    return (works, counts)
  }

  /// Every candidate in the order of the report, with the pairs that it is half of, and the other classes of variants.
  private func pair(
    _ works: [CandidateWork], _ structural: [StructuralCandidate]?, _ repeats: [RepeatCandidate]?,
    _ segregation: Segregation
  ) -> PairedWorks {
    var works = works
    let chromosomes = Dictionary(
      uniqueKeysWithValues: Set(works.map(\.candidate.contig)).map { ($0, Self.chromosome($0)) })
    works.sort { Self.isOrdered($0.candidate, $1.candidate, chromosomes) }
    findPairs(&works, segregation)
    var structures = (structural ?? []).map { tier($0) }
    var tandems = (repeats ?? []).map { tier($0, segregation) }
    pairAcross(&works, &structures, &tandems, segregation)
    return PairedWorks(works: works, structures: structures, tandems: tandems)
  }

  private struct PairedWorks {
    var works: [CandidateWork]
    var structures: [StructuralWork]
    var tandems: [RepeatWork]
  }

  /// The end of each candidate.
  private func end(
    _ works: ArraySlice<CandidateWork>, _ segregation: Segregation
  ) -> (variants: [TieredVariant], counts: [String: Int]) {
    var counts: [String: Int] = [:]
    let variants = works.compactMap { finish($0, segregation, &counts) }
    return (variants, counts)
  }

  private func result(
    _ candidates: [CandidateVariant], _ paired: PairedWorks, _ variants: [TieredVariant], _ counts: [String: Int],
    _ structural: [StructuralCandidate]?, _ repeats: [RepeatCandidate]?, _ segregation: Segregation
  ) -> TieringResult {
    TieringResult(
      profile: TieringResult.Profile(
        id: profile.id, release: profile.release, digest: profile.digest, unsourced: profile.unsourced),
      panels: appliedPanels, banners: banners(candidates), impossibleModes: segregation.impossibleModes(),
      variants: variants,
      structural: paired.structures.map(\.result).sorted { ($0.region, $0.id) < ($1.region, $1.id) },
      repeats: paired.tandems.map(\.result).sorted { $0.locus < $1.locus }, counts: counts,
      notSupplied: notSupplied(
        structural: structural != nil, repeats: repeats != nil, isodisomy: segregation.segments != nil))
  }

  private func work(
    _ candidate: CandidateVariant, _ genotypes: [PersonGenotype], _ segregation: Segregation, _ kept: inout KnownLines
  ) -> CandidateWork {
    let known = profile.knownVerdict(candidate, texts, &kept)
    let genes = genes(of: candidate, known: known)
    var work = CandidateWork(
      candidate: candidate, genotypes: genotypes, known: known, genes: genes, frequency: [:], answers: [])
    // Without a ground in a gene, nor a gene of the panels, nothing more is asked.
    guard genes.contains(where: { !$0.grounds.isEmpty || !$0.hits.isEmpty }) else { return work }
    for mode in Set(SegregationFilter.tried(at: candidate.place).map(FrequencyMode.init)) {
      work.frequency[mode] = profile.frequencyOutcome(candidate.frequencies, mode)
    }
    // Too frequent under every mode, in genes outside the panels alone: its end is counted, no more.
    let isTold = genes.contains { gene in !gene.hits.isEmpty || gene.grounds.contains { $0.reason == .known } }
    guard isTold || work.frequency.values.contains(where: { $0 != .fail }) else { return work }
    work.answers = segregation.answers(candidate, genotypes)
    return work
  }

  /// By contig in the order of chromosomes, then by place and alleles.
  private static func isOrdered(_ a: CandidateVariant, _ b: CandidateVariant, _ chromosomes: [String: Int]) -> Bool {
    if a.contig != b.contig { return (chromosomes[a.contig] ?? 26, a.contig) < (chromosomes[b.contig] ?? 26, b.contig) }
    return (a.position, a.reference, a.alternate) < (b.position, b.reference, b.alternate)
  }

  private static func chromosome(_ contig: String) -> Int {
    switch ContigName.canonical(contig) {
    case "X": 23
    case "Y": 24
    case "MT": 25
    case let name?: Int(name) ?? 26
    case nil: 26
    }
  }
}
