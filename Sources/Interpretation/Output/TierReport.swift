public import Annotation
public import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `apus tier` writes: the tiers of a family, and everything that they rest on.
public struct TierReport: Sendable {
  /// The reference that everything is told on.
  public struct Assembly: Sendable, Codable, Hashable {
    /// GRCh37 or GRCh38; nil where the lengths tell neither.
    public var name: String?
    /// The GA4GH digest of the reference's sequence collection.
    public var digest: String
  }

  /// One member of the family.
  public struct Member: Sendable, Codable, Hashable {
    /// The sample's name.
    public var name: String
    /// `proband`, `father`, `mother` or `relative`, seen from the proband.
    public var role: String
    /// Whether affected.
    public var affection: Affection
    /// The declared sex.
    public var sex: Sex
    /// The father's name; nil where he is not at hand.
    public var father: String?
    /// The mother's name; nil where she is not at hand.
    public var mother: String?
    /// Copies of X as measured; nil where not.
    public var xCopies: Int?
  }

  /// One member's call of a variant.
  struct Call: Sendable, Codable, Hashable {
    var name: String
    var genotype: String
    var phaseSet: Int?
    var evidence: PersonCall.Evidence
    var depth: Int?
    var alternateDepth: Int?
    var quality: Int?
  }

  /// What was read, and what became of it.
  struct Counts: Sendable, Codable, Hashable {
    var recordsIn: Int
    /// `candidates` and all of `dropped`.
    var allelesIn: Int
    var candidates: Int
    var dropped: [String: Int]
    /// Alleles of the file of copy numbers that are none, by why; nil without one.
    var droppedStructural: [String: Int]?
    /// By the end that candidates came to.
    var tiering: [String: Int]
    /// What calls from files of one's own rest on, by person.
    var evidence: [String: [String: Int]]
    /// Tiers under incomplete penetrance alone that are not shown.
    var hiddenIncomplete: Int
  }

  /// A candidate without a tier or near miss.
  struct Untiered: Sendable, Codable, Hashable {
    var contig: String
    var position: Int
    var reference: String
    var alternate: String
    var consequences: [TranscriptConsequence]
    var calls: [Call]
    var reasons: [String]
  }

  /// A variant with what it does and who carries it.
  package struct Variant: Sendable, Encodable {
    package var tiered: TieredVariant
    var calls: [Call]
    package var consequences: [TranscriptConsequence]
    package var known: [KnownEvidence]?

    private enum Extra: String, CodingKey { case calls, consequences, known }

    package func encode(to encoder: any Encoder) throws {
      try tiered.encode(to: encoder)
      var container = encoder.container(keyedBy: Extra.self)
      try container.encode(calls, forKey: .calls)
      try container.encode(consequences, forKey: .consequences)
      try container.encodeIfPresent(known, forKey: .known)
    }
  }

  /// `apus-tiers/1`.
  public static let schema = "apus-tiers/1"

  let assembly: Assembly
  package let cache: String
  let family: [Member]
  package let result: TieringResult
  package let variants: [Variant]
  let untiered: [Untiered]?
  let counts: Counts
  let banners: [String]
  let showsIncomplete: Bool
  /// Why the results are provisional; nil where they are not.
  package var provisional: String?
  /// Runs of homozygosity and disomy; nil where the genotypes were not read for them.
  let origin: OriginReport?
  /// Genes of the panels that the cache has under none of their names.
  let unmatchedGenes: [UnmatchedGene]

  /// A report.
  /// - Parameters:
  ///   - droppedStructural: what of the file of copy numbers is none, by why; nil without one.
  ///   - showsIncomplete: whether tiers under incomplete penetrance alone are shown; else they are counted.
  ///   - all: gives candidates without a tier or near miss in full, by asking `tierer` for each one's reasons; nil for
  ///     counts alone.
  ///   - provisional: why the results are provisional (a case on hold); nil where they are not.
  public init(
    _ reading: FamilyReading, _ result: TieringResult, cache: AnnotationCache, droppedStructural: [String: Int]? = nil,
    showsIncomplete: Bool,
    all tierer: Tierer? = nil, provisional: String? = nil
  ) {
    assembly = Assembly(name: cache.build.assembly, digest: cache.build.assemblyDigest)
    self.cache = cache.digest
    self.showsIncomplete = showsIncomplete
    self.provisional = provisional
    family = Self.members(reading.family)
    origin = reading.family.origin.map { OriginReport($0, family: reading.family) }
    unmatchedGenes = reading.unmatchedGenes
    var byAllele: [String: Int] = [:]
    for (number, one) in reading.candidates.enumerated() { byAllele[one.name] = number }
    var shown = result
    var hidden = 0
    var variants: [Variant] = []
    var told: Set<Int> = []
    for var one in result.variants {
      if !showsIncomplete {
        let all = one.tiers.count
        one.tiers.removeAll { $0.penetrance == .incomplete }
        one.filters.removeAll { $0.penetrance == .incomplete }
        hidden += all - one.tiers.count
        one.highestIncomplete = one.highest
        if one.tiers.isEmpty { one.isProvisional = false }
      }
      let number = byAllele["\(one.contig):\(one.position):\(one.reference):\(one.alternate)"]
      let candidate = number.map { reading.candidates[$0] }
      if let number { told.insert(number) }
      guard !one.tiers.isEmpty || !one.nearMisses.isEmpty || !one.warnings.isEmpty else { continue }
      variants.append(
        Variant(
          tiered: one, calls: candidate.map { Self.calls($0, reading.family) } ?? [],
          consequences: candidate?.transcripts ?? [], known: candidate?.known))
    }
    shown.variants = []
    self.result = shown
    self.variants = variants
    untiered = tierer.map { tierer in
      reading.candidates.enumerated().filter { !told.contains($0.offset) }.map { _, one in
        Untiered(
          contig: one.contig, position: one.position, reference: one.reference, alternate: one.alternate,
          consequences: one.transcripts, calls: Self.calls(one, reading.family),
          reasons: tierer.tier([one]).counts.filter { $0.value > 0 && $0.key.hasPrefix("untiered.") }.keys.sorted())
      }
    }
    counts = Counts(
      recordsIn: reading.recordsIn, allelesIn: reading.allelesIn, candidates: reading.candidates.count,
      dropped: Dictionary(uniqueKeysWithValues: reading.dropped.map { ($0.key.rawValue, $0.value) }),
      droppedStructural: droppedStructural, tiering: result.counts, evidence: reading.evidence, hiddenIncomplete: hidden
    )
    banners = result.banners + Self.notes(reading, cache)
  }

  private static func members(_ family: Family) -> [Member] {
    let proband = family.members[family.proband]
    return family.members.enumerated().map { index, one in
      Member(
        name: one.name,
        role: index == family.proband
          ? "proband" : index == proband.father ? "father" : index == proband.mother ? "mother" : "relative",
        affection: one.affection, sex: one.sex, father: one.father.map { family.members[$0].name },
        mother: one.mother.map { family.members[$0].name },
        xCopies: {
          if case .measured(let copies) = one.xCopies { return copies }
          return nil
        }())
    }
  }

  private static func calls(_ candidate: CandidateVariant, _ family: Family) -> [Call] {
    zip(family.members, candidate.calls).map { one, call in
      Call(
        name: one.name, genotype: call.text, phaseSet: call.phaseSet, evidence: call.evidence, depth: call.depth,
        alternateDepth: call.alternateDepth, quality: call.quality)
    }
  }

  /// What reading the files leaves to be known.
  private static func notes(_ reading: FamilyReading, _ cache: AnnotationCache) -> [String] {
    var notes: [String] = []
    if cache.build.assembly == nil {
      notes.append(
        "The reference is neither GRCh37 nor GRCh38: identifiers and coordinates that panels give for these are not used."
      )
    }
    if !reading.withoutData.isEmpty {
      notes.append(
        "No data were given for \(reading.withoutData.count) of the family: \(reading.withoutData.joined(separator: ", "))."
      )
    }
    if !reading.isJoint, reading.family.members.count > 1 {
      notes.append(
        "The members have files of their own: an absent record counts as unknown, unless a reference block or depth tells of it."
      )
    }
    if reading.evidence.values.contains(where: { $0[PersonCall.Evidence.depth.rawValue] ?? 0 > 0 }) {
      notes.append(
        "Some calls of the reference rest on depth alone (\(DepthEvidence.threshold) reads or more at every base of REF, and no record in a file of variants): depth does not tell what the reads had."
      )
    }
    for (contig, basis) in reading.pseudoautosomal.sorted(by: { $0.key < $1.key }) where basis == .none {
      notes.append("\(contig) is not that of GRCh37 or GRCh38: no place on it counts as pseudoautosomal.")
    }
    let greens = Set(reading.unmatchedGenes.filter { $0.rating == .green }.map(\.symbol)).sorted()
    if !greens.isEmpty {
      let rest = greens.count > 20 ? " and \(greens.count - 20) more (unmatchedGenes)" : ""
      notes.append(
        "Green genes of the panels that the gene model has under no name, identifier or earlier symbol, so that no variant"
          + " is told of them: \(greens.prefix(20).joined(separator: ", "))\(rest).")
    }
    if !reading.unusedSources.isEmpty {
      notes.append(
        "Sources with CLNSIG that no name of the profile's is were not asked: \(reading.unusedSources.joined(separator: ", "))."
      )
    }
    return notes
  }
}

extension CandidateVariant {
  /// The allele in one word.
  var name: String { "\(contig):\(position):\(reference):\(alternate)" }
}
